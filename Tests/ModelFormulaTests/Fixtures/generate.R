# Writes data.tsv and designs.txt: design matrices as R makes them. Rscript generate.R
library(splines)
library(survival)
set.seed(20)
n <- 36
d <- data.frame(
  y = round(rnorm(n), 3),
  x = round(rexp(n) * 10, 1),
  z = sample(c(1, 2, 2, 3, 5, 8, 13), n, TRUE),
  w = round(rnorm(n, 50, 9)),
  f = factor(sample(c("alpha", "beta", "gamma"), n, TRUE)),
  g = factor(sample(c("no", "yes"), n, TRUE)),
  h = factor(sample(c("I", "II", "III", "IV"), n, TRUE)),
  k = sample(1:3, n, TRUE),
  b = sample(c(TRUE, FALSE), n, TRUE))
d[["ph.ecog"]] <- sample(0:2, n, TRUE)
d$x[c(5, 17)] <- NA
d$f[9] <- NA
types <- c(y = "number", x = "number", z = "number", w = "number", f = "text", g = "text", h = "factor",
           k = "number", b = "flag", ph.ecog = "number")
out <- file("data.tsv", "w")
writeLines(paste(paste(names(d), types[names(d)], sep = ":"), collapse = "\t"), out)
for (i in seq_len(n)) {
  cells <- vapply(d[i, ], function(v) if (is.na(v)) "NA" else if (is.numeric(v)) format(v, digits = 15) else as.character(v), "")
  writeLines(paste(cells, collapse = "\t"), out)
}
close(out)

rcs <- function(x, ...) {
  a <- list(...)
  m <- if (length(a) && length(a[[1]]) > 1) Hmisc::rcspline.eval(x, knots = a[[1]], inclx = TRUE, norm = 2)
       else Hmisc::rcspline.eval(x, nk = if (length(a)) a[[1]] else 5, inclx = TRUE, norm = 2)
  colnames(m) <- seq_len(ncol(m)); m
}
formulas <- c(
  "~ x", "~ x - 1", "~ f", "~ f - 1", "~ 0 + f + g", "~ f + g", "~ f * g", "~ f:g", "~ f:g - 1", "~ f + f:g", "~ g + f:g",
  "~ x * f", "~ x:f", "~ f + x:f - 1", "~ x:f - 1", "~ (f + g + x)^2", "~ (f + g + h)^3", "~ f * g * x - f:g:x", "~ f/g", "~ f/x",
  "~ g/(x + z)", "~ (f + g)/x", "~ f + x %in% f", "~ f * g - f", "~ f * g - g - 1", "~ f:g:h", "~ h + f:g", "~ x + I(x^2)",
  "~ log(x + 1) + sqrt(z) + exp(-z/10)", "~ I(x/10) + I((x - 5) * z)", "~ I(w > 50)", "~ b", "~ b * x", "~ b - 1", "~ b:g", "~ factor(k)",
  "~ factor(k) * f", "~ factor(k, levels = c(3, 1, 2))", "~ factor(k, levels = c(2, 3, 1), labels = c(\"two\", \"three\", \"one\")) + x",
  "~ relevel(f, ref = \"beta\")", "~ relevel(factor(k), ref = \"2\")", "~ C(factor(k), contr.sum) + x", "~ relevel(factor(k, levels = c(3, 1, 2)), ref = \"1\")", "~ base::factor(k) + stats::relevel(f, \"gamma\")", "~ relevel(f, \"gamma\") * g", "~ C(f, contr.sum)", "~ C(h, contr.helmert)", "~ C(h, contr.poly) * g",
  "~ ordered(h)", "~ ordered(k)", "~ poly(w, 1)", "~ poly(z, 3)", "~ poly(w, 2, raw = TRUE)", "~ poly(z, 2):g", "~ poly(w, 5)",
  "~ ns(x, df = 3)", "~ ns(x, 4)", "~ ns(x)", "~ ns(x, knots = c(5, 12))", "~ ns(x, df = 3, intercept = TRUE) - 1", "~ ns(w, df = 5) * g",
  "~ ns(x, knots = c(5, 12), Boundary.knots = c(2, 20))", "~ ns(x, df = 3, Boundary.knots = c(2, 20))", "~ splines::ns(z, df = 2) + g", "~ ns(log(x + 1), df = 3)",
  "~ bs(x)", "~ bs(x, df = 4)", "~ bs(x, df = 6)", "~ bs(x, knots = c(4, 9, 11))", "~ bs(x, degree = 2, df = 4)", "~ bs(x, df = 5, intercept = TRUE) - 1",
  "~ bs(x, knots = c(4, 9), Boundary.knots = c(1, 25))", "~ bs(x, degree = 1, knots = 7)",
  "~ rcs(x, c(1, 5, 9, 20))", "~ rcs(x, 3)", "~ rcs(w, 4)", "~ rcs(w, 5)", "~ rcs(w)", "~ rcs(z, 3)", "~ rcs(w, 7)",
  "~ f + offset(z)", "~ x + offset(log(w)) + f", "~ . - y", "~ ph.ecog + log(ph.ecog + 1)", "~ x^2", "~ f %in% g", "~ 1", "~ x + x + f:g + g:f",
  "~ -1 + f + h", "~ 0 + x:f + f", "~ b + f - 1", "~ log(w, 2) + log(w, base = 10)", "~ I(ifelse(x > 5, 1, 0))", "~ pmin(x, 10) + pmax(z, 3)", "~ I(w %% 7)",
  "~ I(f == \"beta\")", "~ I(x > 5 & z < 3 | !b)", "~ I(g %in% c(\"no\", \"yes\"))", "~ cut(w, c(30, 45, 50, 80))", "~ cut(w, c(-Inf, 45, Inf), right = FALSE) * x", "~ cut(w, c(30, 45, 60), labels = c(\"a\", \"b\")) - 1", "~ cut(z, c(1, 3, 13), include.lowest = TRUE)")
