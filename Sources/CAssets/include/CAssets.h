// Files of Fixtures/ that the binary carries, by name.
#pragma once
#include <stddef.h>

/// One embedded file; its bytes live as long as the process.
typedef struct {
    const char *_Nonnull name;
    const unsigned char *_Nonnull bytes;
    size_t count;
} cassets_file;

/// All embedded files.
const cassets_file *_Nonnull cassets_files(size_t *_Nonnull count);
