// Hashes of rows: whole numbers modulo 2^64, so that the order of rows and the processor do not matter.
#include "include/row_hashes.h"
#include "cpu_levels.h"
#include <string.h>

// A one-to-one map of 64 bits (Stafford's variant 13 of the MurmurHash3 finaliser).
static inline __attribute__((always_inline)) uint64_t mix(uint64_t value) {
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
  value = (value ^ value >> 27) * 0x94D049BB133111EBu;
  return value ^ value >> 31;
}

static inline __attribute__((always_inline)) void hash_number(double value, int is_missing, const uint64_t *keys,
                                                              uint64_t *low, uint64_t *high) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits = value == 0 ? 0 : bits;
  uint64_t first = mix(bits ^ keys[0]), second = mix(bits + keys[1]);
  *low = is_missing ? keys[2] : first;
  *high = is_missing ? keys[3] : second;
}

CPU_LEVELS void hash_doubles(const double *restrict values, ptrdiff_t count, const uint64_t *restrict keys,
                             uint64_t *restrict low, uint64_t *restrict high) {
  uint64_t own[4] = {keys[0], keys[1], keys[2], keys[3]};
  for (ptrdiff_t i = 0; i < count; i++) {
    hash_number(values[i], values[i] != values[i], own, low + i, high + i);
  }
}

CPU_LEVELS void hash_int32(const int32_t *restrict values, ptrdiff_t count, const uint64_t *restrict keys,
                           uint64_t *restrict low, uint64_t *restrict high) {
  uint64_t own[4] = {keys[0], keys[1], keys[2], keys[3]};
  for (ptrdiff_t i = 0; i < count; i++) {
    hash_number((double)values[i], values[i] == INT32_MIN, own, low + i, high + i);
  }
}

CPU_LEVELS void hash_int16(const int16_t *restrict values, ptrdiff_t count, const uint64_t *restrict keys,
                           uint64_t *restrict low, uint64_t *restrict high) {
  uint64_t own[4] = {keys[0], keys[1], keys[2], keys[3]};
  for (ptrdiff_t i = 0; i < count; i++) {
    hash_number((double)values[i], values[i] == INT16_MIN, own, low + i, high + i);
  }
}

void hash_bytes(const uint8_t *restrict values, ptrdiff_t count, const uint64_t *restrict table,
                uint64_t *restrict low, uint64_t *restrict high) {
  for (ptrdiff_t i = 0; i < count; i++) {
    low[i] = table[values[i]];
    high[i] = table[256 + values[i]];
  }
}

#define BLOCK 128

CPU_LEVELS void hash_row_sums(const uint64_t *const *lanes, ptrdiff_t column_count, ptrdiff_t count,
                              uint64_t *total) {
  uint64_t low[BLOCK], high[BLOCK], low_total = 0, high_total = 0;
  for (ptrdiff_t start = 0; start < count; start += BLOCK) {
    ptrdiff_t size = count - start < BLOCK ? count - start : BLOCK;
    memset(low, 0, sizeof low);
    memset(high, 0, sizeof high);
    for (ptrdiff_t c = 0; c < column_count; c++) {
      const uint64_t *own_low = lanes[2 * c] + start, *own_high = lanes[2 * c + 1] + start;
      for (ptrdiff_t i = 0; i < size; i++) low[i] += own_low[i];
      for (ptrdiff_t i = 0; i < size; i++) high[i] += own_high[i];
    }
    for (ptrdiff_t i = 0; i < size; i++) {
      // A one-to-one map of 128 bits in which every bit depends on every other.
      uint64_t first = mix(low[i] ^ mix(high[i] + 0x9E3779B97F4A7C15u));
      uint64_t second = mix(high[i] + first * 0xD6E8FEB86659FD93u);
      low_total += first ^ mix(second ^ 0xA0761D6478BD642Fu);
      high_total += second;
    }
  }
  total[0] += low_total;
  total[1] += high_total;
}
