// One function body compiled for several processor levels; the loader takes the best. The arithmetic is the same.
#ifndef CPU_LEVELS_H
#define CPU_LEVELS_H

// The C library says who it is in its headers: glibc resolves such functions at load time, others may not.
#include <limits.h>

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define HAS_CPU_LEVELS 1
#define CPU_LEVELS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CPU_LEVELS
#endif

#endif
