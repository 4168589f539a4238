# Measures of prediction by their definitions: writes prediction.json. Rscript prediction.R (R 4.2.2, survival 3.5-3, Hmisc 4.8)
suppressPackageStartupMessages({library(survival)})
d <- na.omit(lung[, c("time", "status", "age", "sex", "ph.karno")]); d$e <- as.integer(d$status == 2)
fit <- coxph(Surv(time, e) ~ age + sex + ph.karno, d, control = coxph.control(eps = 1e-11)); m <- predict(fit, reference = "zero")
n <- nrow(d); T <- d$time; e <- d$e
ut <- sort(unique(T)); dc <- sapply(ut, function(s) sum(T == s & e == 0)); y <- sapply(ut, function(s) sum(T >= s) - sum(T == s & e == 1))
Gs <- cumprod(ifelse(y > 0, 1 - dc / pmax(y, 1), 1)); G <- function(t) c(1, Gs)[findInterval(t, ut) + 1]; Gm <- function(t) c(1, Gs)[findInterval(t, ut, left.open = TRUE) + 1]
# influence of the censoring estimate: xi_k(u-) = 1(T_k < u, cens)/ (y/n) - sum_{s<u, s<=T_k at risk} dc/y/(y/n)
xi <- function(k, u, closed = FALSE) { a <- if (closed) ut <= u else ut < u; r <- if (e[k] == 0) ut <= T[k] else ut < T[k]; s <- a & r & y > 0; v <- -sum(dc[s] / y[s] / (y[s] / n)); if (e[k] == 0 && any(ut == T[k] & a)) v <- v + 1 / (y[ut == T[k]] / n); v }
auc <- function(t) { A <- ifelse(T <= t & e == 1, 1 / Gm(T), 0); B <- as.numeric(T > t); K <- outer(m, m, function(a, b) (a > b) + (a == b) / 2); h1 <- drop(K %*% B) / n; h2 <- drop(A %*% K) / n; F1 <- mean(A); S1 <- mean(B); th <- mean(A * h1) / F1 / S1
  c1 <- A * (h1 - th * S1); X <- t(sapply(1:n, function(k) sapply(T, function(u) xi(k, u)))); IF <- (c1 + B * (h2 - th * F1) + drop(X %*% c1) / n) / F1 / S1; c(th, sqrt(sum(IF^2)) / n) }
S <- function(t) { b <- basehaz(fit, centered = FALSE); h <- c(0, b$hazard)[findInterval(t, b$time) + 1]; exp(-h * exp(m)) }
brier <- function(t, s) { A <- ifelse(T <= t & e == 1, s^2 / Gm(T), 0); L <- ifelse(T > t, (1 - s)^2 / G(t), 0); v <- A + L; X <- t(sapply(1:n, function(k) sapply(T, function(u) xi(k, u)))); Xt <- sapply(1:n, function(k) xi(k, t, TRUE)); IF <- v - mean(v) + drop(X %*% A) / n + Xt * sum(L) / n; c(mean(v), sqrt(sum(IF^2)) / n) }
km <- survfit(Surv(T, e) ~ 1); kms <- function(t) c(1, km$surv)[findInterval(t, km$time) + 1]
times <- c(180, 365, 700); o <- list(age = d$age, sex = d$sex, karno = d$ph.karno, time = T, event = e)
o$auc <- sapply(times, function(t) auc(t)[1]); o$aucSE <- sapply(times, function(t) auc(t)[2]); o$brier <- sapply(times, function(t) brier(t, S(t))[1]); o$brierSE <- sapply(times, function(t) brier(t, S(t))[2]); o$brierKM <- sapply(times, function(t) brier(t, rep(kms(t), n))[1])
g <- c(0, ut[ut < 700]); w <- diff(c(g, 700)); o$ibs <- sum(w * sapply(g, function(t) { s <- S(t); mean(ifelse(T <= t & e == 1, s^2 / Gm(T), 0) + ifelse(T > t, (1 - s)^2 / G(t), 0)) })) / 700
cal <- function(t) { s <- S(t); x <- log(-log(s)); k <- unname(quantile(x, c(.1, .5, .9))); z <- Hmisc::rcspline.eval(x, knots = k, norm = 2)[, 1]; f <- coxph(Surv(T, e) ~ x + z, control = coxph.control(eps = 1e-11)); b <- basehaz(f, centered = FALSE); h <- c(0, b$hazard)[findInterval(t, b$time) + 1]; ob <- exp(-h * exp(coef(f)[1] * x + coef(f)[2] * z)); q <- abs(ob - s); c(mean(q), median(q), unname(quantile(q, .9))) }
cc <- sapply(times, cal); o$ici <- cc[1, ]; o$e50 <- cc[2, ]; o$e90 <- cc[3, ]
u <- concordance(Surv(T, e) ~ m, reverse = TRUE, timewt = "n/G2", ymax = 700); o$uno <- u$concordance; o$unoSE <- sqrt(u$var)
# adjusted curves and their difference by brute force: numerical derivative of the mean prediction in (beta, hazard)
adj <- function(sx, t) { b <- basehaz(fit, centered = FALSE); h <- c(0, b$hazard)[findInterval(t, b$time) + 1]; x <- cbind(d$age, sx, d$ph.karno); mean(exp(-h * exp(x %*% coef(fit)))) }
o$adjusted1 <- sapply(times, adj, sx = 1); o$adjusted2 <- sapply(times, adj, sx = 2)
# standard error of the difference from the joint influence of beta and the hazard: survfit of each row gives only its own, so by hand
adjse <- function(t) { x1 <- cbind(d$age, 1, d$ph.karno); x2 <- cbind(d$age, 2, d$ph.karno); b <- coef(fit); X <- cbind(d$age, d$sex, d$ph.karno); r <- exp(X %*% b)
  et <- sort(unique(T[e == 1])); et <- et[et <= t]; H <- 0; V <- 0; a <- rep(0, 3)
  for (s in et) { R <- T >= s; D <- T == s & e == 1; dd <- sum(D); for (k in 0:(dd - 1)) { ww <- ifelse(D, 1 - k / dd, 1) * R; den <- sum(r * ww); xb <- colSums(X * drop(r * ww)) / den; H <- H + 1 / den; V <- V + 1 / den^2; a <- a + xb / den } }
  gr <- function(x) { q <- exp(x %*% b); s <- exp(-H * q); sl <- mean(s * q); list(sl = sl, dir = -(colMeans(drop(s * q * H) * x) - sl * a)) }
  g1 <- gr(x1); g2 <- gr(x2); v <- (g1$sl - g2$sl)^2 * V + drop(t(g1$dir - g2$dir) %*% vcov(fit) %*% (g1$dir - g2$dir)); sqrt(v) }
o$differenceSE <- sapply(times, adjse)
writeLines(jsonlite::toJSON(o, digits = NA), "prediction.json")

