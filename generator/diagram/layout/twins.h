/* twins.h: groups of one parent that are built alike, member by member.
 * In: the nodes, groups and edges of a Layered; out: Layered.twins. The phases draw such groups
 * alike where Layered.is_alike asks for it; nothing is changed here. */
#ifndef DIAGRAM_LAYOUT_TWINS_H
#define DIAGRAM_LAYOUT_TWINS_H

#include "diagram/layout/layered.h"

/* Do the twins have all ranks in common? */
bool twins_in_line(const Layered *lay, const LayTwins *twins);

/* The block of the second twin for every block of the first, or LAY_NONE: members, and the chains
 * of edges among them where these have the same ranks. */
uint32_t *twins_blocks(const Layered *lay, const LayTwins *twins, Arena *arena);

#endif
