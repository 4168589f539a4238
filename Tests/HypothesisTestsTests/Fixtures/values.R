# Writes RValues.swift: small hostile samples and what R 4.2.2 finds. Run: Rscript values.R > ../RValues.swift
options(warn = -1)
num <- function(v) paste0("[", paste(ifelse(is.na(v), ".nan", ifelse(v == Inf, ".infinity", ifelse(v == -Inf, "-.infinity", sprintf("%.17g", v)))), collapse = ", "), "]")
emit <- function(name, rows) cat("  static let ", name, ": [[[Double]]] = [\n", paste0("    [", vapply(rows, function(r) paste(vapply(r, num, ""), collapse = ", "), ""), "],\n", collapse = ""), "  ]\n\n", sep = "")
cat("// Written by Fixtures/values.R with R 4.2.2: samples, then the numbers R finds for them.\n\n// swift-format-ignore\nenum RValues {\n")
set.seed(20)
pairs <- list(list(c(1.1, 2.2, 3.3), c(0.5, 4.4)), list(round(rnorm(9), 1), round(rnorm(12, 0.5), 1)), list(rnorm(20), rnorm(15, 1)), list(c(1, 1, 1, 2), c(2, 2, 3)), list(1e9 + c(1, 2, 3, 4), 1e9 + c(2.5, 3.5, 7)), list(rnorm(60), rnorm(55)), list(c(5, 6, 7, 8), c(1, 2, 3)))
# wilcox.test(x, y): W, p; exact = FALSE without correction: p; conf.int: lower, upper, estimate (exact cases only)
emit("rankSum", lapply(pairs, function(s) { a <- wilcox.test(s[[1]], s[[2]]); b <- wilcox.test(s[[1]], s[[2]], exact = FALSE, correct = FALSE); i <- wilcox.test(s[[1]], s[[2]], conf.int = TRUE); list(s[[1]], s[[2]], c(a$statistic, a$p.value, b$p.value, i$conf.int, i$estimate)) }))
diffs <- list(c(1.5, -0.5, 2.5, 3.5, -1), round(rnorm(12, 0.3), 1), rnorm(25, 0.4), c(1, 1, -1, 2, 0, 0), rnorm(70), c(2, 4, 8))
emit("signedRank", lapply(diffs, function(d) { a <- wilcox.test(d); b <- wilcox.test(d, exact = FALSE, correct = FALSE); i <- wilcox.test(d, conf.int = TRUE); list(d, c(a$statistic, a$p.value, b$p.value, i$conf.int, i$estimate)) }))
# t.test Welch, pooled: t, df, p, lower, upper each
emit("tTests", lapply(pairs, function(s) { f <- function(v) { t <- t.test(s[[1]], s[[2]], var.equal = v); c(t$statistic, t$parameter, t$p.value, t$conf.int) }; list(s[[1]], s[[2]], f(FALSE), f(TRUE)) }))
groups <- list(list(c(1, 2, 3, 3), c(2, 3, 4, 9), c(7, 7, 8)), list(rnorm(5), rnorm(9, 1), rnorm(7), rnorm(3)), list(c(1, 1, 2), c(1, 2, 2), c(2, 2, 1)))
# kruskal: H, p; oneway: F, p; Welch: F, df2, p; TukeyHSD: diff, lower, upper, p of each pair
emit("groups", lapply(groups, function(g) { y <- unlist(g); f <- factor(rep(seq_along(g), lengths(g))); k <- kruskal.test(y, f); o <- oneway.test(y ~ f, var.equal = TRUE); w <- oneway.test(y ~ f); t <- TukeyHSD(aov(y ~ f))$f; list(y, as.numeric(f), c(k$statistic, k$p.value, o$statistic, o$p.value, w$statistic, w$parameter[2], w$p.value), as.vector(t(t))) }))
emit("shapiro", lapply(list(c(1, 2, 4), c(1, 2, 3, 9), c(1, 2, 2, 3, 7), rnorm(6), round(rexp(11), 2), rexp(12), rnorm(50), rexp(200), 1e9 + c(1, 2, 5, 9, 3)), function(x) list(x, unlist(shapiro.test(x)[c("statistic", "p.value")]))))
xy <- list(list(c(1, 2, 3, 4, 5), c(2, 1, 4, 3, 5)), list(c(1, 1, 2, 3, 3, 3, 4), c(2, 2, 1, 4, 4, 5, 4)), list(rnorm(30), rnorm(30)), list(1:9 + 0, c(9, 7, 8, 5, 6, 3, 4, 1, 2)), list(round(rnorm(60), 1), round(rnorm(60), 1)), list(1:4 + 0, c(1, 3, 2, 4)))
# pearson: r, t, p, lower, upper; spearman: rho, S, p, p with exact = FALSE; kendall: tau, statistic, p, p with exact = FALSE
emit("correlations", lapply(xy, function(s) { p <- cor.test(s[[1]], s[[2]]); r <- cor.test(s[[1]], s[[2]], method = "spearman"); r2 <- cor.test(s[[1]], s[[2]], method = "spearman", exact = FALSE); k <- cor.test(s[[1]], s[[2]], method = "kendall"); k2 <- cor.test(s[[1]], s[[2]], method = "kendall", exact = FALSE); list(s[[1]], s[[2]], c(p$estimate, p$statistic, p$p.value, if (is.null(p$conf.int)) c(NA, NA) else p$conf.int), c(r$estimate, r$statistic, r$p.value, r2$p.value), c(k$estimate, k$statistic, k$p.value, k2$p.value)) }))
two <- list(c(3, 1, 1, 3), c(10, 2, 3, 15), c(0, 5, 4, 4), c(5, 0, 4, 4), c(0, 5, 5, 0), c(100, 120, 90, 200), c(1, 0, 0, 1), c(0, 0, 3, 4), c(7, 93, 15, 85))
# fisher.test on matrix(byrow = TRUE): p, odds ratio, lower, upper
emit("fisherTwo", lapply(two, function(v) { t <- fisher.test(matrix(v, 2, byrow = TRUE)); list(v, c(t$p.value, t$estimate, t$conf.int)) }))
many <- list(list(2, c(3, 0, 2, 1, 4, 1)), list(3, c(1, 2, 3, 3, 2, 1, 0, 5, 2)), list(3, c(4, 0, 1, 2, 1, 3, 6, 0, 2, 2, 1, 3)), list(4, c(2, 1, 0, 3, 1, 1, 0, 2, 4, 5, 0, 1, 1, 1, 3, 2)), list(2, c(30, 20, 10, 15, 12, 18)), list(5, c(1, 2, 0, 1, 3, 1, 0, 0, 4, 2, 2, 2, 1, 0, 5)), list(3, c(20, 15, 10, 12, 18, 25, 9, 14, 11)))
emit("fisherMany", lapply(many, function(m) list(m[[1]], m[[2]], fisher.test(matrix(m[[2]], m[[1]], byrow = TRUE), workspace = 2e7)$p.value)))
# mcnemar: statistic, p with and without correction
emit("mcNemar", lapply(list(c(10, 3, 9, 20), c(5, 4, 4, 5), c(1, 0, 7, 2)), function(v) { m <- matrix(v, 2, byrow = TRUE); a <- mcnemar.test(m); b <- mcnemar.test(m, correct = FALSE); list(v, c(a$statistic, a$p.value, b$statistic, b$p.value)) }))
# binom.test(x, n, p): p-value, Clopper-Pearson; prop.test with and without correction: limits
emit("binomial", lapply(list(c(3, 10, 0.5), c(0, 5, 0.3), c(7, 7, 0.9), c(5, 10, 0.5), c(70, 200, 0.3), c(2, 40, 0.11), c(1, 1, 0.5)), function(v) { b <- binom.test(v[1], v[2], v[3]); list(v, c(b$p.value, b$conf.int, prop.test(v[1], v[2], correct = FALSE)$conf.int, prop.test(v[1], v[2])$conf.int)) }))
emit("poisson", lapply(list(c(0, 10), c(1, 2), c(37, 1234.5), c(1000, 10)), function(v) list(v, poisson.test(v[1], v[2])$conf.int)))
emit("tukey", lapply(list(c(3.5, 3, 10), c(5, 4, 20), c(2, 2, 3), c(12, 5, 147), c(1, 8, 40), c(4, 3, Inf), c(20, 3, 1)), function(v) list(v, ptukey(v[1], v[2], v[3], lower.tail = FALSE))))
emit("tukeyQuantile", lapply(list(c(0.95, 3, 10), c(0.99, 5, 60), c(0.9, 2, 5)), function(v) list(v, qtukey(v[1], v[2], v[3]))))
cat("}\n")
