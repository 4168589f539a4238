// Powers and logarithms to other bases, through a logarithm carried in two doubles.
#include "include/elementary.h"
#include "double_pair.h"
#include "elementary_core.h"

#pragma STDC FP_CONTRACT OFF

// log x for positive finite x, to about 2^-66 relative.
static pair log_pair(double x) {
  double k = 0.0;
  double offset = 0.0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    offset = -54.0;
  }
  double m = split_exponent(x, &k);
  k += offset;
  double f = m - 1.0;
  pair denominator = two_sum(2.0, f);
  double s = f / denominator.high;
  pair back = two_product(s, denominator.high);
  double remainder = ((f - back.high) - back.low) - s * denominator.low;
  pair ratio = quick_sum(s, remainder / denominator.high);
  pair square = pair_product(ratio, ratio);
  pair cube = pair_product(square, ratio);
  double z = square.high;
  pair third = pair_product(cube, (pair){0x1.5555555555555p-1, 0x1.5555555555555p-55});
  // log_tail is 2z/3 + 2z²/5 + …; what follows its first term is small enough for one double.
  double q = 0x1.642c8590b2164p-4;
  q = q * z + 0x1.8618618618618p-4;
  q = q * z + 0x1.af286bca1af28p-4;
  q = q * z + 0x1.e1e1e1e1e1e1ep-4;
  q = q * z + 0x1.1111111111111p-3;
  q = q * z + 0x1.3b13b13b13b14p-3;
  q = q * z + 0x1.745d1745d1746p-3;
  q = q * z + 0x1.c71c71c71c71cp-3;
  q = q * z + 0x1.2492492492492p-2;
  q = q * z + 0x1.999999999999ap-2;
  double rest = q * (cube.high * z);
  pair sum = pair_sum((pair){2.0 * ratio.high, 2.0 * ratio.low}, third);
  sum = pair_sum(sum, (pair){rest, 0.0});
  pair exponent_part = two_sum(k * LN2_HIGH, k * LN2_LOW);
  exponent_part.low += k * LN2_LOWEST;
  return pair_sum(exponent_part, sum);
}

// exp of a pair, one rounding beyond the last.
static double exp_pair(pair x) {
  if (x.high > 710.0) return __builtin_inf();
  if (x.high < -746.0) return 0.0;
  double k = (x.high * 0x1.71547652b82fep+0 + WHOLE_SHIFT) - WHOLE_SHIFT;
  pair r = two_sum(x.high - k * LN2_HIGH, -(k * LN2_LOW));
  r.low += x.low - k * LN2_LOWEST;
  pair low_product = two_product(k, LN2_LOW);
  r.low -= low_product.low;
  r = quick_sum(r.high, r.low);
  pair square = pair_product(r, r);
  double tail = square.high * r.high * exp_tail(r.high);
  pair sum = two_sum(1.0, r.high);
  pair half = two_sum(sum.high, 0.5 * square.high);
  double low = ((sum.low + half.low) + 0.5 * square.low) + r.low;
  return scale_by_power(half.high + (tail + low), k);
}

static inline int is_whole(double y) {
  double magnitude = y < 0 ? -y : y;
  if (magnitude >= 0x1p52) return 1;
  return (magnitude + 0x1p52) - 0x1p52 == magnitude;
}

static inline int is_odd(double y) {
  double magnitude = y < 0 ? -y : y;
  if (magnitude >= 0x1p53 || !is_whole(magnitude)) return 0;
  return (int)((uint64_t)magnitude & 1u);
}

double elementary_pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (x != x || y != y) return x + y;
  double magnitude = x < 0 ? -x : x;
  double size = y < 0 ? -y : y;
  double sign = (bits_of(x) >> 63) && is_odd(y) ? -1.0 : 1.0;
  if (size > 0x1.fffffffffffffp1023) {
    if (magnitude == 1.0) return 1.0;
    return (magnitude > 1.0) == (y > 0.0) ? size : 0.0;
  }
  if (magnitude == 0.0) return y > 0.0 ? sign * 0.0 : sign * __builtin_inf();
  if (magnitude > 0x1.fffffffffffffp1023) return y > 0.0 ? sign * magnitude : sign * 0.0;
  if (x < 0.0 && !is_whole(y)) return __builtin_nan("");
  if (magnitude == 1.0) return sign;
  pair logarithm = log_pair(magnitude);
  double estimate = y * logarithm.high;
  if (estimate > 720.0) return sign * __builtin_inf();
  if (estimate < -760.0) return sign * 0.0;
  // |y| is below 2^63 here, or the estimate would be out of range: the product does not overflow.
  return sign * exp_pair(pair_product(logarithm, (pair){y, 0.0}));
}

double elementary_log2(double x) {
  if (!(x > 0.0) || x - x != 0.0) return log_core(x);
  pair y = pair_product(log_pair(x), (pair){0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56});
  return y.high + y.low;
}

double elementary_log10(double x) {
  if (!(x > 0.0) || x - x != 0.0) return log_core(x);
  pair y = pair_product(log_pair(x), (pair){0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57});
  return y.high + y.low;
}
