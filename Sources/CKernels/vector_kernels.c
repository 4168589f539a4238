// Dot products, weighted column sums and weighted Gram matrices over one chunk of rows.
#include "include/vector_kernels.h"
#include "cpu_levels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// Everything that takes or returns a vector is inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double lanes __attribute__((vector_size(64)));
typedef double loose_lanes __attribute__((vector_size(64), aligned(8)));

#define ALWAYS_INLINE static inline __attribute__((always_inline))

ALWAYS_INLINE lanes load(const double *x) { return *(const loose_lanes *)x; }

ALWAYS_INLINE lanes load_some(const double *x, ptrdiff_t count) {
  lanes v = {0, 0, 0, 0, 0, 0, 0, 0};
  for (ptrdiff_t i = 0; i < count; i++) v[i] = x[i];
  return v;
}

ALWAYS_INLINE double total(lanes v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

CPU_LEVELS double kernel_sum(const double *x, ptrdiff_t count) {
  lanes sum = {0};
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) sum += load(x + i);
  if (i < count) sum += load_some(x + i, count - i);
  return total(sum);
}

CPU_LEVELS double kernel_dot(const double *x, const double *y, ptrdiff_t count) {
  lanes sum = {0};
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) sum += load(x + i) * load(y + i);
  if (i < count) sum += load_some(x + i, count - i) * load_some(y + i, count - i);
  return total(sum);
}

CPU_LEVELS double kernel_weighted_dot(const double *x, const double *y, const double *weights,
                                      ptrdiff_t count) {
  lanes sum = {0};
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) sum += load(weights + i) * load(x + i) * load(y + i);
  if (i < count) {
    ptrdiff_t left = count - i;
    sum += load_some(weights + i, left) * load_some(x + i, left) * load_some(y + i, left);
  }
  return total(sum);
}

CPU_LEVELS void kernel_axpy(double a, const double *x, double *y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] += a * x[i];
}

CPU_LEVELS void kernel_linear_predictor(const double *const *columns, ptrdiff_t column_count,
                                        const double *coefficients, ptrdiff_t start, ptrdiff_t count,
                                        double *output) {
  ptrdiff_t j = 0;
  for (; j + 4 <= column_count; j += 4) {
    const double *c0 = columns[j] + start, *c1 = columns[j + 1] + start;
    const double *c2 = columns[j + 2] + start, *c3 = columns[j + 3] + start;
    double b0 = coefficients[j], b1 = coefficients[j + 1], b2 = coefficients[j + 2], b3 = coefficients[j + 3];
    for (ptrdiff_t i = 0; i < count; i++) {
      output[i] = (((output[i] + b0 * c0[i]) + b1 * c1[i]) + b2 * c2[i]) + b3 * c3[i];
    }
  }
  for (; j < column_count; j++) {
    const double *c = columns[j] + start;
    double b = coefficients[j];
    for (ptrdiff_t i = 0; i < count; i++) output[i] += b * c[i];
  }
}

CPU_LEVELS void kernel_column_sums(const double *const *columns, ptrdiff_t column_count, const double *vector,
                                   ptrdiff_t start, ptrdiff_t count, double *output) {
  ptrdiff_t j = 0;
  for (; j + 4 <= column_count; j += 4) {
    const double *c0 = columns[j] + start, *c1 = columns[j + 1] + start;
    const double *c2 = columns[j + 2] + start, *c3 = columns[j + 3] + start;
    lanes s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8) {
      lanes v = load(vector + i);
      s0 += v * load(c0 + i);
      s1 += v * load(c1 + i);
      s2 += v * load(c2 + i);
      s3 += v * load(c3 + i);
    }
    if (i < count) {
      ptrdiff_t left = count - i;
      lanes v = load_some(vector + i, left);
      s0 += v * load_some(c0 + i, left);
      s1 += v * load_some(c1 + i, left);
      s2 += v * load_some(c2 + i, left);
      s3 += v * load_some(c3 + i, left);
    }
    output[j] = total(s0);
    output[j + 1] = total(s1);
    output[j + 2] = total(s2);
    output[j + 3] = total(s3);
  }
  for (; j < column_count; j++) output[j] = kernel_dot(columns[j] + start, vector, count);
}

// Σ left × right_k for four right-hand columns (fewer: the caller passes one of them twice).
ALWAYS_INLINE void four_dots(const double *left, const double *r0, const double *r1, const double *r2,
                             const double *r3, ptrdiff_t count, double *output) {
  lanes s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) {
    lanes v = load(left + i);
    s0 += v * load(r0 + i);
    s1 += v * load(r1 + i);
    s2 += v * load(r2 + i);
    s3 += v * load(r3 + i);
  }
  if (i < count) {
    ptrdiff_t rest = count - i;
    lanes v = load_some(left + i, rest);
    s0 += v * load_some(r0 + i, rest);
    s1 += v * load_some(r1 + i, rest);
    s2 += v * load_some(r2 + i, rest);
    s3 += v * load_some(r3 + i, rest);
  }
  output[0] = total(s0);
  output[1] = total(s1);
  output[2] = total(s2);
  output[3] = total(s3);
}

CPU_LEVELS void kernel_weighted_gram(const double *const *columns, ptrdiff_t column_count,
                                     const double *weights, ptrdiff_t start, ptrdiff_t count, double *packed,
                                     double *scratch) {
  for (ptrdiff_t j = 0; j < column_count; j++) {
    const double *left = columns[j] + start;
    if (weights) {
      for (ptrdiff_t i = 0; i < count; i++) scratch[i] = weights[i] * left[i];
      left = scratch;
    }
    double *row = packed + j * (j + 1) / 2;
    for (ptrdiff_t k = 0; k <= j; k += 4) {
      double sums[4];
      const double *r0 = columns[k] + start;
      const double *r1 = columns[k + 1 <= j ? k + 1 : j] + start;
      const double *r2 = columns[k + 2 <= j ? k + 2 : j] + start;
      const double *r3 = columns[k + 3 <= j ? k + 3 : j] + start;
      four_dots(left, r0, r1, r2, r3, count, sums);
      for (ptrdiff_t m = 0; m < 4 && k + m <= j; m++) row[k + m] = sums[m];
    }
  }
}
