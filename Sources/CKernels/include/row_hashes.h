// Hashes of values in two lanes of 64 bits, and the sum of the mixed hashes of rows.
#ifndef ROW_HASHES_H
#define ROW_HASHES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The hash of each value goes to low[i] and high[i]; keys are { low, high } of the column and { low, high } of a
// missing value. Numbers are hashed as the bits of the double they are, -0 as 0.
void hash_doubles(const double *values, ptrdiff_t count, const uint64_t *keys, uint64_t *low, uint64_t *high);
void hash_int32(const int32_t *values, ptrdiff_t count, const uint64_t *keys, uint64_t *low, uint64_t *high);
void hash_int16(const int16_t *values, ptrdiff_t count, const uint64_t *keys, uint64_t *low, uint64_t *high);
// By a table of the 256 low lanes and then the 256 high ones.
void hash_bytes(const uint8_t *values, ptrdiff_t count, const uint64_t *table, uint64_t *low, uint64_t *high);

// Adds Σ_i permute(Σ_c hash of column c in row i) to total[0] and total[1], modulo 2^64; lanes are the columns' low
// and high lanes in turn.
void hash_row_sums(const uint64_t *const *lanes, ptrdiff_t column_count, ptrdiff_t count, uint64_t *total);

#ifdef __cplusplus
}
#endif
#endif
