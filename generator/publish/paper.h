/* paper.h: the whole site as PDF.
 * In: a site that was built with its one document (site/print.h). Out: the bytes of a PDF, tagged
 * and with an outline, made by an installed Chromium; none is part of docsgen. Same input, same
 * browser, same bytes. */
#ifndef PUBLISH_PAPER_H
#define PUBLISH_PAPER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fs.h"
#include "site/site.h"

/* The path of an installed browser. False with a reason that says the way out. */
bool paper_find(Arena *arena, Str *browser, Str *why);

typedef struct PaperJob {
    Site *site;
    Fs *project; /* where Output.copy_of is read */
    Fs *parent;  /* of the folder; on disk */
    Str folder;  /* for what the browser reads and writes; made, and removed at the end */
    Str browser;
    int64_t made_at; /* creation date in seconds since 1970; negative: the day of the newest page */
    Arena *arena;
} PaperJob;

/* Makes the PDF. False with a reason. */
bool paper_print(const PaperJob *job, Str *pdf, Str *why);

#endif
