/* server.h: the finished site over HTTP, on a thread of its own.
 * In: builds, one after the other. Out: answers from the newest one. A build is freed when the last
 * answer that uses it has been sent. */
#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/str.h"
#include "serve/port.h"
#include "site/site.h"

typedef struct Server Server;

/* A build to be shown. Server takes `arena` and `site` over and frees both. */
typedef struct ServerBuild {
    Arena *arena;
    Site *site;
    Fs *fs; /* where Output.copy_of is read */
} ServerBuild;

/* Makes a server that listens on nothing yet. */
Server *server_new(Str host, const Port *port, Arena *arena);

/* Shows this build from now on. */
void server_show(Server *server, ServerBuild build);

/* Tells the open pages which build is shown and what was found; with a new build they reload. */
void server_tell(Server *server, Str findings);

/* Starts to answer; takes the port's descriptor over. False when it cannot. */
bool server_start(Server *server, const Port *port);

/* Finds out which of the open pages are still there. */
void server_beat(Server *server);

/* Ends all answers and frees everything. */
void server_stop(Server *server);

#endif
