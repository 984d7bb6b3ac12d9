/* twin_trees.h: one text read in two ways, and the two trees laid side by side.
 * In: two trees of cmark, and what makes two nodes the same; out: a failure that shows the text.
 * Included by the tests of markdown/ that put something of our own in the place of cmark's. */
#ifndef TESTS_TWIN_TREES_H
#define TESTS_TWIN_TREES_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/parser.h>

#include "base/escape.h"

typedef enum TwinNodes {
    TWINS_DIFFER,
    TWINS_ALIKE, /* if their children are */
    TWINS_WHOLE, /* with all that is below them */
} TwinNodes;

typedef TwinNodes (*CompareTwins)(cmark_node *a, cmark_node *b);

static inline bool twin_trees_are_alike(cmark_node *a, cmark_node *b, CompareTwins compare) {
    TwinNodes twins = compare(a, b);
    if (twins != TWINS_ALIKE)
        return twins == TWINS_WHOLE;
    cmark_node *left = a->first_child, *right = b->first_child;
    for (; left && right && twin_trees_are_alike(left, right, compare); left = left->next)
        right = right->next;
    return !left && !right;
}

/* Compares the trees of `text` and frees them. */
static inline void check_twin_trees(Str text, cmark_node *a, cmark_node *b, CompareTwins compare) {
    if (!twin_trees_are_alike(a, b, compare)) {
        Buf shown = buf_new(arena_new());
        json_string(&shown, text);
        fail_msg("read differently: %.*s", STR_FMT(buf_str(&shown)));
    }
    cmark_node_free(a);
    cmark_node_free(b);
}

/* Appends `count` of the pieces by chance (xorshift, Marsaglia 2003); `random` begins anywhere but
 * at 0. */
static inline void add_random_pieces(Buf *text, const char *const *pieces, size_t piece_count,
                                     size_t count, uint32_t *random) {
    for (size_t i = 0; i < count; i++) {
        *random ^= *random << 13;
        *random ^= *random >> 17;
        *random ^= *random << 5;
        buf_add_text(text, pieces[*random % piece_count]);
    }
}

#endif
