/* id.h: the names that people give to pull requests.
 * In: text; out: canonical ids ("7a", "4.5", "3+4", "4-6"), which ids a group stands for, and the
 * text around them. Knows nothing of documents. */
#ifndef ROADMAP_ID_H
#define ROADMAP_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct PrId {
    Str id;          /* without prefixes and spaces; in the arena or a slice of the text */
    size_t size;     /* bytes taken, prefix included */
    uint32_t weight; /* PRs it stands for */
    bool has_prefix;
} PrId;

/* The id at the start of `text`. With `needs_prefix` a bare number is none. */
bool pr_id_parse(Str text, bool needs_prefix, Arena *arena, PrId *id);

/* The next id with a prefix at or after `from`, where a word begins; its offset, or STR_NONE. */
size_t pr_id_search(Str text, size_t from, Arena *arena, PrId *id);

/* One more number of a list behind an id: ", 6", " and 7", " & PR 8". */
bool pr_id_continue(Str text, Arena *arena, PrId *id);

/* True when `group` stands for `id` among others: "3+4" for "4", "4-6" for "5". */
bool pr_id_contains(Str group, Str id);

/* The parts of a group, written into `parts` (at most `limit`); a range counts every whole number
 * in it. */
size_t pr_id_expand(Str group, Arena *arena, Str *parts, size_t limit);

/* `text` without what is no word at its start: signs, arrows, spaces and Markdown's emphasis. */
Str pr_skip_signs(Str text);

#endif
