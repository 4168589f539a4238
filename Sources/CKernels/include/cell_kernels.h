// Sums over rows by level and by cell of few-valued columns, and one evaluation of the logistic model.
#ifndef CELL_KERNELS_H
#define CELL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// output[j] = Σ vector_i over the rows start ..< start + count whose bit in mask j is set. Masks stand `stride` bytes
// apart, bit r mod 8 of byte r / 8 being row r; one byte after a mask's last row is read. `vector` starts at row `start`.
void kernel_level_sums(const uint8_t *masks, ptrdiff_t stride, ptrdiff_t mask_count, const double *vector,
                       ptrdiff_t start, ptrdiff_t count, double *output);

// Adds to the record of each row's cell, column_count + 2 numbers: weight, vector element, weight times each column.
// `weights` or `vector` may be null; both start at row `start`, codes and columns at row 0.
void kernel_cell_sums(const uint16_t *codes, const double *weights, const double *vector,
                      const double *const *columns, ptrdiff_t column_count, ptrdiff_t start, ptrdiff_t count,
                      double *totals);

// Weights, scores and parts of the deviance of the logistic model for responses 0 and 1.
void kernel_logistic(const double *predictor, const double *response, const double *prior, ptrdiff_t count,
                     double *weights, double *scores, double *losses);

#ifdef __cplusplus
}
#endif
#endif
