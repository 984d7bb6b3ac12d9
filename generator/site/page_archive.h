/* page_archive.h: what is known of a page, as bytes and back.
 * In: a page that has been read or rendered, or bytes of another run (base/archive.h), which may be
 * anything. Out: the other. Says what a page is, not whether it still is so: recall.c and shard.c
 * do. */
#ifndef SITE_PAGE_ARCHIVE_H
#define SITE_PAGE_ARCHIVE_H

#include "base/archive.h"
#include "site/parts.h"
#include "site/search_text.h"
#include "site/site.h"

typedef struct PageArchive {
    const Site *site;
    Page *page;
    Archive *archive;
    Arena *arena;      /* of what stays; texts that are read are views of the archive's */
    Arena *cold;       /* of what stays as it is */
    Arena *tmp;        /* of what goes with the page */
    const Part *parts; /* that the page took from other files */
    size_t part_count;
} PageArchive;

/* All that reading the page gave, but for its stencil. The page to be filled has its file and an
 * empty list of findings. The archive is bad, and the page not to be used, when something lies
 * elsewhere than in its file and its parts: in the tree. */
void archive_page_facts(const PageArchive *to);

/* What rendering its content gave besides the content: the Markdown for programs, files that it
 * links to, the diagram on its card. */
void archive_page_content(const PageArchive *to);

/* The words to search for on it. */
void archive_page_search(const PageArchive *to, SearchPage *search);

#endif
