/* recall_form.h: how recall.h keeps what it knows, for its own files.
 * recall_index.c reads and writes it as a whole, recall.c asks it page by page. */
#ifndef SITE_RECALL_FORM_H
#define SITE_RECALL_FORM_H

#include "site/recall.h"

struct Recall {
    RecallJob job;
    Store *store;
    Map *old;              /* path -> PageMemory of the build before */
    Hash files, old_files; /* what files there are, and were */
    Hash world, old_world; /* all that pages can ask of the site */
    Hash frame, old_frame; /* all that is around their content but for what they say of it */
    Map *old_outputs;      /* path -> FileMemory of the build before */
    SearchPast *past;      /* its words; NULL: not known, and so no content is */
    uint32_t *now;         /* of its pages: their numbers now, or SEARCH_GONE */
    SourceReader reader;   /* of texts that are wanted late, in an arena of their own: meanwhile
                              other threads may take from `arena` */
    bool is_stale;         /* one of them was not what it was */
    bool are_stamps_early; /* those of written files cannot be gone by */
    int64_t since;         /* when this build began to look at what stands there */
    Arena *past_arena;     /* of `past` */
    Arena *words_arena;
    Buf words; /* for the next build, until they are sealed */
    Hash words_hash;
    Arena *arena;
};

/* The file of the page in the folder that holds the output. */
Str recall_place(const Recall *recall, const Page *page, Arena *tmp);

#endif
