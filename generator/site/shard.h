/* shard.h: a slice of a site's pages, rendered by one run and taken over by another.
 * In: rendered pages. Out: one file beside them with all else that rendering gave (findings, words
 * to search for, links), and from it, in the run that joins the slices, the same pages without
 * rendering. Every run reads all sources: only then it knows where links lead. */
#ifndef SITE_SHARD_H
#define SITE_SHARD_H

#include "base/fs.h"
#include "base/hash.h"
#include "site/search_text.h"
#include "site/site.h"

#define SHARD_NAME  STR(".docsgen-shard")
#define SHARD_KIND  STR("docsgen shard 2") /* another number when it is written otherwise */
#define SHARD_LIMIT ((size_t)4 << 30)      /* bytes of one */

/* What a run has to do with slices. */
typedef struct ShardJob {
    uint32_t number,
        count;    /* renders the number-th of so many slices, from 1; count 0: all pages */
    Hash words;   /* of the program, settings and options */
    Fs **folders; /* that hold the slices to be joined; of each its SHARD_NAME in: */
    Str *records;
    size_t folder_count;
    Fs *project;
    Str why; /* which of them does not fit, and why; empty: all do */
} ShardJob;

/* What rendering a page gives besides the page. */
typedef struct ShardPage {
    Page *page;
    SearchPage *search;
    Diags *found;
    Str html;
} ShardPage;

typedef struct ShardSet ShardSet;

/* Opens the slices, once all sources are read: `sources` stands for them. One that was made of
 * others does not fit, and its pages are not recalled. */
ShardSet *shards_open(ShardJob *job, const Site *site, Hash sources);

/* Does this run render the page with this index? */
bool shards_take(const ShardSet *set, size_t index);

/* Writes down what rendering the page gave. By several threads, each with its pages. */
void shards_keep(ShardSet *set, size_t index, const ShardPage *page, Arena *arena);

/* Reads it back, the page's own fields included; what goes with the page in `tmp`. False when it is
 * not there; the page's fields are then not to be used. */
bool shards_recall(const ShardSet *set, size_t index, ShardPage *page, Arena *arena, Arena *tmp);

/* Leaves nothing among the outputs but the slice. */
void shards_collect(const ShardSet *set, Site *site);

#endif
