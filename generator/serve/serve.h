/* serve.h: the preview: builds, shows the site from memory, builds again when a file changes.
 * In: two functions that read the settings and build, from cli/. Out: pages over HTTP until Ctrl-C,
 * and a line on standard error for what a person has to know. Writes no file. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fs.h"
#include "site/site.h"

/* One build, from the settings to the findings. */
typedef struct ServeRound {
    Arena *arena; /* lives as long as something of this build is sent to somebody */
    Str address;  /* where the site is shown: "http://127.0.0.1:8000/" */
    Str changed;  /* the path that caused it; empty for the first */
    Fs *fs;       /* the project's root; set by `read` */
    Str *folders; /* what to watch as a whole; set by `read` */
    size_t folder_count;
    Str settings;  /* a single file to watch; set by `read` */
    Str output;    /* a folder not to watch; set by `read` */
    Site *site;    /* set by `build`; NULL: there is none, and the last one stays */
    Str findings;  /* JSON for the page; set by `build` */
    void *project; /* the caller's own, from `read` to `build` */
} ServeRound;

typedef struct ServeJob {
    const void *context;
    void (*read)(const void *context, ServeRound *round);
    void (*build)(const void *context, ServeRound *round);
    Str host;     /* to listen on */
    int64_t port; /* 0: any */
    bool is_quiet;
    bool opens; /* a browser, once there is something to see */
} ServeJob;

typedef enum ServeEnd {
    SERVE_ENDED,    /* Ctrl-C */
    SERVE_NO_SITE,  /* the first build gave none; said by `build` */
    SERVE_NO_SERVER /* no port, no watch; `why` says it */
} ServeEnd;

/* Serves until SIGINT or SIGTERM. */
ServeEnd serve_run(const ServeJob *job, Arena *arena, Str *why);

#endif
