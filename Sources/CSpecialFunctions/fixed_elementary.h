// Binds exp, log, pow and the trigonometric functions to this project, so that no bit depends on the C library.
#ifndef FIXED_ELEMENTARY_H
#define FIXED_ELEMENTARY_H

// Must come before every other header: the first declaration decides the symbol's name.
#if defined(__APPLE__)
#define FIXED_SYMBOL(name) __asm__("_" name)
#else
#define FIXED_SYMBOL(name) __asm__(name)
#endif

extern "C" {
double exp(double) noexcept FIXED_SYMBOL("elementary_exp");
double expm1(double) noexcept FIXED_SYMBOL("elementary_expm1");
double log(double) noexcept FIXED_SYMBOL("elementary_log");
double log1p(double) noexcept FIXED_SYMBOL("elementary_log1p");
double pow(double, double) noexcept FIXED_SYMBOL("elementary_pow");
double sin(double) noexcept FIXED_SYMBOL("elementary_sin");
double cos(double) noexcept FIXED_SYMBOL("elementary_cos");
double tan(double) noexcept FIXED_SYMBOL("elementary_tan");
double asin(double) noexcept FIXED_SYMBOL("elementary_asin");
double acos(double) noexcept FIXED_SYMBOL("elementary_acos");
double atan(double) noexcept FIXED_SYMBOL("elementary_atan");
}

#pragma STDC FP_CONTRACT OFF

#endif
