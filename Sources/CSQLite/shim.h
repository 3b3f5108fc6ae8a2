// Lets Swift see the system's SQLite; what Swift can't say is said here.
#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which a macro import can't carry.
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }
