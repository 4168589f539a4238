// Numbers carried as an unevaluated sum of two doubles.
#ifndef DOUBLE_PAIR_H
#define DOUBLE_PAIR_H

#pragma STDC FP_CONTRACT OFF

typedef struct {
  double high, low;
} pair;

static inline pair two_sum(double a, double b) {
  double sum = a + b;
  double c = sum - a;
  return (pair){sum, (a - (sum - c)) + (b - c)};
}

static inline pair quick_sum(double a, double b) {
  double sum = a + b;
  return (pair){sum, b - (sum - a)};
}

static inline pair split(double a) {
  double c = a * 134217729.0;
  double high = c - (c - a);
  return (pair){high, a - high};
}

static inline pair two_product(double a, double b) {
  double product = a * b;
  pair x = split(a), y = split(b);
  double lost = ((x.high * y.high - product) + x.high * y.low + x.low * y.high) + x.low * y.low;
  return (pair){product, lost};
}

static inline pair pair_product(pair a, pair b) {
  pair p = two_product(a.high, b.high);
  return quick_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static inline pair pair_sum(pair a, pair b) {
  pair s = two_sum(a.high, b.high);
  return quick_sum(s.high, s.low + (a.low + b.low));
}

#endif
