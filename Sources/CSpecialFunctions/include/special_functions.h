// Distribution functions from Boost.Math behind plain C; arguments outside the domain give not-a-number.
#ifndef SPECIAL_FUNCTIONS_H
#define SPECIAL_FUNCTIONS_H

#ifdef __cplusplus
extern "C" {
#endif

double special_erfc(double x);
double special_normal_quantile(double p);

double special_chi_squared_lower(double x, double df);
double special_chi_squared_upper(double x, double df);
double special_chi_squared_quantile(double p, double df);
double special_chi_squared_upper_quantile(double q, double df);

double special_student_lower(double x, double df);
double special_student_quantile(double p, double df);

double special_f_lower(double x, double df1, double df2);
double special_f_upper(double x, double df1, double df2);
double special_f_quantile(double p, double df1, double df2);
double special_f_upper_quantile(double q, double df1, double df2);

double special_beta_lower(double x, double a, double b);
double special_beta_upper(double x, double a, double b);
double special_beta_quantile(double p, double a, double b);
double special_beta_upper_quantile(double q, double a, double b);

double special_gamma_lower(double x, double shape);
double special_gamma_upper(double x, double shape);
double special_gamma_quantile(double p, double shape);
double special_gamma_upper_quantile(double q, double shape);

double special_log_gamma(double x);
double special_digamma(double x);
double special_trigamma(double x);

#ifdef __cplusplus
}
#endif
#endif
