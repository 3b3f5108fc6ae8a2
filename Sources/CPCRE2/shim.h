// Lets Swift see PCRE2 with 8-bit code units: the library picks its function
// names through a macro that has to be set before its header is read.

#ifndef CPCRE2_SHIM_H
#define CPCRE2_SHIM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
