// How the process asks the system for memory.
#ifndef MEMORY_H
#define MEMORY_H

#ifdef __cplusplus
extern "C" {
#endif

// Keeps freed memory for the next computation: large arrays come and go, and a page that is given back has to be
// cleared again by the system before it returns. Does nothing where the C library has no such choice.
void memory_keep_freed(void);

// Gives freed memory back all the same: after many blocks that no later computation will want in their sizes.
void memory_give_back(void);

#ifdef __cplusplus
}
#endif
#endif
