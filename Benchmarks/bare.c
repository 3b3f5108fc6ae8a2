// The least a C program can do with libmicrohttpd: one body from a file for every request.
//
//   bare BODYFILE [-p PORT] [-t THREADS] [-H 'Name: value']...
//
// Epoll, a pool of THREADS workers (default 2), port 0 = any free one. Prints `ready http://127.0.0.1:PORT`
// when the socket accepts, and runs until a signal ends it. The yardstick of `make bench`.

#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_HEADERS = 32 };

struct answer {
    char *body;
    size_t size;
    int header_count;
    const char *names[MAX_HEADERS];
    const char *values[MAX_HEADERS];
};

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "bare: %s: %s\n", what, which);
    exit(1);
}

static enum MHD_Result answer_request(void *cls, struct MHD_Connection *connection, const char *url,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_size, void **context)
{
    static int seen;
    const struct answer *answer = cls;
    (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
    // The first call has the headers only; an answer to it would close the connection.
    if (*context == NULL) {
        *context = &seen;
        return MHD_YES;
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(answer->size, answer->body, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return MHD_NO;
    for (int i = 0; i < answer->header_count; i++)
        MHD_add_response_header(response, answer->names[i], answer->values[i]);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static void read_body(struct answer *answer, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail("cannot read", path);
    answer->size = (size_t)ftell(file);
    answer->body = malloc(answer->size + 1);
    rewind(file);
    if (answer->body == NULL || fread(answer->body, 1, answer->size, file) != answer->size)
        fail("cannot read", path);
    fclose(file);
}

static void add_header(struct answer *answer, char *line)
{
    char *colon = strchr(line, ':');
    if (colon == NULL || answer->header_count == MAX_HEADERS)
        fail("not a header, or one too many", line);
    *colon = '\0';
    answer->names[answer->header_count] = line;
    answer->values[answer->header_count++] = colon + 1 + strspn(colon + 1, " ");
}

int main(int argc, char **argv)
{
    struct answer answer = {0};
    struct sockaddr_in address = {.sin_family = AF_INET};
    unsigned int threads = 2;
    int option;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    while ((option = getopt(argc, argv, "p:t:H:")) != -1) {
        switch (option) {
        case 'p': address.sin_port = htons((uint16_t)atoi(optarg)); break;
        case 't': threads = (unsigned int)atoi(optarg); break;
        case 'H': add_header(&answer, optarg); break;
        default: return 2;
        }
    }
    if (optind + 1 != argc)
        fail("usage", "bare BODYFILE [-p PORT] [-t THREADS] [-H 'Name: value']...");
    read_body(&answer, argv[optind]);

    sigset_t ends;
    int number;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);

    // A pool of one is no pool: the library wants at least two to make one.
    unsigned int flags = MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem pool[] = {{MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL},
                                    {MHD_OPTION_END, 0, NULL}};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, &answer_request, &answer, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_CONNECTION_LIMIT, 256u, MHD_OPTION_CONNECTION_TIMEOUT, 60u,
        MHD_OPTION_ARRAY, threads > 1 ? pool : pool + 1, MHD_OPTION_END);
    if (daemon == NULL)
        fail("cannot listen", "is the port taken?");
    printf("ready http://127.0.0.1:%u\n",
           (unsigned int)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    sigwait(&ends, &number);
    MHD_stop_daemon(daemon);
    free(answer.body);
    return 0;
}
