/* overviews.h: the list of roadmaps that an edit of one of them changes as well.
 * In: a tracker before and after the edit. Out: the nearest ROADMAP.md above it that lists it, with
 * its new text; written when the caller says so. */
#ifndef CLI_OVERVIEWS_H
#define CLI_OVERVIEWS_H

#include "cli/trackers.h"

typedef struct OverviewEdit {
    const Tracker *tracker;
    const Roadmap *before, *after;
    Str id;               /* of the PR */
    bool is_restoring;    /* the list gets back the bytes it had, where nothing else happened */
    Str path;             /* of the list; empty: there is none */
    const Source *source; /* as it was read */
    Str text;             /* as it is to be */
} OverviewEdit;

/* Finds the list and works out its new text. */
void overview_edit(OverviewEdit *edit, Arena *arena);

/* Writes it. Other runs of docsgen wait meanwhile, and what they wrote before is read first. False
 * after a complaint. */
bool overview_edit_write(OverviewEdit *edit, Arena *arena);

#endif
