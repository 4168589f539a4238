// The choices of glibc's allocator that suit large arrays that live for one step.
#include "include/memory.h"

#include <limits.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

void memory_keep_freed(void) {
#if defined(__GLIBC__)
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, 1 << 25);
#endif
}

void memory_give_back(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}
