# Writes terms.txt (formula, intercept, term labels) and deparse.txt (expression, R's text). Rscript generate_terms.R
set.seed(7)
names <- c("a", "b", "c", "d", "log(x)", "I(x^2)")
node <- function(depth) {
  if (depth == 0 || runif(1) < 0.25) return(sample(names, 1))
  op <- sample(c("+", "+", "*", ":", "/", "^", "-"), 1)
  left <- node(depth - 1)
  if (op == "^") return(paste0("(", left, ")^", sample(1:3, 1)))
  right <- node(depth - 1)
  if (op == "-") return(paste0("(", left, " - ", right, ")"))
  paste0("(", left, " ", op, " ", right, ")")
}
fixed <- c("~ a + b", "~ b:a + a", "~ a*b*c", "~ a*b*c - a:b:c", "~ (a + b + c)^2", "~ (a + b + c)^2 - b:c", "~ a/b/c", "~ a/(b + c)", "~ (a + b)/c",
           "~ a + b - a", "~ -1 + a", "~ 0 + a", "~ a + 0", "~ a - 1 + 1", "~ a + 1 - 1", "~ a*b - b", "~ a:b:c", "~ a + a", "~ a:a", "~ a^2",
           "~ (a*b)^2", "~ a:(b + c)", "~ (a + b):(c + d)", "~ a + (b - 1)", "~ 1", "~ -1", "~ 0", "~ a + offset(b) + c", "~ a*offset(b)",
           "~ log(x) * I(x^2)", "~ log( x )+log(x)", "~ a - 0", "~ 1 + a", "~ a + b:c + d", "~ b:c + a")
random <- paste("~", vapply(1:300, function(i) node(3), ""))
out <- file("terms.txt", "w")
for (t in c(fixed, random)) {
  tt <- tryCatch(terms(as.formula(t)), error = function(e) NULL)
  if (is.null(tt)) next
  labels <- attr(tt, "term.labels")
  # Where a part is empty, R loses its neighbours as well.
  if (length(labels) > 60 || (t %in% random && length(labels) == 0)) next
  writeLines(paste(c(t, attr(tt, "intercept"), labels), collapse = "\t"), out)
}
close(out)

expressions <- c("f(x,y=2)", "I(x^2)", "I((x+1)^2)", "I(-x^2)", "I((-x)^2)", "I(x/100000)", "I(x/123456)", "I(x*1e-5)", "I(x*0.0001)", "I(x*0.001)", "I(x*1.5e10)",
  "I(x/30.4375)", "I(a*(b+c))", "I(a*b+c)", "I((a*b)/c)", "I(a/(b*c))", "I(a-(b-c))", "I(a-b-c)", "I(x%%7*2)", "I(x == \"a b\")", "I(x>=5&y<2|!z)",
  "I((x|y)&z)", "I(x %in% c('a','b'))", "ns(x,knots=c(1,2.5,10))", "log(x+1)", "f(g(h(x)))", "I(a^b^c)", "I((a^b)^c)", "cut(x, c(-1,0,1), right=FALSE)",
  "I(`odd name`+1)", "I(x!=3)", "I(!(x==1))", "I(-(a+b))", "I(-a*b)", "I(a^-1)", "I(3e5*x)", "I(100*x)", "I(1e15*x)", "I(0.1+0.2)", "I(1e5)", "I(12e4)")
out <- file("deparse.txt", "w")
for (e in expressions) writeLines(paste(e, paste(deparse(parse(text = e)[[1]], width.cutoff = 500), collapse = ""), sep = "\t"), out)
close(out)
