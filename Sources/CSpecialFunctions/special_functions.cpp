// The bridge to Boost.Math: no error handling of Boost's may throw across it.
#include "fixed_elementary.h"
#include "include/special_functions.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <limits>

namespace {

using namespace boost::math::policies;

using Quiet = policy<domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
                     underflow_error<ignore_error>, denorm_error<ignore_error>, rounding_error<ignore_error>,
                     evaluation_error<ignore_error>, indeterminate_result_error<ignore_error>,
                     promote_double<false>, promote_float<false>>;
using ChiSquared = boost::math::chi_squared_distribution<double, Quiet>;
using Student = boost::math::students_t_distribution<double, Quiet>;
using FisherF = boost::math::fisher_f_distribution<double, Quiet>;
using Normal = boost::math::normal_distribution<double, Quiet>;

// Boost can still throw (an allocation, a helper outside the policy): not-a-number instead.
template <typename Body>
double quietly(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace

extern "C" {

double special_erfc(double x) {
  return quietly([&] { return boost::math::erfc(x, Quiet()); });
}

double special_normal_quantile(double p) {
  return quietly([&] { return quantile(Normal(), p); });
}

double special_chi_squared_lower(double x, double df) {
  return quietly([&] { return cdf(ChiSquared(df), x); });
}

double special_chi_squared_upper(double x, double df) {
  return quietly([&] { return cdf(complement(ChiSquared(df), x)); });
}

double special_chi_squared_quantile(double p, double df) {
  return quietly([&] { return quantile(ChiSquared(df), p); });
}

double special_chi_squared_upper_quantile(double q, double df) {
  return quietly([&] { return quantile(complement(ChiSquared(df), q)); });
}

double special_student_lower(double x, double df) {
  return quietly([&] { return cdf(Student(df), x); });
}

double special_student_quantile(double p, double df) {
  return quietly([&] { return quantile(Student(df), p); });
}

double special_f_lower(double x, double df1, double df2) {
  return quietly([&] { return cdf(FisherF(df1, df2), x); });
}

double special_f_upper(double x, double df1, double df2) {
  return quietly([&] { return cdf(complement(FisherF(df1, df2), x)); });
}

double special_f_quantile(double p, double df1, double df2) {
  return quietly([&] { return quantile(FisherF(df1, df2), p); });
}

double special_f_upper_quantile(double q, double df1, double df2) {
  return quietly([&] { return quantile(complement(FisherF(df1, df2), q)); });
}

double special_beta_lower(double x, double a, double b) {
  return quietly([&] { return boost::math::ibeta(a, b, x, Quiet()); });
}

double special_beta_upper(double x, double a, double b) {
  return quietly([&] { return boost::math::ibetac(a, b, x, Quiet()); });
}

double special_beta_quantile(double p, double a, double b) {
  return quietly([&] { return boost::math::ibeta_inv(a, b, p, Quiet()); });
}

double special_beta_upper_quantile(double q, double a, double b) {
  return quietly([&] { return boost::math::ibetac_inv(a, b, q, Quiet()); });
}

double special_gamma_lower(double x, double shape) {
  return quietly([&] { return boost::math::gamma_p(shape, x, Quiet()); });
}

double special_gamma_upper(double x, double shape) {
  return quietly([&] { return boost::math::gamma_q(shape, x, Quiet()); });
}

double special_gamma_quantile(double p, double shape) {
  return quietly([&] { return boost::math::gamma_p_inv(shape, p, Quiet()); });
}

double special_gamma_upper_quantile(double q, double shape) {
  return quietly([&] { return boost::math::gamma_q_inv(shape, q, Quiet()); });
}

double special_log_gamma(double x) {
  return quietly([&] { return boost::math::lgamma(x, Quiet()); });
}

double special_digamma(double x) {
  return quietly([&] { return boost::math::digamma(x, Quiet()); });
}

double special_trigamma(double x) {
  return quietly([&] { return boost::math::trigamma(x, Quiet()); });
}

}  // extern "C"
