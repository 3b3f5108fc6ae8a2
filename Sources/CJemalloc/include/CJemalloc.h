// Nothing to call: to be linked is enough for jemalloc to take the place of the C library's allocator.
#pragma once
