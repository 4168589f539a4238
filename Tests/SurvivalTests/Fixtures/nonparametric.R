# Expected values for awkward data: ties everywhere, few events, zero weights, delayed entry, clusters, single rows.
# Rscript nonparametric.R > nonparametric.json     (R 4.2.2, survival 3.5-3, cmprsk 2.2-11)
suppressMessages({library(survival); library(cmprsk); library(jsonlite)})
set.seed(20261123)
cases <- list()
add <- function(...) cases[[length(cases) + 1]] <<- list(...)
num <- function(x) I(as.numeric(x))

km <- function(name, time, event, entry = NULL, w = NULL, cluster = NULL, stype = 1, ctype = 1, robust = NULL,
               conf.type = "log", probs = c(.1, .25, .5, .75, .9), tau = NULL, at = NULL) {
  y <- if (is.null(entry)) Surv(time, event) else Surv(entry, time, event)
  a <- list(y ~ 1, stype = stype, ctype = ctype, conf.type = conf.type)
  if (!is.null(w)) a$weights <- w
  if (!is.null(cluster)) { if (is.null(entry)) a$cluster <- cluster else { a$id <- cluster } }
  if (!is.null(robust)) a$robust <- robust
  f <- do.call(survfit, a)
  if (!is.null(f$logse) && (isTRUE(robust) || !f$logse || !is.null(cluster) || any(w %% 1 != 0)) && !identical(robust, FALSE)) {
    # Robust: the standard error is that of S for the product limit and of log S for exp(-H); survfit 3.5-3 takes
    # them for each other where stype and ctype differ.
    f$logse <- stype == 2
    ci <- survival:::survfit_confint(f$surv, f$std.err, logse = f$logse, conf.type, .95); f$lower <- ci$lower; f$upper <- ci$upper }
  s <- f$std.err; if (f$logse) s <- s * f$surv
  q <- quantile(f, probs)
  tau <- if (is.null(tau)) max(f$time) * .8 else tau
  tb <- if (tau < min(f$time)) c(rmean = NA, "se(rmean)" = NA) else summary(f, rmean = tau)$table
  add(kind = "km", name = name, time = num(time), event = num(event), entry = if (!is.null(entry)) num(entry),
      weights = if (!is.null(w)) num(w), cluster = if (!is.null(cluster)) num(as.integer(factor(cluster)) - 1),
      stype = stype, ctype = ctype, conf = conf.type, robust = !identical(robust, FALSE) && (isTRUE(robust) || !is.null(cluster) || any(w %% 1 != 0)),
      probs = num(probs), tau = tau,
      expect = list(time = num(f$time), atRisk = num(f$n.risk), events = num(f$n.event), survival = num(f$surv), se = num(s),
                    lower = num(f$lower), upper = num(f$upper), hazard = num(f$cumhaz), hazardSE = num(f$std.chaz),
                    quantile = num(q$quantile), quantileLower = num(q$lower), quantileUpper = num(q$upper),
                    mean = num(tb[["rmean"]]), meanSE = num(tb[["se(rmean)"]])))
}
ct <- c("plain", "log", "log-log", "logit", "arcsin")
n <- 40; ties <- sample(1:6, n, TRUE); ev <- rbinom(n, 1, .6); wf <- round(rexp(n) + .01, 3); wi <- sample(0:3, n, TRUE); cl <- sample(1:12, n, TRUE)
for (k in ct) km(paste("ties", k), ties, ev, conf.type = k)
for (k in ct) km(paste("small", k), c(1, 2, 2, 3, 5, 8, 8, 9), c(1, 1, 0, 1, 0, 1, 1, 0), conf.type = k)
for (s in 1:2) for (c in 1:2) { km(paste("estimators", s, c), ties, ev, stype = s, ctype = c)
  km(paste("weights", s, c), ties, ev, w = wf, robust = FALSE, stype = s, ctype = c)
  km(paste("weights robust", s, c), ties, ev, w = wf, stype = s, ctype = c)
  km(paste("clusters", s, c), ties, ev, cluster = cl, stype = s, ctype = c)
  km(paste("weighted clusters", s, c), ties, ev, w = wf, cluster = cl, stype = s, ctype = c) }
