#include "base/ban.h"

#include "serve/live.h"

#include <stdbool.h>

#include "base/buf.h"
#include "base/lock.h"

/* One page that listens. Lives in an arena of its own, made with the connection. */
typedef struct Listener {
    Arena *arena;
    Arena *text; /* of `pending` */
    Live *live;
    struct MHD_Connection *connection;
    bool is_suspended;
    Str pending;           /* what is still to be sent */
    unsigned told, beaten; /* the last message and sign of life that it was given */
    struct Listener *next, **link;
} Listener;

struct Live {
    Lock lock;   /* of everything below and of every listener */
    Arena *text; /* of `message` */
    Str message; /* the last one, as it goes over the wire */
    unsigned told, beaten;
    bool is_closing;
    Listener *listeners;
};

Live *live_new(Arena *arena) {
    Live *live = ARENA_NEW(arena, Live);
    lock_init(&live->lock);
    live->text = arena_new();
    return live;
}

void live_free(Live *live) {
    arena_free(live->text);
    lock_free(&live->lock);
}

/* The next thing this listener has to hear, if any. */
static void fetch(Listener *listener) {
    const Live *live = listener->live;
    if (listener->pending.size)
        return;
    if (listener->told != live->told) {
        arena_reset(listener->text);
        listener->pending = str_copy(listener->text, live->message);
        listener->told = live->told;
        listener->beaten = live->beaten;
    } else if (listener->beaten != live->beaten) {
        listener->pending = STR(":\n\n"); /* a comment, which browsers skip */
        listener->beaten = live->beaten;
    }
}

/* Called by the daemon whenever the connection could take more. Suspending under the lock means
 * that nobody can resume too early and leave the listener asleep. */
static ssize_t read_stream(void *context, uint64_t position, char *buffer, size_t capacity) {
    (void)position;
    Listener *listener = context;
    Live *live = listener->live;
    lock_take(&live->lock);
    fetch(listener);
    size_t size = listener->pending.size < capacity ? listener->pending.size : capacity;
    ssize_t result = (ssize_t)size;
    if (size) {
        memcpy(buffer, listener->pending.data, size);
        listener->pending = str_from_offset(listener->pending, size);
    } else if (live->is_closing) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        listener->is_suspended = true;
        MHD_suspend_connection(listener->connection);
    }
    lock_give(&live->lock);
    return result;
}

static void end_stream(void *context) {
    Listener *listener = context;
    Live *live = listener->live;
    lock_take(&live->lock);
    *listener->link = listener->next;
    if (listener->next)
        listener->next->link = listener->link;
    lock_give(&live->lock);
    arena_free(listener->text);
    arena_free(listener->arena);
}

struct MHD_Response *live_answer(Live *live, struct MHD_Connection *connection) {
    Arena *arena = arena_new();
    Listener *listener = ARENA_NEW(arena, Listener);
    *listener =
        (Listener){.arena = arena, .text = arena_new(), .live = live, .connection = connection};
    lock_take(&live->lock);
    listener->beaten = live->beaten;
    listener->next = live->listeners;
    listener->link = &live->listeners;
    if (listener->next)
        listener->next->link = &listener->next;
    live->listeners = listener;
    lock_give(&live->lock);
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, 4096, read_stream, listener, end_stream);
    if (!response)
        end_stream(listener);
    return response;
}

/* Wakes whoever sleeps. The lock is held. */
static void wake(const Live *live) {
    for (Listener *listener = live->listeners; listener; listener = listener->next) {
        if (!listener->is_suspended)
            continue;
        listener->is_suspended = false;
        MHD_resume_connection(listener->connection);
    }
}

void live_tell(Live *live, Str message) {
    lock_take(&live->lock);
    arena_reset(live->text);
    Buf out = buf_new(live->text);
    while (message.data) {
        buf_add_text(&out, "data: ");
        buf_add(&out, str_cut_line(&message));
        buf_add_char(&out, '\n');
    }
    buf_add_char(&out, '\n');
    live->message = buf_str(&out);
    live->told++;
    wake(live);
    lock_give(&live->lock);
}

void live_beat(Live *live) {
    lock_take(&live->lock);
    live->beaten++;
    wake(live);
    lock_give(&live->lock);
}

void live_close(Live *live) {
    lock_take(&live->lock);
    live->is_closing = true;
    wake(live);
    lock_give(&live->lock);
}
