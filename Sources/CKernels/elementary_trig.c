// Sine, cosine, tangent and their inverses from IEEE basic operations alone.
#include "include/elementary.h"
#include "double_pair.h"
#include "elementary_core.h"

#pragma STDC FP_CONTRACT OFF

// π/2 in three doubles.
#define HALF_PI_HIGH 0x1.921fb54442d18p+0
#define HALF_PI_LOW 0x1.1a62633145c07p-54
#define HALF_PI_LOWEST -0x1.f1976b7ed8fbcp-110

// Beyond this the reduction would need more digits of π than it has.
#define LARGEST_ANGLE 0x1p30

// x − quadrant × π/2 in two doubles, at most π/4 in size.
static pair reduce(double x, int *quadrant) {
  double n = (x * 0x1.45f306dc9c883p-1 + WHOLE_SHIFT) - WHOLE_SHIFT;
  *quadrant = (int)((int64_t)n & 3);
  if (n == 0.0) return (pair){x, 0.0};
  pair first = two_product(n, HALF_PI_HIGH);
  pair second = two_product(n, HALF_PI_LOW);
  pair r = two_sum(x, -first.high);
  r = pair_sum(r, (pair){-first.low, 0.0});
  r = pair_sum(r, (pair){-second.high, -second.low});
  r.low -= n * HALF_PI_LOWEST;
  return quick_sum(r.high, r.low);
}

static double sine_near_zero(pair r) {
  double z = r.high * r.high;
  double q = -0x1.2f49b46814157p-57;
  q = q * z + 0x1.952c77030ad4ap-49;
  q = q * z - 0x1.ae7f3e733b81fp-41;
  q = q * z + 0x1.6124613a86d09p-33;
  q = q * z - 0x1.ae64567f544e4p-26;
  q = q * z + 0x1.71de3a556c734p-19;
  q = q * z - 0x1.a01a01a01a01ap-13;
  q = q * z + 0x1.1111111111111p-7;
  q = q * z - 0x1.5555555555555p-3;
  return r.high + (r.high * z * q + r.low * (1.0 - 0.5 * z));
}

static double cosine_near_zero(pair r) {
  double z = r.high * r.high;
  double q = -0x1.6827863b97d97p-53;
  q = q * z + 0x1.ae7f3e733b81fp-45;
  q = q * z - 0x1.93974a8c07c9dp-37;
  q = q * z + 0x1.1eed8eff8d898p-29;
  q = q * z - 0x1.27e4fb7789f5cp-22;
  q = q * z + 0x1.a01a01a01a01ap-16;
  q = q * z - 0x1.6c16c16c16c17p-10;
  q = q * z + 0x1.5555555555555p-5;
  pair square = two_product(r.high, r.high);
  pair lead = quick_sum(1.0, -0.5 * square.high);
  double rest = lead.low - 0.5 * square.low - r.high * r.low;
  return lead.high + (rest + z * z * q);
}

static int out_of_range(double x) { return !(x <= LARGEST_ANGLE && x >= -LARGEST_ANGLE); }

double elementary_sin(double x) {
  if (out_of_range(x)) return __builtin_nan("");
  int quadrant;
  pair r = reduce(x, &quadrant);
  double y = (quadrant & 1) ? cosine_near_zero(r) : sine_near_zero(r);
  return (quadrant & 2) ? -y : y;
}

double elementary_cos(double x) {
  if (out_of_range(x)) return __builtin_nan("");
  int quadrant;
  pair r = reduce(x, &quadrant);
  double y = (quadrant & 1) ? sine_near_zero(r) : cosine_near_zero(r);
  return ((quadrant + 1) & 2) ? -y : y;
}

double elementary_tan(double x) {
  if (out_of_range(x)) return __builtin_nan("");
  int quadrant;
  pair r = reduce(x, &quadrant);
  double s = sine_near_zero(r), c = cosine_near_zero(r);
  return (quadrant & 1) ? -c / s : s / c;
}

