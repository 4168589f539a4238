# Writes knots.tsv: where Hmisc and splines put their knots. Rscript generate_knots.R
set.seed(3)
cols <- list(
 heavy_low = c(rep(0, 30), round(rexp(120) * 10, 2)),
 heavy_high = c(round(runif(130) * 9, 2), rep(10, 20)),
 heavy_both = c(rep(0, 20), round(runif(120) * 9 + 0.5, 2), rep(10, 25)),
 tied = sample(c(1, 1, 1, 2, 2, 3, 4, 5, 6, 9), 200, TRUE),
 few = sample(1:6, 120, TRUE),
 smooth = round(rnorm(400), 3),
 small = round(rnorm(60), 3),
 seven = c(1, 2, 3, 4, 5, 6, 7),
 spiky = c(rep(5, 190), 1:10))
out <- file("knots.tsv", "w")
for (n in names(cols)) {
  x <- cols[[n]]
  writeLines(paste(c("column", n, formatC(x, digits = 15, format = "g", width = 1)), collapse = "\t"), out)
  for (k in 3:8) {
    kn <- tryCatch({ sink("/dev/null"); v <- suppressWarnings(Hmisc::rcspline.eval(x, nk = k, knots.only = TRUE)); sink(); v }, error = function(e) { sink(); NULL })
    writeLines(paste(c("rcs", k, if (is.null(kn)) "error" else formatC(kn, digits = 15, format = "g", width = 1)), collapse = "\t"), out)
  }
  for (df in c(2, 4, 6)) writeLines(paste(c("ns", df, formatC(attr(splines::ns(x, df = df), "knots"), digits = 15, format = "g", width = 1)), collapse = "\t"), out)
}
close(out)
