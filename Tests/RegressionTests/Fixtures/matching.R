# Makes matching.csv, and prints the expected values of the tests of matching.
# R 4.2.2, survival 3.5-3.   Rscript matching.R
# `greedy` is the definition written out, every distance looked at (MatchIt 4.5.1 as packaged passes over nearer controls).
suppressPackageStartupMessages(library(survival))
set.seed(8); n <- 90
d <- data.frame(age = round(rnorm(n, 60, 10), 3), sex = sample(c("f", "m"), n, TRUE), site = sample(c("a", "b"), n, TRUE))
d$trt <- rbinom(n, 1, plogis(-1.2 + .04 * (d$age - 60) + .5 * (d$sex == "m")))
d$time <- round(rexp(n, .05 * exp(-.5 * d$trt + .02 * (d$age - 60))), 2) + .01; d$died <- rbinom(n, 1, .75)
d$score <- round(plogis(-1.2 + .04 * (d$age - 60) + .5 * (d$sex == "m")) + runif(n, 0, .05), 6)
stopifnot(!anyDuplicated(d$score)); write.csv(d, "matching.csv", row.names = FALSE, quote = FALSE)
greedy <- function(s, trt, ratio = 1, caliper = Inf, replace = FALSE, exact = NULL, order = "largest") {
  tr <- which(trt == 1); o <- switch(order, largest = tr[order(-s[tr])], smallest = tr[order(s[tr])], data = tr); free <- trt == 0; got <- setNames(vector("list", length(tr)), tr)
  for (r in seq_len(ratio)) for (i in o) { ok <- which(free & (if (is.null(exact)) TRUE else exact == exact[i]) & abs(s - s[i]) <= caliper); ok <- setdiff(ok, got[[as.character(i)]])
    if (length(ok)) { j <- ok[which.min(abs(s[ok] - s[i]))]; got[[as.character(i)]] <- c(got[[as.character(i)]], j); if (!replace) free[j] <- FALSE } }
  got }
weights <- function(got, n) { w <- numeric(n); got <- Filter(length, got); for (i in names(got)) { w[as.integer(i)] <- 1; for (j in got[[i]]) w[j] <- w[j] + 1 / length(got[[i]]) }; cs <- unique(unlist(got)); w[cs] <- w[cs] * length(cs) / length(got); w }
show <- function(lab, got) { got <- Filter(length, got); w <- weights(got, n)[unique(unlist(got))]
  cat("//", lab, "\n[", paste(paste0(names(got), ": [", vapply(got, paste, "", collapse = ", "), "]"), collapse = ", "), "]\n"); cat("controls", length(w), "weights", format(range(w), digits = 16), "sum2", format(sum(w^2), digits = 16), "\n") }
show("plain", greedy(d$score, d$trt)); show("caliper", greedy(d$score, d$trt, caliper = .004)); show("ratio 2", greedy(d$score, d$trt, 2, .004)); show("replace 2", greedy(d$score, d$trt, 2, .004, TRUE)); show("exact", greedy(d$score, d$trt, caliper = .004, exact = d$site)); show("smallest", greedy(d$score, d$trt, caliper = .004, order = "smallest")); show("data", greedy(d$score, d$trt, caliper = .004, order = "data"))
## what the directive does: logit of a fitted score, caliper in standard deviations of all rows, outcome on the matched rows
p <- function(...) cat(..., "\n"); o <- function(x) format(x, digits = 16); lp <- predict(glm(trt ~ age + sex, binomial, d, control = glm.control(1e-13, 100)))
outcome <- function(lab, got, cluster) { w <- weights(got, n); got <- Filter(length, got); md <- d[w > 0, ]; md$w <- w[w > 0]; set <- integer(n); for (k in seq_along(got)) set[c(as.integer(names(got)[k]), got[[k]])] <- k; md$set <- set[w > 0]
  f <- if (cluster) coxph(Surv(time, died) ~ trt, md, weights = w, robust = TRUE, cluster = set, control = coxph.control(eps = 1e-11)) else coxph(Surv(time, died) ~ trt, md, weights = w, robust = TRUE, control = coxph.control(eps = 1e-11)); s <- summary(f)$coefficients
  k <- if (cluster) survfit(Surv(time, died) ~ trt, md, weights = w, robust = TRUE, cluster = set) else survfit(Surv(time, died) ~ trt, md, weights = w, robust = TRUE); q <- summary(k, times = 10); a <- d$trt == 1; x <- d$age; sd2 <- sqrt((var(x[a]) + var(x[!a])) / 2)
  p("//", lab, "treated", length(got), "controls", length(unique(unlist(got)))); p("cox", o(s[1, c("coef", "se(coef)", "robust se")])); p("surv", o(q$surv), "se", o(q$std.err)); p("smd", o((mean(x[a]) - mean(x[!a])) / sd2), o((weighted.mean(x[a], w[a]) - weighted.mean(x[!a], w[!a])) / sd2)) }
outcome("ratio 2, caliper .05 sd, exact site", greedy(lp, d$trt, 2, .05 * sd(lp), exact = d$site), TRUE); outcome("replacement", greedy(lp, d$trt, 1, .2 * sd(lp), TRUE), FALSE); p("caliper", o(.05 * sd(lp)))