km("whole weights with zeros", ties, ev, w = wi, robust = FALSE)
km("all die", c(3, 1, 2, 2), c(1, 1, 1, 1)); km("all die at once", c(2, 2, 2), c(1, 1, 1)); km("all die robust", c(3, 1, 2, 2), c(1, 1, 1, 1), robust = TRUE)
km("nobody dies", c(3, 1, 2), c(0, 0, 0)); km("one row", 5, 1, tau = 4); km("one row censored", 5, 0, tau = 6)
km("last censored beyond tau", c(1, 2, 3, 4), c(1, 0, 1, 0), tau = 10)
km("tau before the first time", c(5, 6, 7), c(1, 0, 1), tau = 3)
km("time zero", c(0, 0, 1, 2), c(1, 0, 1, 0)); km("near-equal", c(1, 1 + 1e-9, 2, 2 + 1e-7, 3), c(1, 1, 0, 1, 1))
km("large offset", 1e9 + c(1, 5, 100, 1000, 2000), c(1, 1, 0, 1, 0)); km("tiny", 1e-6 * c(1, 2, 3, 5), c(1, 1, 0, 1))
km("median on a step", c(1, 2, 3, 4), c(1, 1, 1, 1)); km("median on the last step", c(1, 2, 3, 4), c(1, 1, 0, 0))
en <- round(runif(60, 0, 5), 1); ex <- round(en + rexp(60, .3) + .1, 1); ee <- rbinom(60, 1, .7); w60 <- round(runif(60, .2, 3), 2)
km("delayed", ex, ee, entry = en, robust = FALSE); km("delayed by id", ex, ee, entry = en, cluster = 1:60, robust = TRUE)
km("delayed weights", ex, ee, entry = en, w = w60, robust = FALSE); km("delayed weights by id", ex, ee, entry = en, w = w60, cluster = 1:60, robust = TRUE)
km("delayed exponential by id", ex, ee, entry = en, cluster = 1:60, robust = TRUE, stype = 2, ctype = 2)
km("gap in the risk set", c(4, 10, 12, 13), c(1, 1, 0, 1), entry = c(0, 5, 8, 8), tau = 9)
h <- heart; km("heart by patient", h$stop, h$event, entry = h$start, cluster = h$id, robust = TRUE)

aj <- function(name, time, cause, w = NULL, id = NULL, entry = NULL, cluster = NULL, conf.type = "log") {
  e <- factor(cause, 0:max(2, cause)); y <- if (is.null(entry)) Surv(time, e) else Surv(entry, time, e)
  a <- list(y ~ 1, conf.type = conf.type); if (!is.null(w)) a$weights <- w; if (!is.null(id)) a$id <- id
  if (!is.null(cluster)) a$influence <- TRUE
  f <- do.call(survfit, a)
  if (!is.null(cluster)) { # this version of survfit passes over cluster for several states: sum its influences by cluster
    wt <- if (is.null(w)) rep(1, length(time)) else w
    for (j in 1:ncol(f$pstate)) f$std.err[, j] <- sqrt(colSums(rowsum(wt * f$influence.pstate[, -1, j], cluster)^2))
    ci <- survival:::survfit_confint(f$pstate, f$std.err, logse = FALSE, conf.type, .95); f$lower <- ci$lower; f$upper <- ci$upper }
  out <- list(time = num(f$time), free = num(f$pstate[, 1]), freeSE = num(f$std.err[, 1]))
  z <- if (is.null(w) && is.null(entry)) cuminc(time, cause)
  for (j in 1:max(2, cause)) { out[[paste0("incidence", j)]] <- num(f$pstate[, j + 1]); out[[paste0("se", j)]] <- num(f$std.err[, j + 1])
    out[[paste0("lower", j)]] <- num(matrix(f$lower, length(f$time))[, j + 1]); out[[paste0("upper", j)]] <- num(matrix(f$upper, length(f$time))[, j + 1])
    zz <- z[[paste(1, j)]]; if (!is.null(zz)) out[[paste0("aalen", j)]] <- num(sqrt(approx(zz$time, zz$var, f$time, method = "constant", f = 0, ties = list("ordered", function(v) v[length(v)]), rule = 2)$y)) }
  add(kind = "aj", name = name, time = num(time), event = num(cause), entry = if (!is.null(entry)) num(entry), weights = if (!is.null(w)) num(w),
      cluster = if (!is.null(cluster)) num(as.integer(factor(cluster)) - 1) else if (!is.null(id)) num(as.integer(factor(id)) - 1), conf = conf.type, expect = out)
}
cs <- sample(0:3, n, TRUE, c(.4, .3, .2, .1))
for (k in ct) aj(paste("three causes", k), ties, cs, conf.type = k)
aj("weights", ties, cs, w = wf); aj("clusters", ties, cs, cluster = cl); aj("weighted clusters", ties, cs, w = wf, cluster = cl)
aj("no ties", sample(1:30), sample(0:2, 30, TRUE)); aj("all fail", c(1, 2, 2, 3, 4, 4), c(1, 2, 1, 1, 2, 1)); aj("last of cause 1", c(1, 2, 3, 4), c(2, 0, 2, 1))
aj("one event", c(4, 2, 6, 8), c(0, 0, 1, 0)); aj("no event of cause 2", c(1, 2, 3, 4, 5), c(1, 0, 1, 0, 1)); aj("all at once", c(2, 2, 2, 2), c(1, 2, 0, 1))
c60 <- sample(0:2, 60, TRUE); aj("delayed", ex, c60, entry = en, id = 1:60); aj("delayed weights", ex, c60, entry = en, id = 1:60, w = w60)

