// libcurl, loaded when it is first needed: linking it costs every start six milliseconds.
//
// Besides that, only what Swift can't say: typed forms of the variadic calls.
#pragma once
#include <curl/curl.h>
#include <stddef.h>

/// Loads the library once; NULL when it is there, else why it is not.
const char *_Nullable ccurl_load(void);

CURL *_Nullable ccurl_init(void);
void ccurl_cleanup(CURL *_Nonnull handle);
CURLcode ccurl_perform(CURL *_Nonnull handle);
const char *_Nonnull ccurl_error_text(CURLcode code);
struct curl_slist *_Nullable ccurl_append(
    struct curl_slist *_Nullable list, const char *_Nonnull text);
void ccurl_free_list(struct curl_slist *_Nullable list);

// curl_easy_setopt and curl_easy_getinfo are variadic.
void ccurl_set_long(CURL *_Nonnull handle, CURLoption option, long value);
void ccurl_set_text(CURL *_Nonnull handle, CURLoption option, const char *_Nonnull value);
/// Begins a request without a body; what other requests set but their headers and sinks is gone.
void ccurl_set_request(
    CURL *_Nonnull handle, const char *_Nonnull url, const char *_Nonnull method, int is_head);
void ccurl_set_headers(CURL *_Nonnull handle, struct curl_slist *_Nullable list);
void ccurl_set_body(CURL *_Nonnull handle, const void *_Nullable bytes, size_t count);
typedef size_t (*ccurl_sink)(
    char *_Nonnull bytes, size_t size, size_t count, void *_Nonnull context);
void ccurl_set_sinks(
    CURL *_Nonnull handle, ccurl_sink _Nonnull body, ccurl_sink _Nonnull header,
    void *_Nonnull context);
long ccurl_status(CURL *_Nonnull handle);
