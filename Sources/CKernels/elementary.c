// exp, log and their relatives from IEEE basic operations alone.
#include "include/elementary.h"
#include "cpu_levels.h"
#include "elementary_core.h"

#pragma STDC FP_CONTRACT OFF

double elementary_exp(double x) { return exp_core(x); }

double elementary_log(double x) { return log_core(x); }

CPU_LEVELS void elementary_exp_array(const double *input, double *output, ptrdiff_t count) {
  // In its own place: with two names for it the loop would be one without vectors.
  if (input == output) {
    for (ptrdiff_t i = 0; i < count; i++) output[i] = exp_core(output[i]);
    return;
  }
  for (ptrdiff_t i = 0; i < count; i++) output[i] = exp_core(input[i]);
}

CPU_LEVELS void elementary_log_array(const double *input, double *output, ptrdiff_t count) {
  if (input == output) {
    for (ptrdiff_t i = 0; i < count; i++) output[i] = log_core(output[i]);
    return;
  }
  for (ptrdiff_t i = 0; i < count; i++) output[i] = log_core(input[i]);
}

double elementary_expm1(double x) {
  if (!(x - x == 0.0)) return x > 0 ? x : (x < 0 ? -1.0 : x + x);
  if (x > 38.0) return exp_core(x);
  if (x < -38.0) return -1.0;
  double magnitude = x < 0 ? -x : x;
  if (magnitude < 0x1p-54) return x;
  double k = (x * 0x1.71547652b82fep+0 + WHOLE_SHIFT) - WHOLE_SHIFT;
  double high = x - k * LN2_HIGH;
  double low = k * LN2_LOW;
  double r = high - low;
  double lost = (high - r) - low;
  double square = r * r;
  double tail = square * 0.5 + (square * r * exp_tail(r) + lost);
  if (k == 0.0) return r + tail;
  double scale = scale_by_power(1.0, k);
  // 2^k (1 + r + tail) − 1: the whole parts first, exactly, then the rest in order of size.
  double whole = scale - 1.0;
  double whole_lost = scale >= 1.0 ? (scale - whole) - 1.0 : (-1.0 - whole) + scale;
  double part = scale * r;
  double sum = whole + part;
  double b = sum - whole;
  double sum_lost = (whole - (sum - b)) + (part - b);
  return sum + (sum_lost + (whole_lost + scale * tail));
}

double elementary_log1p(double x) { return log1p_core(x); }

CPU_LEVELS void elementary_log1p_array(const double *input, double *output, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) output[i] = log1p_core(input[i]);
}