// Arc tangents of k/16.
static const pair arc_tangents[17] = {
    {0x0.0p+0, 0x0.0p+0},
    {0x1.ff55bb72cfdeap-5, -0x1.c934d86d23f1dp-60},
    {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
    {0x1.7b97b4bce5b02p-3, 0x1.347b0b4f881cap-58},
    {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
    {0x1.362773707ebccp-2, -0x1.963a544b672d8p-57},
    {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
    {0x1.a64eec3cc23fdp-2, -0x1.24dec1b50b7ffp-56},
    {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
    {0x1.0657e94db30d0p-1, -0x1.d5b495f6349e6p-56},
    {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
    {0x1.345f01cce37bbp-1, 0x1.1021137c71102p-55},
    {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
    {0x1.5d58987169b18p-1, 0x1.0028e4bc5e7cap-57},
    {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
    {0x1.819d0b7158a4dp-1, -0x1.bf76229d3b917p-56},
    {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
};

// a / b as a pair.
static pair pair_quotient(pair a, pair b) {
  double q = a.high / b.high;
  pair back = pair_product((pair){q, 0.0}, b);
  pair left = pair_sum(a, (pair){-back.high, -back.low});
  return quick_sum(q, left.high / b.high);
}

// Arc tangent of a ratio of non-negative pairs, as a pair.
static pair arc_tangent(pair y, pair x) {
  int inverted = y.high > x.high;
  pair t = inverted ? pair_quotient(x, y) : pair_quotient(y, x);
  double k = (t.high * 16.0 + WHOLE_SHIFT) - WHOLE_SHIFT;
  pair r = t;
  if (k > 0.0) {
    double c = k * 0.0625;
    pair numerator = pair_sum(t, (pair){-c, 0.0});
    pair exact = two_product(t.high, c);
    pair denominator = pair_sum((pair){1.0, 0.0}, (pair){exact.high, exact.low + t.low * c});
    r = pair_quotient(numerator, denominator);
  }
  double z = r.high * r.high;
  double q = 0x1.e1e1e1e1e1e1ep-5;
  q = q * z - 0x1.1111111111111p-4;
  q = q * z + 0x1.3b13b13b13b14p-4;
  q = q * z - 0x1.745d1745d1746p-4;
  q = q * z + 0x1.c71c71c71c71cp-4;
  q = q * z - 0x1.2492492492492p-3;
  q = q * z + 0x1.999999999999ap-3;
  q = q * z - 0x1.5555555555555p-2;
  pair angle = quick_sum(r.high, r.low + r.high * z * q);
  int index = k > 0.0 && k <= 16.0 ? (int)k : 0;
  angle = pair_sum(arc_tangents[index], angle);
  if (inverted) angle = pair_sum((pair){HALF_PI_HIGH, HALF_PI_LOW}, (pair){-angle.high, -angle.low});
  return angle;
}

double elementary_atan(double x) {
  if (x != x) return x;
  double size = x < 0 ? -x : x;
  if (size < 0x1p-27) return x;
  double y;
  if (size > 0x1p60) {
    y = HALF_PI_HIGH;
  } else {
    pair angle = arc_tangent((pair){size, 0.0}, (pair){1.0, 0.0});
    y = angle.high + angle.low;
  }
  return x < 0 ? -y : y;
}

// √(1 − x²) as a pair, for 0 ≤ x ≤ 1.
static pair other_leg(double x) {
  pair square = two_product(x, x);
  pair rest = pair_sum((pair){1.0, 0.0}, (pair){-square.high, -square.low});
  if (rest.high <= 0.0) return (pair){0.0, 0.0};
  double root = __builtin_sqrt(rest.high);
  pair back = two_product(root, root);
  pair left = pair_sum(rest, (pair){-back.high, -back.low});
  return quick_sum(root, left.high / (2.0 * root));
}

double elementary_asin(double x) {
  double size = x < 0 ? -x : x;
  if (!(size <= 1.0)) return __builtin_nan("");
  if (size < 0x1p-27) return x;
  pair angle = size == 1.0 ? (pair){HALF_PI_HIGH, HALF_PI_LOW}
                           : arc_tangent((pair){size, 0.0}, other_leg(size));
  double y = angle.high + angle.low;
  return x < 0 ? -y : y;
}

double elementary_acos(double x) {
  double size = x < 0 ? -x : x;
  if (!(size <= 1.0)) return __builtin_nan("");
  pair angle = arc_tangent(other_leg(size), (pair){size, 0.0});
  if (size < 0x1p-60) angle = (pair){HALF_PI_HIGH, HALF_PI_LOW};
  if (x < 0) angle = pair_sum((pair){2 * HALF_PI_HIGH, 2 * HALF_PI_LOW}, (pair){-angle.high, -angle.low});
  return angle.high + angle.low;
}