lr <- function(name, time, event, group, strata = NULL, rho = 0) {
  f <- if (is.null(strata)) survdiff(Surv(time, event) ~ group, rho = rho) else survdiff(Surv(time, event) ~ group + strata(strata), rho = rho)
  O <- if (is.matrix(f$obs)) rowSums(f$obs) else f$obs; E <- if (is.matrix(f$exp)) rowSums(f$exp) else f$exp
  add(kind = "logrank", name = name, time = num(time), event = num(event), group = num(as.integer(factor(group)) - 1),
      strata = if (!is.null(strata)) num(as.integer(factor(strata)) - 1), rho = rho,
      expect = list(chisq = f$chisq, df = sum(E > 0) - 1, observed = num(O), expected = num(E), variance = num(f$var)))
}
g <- sample(1:4, n, TRUE); s <- sample(1:5, n, TRUE)
for (r in c(0, .5, 1, 2)) { lr(paste("ties", r), ties, ev, g, rho = r); lr(paste("strata", r), ties, ev, g, s, rho = r) }
lr("one event", c(1, 2, 3, 4), c(0, 1, 0, 0), c(1, 1, 2, 2)); lr("group censored before any event", c(1, 1, 3, 4, 5, 6), c(0, 0, 1, 1, 0, 1), c(1, 1, 2, 2, 3, 3))
lr("all tied", rep(3, 8), c(1, 1, 0, 0, 1, 0, 0, 0), rep(1:2, 4)); lr("many groups", sample(1:200), rbinom(200, 1, .5), sample(1:20, 200, TRUE))

gray <- function(name, time, cause, group, strata = rep(1, length(time)), rho = 0) {
  z <- cuminc(time, cause, group, strata, rho)$Tests
  add(kind = "gray", name = name, time = num(time), event = num(cause), group = num(as.integer(factor(group)) - 1), strata = num(as.integer(factor(strata)) - 1),
      rho = rho, expect = list(chisq = num(z[, "stat"]), p = num(z[, "pv"])))
}
for (r in c(0, .5, 1)) { gray(paste("ties", r), ties, pmin(cs, 2), g, rho = r); gray(paste("strata", r), ties, pmin(cs, 2), g, sample(1:2, n, TRUE), rho = r) }
t2 <- round(rexp(150), 2); gray("three causes", t2, sample(0:3, 150, TRUE), sample(1:3, 150, TRUE)); gray("last all fail", c(1, 2, 3, 3, 4, 4), c(1, 2, 1, 2, 1, 1), c(1, 2, 1, 2, 1, 2))

rates <- function(name, x, t) { p <- poisson.test(x, t); a <- poisson.test(x[1], t[1])
  add(kind = "rate", name = name, counts = num(x), personTime = num(t), expect = list(ratio = num(p$estimate), lower = p$conf.int[1], upper = num(p$conf.int[2]), p = p$p.value, rate = unname(a$estimate), rateLower = a$conf.int[1], rateUpper = a$conf.int[2])) }
rates("usual", c(11, 6 + 8), c(800, 1083)); rates("none in the first", c(0, 7), c(120, 90)); rates("none in the second", c(5, 0), c(100, 300)); rates("equal", c(4, 4), c(10, 10)); rates("many", c(1200, 900), c(5000.5, 5100.25))
cat(toJSON(cases, digits = NA, auto_unbox = TRUE, na = "null", null = "null"), "\n")
