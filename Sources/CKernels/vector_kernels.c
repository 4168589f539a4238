// Sums, dot products and weighted column sums over one chunk of rows.
#include "include/vector_kernels.h"
#include "cpu_levels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

CPU_LEVELS double kernel_sum(const double *x, ptrdiff_t count) {
  lanes sum = {0};
  double buffer[8];
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) sum += LOAD(x + i);
  copy_rest(x + i, count - i, buffer);
  sum += LOAD(buffer);
  STORE(buffer, sum);
  return lane_total(buffer);
}

CPU_LEVELS double kernel_dot(const double *x, const double *y, ptrdiff_t count) {
  lanes sum = {0};
  double buffer[8], other[8];
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) sum += LOAD(x + i) * LOAD(y + i);
  copy_rest(x + i, count - i, buffer);
  copy_rest(y + i, count - i, other);
  sum += LOAD(buffer) * LOAD(other);
  STORE(buffer, sum);
  return lane_total(buffer);
}

CPU_LEVELS double kernel_weighted_dot(const double *x, const double *y, const double *weights,
                                      ptrdiff_t count) {
  lanes sum = {0};
  double buffer[8], other[8], last[8];
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) sum += LOAD(weights + i) * LOAD(x + i) * LOAD(y + i);
  copy_rest(weights + i, count - i, buffer);
  copy_rest(x + i, count - i, other);
  copy_rest(y + i, count - i, last);
  sum += LOAD(buffer) * LOAD(other) * LOAD(last);
  STORE(buffer, sum);
  return lane_total(buffer);
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
    const double *c[4];
    for (int k = 0; k < 4; k++) c[k] = columns[j + k] + start;
    lanes s[4] = {{0}};
    double buffer[8], other[8];
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8) {
      lanes v = LOAD(vector + i);
      for (int k = 0; k < 4; k++) s[k] += v * LOAD(c[k] + i);
    }
    copy_rest(vector + i, count - i, buffer);
    for (int k = 0; k < 4; k++) {
      copy_rest(c[k] + i, count - i, other);
      s[k] += LOAD(buffer) * LOAD(other);
    }
    for (int k = 0; k < 4; k++) {
      STORE(other, s[k]);
      output[j + k] = lane_total(other);
    }
  }
  for (; j < column_count; j++) output[j] = kernel_dot(vector, columns[j] + start, count);
}
