# Writes contrasts.txt: random formulas over the data of generate.R with random contrasts for each factor. Rscript generate_contrasts.R
# A case line holds the contrasts as variable=word pairs; the rest is as in designs.txt.
set.seed(11)
head <- strsplit(strsplit(readLines("data.tsv", 1), "\t")[[1]], ":"); d <- read.delim("data.tsv", skip = 1, header = FALSE, col.names = vapply(head, `[`, "", 1), check.names = FALSE)
d <- d[complete.cases(d), ]; for (n in c("f", "g", "h")) d[[n]] <- factor(d[[n]])
words <- c(treatment = "contr.treatment", sum = "contr.sum", helmert = "contr.helmert", polynomial = "contr.poly")
vars <- c("f", "g", "h", "x", "w")
node <- function(depth) { if (depth == 0 || runif(1) < .3) return(sample(vars, 1)); op <- sample(c("+", "+", "*", ":", "%in%", "/"), 1); paste0("(", node(depth - 1), " ", op, " ", node(depth - 1), ")") }
fixed <- c("~ f", "~ f + h", "~ f * h", "~ f:h", "~ f + f:h", "~ h - 1", "~ 0 + f * g", "~ g:h - 1", "~ f:x", "~ x + f:x + g", "~ f * g * h", "~ (f + g + h)^2 - f:g", "~ f + g %in% f")
out <- file("contrasts.txt", "w"); count <- 0
for (t in c(fixed, paste("~", vapply(1:60, function(i) node(3), "")))) {
  f <- as.formula(t); used <- intersect(all.vars(f), c("f", "g", "h")); labels <- attr(terms(f), "term.labels")
  if (!length(used) || !length(labels) || length(labels) > 9) next
  pick <- setNames(sample(names(words), length(used), TRUE), used)
  m <- tryCatch(model.matrix(f, d, contrasts.arg = lapply(as.list(pick), function(w) words[[w]])), error = function(e) NULL)
  if (is.null(m) || ncol(m) > 30) next
  writeLines(c(paste("case", paste(used, pick[used], sep = "=", collapse = ","), t, sep = "\t"), paste(c("columns", colnames(m)), collapse = "\t"), apply(m, 1, function(r) paste(vapply(r, function(v) format(v, digits = 15), ""), collapse = "\t"))), out); count <- count + 1
}
close(out); cat(count, "cases\n")
