// Sums over rows in eight fixed lanes: the same bits at every processor level.
#ifndef VECTOR_KERNELS_H
#define VECTOR_KERNELS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Row i goes to lane i mod 8 of its chunk; the lanes are added as ((0+4)+(2+6))+((1+5)+(3+7)).
// Each function handles one chunk; the caller adds chunks in order.

double kernel_sum(const double *x, ptrdiff_t count);
double kernel_dot(const double *x, const double *y, ptrdiff_t count);
double kernel_weighted_dot(const double *x, const double *y, const double *weights, ptrdiff_t count);

// y += a x
void kernel_axpy(double a, const double *x, double *y, ptrdiff_t count);
// output += Σ_j coefficient_j column_j over rows start ..< start + count, columns taken in order.
void kernel_linear_predictor(const double *const *columns, ptrdiff_t column_count, const double *coefficients,
                             ptrdiff_t start, ptrdiff_t count, double *output);
// output[j] = Σ_i vector_i column_j,i
void kernel_column_sums(const double *const *columns, ptrdiff_t column_count, const double *vector,
                        ptrdiff_t start, ptrdiff_t count, double *output);
// packed[j (j + 1) / 2 + k] = Σ_i weights_i column_j,i column_k,i for k ≤ j; weights may be null.
// `weights` and `vector` are indexed from the chunk's first row, the columns from row 0 of the table.
void kernel_weighted_gram(const double *const *columns, ptrdiff_t column_count, const double *weights,
                          ptrdiff_t start, ptrdiff_t count, double *packed);
// The same at a chosen processor level (0, 1, 2; lower where the machine has no more), for tests.
void kernel_weighted_gram_level(int level, const double *const *columns, ptrdiff_t column_count,
                                const double *weights, ptrdiff_t start, ptrdiff_t count, double *packed);

#ifdef __cplusplus
}
#endif
#endif
