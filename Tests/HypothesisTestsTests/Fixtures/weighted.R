# Makes weighted.csv, and prints the expected values of the tests of weighted samples and groups.
# R 4.2.2, survey 4.1-1.   Rscript weighted.R
suppressPackageStartupMessages(library(survey))
set.seed(31); n <- 120
d <- data.frame(id = rep(1:60, each = 2), g3 = sample(c("a", "b", "c"), n, TRUE), k = sample(c("p", "q", "r", "s"), n, TRUE, c(.4, .3, .2, .1)))
d$g2 <- ifelse(runif(n) < .5 + .2 * (d$k == "p"), "new", "old"); d$g2[n] <- "old"
d$x <- round(rnorm(n, 60, 10) + 3 * (d$g2 == "new"), 4); d$y <- round(rexp(n, .2), 5)
d$w <- round(1 / runif(n, .15, .95), 4); d$count <- sample(1:3, n, TRUE)
stopifnot(!anyDuplicated(d$x), !anyDuplicated(d$y)); write.csv(d, "weighted.csv", row.names = FALSE, quote = FALSE)
o <- function(...) cat(paste0("[", paste(sprintf("%.17g", unlist(list(...))), collapse = ", "), "]"), "\n")
s <- svydesign(~1, weights = ~w, data = d); cl <- svydesign(~id, weights = ~w, data = d)
cat("mean, variance of x; effective size\n"); o(coef(svymean(~x, s)), coef(svyvar(~x, s)), sum(d$w)^2 / sum(d$w^2))
q <- function(rule, w) as.vector(coef(svyquantile(~x, svydesign(~1, weights = w, data = d), c(.1, .25, .5, .75, .9, 1), qrule = rule, ci = FALSE)))
cat("quantiles by w: school, math\n"); o(q("school", ~w)); o(q("math", ~w)); cat("by count: school, math\n"); o(q("school", ~count)); o(q("math", ~count))
f <- function(design, v, g) { r <- regTermTest(svyglm(as.formula(paste(v, "~", g)), design), as.formula(paste("~", g))); c(r$Ftest, r$df, r$ddf, r$p) }
cat("means: two groups, three; clustered both\n"); for (design in list(s, cl)) { o(f(design, "x", "g2")); o(f(design, "y", "g3")) }
cat("t of two groups\n"); o(svyttest(x ~ g2, s)$statistic, svyttest(x ~ g2, s)$p.value)
rk <- function(design, v) { r <- svyranktest(v, design, test = "KruskalWallis"); if (is.null(r$ddf)) c(r$statistic^2, 1, r$parameter, r$p.value) else c(r$parameter / r$statistic, r$statistic, r$ddf, r$p.value) }
cat("ranks likewise\n"); for (design in list(s, cl)) { o(rk(design, x ~ g2)); o(rk(design, y ~ g3)) }
ch <- function(v, design) { r <- svychisq(v, design); c(r$statistic, r$parameter, r$p.value) }
cat("shares: k by g2, k by g3; clustered both\n"); for (design in list(s, cl)) { o(ch(~k + g2, design)); o(ch(~k + g3, design)) }
cat("two by two\n"); d$p <- d$k == "p"; o(ch(~p + g2, svydesign(~1, weights = ~w, data = d)))
m <- function(v, g) coef(svymean(v, subset(s, g2 == g))); va <- function(v, g) as.vector(coef(svyvar(v, subset(s, g2 == g))))
cat("standardised difference of x, of k == p, of k\n"); pr <- function(g) tapply(d$w[d$g2 == g], factor(d$k[d$g2 == g], c("p", "q", "r", "s")), sum) / sum(d$w[d$g2 == g])
a <- pr("new"); b <- pr("old"); S <- ((diag(a) - a %o% a) + (diag(b) - b %o% b)) / 2; e <- (a - b)[-1]
o((m(~x, "new") - m(~x, "old")) / sqrt((va(~x, "new") + va(~x, "old")) / 2), (a[1] - b[1]) / sqrt((a[1] * (1 - a[1]) + b[1] * (1 - b[1])) / 2), sqrt(e %*% solve(S[-1, -1], e)))
