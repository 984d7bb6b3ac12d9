/* http.h: what is answered to a request, as a function without a network.
 * In: the request's words and the finished site. Out: status, headers and body.
 * Whatever a path says, only what stands in Outputs is ever found, so nothing leads out of it. Does
 * not send: server.c does. */
#ifndef SERVE_HTTP_H
#define SERVE_HTTP_H

#include <stdbool.h>

#include "base/arena.h"
#include "site/site.h"

/* Addresses that belong to the server and never to a site. */
#define HTTP_SCRIPT_PATH STR("/_docsgen/live.js")
#define HTTP_EVENTS_PATH STR("/_docsgen/events")

/* As received; an absent header is the empty Str. */
typedef struct HttpRequest {
    Str method;
    Str path; /* still percent-encoded, without the query */
    Str host, range, if_range, if_none_match;
} HttpRequest;

/* Who may be asked for. */
typedef struct HttpHost {
    Str name;         /* as given with --host */
    bool is_loopback; /* only this machine can connect */
} HttpHost;

typedef enum HttpKind {
    HTTP_TEXT,   /* the body stands in the answer */
    HTTP_OUTPUT, /* the body is the output's; http_finish completes the answer */
    HTTP_EVENTS, /* a stream without an end */
} HttpKind;

typedef struct HttpAnswer {
    HttpKind kind;
    unsigned status;
    const Output *output;                     /* for HTTP_OUTPUT */
    Str type;                                 /* Content-Type */
    Str location, allow, etag, content_range; /* empty: no such header */
    Str body;                                 /* what is sent, a part of the whole for a range */
} HttpAnswer;

/* Content-Type by the end of the name. */
Str http_type(Str path);

/* Is this the value of a Host header that a person at this machine sends? A name that belongs to
 * somebody else may be made to point here (DNS rebinding), and its pages could then read ours. */
bool http_host_is_ours(const HttpHost *host, Str value);

/* Finds what the request asks for. Memory of the answer is in `arena`. */
HttpAnswer http_find(const HttpRequest *request, const HttpHost *host, const Outputs *outputs,
                     Arena *arena);

/* Completes an answer whose whole body is `body`: ETag, 304 when the browser has it, 206 or 416 for
 * a range (RFC 9110, sections 13 and 14). */
void http_finish(const HttpRequest *request, Str body, Arena *arena, HttpAnswer *answer);

/* The page with the script that reloads it, which carries the number of the build. */
Str http_with_script(Str html, Str build, Arena *arena);

#endif
