#include "base/ban.h"

#include "serve/server.h"

#include <microhttpd.h>
#include <sys/resource.h>

#include "base/asset.h"
#include "base/limits.h"
#include "base/lock.h"
#include "serve/http.h"
#include "serve/live.h"
#include "site/build.h"

#define CONNECTION_LIMIT 800u /* beyond it new clients wait */
#define TIMEOUT_SECONDS  30u  /* without a byte in either direction; listeners are exempt */

/* What the site promises to work under (see the manual); sent so that a breach is seen here. */
static const char policy[] = "default-src 'none'; style-src 'self'; img-src 'self' data:; "
                             "font-src 'self'; script-src 'self'; connect-src 'self'";

/* One build while somebody needs it: the server as long as it is the newest, and each answer. */
typedef struct Shown {
    Server *server;
    ServerBuild build;
    Str number;  /* the build's, as pages carry it */
    Str *bodies; /* by output: with the script, or read from disk; made when first asked for */
    size_t users;
} Shown;

struct Server {
    Arena *arena;
    HttpHost host;
    struct MHD_Daemon *daemon;
    Live *live;
    Lock lock; /* of `shown` and of every Shown.users */
    Shown *shown;
    unsigned count;  /* builds shown so far */
    long long start; /* makes the numbers of two runs differ */
};

static void shown_free(Shown *shown) {
    site_free(shown->build.site);
    arena_free(shown->build.arena); /* `shown` lies in it */
}

static void shown_release(void *context) {
    Shown *shown = context;
    Server *server = shown->server;
    lock_take(&server->lock);
    bool is_last = --shown->users == 0;
    lock_give(&server->lock);
    if (is_last)
        shown_free(shown);
}

static Shown *shown_take(Server *server) {
    lock_take(&server->lock);
    Shown *shown = server->shown;
    shown->users++;
    lock_give(&server->lock);
    return shown;
}

/* The bytes of an output. Only the daemon's thread comes here, so what is kept needs no lock. False
 * when a copied file is gone; the next build will know. */
static bool read_body(Shown *shown, const Output *output, Str *body) {
    Str *kept = &shown->bodies[output - shown->build.site->outputs.items];
    if (!kept->data && output->copy_of.size) {
        FsText text;
        if (!fs_read(shown->build.fs, output->copy_of, LIMIT_ASSET_SIZE, shown->build.arena, &text))
            return false;
        *kept = text.content;
    } else if (!kept->data && str_ends_with(output->path, STR(".html"))) {
        *kept = http_with_script(output->content, shown->number, shown->build.arena);
    } else if (!kept->data) {
        *kept = output->content;
    }
    *body = *kept;
    return true;
}

static Str header_of(struct MHD_Connection *connection, const char *name) {
    return str_from(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static void add_header(struct MHD_Response *response, const char *name, Str value, Arena *arena) {
    if (value.size)
        MHD_add_response_header(response, name, str_cstr(arena, value));
}

static void add_headers(struct MHD_Response *response, const HttpAnswer *answer, Arena *arena) {
    add_header(response, "Content-Type", answer->status == 304 ? STR("") : answer->type, arena);
    add_header(response, "Location", answer->location, arena);
    add_header(response, "Allow", answer->allow, arena);
    add_header(response, "ETag", answer->etag, arena);
    add_header(response, "Content-Range", answer->content_range, arena);
    if (answer->etag.size)
        MHD_add_response_header(response, "Accept-Ranges", "bytes");
    MHD_add_response_header(response, "Cache-Control",
                            answer->kind == HTTP_EVENTS ? "no-store" : "no-cache");
    MHD_add_response_header(response, "Content-Security-Policy", policy);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
}

/* A response over memory of `shown`, which it holds until it is sent. */
static struct MHD_Response *respond_from(Shown *shown, Str body) {
    if (body.size == 0) {
        shown_release(shown);
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    /* The daemon promises not to write to it; its type is older than const. */
    union {
        const char *given;
        void *taken;
    } data = {.given = body.data};
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        body.size, data.taken, shown_release, shown);
    if (!response)
        shown_release(shown);
    return response;
}

/* Completes the answer from the newest build and makes the response. */
static struct MHD_Response *respond(Server *server, const HttpRequest *request,
                                    struct MHD_Connection *connection, HttpAnswer *answer,
                                    Arena *arena) {
    Shown *shown = shown_take(server);
    *answer = http_find(request, &server->host, &shown->build.site->outputs, arena);
    Str body = {0};
    if (answer->kind == HTTP_EVENTS) {
        shown_release(shown);
        /* The head of a stream is all of the answer to HEAD. */
        return str_equal(request->method, STR("HEAD"))
                   ? MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT)
                   : live_answer(server->live, connection);
    }
    if (answer->kind == HTTP_OUTPUT && read_body(shown, answer->output, &body)) {
        http_finish(request, body, arena, answer);
    } else if (answer->kind == HTTP_OUTPUT) {
        *answer = (HttpAnswer){.status = 404, .type = STR("text/plain; charset=utf-8")};
        answer->body = STR("The file is no longer there.\n");
    } else if (answer->status == 200) {
        http_finish(request, answer->body, arena, answer);
    }
    return respond_from(shown, answer->body);
}

/* Called by the daemon for every request; the signature is its own. */
// NOLINTNEXTLINE(readability-function-size)
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state) {
    (void)version, (void)upload;
    Server *server = context;
    /* The first call comes before the request is complete; an answer then would end the
     * connection. What a client sends along is not taken, except to be thrown away. */
    if (!*state || *upload_size) {
        *state = server;
        *upload_size = 0;
        return MHD_YES;
    }
    HttpRequest request = {.method = str_from(method),
                           .path = str_from(url),
                           .host = header_of(connection, "Host"),
                           .range = header_of(connection, "Range"),
                           .if_range = header_of(connection, "If-Range"),
                           .if_none_match = header_of(connection, "If-None-Match")};
    Arena *arena = arena_new();
    HttpAnswer answer;
    enum MHD_Result result = MHD_NO;
    struct MHD_Response *response = respond(server, &request, connection, &answer, arena);
    if (response) {
        add_headers(response, &answer, arena);
        result = MHD_queue_response(connection, answer.status, response);
        MHD_destroy_response(response);
    }
    arena_free(arena);
    return result;
}

