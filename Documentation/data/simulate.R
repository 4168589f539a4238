# Makes nelm.csv, the simulated patients of the manual's examples. No row is a real patient.
# Rscript simulate.R, with R 4.2.
set.seed(20261126, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
n <- 240
age <- round(pmin(pmax(rnorm(n, 61, 11), 24), 88), 1)
sex <- sample(c("female", "male"), n, TRUE)
site <- sample(c("small intestine", "pancreas", "colorectal"), n, TRUE, c(.5, .35, .15))
stage <- sample(c("I", "II", "III"), n, TRUE, c(.3, .4, .3))
advanced <- as.numeric(factor(stage)) - 1
resected <- runif(n) < plogis(1.6 - .025 * age - .3 * advanced)
treatment <- ifelse(resected, "resection", sample(c("systemic", "observation"), n, TRUE, c(.65, .35)))
ki67 <- round(exp(rnorm(n, 1.1 + .3 * advanced, .7)), 1)
chromogranin <- round(exp(rnorm(n, 4.6 + .25 * advanced, .9)))
hazard <- .011 * exp(.02 * (age - 61) + .35 * advanced - .8 * resected + .25 * (ki67 > 5))
death <- rexp(n, hazard)
censored <- runif(n, 12, 130)
os_months <- round(pmax(pmin(death, censored), .1), 1)
died <- as.numeric(death <= censored)
years <- round(pmax(os_months / 12, .1), 2)
admissions <- rnbinom(n, size = 2, mu = years * exp(-.6 + .01 * (age - 61) + .25 * advanced))
los <- round(exp(rnorm(n, 2 + .008 * (age - 61) + .12 * advanced, .35)))
cost <- round(rgamma(n, 3, 3 / exp(9.2 + .006 * (age - 61) + .2 * advanced)))
complication <- as.numeric(runif(n) < plogis(-2 + .02 * (age - 61) + .5 * advanced))
ki67[sample(n, 12)] <- NA
chromogranin[sample(n, 18)] <- NA
recurrence <- rexp(n, .02 * exp(.3 * advanced - .4 * resected))
rfs_months <- round(pmax(pmin(recurrence, os_months), .1), 1)
recurred <- as.numeric(recurrence <= os_months | died == 1)
patients <- data.frame(
  patient = sprintf("N%03d", seq_len(n)), age, sex, primary_site = site, stage, treatment, ki67, chromogranin,
  os_months, died, rfs_months, recurred, years, admissions, los, cost, complication)
write.csv(patients, "nelm.csv", row.names = FALSE, quote = FALSE, na = "")
