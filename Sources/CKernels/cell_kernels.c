// Sums over rows by level and by cell of few-valued columns, and one evaluation of the logistic model.
#include "include/cell_kernels.h"
#include "cpu_levels.h"
#include "elementary_core.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

#define FACTORS(B) \
  {(double)((B) & 1), (double)((B) >> 1 & 1), (double)((B) >> 2 & 1), (double)((B) >> 3 & 1), \
   (double)((B) >> 4 & 1), (double)((B) >> 5 & 1), (double)((B) >> 6 & 1), (double)((B) >> 7 & 1)}
#define FACTORS4(B) FACTORS(B), FACTORS((B) + 1), FACTORS((B) + 2), FACTORS((B) + 3)
#define FACTORS16(B) FACTORS4(B), FACTORS4((B) + 4), FACTORS4((B) + 8), FACTORS4((B) + 12)
#define FACTORS64(B) FACTORS16(B), FACTORS16((B) + 16), FACTORS16((B) + 32), FACTORS16((B) + 48)

// What eight rows are multiplied by, given the bits of the rows that belong.
static const double factors[256][8] = {FACTORS64(0), FACTORS64(64), FACTORS64(128), FACTORS64(192)};

// The bits of eight rows from any row on; a mask has a byte to spare at its end.
#define BITS(MASK, ROW) ((((unsigned)(MASK)[(ROW) >> 3] | (unsigned)(MASK)[((ROW) >> 3) + 1] << 8) >> ((ROW) & 7)) & 255u)

CPU_LEVELS void kernel_level_sums(const uint8_t *masks, ptrdiff_t stride, ptrdiff_t mask_count,
                                  const double *vector, ptrdiff_t start, ptrdiff_t count, double *output) {
  double buffer[8];
  ptrdiff_t whole = count - count % 8;
  copy_rest(vector + whole, count - whole, buffer);
  ptrdiff_t j = 0;
  for (; j + 4 <= mask_count; j += 4) {
    const uint8_t *m[4];
    lanes s[4] = {{0}};
    for (int k = 0; k < 4; k++) m[k] = masks + (j + k) * stride;
    for (ptrdiff_t i = 0; i < whole; i += 8) {
      lanes v = LOAD(vector + i);
      for (int k = 0; k < 4; k++) s[k] += v * LOAD(factors[BITS(m[k], start + i)]);
    }
    for (int k = 0; k < 4; k++) {
      double total[8];
      if (whole < count) s[k] += LOAD(buffer) * LOAD(factors[BITS(m[k], start + whole)]);
      STORE(total, s[k]);
      output[j + k] = lane_total(total);
    }
  }
  for (; j < mask_count; j++) {
    const uint8_t *m = masks + j * stride;
    lanes s = {0};
    double total[8];
    for (ptrdiff_t i = 0; i < whole; i += 8) s += LOAD(vector + i) * LOAD(factors[BITS(m, start + i)]);
    if (whole < count) s += LOAD(buffer) * LOAD(factors[BITS(m, start + whole)]);
    STORE(total, s);
    output[j] = lane_total(total);
  }
}

void kernel_cell_sums(const uint16_t *codes, const double *weights, const double *vector,
                      const double *const *columns, ptrdiff_t column_count, ptrdiff_t start, ptrdiff_t count,
                      double *totals) {
  ptrdiff_t width = column_count + 2;
  codes += start;
  if (!weights) {
    for (ptrdiff_t i = 0; i < count; i++) totals[codes[i] * width + 1] += vector[i];
    return;
  }
  if (column_count == 3) {
    const double *x = columns[0] + start, *y = columns[1] + start, *z = columns[2] + start;
    for (ptrdiff_t i = 0; i < count; i++) {
      double *total = totals + codes[i] * width;
      double weight = weights[i];
      total[0] += weight;
      if (vector) total[1] += vector[i];
      total[2] += weight * x[i];
      total[3] += weight * y[i];
      total[4] += weight * z[i];
    }
    return;
  }
  for (ptrdiff_t i = 0; i < count; i++) {
    double *total = totals + codes[i] * width;
    double weight = weights[i];
    total[0] += weight;
    if (vector) total[1] += vector[i];
    for (ptrdiff_t j = 0; j < column_count; j++) total[j + 2] += weight * columns[j][start + i];
  }
}

CPU_LEVELS void kernel_logistic(const double *predictor, const double *response, const double *prior,
                                ptrdiff_t count, double *weights, double *scores, double *losses) {
  for (ptrdiff_t i = 0; i < count; i++) {
    double eta = predictor[i], y = response[i], w = prior[i];
    double magnitude = eta < 0 ? -eta : eta;
    double small = exp_core(-magnitude);
    double near = 1.0 / (1.0 + small);
    double far = small * near;
    double other = 1.0 - y;
    // The loss is that of the likelier outcome, plus |η| where the other one happened.
    double missed = eta >= 0 ? other : y;
    losses[i] = 2.0 * w * (log1p_core(small) + missed * magnitude);
    weights[i] = w * near * far;
    scores[i] = w * (eta >= 0 ? far - other : y - far);
  }
}