/* Paths stay as they came: http.c decodes them, where it is tested. */
static size_t keep_encoded(void *context, struct MHD_Connection *connection, char *text) {
    (void)context, (void)connection;
    return strlen(text);
}

/* Broken requests are the clients' affair and no news. */
static void be_silent(void *context, const char *format, va_list arguments) {
    (void)context, (void)format, (void)arguments;
}

Server *server_new(Str host, const Port *port, Arena *arena) {
    Server *server = ARENA_NEW(arena, Server);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *server = (Server){.arena = arena,
                       .host = {host, port->is_loopback},
                       .live = live_new(arena),
                       .start = (long long)now.tv_sec};
    lock_init(&server->lock);
    return server;
}

void server_show(Server *server, ServerBuild build) {
    Shown *shown = ARENA_NEW(build.arena, Shown);
    server->count++;
    *shown = (Shown){.server = server, .build = build, .users = 1};
    shown->number = str_format(build.arena, "%llx-%u", server->start, server->count);
    shown->bodies = ARENA_ARRAY(build.arena, Str, build.site->outputs.count + 1);
    lock_take(&server->lock);
    Shown *old = server->shown;
    server->shown = shown;
    lock_give(&server->lock);
    if (old)
        shown_release(old);
}

void server_tell(Server *server, Str findings) {
    Arena *tmp = arena_new();
    Str none = STR("null");
    live_tell(server->live,
              str_format(tmp, "{\"build\":\"%.*s\",\"report\":%.*s}",
                         STR_FMT(server->shown->number), STR_FMT(findings.size ? findings : none)));
    arena_free(tmp);
}

void server_beat(Server *server) {
    live_beat(server->live);
}

/* Every client is a descriptor. */
static void raise_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= CONNECTION_LIMIT + 200u)
        return;
    limit.rlim_cur =
        limit.rlim_max < CONNECTION_LIMIT + 200u ? limit.rlim_max : CONNECTION_LIMIT + 200u;
    setrlimit(RLIMIT_NOFILE, &limit);
}

bool server_start(Server *server, const Port *port) {
    raise_descriptors();
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
        handle, server, MHD_OPTION_EXTERNAL_LOGGER, be_silent, NULL, MHD_OPTION_LISTEN_SOCKET,
        port->descriptor, MHD_OPTION_UNESCAPE_CALLBACK, keep_encoded, NULL,
        MHD_OPTION_CONNECTION_LIMIT, CONNECTION_LIMIT, MHD_OPTION_CONNECTION_TIMEOUT,
        TIMEOUT_SECONDS, MHD_OPTION_END);
    return server->daemon != NULL;
}

void server_stop(Server *server) {
    live_close(server->live);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    live_free(server->live);
    if (server->shown)
        shown_release(server->shown);
    lock_free(&server->lock);
}
