// See CCurl.h.
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

static CURL *(*easy_init)(void);
static void (*easy_cleanup)(CURL *);
static CURLcode (*easy_perform)(CURL *);
static CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
static CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
static const char *(*easy_strerror)(CURLcode);
static struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
static void (*slist_free_all)(struct curl_slist *);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        problem = "libcurl.so.4 is not installed (Debian: apt-get install libcurl4)";
        return;
    }
    CURLcode (*global_init)(long) = (CURLcode(*)(long))dlsym(library, "curl_global_init");
    easy_init = (CURL * (*)(void)) dlsym(library, "curl_easy_init");
    easy_cleanup = (void (*)(CURL *))dlsym(library, "curl_easy_cleanup");
    easy_perform = (CURLcode(*)(CURL *))dlsym(library, "curl_easy_perform");
    easy_setopt = (CURLcode(*)(CURL *, CURLoption, ...))dlsym(library, "curl_easy_setopt");
    easy_getinfo = (CURLcode(*)(CURL *, CURLINFO, ...))dlsym(library, "curl_easy_getinfo");
    easy_strerror = (const char *(*)(CURLcode))dlsym(library, "curl_easy_strerror");
    slist_append = (struct curl_slist * (*)(struct curl_slist *, const char *))
        dlsym(library, "curl_slist_append");
    slist_free_all = (void (*)(struct curl_slist *))dlsym(library, "curl_slist_free_all");
    if (!global_init || !easy_init || !easy_cleanup || !easy_perform || !easy_setopt
        || !easy_getinfo || !easy_strerror || !slist_append || !slist_free_all ||
        global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        problem = "libcurl.so.4 can't be used";
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return problem;
}

CURL *ccurl_init(void) { return easy_init(); }
void ccurl_cleanup(CURL *handle) { easy_cleanup(handle); }
CURLcode ccurl_perform(CURL *handle) { return easy_perform(handle); }
const char *ccurl_error_text(CURLcode code) { return easy_strerror(code); }
struct curl_slist *ccurl_append(struct curl_slist *list, const char *text) {
    return slist_append(list, text);
}
void ccurl_free_list(struct curl_slist *list) { slist_free_all(list); }
void ccurl_set_long(CURL *handle, CURLoption option, long value) {
    easy_setopt(handle, option, value);
}
void ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    easy_setopt(handle, option, value);
}
void ccurl_set_request(CURL *handle, const char *url, const char *method, int is_head) {
    easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    if (is_head) easy_setopt(handle, CURLOPT_NOBODY, 1L);
    easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method);
    easy_setopt(handle, CURLOPT_URL, url);
}
void ccurl_set_headers(CURL *handle, struct curl_slist *list) {
    easy_setopt(handle, CURLOPT_HTTPHEADER, list);
}
void ccurl_set_body(CURL *handle, const void *bytes, size_t count) {
    easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    easy_setopt(handle, CURLOPT_POSTFIELDS, bytes);
}
void ccurl_set_sinks(CURL *handle, ccurl_sink body, ccurl_sink header, void *context) {
    easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
    easy_setopt(handle, CURLOPT_WRITEDATA, context);
    easy_setopt(handle, CURLOPT_HEADERFUNCTION, header);
    easy_setopt(handle, CURLOPT_HEADERDATA, context);
}
long ccurl_status(CURL *handle) {
    long status = 0;
    easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
