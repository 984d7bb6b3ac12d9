/* status.h: what people write for a status, and what it means.
 * In: a cell, a heading's end, a field; out: one of six statuses. Words decide; signs count only
 * where there is no word (a yellow dot before "Superseded" is still a cancellation). */
#ifndef ROADMAP_STATUS_H
#define ROADMAP_STATUS_H

#include <stdbool.h>

#include "base/str.h"
#include "roadmap/roadmap.h"

/* The status that `text` says; false (and ROADMAP_OTHER) when it says none. The legend of
 * `roadmap` is asked before the built-in meaning of a sign; `roadmap` may be NULL. */
bool status_parse(Str text, const Roadmap *roadmap, RoadmapStatus *status);

/* Splits a heading's text into title and status: "Rules 🟢 COMPLETE", "Rules - SKIPPED",
 * "Rules (Complete)". The status is empty when there is none. */
void status_split(Str text, Str *title, Str *status);

/* True when `text` is a status and nothing else: a sign, a word or both; also when it is empty. */
bool status_is_bare(Str text);

/* The first sign of `text` that means a status, as a slice; empty when there is none. */
Str status_sign(Str text);

#endif