out <- file("designs.txt", "w")
write_case <- function(kind, formula, m) {
  writeLines(paste("case", kind, formula, sep = "\t"), out)
  writeLines(paste(c("columns", colnames(m)), collapse = "\t"), out)
  for (i in seq_len(nrow(m))) writeLines(paste(formatC(m[i, ], digits = 13, format = "g"), collapse = "\t"), out)
}
options(warn = -1)
for (t in formulas) {
  f <- as.formula(t)
  mf <- model.frame(f, d)
  write_case("plain", t, model.matrix(attr(mf, "terms"), mf))
}
# Cox models: an intercept is implied, strata take no columns.
for (t in c("x + strata(g)", "f * strata(g)", "x * f - 1", "f + g", "0 + f", "x + strata(f, g)", "pspline(x, theta = 0.5, nterm = 8)", "pspline(w, df = 3)",
            "ridge(x, w, theta = 1)", "x + cluster(k) + f")) {
  f <- as.formula(paste("Surv(w, b) ~", t))
  m <- model.matrix(coxph(f, d, iter.max = 0))
  attr(m, "penalty") <- NULL
  write_case("cox", paste("~", t), m)
}
close(out)

# Bases on new values with the knots of the data.
out <- file("predictions.txt", "w")
new <- data.frame(x = c(-3, 0, 0.4, 7.7, 30, 60), w = c(20, 31, 45.5, 50, 77, 90), z = c(0, 1, 2.5, 5, 13, 20), f = factor(c("gamma", "alpha", "beta", "beta", "alpha", "gamma")))
for (t in c("~ ns(x, df = 3)", "~ bs(w, df = 5)", "~ poly(z, 3)", "~ f * x", "~ ns(w, df = 2) + f")) {
  mf <- model.frame(as.formula(t), d)
  tt <- attr(mf, "terms")
  m <- model.matrix(tt, model.frame(tt, new, xlev = .getXlevels(tt, mf)))
  writeLines(paste("case", "predict", t, sep = "\t"), out)
  writeLines(paste(c("columns", colnames(m)), collapse = "\t"), out)
  for (i in seq_len(nrow(m))) writeLines(paste(formatC(m[i, ], digits = 13, format = "g"), collapse = "\t"), out)
}
close(out)
