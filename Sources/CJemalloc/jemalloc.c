// jemalloc's options, which it looks for under this name: as many arenas as threads that do much at a
// time, and no block above 8 KiB kept by a thread, so that a server at rest stays small.

#include "CJemalloc.h"

const char *malloc_conf = "narenas:2,tcache_max:8192";
