# Fine–Gray on heavily tied times, with competing events before the first event of the cause: what cmprsk::crr gives, and
# why survival's finegray() with coxph(ties = "breslow") differs in the sixth digit. Run: Rscript fine-gray-ties.R
suppressPackageStartupMessages({library(survival); library(cmprsk)})
set.seed(20)
n <- 160
x <- round(rnorm(n), 2); z <- rbinom(n, 1, 0.4)
t1 <- ceiling(rexp(n, 0.08 * exp(0.5 * x))); t2 <- ceiling(rexp(n, 0.06 * exp(0.4 * z))); c <- ceiling(runif(n, 0, 14))
time <- pmin(t1, t2, c); status <- ifelse(time == c & c < pmin(t1, t2), 0, ifelse(t1 <= t2, 1, 2))
first <- min(time[status == 1]); status[time == first & status == 1] <- 2   # competing events come first
d <- data.frame(time, status, x, z)
write.csv(d, "fine-gray-ties.csv", row.names = FALSE, quote = FALSE)
f <- crr(d$time, d$status, cbind(x, z), failcode = 1, cencode = 0, gtol = 1e-12, maxiter = 50)
cat("crr       ", sprintf("%.17g", f$coef), "\n")
cat("variance  ", sprintf("%.17g", f$var[c(1, 2, 4)]), "\n")
d$e <- factor(d$status, 0:2)
g <- finegray(Surv(time, e) ~ ., data = d, etype = "1")
h <- coxph(Surv(fgstart, fgstop, fgstatus) ~ x + z, weights = fgwt, data = g, ties = "breslow",
           control = coxph.control(eps = 1e-13, iter.max = 50))
cat("finegray  ", sprintf("%.17g", coef(h)), "\n")
# The same expansion with the censoring distribution of crr, in which who dies at a time is still at risk of being
# censored there (finegray() takes events to come first).
u <- sort(unique(d$time)); y <- sapply(u, function(t) sum(d$time >= t)); k <- sapply(u, function(t) sum(d$time == t & d$status == 0))
G <- function(t, before) sapply(t, function(t) prod((1 - k / y)[u < t]))
expand <- function(Gfun) {
  ev <- sort(unique(d$time[d$status == 1]))
  do.call(rbind, lapply(seq_len(n), function(i) {
    r <- d[i, ]
    if (r$status != 2) return(data.frame(a = 0, b = r$time, s = as.integer(r$status == 1), w = 1, x = r$x, z = r$z))
    later <- ev[ev > r$time]
    out <- data.frame(a = 0, b = r$time, s = 0, w = 1, x = r$x, z = r$z)
    if (length(later)) out <- rbind(out, data.frame(a = c(r$time, head(later, -1)), b = later, s = 0,
      w = Gfun(later) / Gfun(r$time), x = r$x, z = r$z))
    out }))
}
own <- function(Gfun, name) { e <- expand(Gfun); m <- coxph(Surv(a, b, s) ~ x + z, weights = w, data = e, subset = w > 0, ties = "breslow",
           control = coxph.control(eps = 1e-13, iter.max = 50)); cat(name, sprintf("%.17g", coef(m)), "\n") }
own(G, "crr's G   ")
dead <- sapply(u, function(t) sum(d$time == t & d$status != 0))
G2 <- function(t) sapply(t, function(t) prod((1 - k / (y - dead))[u < t & k > 0]))
own(G2, "events 1st")
