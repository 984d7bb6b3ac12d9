/* repair.h: the findings that take no thought, repaired.
 * In: the texts of a tracker and its plan; out: the new texts and the findings that remain. Reads
 * and writes no file: the caller shows or writes what changed. */
#ifndef ROADMAP_REPAIR_H
#define ROADMAP_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "roadmap/roadmap.h"

typedef struct Repair {
    Str tracker,
        plan;     /* the new texts; the old ones where nothing changes; plan empty without one */
    size_t count; /* findings that were repaired */
    Diags *left;  /* what the new texts still have, sorted */
} Repair;

/* Repairs the findings of the rules with is_wanted[rule]; NULL: all. One repair may bring another
 * finding to light (a corrected count a wrong percentage), so it goes on until nothing changes.
 * `plan` may be NULL. What is done twice changes nothing the second time. */
Repair roadmap_repair(const Source *tracker, const Source *plan, const bool *is_wanted,
                      Arena *arena);

/* The same for a list of roadmaps beside all trackers that there are; its text is `tracker`. */
Repair overview_repair(const Source *overview, const Roadmap *const *trackers, size_t count,
                       const bool *is_wanted, Arena *arena);

#endif
