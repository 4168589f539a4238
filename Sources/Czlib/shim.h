// zlib, for reading gzip-compressed data files.
#include <zlib.h>
