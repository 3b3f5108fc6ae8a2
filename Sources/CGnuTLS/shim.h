// Lets Swift see GnuTLS, plus the one call Swift cannot make. Everything else is used under its own
// name.
#ifndef CGNUTLS_SHIM_H
#define CGNUTLS_SHIM_H

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/// gnutls_free is a global variable, which Swift refuses to read as shared mutable state.
static inline void cgnutls_free(void *memory)
{
    gnutls_free(memory);
}

#endif
