/* stage.h: what the stages of a build share.
 * In: a job. Out: the site, filled stage by stage; build.c has their order and what each needs.
 * For build.c and the files of single stages alone. */
#ifndef SITE_STAGE_H
#define SITE_STAGE_H

#include "site/build.h"
#include "site/page.h"
#include "site/parts.h"
#include "site/shell/shell.h"

typedef struct Build {
    const BuildJob *job;
    Site *site;
    SiteFile **page_files; /* files to be read as pages */
    size_t page_file_count;
    Parts **parts; /* what each thread has read for includes and values */
    const Theme *theme;
    Sidebar **sidebars; /* one for each thread */
    ShardSet *shards;   /* NULL: every page is rendered here */
    Arena **tmps;       /* of the page that a thread has in hand */
} Build;

/* What a thread keeps until the site is freed. */
Arena *stage_arena(const Build *build, unsigned worker);

PageTools stage_tools(const Build *build, unsigned worker);

/* The clock of a page's job, begun with 0: what it took, when somebody asks. */
uint64_t stage_clock(const Build *build, uint64_t start);

/* The page or diagram is done with for now. */
void stage_leave(const Build *build, size_t index, unsigned worker);

/* To be called where nobody looks at anything, as between two stages: memory may go elsewhere. */
void stage_rest(const Site *site);

/* Reads the trackers and judges them, and the lists of trackers. */
void stage_trackers(Build *build);

/* Compiles and draws files, fences and dependency graphs, all alike. */
void stage_diagrams(Build *build);

/* Renders every page that is there by then: embeds, links, shell. */
void stage_render(Build *build);

/* Adds what can only be made when every page is there: the index, and what is shown for an address
 * that leads nowhere. */
void stage_back(Build *build);

#endif
