// Eight doubles at a time, added up in one fixed order.
#ifndef LANES_H
#define LANES_H

#include <stddef.h>

#pragma STDC FP_CONTRACT OFF

typedef double lanes __attribute__((vector_size(64)));
typedef double loose_lanes __attribute__((vector_size(64), aligned(8)));

// Vectors never pass through a function, inlined or not: processor levels disagree on how that is done.
#define LOAD(pointer) (*(const loose_lanes *)(pointer))
#define STORE(pointer, value) (*(loose_lanes *)(pointer) = (value))

// Up to eight numbers, filled with zeros.
static inline __attribute__((always_inline)) void copy_rest(const double *x, ptrdiff_t count, double *filled) {
  for (ptrdiff_t i = 0; i < 8; i++) filled[i] = i < count ? x[i] : 0.0;
}

static inline __attribute__((always_inline)) double lane_total(const double *v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

#endif
