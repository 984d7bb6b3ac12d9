/* survey.h: what a folder holds that a site could be made of.
 * In: a project's root. Out: its title, pages, trackers and addresses, as settings would name them.
 * Writes nothing and prints nothing; cmd_init.c makes settings of it. */
#ifndef CLI_SURVEY_H
#define CLI_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/str.h"

typedef struct Survey {
    Str title;  /* first heading of README.md; empty: there is none */
    Str source; /* folder with pages, "docs"; empty: none was found */
    Str *pages; /* in it, when it has no index.md and no README.md; relative to it */
    size_t page_count, page_capacity;
    Str output;    /* a folder that is free for the site */
    Str *trackers; /* folders that hold trackers outside of the source folder */
    size_t tracker_count, tracker_capacity;
    bool has_trackers;     /* there or in the source folder */
    bool has_root_tracker; /* one in the root itself, where no folder can be named */
    Str repository;        /* "https://github.com/owner/name"; empty when there is no remote */
    Str url;               /* where GitHub Pages would show it; empty elsewhere */
} Survey;

/* Looks through `fs`. False with a reason when it cannot be read. */
bool survey_read(Fs *fs, Arena *arena, Survey *survey, Str *why);

#endif
