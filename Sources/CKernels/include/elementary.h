// Elementary functions with the same bits on every machine: only IEEE basic operations, never fused.
#ifndef ELEMENTARY_H
#define ELEMENTARY_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#define ELEMENTARY_NOTHROW noexcept
#else
#define ELEMENTARY_NOTHROW
#endif

double elementary_exp(double x) ELEMENTARY_NOTHROW;
double elementary_expm1(double x) ELEMENTARY_NOTHROW;
double elementary_log(double x) ELEMENTARY_NOTHROW;
double elementary_log1p(double x) ELEMENTARY_NOTHROW;
double elementary_log2(double x) ELEMENTARY_NOTHROW;
double elementary_log10(double x) ELEMENTARY_NOTHROW;
double elementary_pow(double x, double y) ELEMENTARY_NOTHROW;


// Not-a-number beyond 2^30 in size.
double elementary_sin(double x) ELEMENTARY_NOTHROW;
double elementary_cos(double x) ELEMENTARY_NOTHROW;
double elementary_tan(double x) ELEMENTARY_NOTHROW;
double elementary_asin(double x) ELEMENTARY_NOTHROW;
double elementary_acos(double x) ELEMENTARY_NOTHROW;
double elementary_atan(double x) ELEMENTARY_NOTHROW;

// Array forms; every element has the bits of the scalar form.
void elementary_exp_array(const double *input, double *output, ptrdiff_t count) ELEMENTARY_NOTHROW;
void elementary_log1p_array(const double *input, double *output, ptrdiff_t count) ELEMENTARY_NOTHROW;
void elementary_log_array(const double *input, double *output, ptrdiff_t count) ELEMENTARY_NOTHROW;

#ifdef __cplusplus
}
#endif
#endif
