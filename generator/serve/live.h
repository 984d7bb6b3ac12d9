/* live.h: the open pages, and what they are told.
 * In: a message after every build. Out: a stream of server-sent events for every page that listens.
 * A page that comes late gets the last message at once, so it cannot miss a build. Knows nothing of
 * what messages mean. */
#ifndef SERVE_LIVE_H
#define SERVE_LIVE_H

#include <microhttpd.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Live Live;

Live *live_new(Arena *arena);

/* The answer for one listener; NULL when there is no memory. */
struct MHD_Response *live_answer(Live *live, struct MHD_Connection *connection);

/* Tells everybody; `message` may have several lines and is copied. */
void live_tell(Live *live, Str message);

/* A sign of life. Without one a listener that has gone away would never be noticed. */
void live_beat(Live *live);

/* Ends every stream; must come before MHD_stop_daemon, which may not meet a suspended
 * connection. */
void live_close(Live *live);

/* Gives the memory back; the daemon must have stopped. */
void live_free(Live *live);

#endif
