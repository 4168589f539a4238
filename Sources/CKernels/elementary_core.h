// The branch-free cores of exp and log, shared by the scalar and the array forms.
#ifndef ELEMENTARY_CORE_H
#define ELEMENTARY_CORE_H

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// 1.5 × 2^52: adding it leaves a small whole number in the low bits of the sum.
#define WHOLE_SHIFT 0x1.8p52
// ln 2 in parts; the first has 32 significant bits, so that its product with an exponent is exact.
#define LN2_HIGH 0x1.62e42fee00000p-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define LN2_LOWEST 0x1.cc01f97b57a08p-87

ALWAYS_INLINE uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

ALWAYS_INLINE double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// y × 2^k for |k| ≤ 1100 whole, in two steps, so that only the last one can round.
ALWAYS_INLINE double scale_by_power(double y, double k) {
  double half = k * 0.5 + WHOLE_SHIFT;
  double first = half - WHOLE_SHIFT;
  double second = (k - first) + WHOLE_SHIFT;
  double scale_first = from_bits((bits_of(half) << 52) + 0x3ff0000000000000u);
  double scale_second = from_bits((bits_of(second) << 52) + 0x3ff0000000000000u);
  return y * scale_first * scale_second;
}

// Taylor polynomial (exp(r) − 1 − r − r²/2) / r³ for |r| ≤ ln 2 / 2.
ALWAYS_INLINE double exp_tail(double r) {
  double q = 0x1.93974a8c07c9dp-37;
  q = q * r + 0x1.6124613a86d09p-33;
  q = q * r + 0x1.1eed8eff8d898p-29;
  q = q * r + 0x1.ae64567f544e4p-26;
  q = q * r + 0x1.27e4fb7789f5cp-22;
  q = q * r + 0x1.71de3a556c734p-19;
  q = q * r + 0x1.a01a01a01a01ap-16;
  q = q * r + 0x1.a01a01a01a01ap-13;
  q = q * r + 0x1.6c16c16c16c17p-10;
  q = q * r + 0x1.1111111111111p-7;
  q = q * r + 0x1.5555555555555p-5;
  q = q * r + 0x1.5555555555555p-3;
  return q;
}

ALWAYS_INLINE double exp_core(double x) {
  x = x < -746.0 ? -746.0 : x;
  x = x > 710.0 ? 710.0 : x;
  double k = (x * 0x1.71547652b82fep+0 + WHOLE_SHIFT) - WHOLE_SHIFT;
  double high = x - k * LN2_HIGH;
  double low = k * LN2_LOW;
  double r = high - low;
  double square = r * r;
  double tail = square * 0.5 + square * r * exp_tail(r);
  return scale_by_power(1.0 + (high - (low - tail)), k);
}

// x = 2^k m with √½ ≤ m < √2; x positive, finite, normal.
ALWAYS_INLINE double split_exponent(double x, double *k) {
  uint64_t shifted = bits_of(x) + (0x3ff0000000000000u - 0x3fe6a09e667f3bcdu);
  uint64_t exponent = (shifted >> 52) + 0x4338000000000000u;
  *k = from_bits(exponent) - (WHOLE_SHIFT + 1023.0);
  return from_bits((shifted & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu);
}

// Series of log((1 + s) / (1 − s)) without its first term: 2s²/3 + 2s⁴/5 + … of z = s², |s| ≤ 0.1716.
ALWAYS_INLINE double log_tail(double z) {
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
  q = q * z + 0x1.5555555555555p-1;
  return q * z;
}

// log(2^k (1 + f) ) + extra for a small extra; log(1 + f) = f − (f²/2 − s (f²/2 + tail)), s = f / (2 + f).
ALWAYS_INLINE double log_assemble(double k, double f, double extra) {
  double s = f / (2.0 + f);
  double half_square = 0.5 * f * f;
  double correction = s * (half_square + log_tail(s * s));
  return k * LN2_HIGH - ((half_square - (correction + (k * LN2_LOW + extra))) - f);
}

ALWAYS_INLINE double log_core(double x) {
  int subnormal = x < 0x1p-1022;
  double scaled = subnormal ? x * 0x1p54 : x;
  double k;
  double m = split_exponent(scaled, &k);
  k = subnormal ? k - 54.0 : k;
  double y = log_assemble(k, m - 1.0, 0.0);
  y = x == 0.0 ? -__builtin_inf() : y;
  y = x < 0.0 ? __builtin_nan("") : y;
  // Infinity and not-a-number go through a sum, which keeps both.
  return x - x == 0.0 ? y : (x < 0.0 ? __builtin_nan("") : x + x);
}

// log(1 + x): the logarithm of the rounded sum, and what the rounding lost.
ALWAYS_INLINE double log1p_core(double x) {
  double u = 1.0 + x;
  double lost = x >= 1.0 ? 1.0 - (u - x) : x - (u - 1.0);
  double k;
  double m = split_exponent(u > 0x1p-1022 ? u : 1.0, &k);
  double y = log_assemble(k, m - 1.0, lost / u);
  y = (x < 0x1p-54 && x > -0x1p-54) ? x : y;
  y = x == -1.0 ? -__builtin_inf() : y;
  y = x < -1.0 ? __builtin_nan("") : y;
  return x - x == 0.0 ? y : (x < 0.0 ? __builtin_nan("") : x + x);
}

#endif
