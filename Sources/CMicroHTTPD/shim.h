// Lets Swift see libmicrohttpd, plus the few calls Swift cannot make: variadic functions and a
// callback that takes a va_list. Everything else is used under its own name.
#ifndef CMICROHTTPD_SHIM_H
#define CMICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

/// MHD_start_daemon is variadic; the options arrive as an array that ends with MHD_OPTION_END.
static inline struct MHD_Daemon *cmhd_start(
    unsigned int flags, uint16_t port, MHD_AccessHandlerCallback handler, void *context,
    const struct MHD_OptionItem *options)
{
    return MHD_start_daemon(
        flags, port, NULL, NULL, handler, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

/// MHD_get_connection_info is variadic. The socket of a connection, -1 if it has none.
static inline int cmhd_socket(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// MHD_get_connection_info is variadic. What the connection callback attached to a connection.
static inline void *cmhd_attachment(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/// Three macros with casts, which Swift does not see: a body without a known end, its end, and its
/// breaking off.
static inline uint64_t cmhd_size_unknown(void) { return MHD_SIZE_UNKNOWN; }
static inline ssize_t cmhd_end_of_stream(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t cmhd_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }

/// Where log lines go: a function that Swift can write, and its context.
struct cmhd_log_sink {
    void (*write)(void *context, const char *line);
    void *context;
};

/// A va_list cannot appear in a Swift C callback, so the line is formatted here.
static inline void cmhd_log(void *sink, const char *format, va_list arguments)
{
    const struct cmhd_log_sink *target = (const struct cmhd_log_sink *)sink;
    char line[1024];
    vsnprintf(line, sizeof line, format, arguments);
    target->write(target->context, line);
}

/// The logger option; it has to stand first, or messages of the start go to standard error.
static inline struct MHD_OptionItem cmhd_logger(const struct cmhd_log_sink *sink)
{
    struct MHD_OptionItem item = {
        MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)&cmhd_log, (void *)(uintptr_t)sink};
    return item;
}

#endif
