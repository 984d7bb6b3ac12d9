/* build.h: from a folder to a finished site in memory.
 * In: the project's files and settings. Out: Site, with every page rendered and every finding
 * collected. Writes nothing; publish/ does,
 * to whom pages may be handed one by one. */
#ifndef SITE_BUILD_H
#define SITE_BUILD_H

#include "base/fs.h"
#include "base/progress.h"
#include "base/timing.h"
#include "site/drawings.h"
#include "site/recall.h"
#include "site/shard.h"
#include "site/site.h"

typedef struct BuildJob {
    const Config *config;
    Fs *fs;
    unsigned worker_count; /* at least 1; the result does not depend on it */
    bool has_drafts;
    bool has_pdf;           /* the caller will add print.pdf, made of it */
    bool has_print;         /* makes print.html as well */
    bool has_cards;         /* draws the pictures for link previews, where settings ask for them */
    Timings *timings;       /* NULL: nobody asks */
    Progress *progress;     /* NULL: nobody looks */
    Drawings *drawings;     /* of the build before, kept for the next; NULL: none are */
    bool has_model;         /* pages are written down for docsgen.json as well */
    Spill *spill;           /* where memory may go that is not needed now; NULL: nowhere */
    ShardJob *shard;        /* NULL: all pages are rendered, and all outputs made, here */
    Recall *recall;         /* pages of the build before; NULL: nothing is known. Wants a sink */
    const OutputSink *sink; /* takes finished pages as they are made; NULL: they are kept */
} BuildJob;

/* Builds the site; site_free gives it back. NULL with a reason (in `arena`) when the source folder
 * cannot be read. Findings are in site->diags, not yet sorted: checks may add theirs. */
Site *site_build(const BuildJob *job, Arena *arena, Str *why);

void site_free(Site *site);

#endif
