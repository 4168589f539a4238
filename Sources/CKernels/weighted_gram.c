// Weighted Gram matrix of one chunk of rows, tile by tile; the tile's shape does not change a bit of the result.
#include "include/vector_kernels.h"
#include "cpu_levels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

// Sums of w × left_a × right_b for a square tile of columns; every sum runs down the rows in eight lanes. What is
// left after whole eights is copied into buffers filled up with zeros.
#define DEFINE_TILE(NAME, WIDTH)                                                                      \
  static inline __attribute__((always_inline)) void NAME(                                             \
      const double *const *left, const double *const *right, const double *weights, ptrdiff_t count,  \
      double *sums) {                                                                                 \
    lanes s[WIDTH][WIDTH] = {{{0}}};                                                                  \
    double left_rest[WIDTH][8], right_rest[WIDTH][8], weight_rest[8];                                 \
    ptrdiff_t whole = count - count % 8;                                                              \
    for (ptrdiff_t i = 0; i < whole; i += 8) TILE_STEP(WIDTH, left[a] + i, right[b] + i, weights + i) \
    if (whole < count) {                                                                              \
      for (int a = 0; a < WIDTH; a++) {                                                               \
        copy_rest(left[a] + whole, count - whole, left_rest[a]);                                      \
        copy_rest(right[a] + whole, count - whole, right_rest[a]);                                    \
      }                                                                                               \
      if (weights) copy_rest(weights + whole, count - whole, weight_rest);                            \
      TILE_STEP(WIDTH, left_rest[a], right_rest[b], weight_rest)                                      \
    }                                                                                                 \
    for (int a = 0; a < WIDTH; a++) {                                                                 \
      for (int b = 0; b < WIDTH; b++) {                                                               \
        double buffer[8];                                                                             \
        STORE(buffer, s[a][b]);                                                                       \
        sums[a * WIDTH + b] = lane_total(buffer);                                                     \
      }                                                                                               \
    }                                                                                                 \
  }

#define TILE_STEP(WIDTH, LEFT, RIGHT, WEIGHTS)                           \
  {                                                                      \
    lanes l[WIDTH];                                                      \
    _Pragma("clang loop unroll(full)") for (int a = 0; a < WIDTH; a++) { \
      l[a] = LOAD(LEFT);                                                 \
      if (weights) l[a] = LOAD(WEIGHTS) * l[a];                          \
    }                                                                    \
    _Pragma("clang loop unroll(full)") for (int b = 0; b < WIDTH; b++) { \
      lanes r = LOAD(RIGHT);                                             \
      _Pragma("clang loop unroll(full)") for (int a = 0; a < WIDTH; a++) s[a][b] += l[a] * r; \
    }                                                                    \
  }

#ifdef HAS_CPU_LEVELS
DEFINE_TILE(tile4, 4)
#endif
DEFINE_TILE(tile2, 2)

// All tiles of the lower triangle; a tile that sticks out repeats the last column, and its surplus is dropped.
#define ALL_TILES(WIDTH, TILE)                                                                        \
  for (ptrdiff_t j = 0; j < column_count; j += WIDTH) {                                               \
    for (ptrdiff_t k = 0; k <= j; k += WIDTH) {                                                       \
      const double *left[WIDTH], *right[WIDTH];                                                       \
      double sums[WIDTH * WIDTH];                                                                     \
      for (ptrdiff_t a = 0; a < WIDTH; a++) {                                                         \
        left[a] = columns[j + a < column_count ? j + a : column_count - 1] + start;                   \
        right[a] = columns[k + a < column_count ? k + a : column_count - 1] + start;                  \
      }                                                                                               \
      TILE(left, right, weights, count, sums);                                                        \
      for (ptrdiff_t a = 0; a < WIDTH && j + a < column_count; a++) {                                 \
        double *row = packed + (j + a) * (j + a + 1) / 2;                                             \
        for (ptrdiff_t b = 0; b < WIDTH && k + b <= j + a; b++) row[k + b] = sums[a * WIDTH + b];     \
      }                                                                                               \
    }                                                                                                 \
  }

#ifdef HAS_CPU_LEVELS
// Thirty-two registers of eight doubles hold a tile of sixteen sums.
__attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static void wide_gram(
    const double *const *columns, ptrdiff_t column_count, const double *weights, ptrdiff_t start,
    ptrdiff_t count, double *packed) {
  ALL_TILES(4, tile4)
}

__attribute__((target("arch=x86-64-v3"))) static void middle_gram(
    const double *const *columns, ptrdiff_t column_count, const double *weights, ptrdiff_t start,
    ptrdiff_t count, double *packed) {
  ALL_TILES(2, tile2)
}
#endif

static void narrow_gram(const double *const *columns, ptrdiff_t column_count, const double *weights,
                        ptrdiff_t start, ptrdiff_t count, double *packed) {
  ALL_TILES(2, tile2)
}

void kernel_weighted_gram_level(int level, const double *const *columns, ptrdiff_t column_count,
                                const double *weights, ptrdiff_t start, ptrdiff_t count, double *packed) {
#ifdef HAS_CPU_LEVELS
  if (level >= 2 && __builtin_cpu_supports("x86-64-v4")) {
    wide_gram(columns, column_count, weights, start, count, packed);
    return;
  }
  if (level >= 1 && __builtin_cpu_supports("x86-64-v3")) {
    middle_gram(columns, column_count, weights, start, count, packed);
    return;
  }
#endif
  (void)level;
  narrow_gram(columns, column_count, weights, start, count, packed);
}

void kernel_weighted_gram(const double *const *columns, ptrdiff_t column_count, const double *weights,
                          ptrdiff_t start, ptrdiff_t count, double *packed) {
  kernel_weighted_gram_level(2, columns, column_count, weights, start, count, packed);
}
