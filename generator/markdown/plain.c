#include "base/ban.h"

#include "markdown/plain.h"

#include <cmark-gfm/parser.h>

#include "base/bytes.h"

/* Set when the extension is registered; its own header is not installed. */
extern cmark_node_type CMARK_NODE_TABLE_CELL;

/* Mark a hidden block through its user data. */
static MdKind hidden_kinds[] = {MD_PARAGRAPH, MD_HEADING, MD_TABLE_CELL};
#define HIDDEN_COUNT (sizeof hidden_kinds / sizeof hidden_kinds[0])

/* As cmark_isspace, for which \v and \f are none. */
static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Str plain_text(const cmark_node *node) {
    Str text = {(const char *)node->content.ptr, (size_t)node->content.size};
    while (text.size && is_space(text.data[text.size - 1]))
        text.size--;
    return text;
}

/* Nothing that cmark stops at: SPECIAL_CHARS of its inlines.c, to which none of our extensions
 * adds. */
static const bool is_mark[256] = {
    ['\n'] = true, ['\r'] = true, ['!'] = true, ['&'] = true, ['*'] = true, ['<'] = true,
    ['['] = true,  ['\\'] = true, [']'] = true, ['_'] = true, ['`'] = true};

/* Whether one of eight bytes is such a mark, or a neighbour of one that few texts have: a control
 * or a caret. */
static inline bool has_marks(uint64_t bytes) {
    uint64_t low = bytes_low(bytes);
    uint64_t marks = ~bytes_from(low, ' ') | bytes_between(low, '[', '`') | bytes_are(low, '!') |
                     bytes_are(low, '&') | bytes_are(low, '*') | bytes_are(low, '<');
    return marks & ~bytes & BYTES_HIGH;
}

static bool is_plain(Str text) {
    size_t at = 0;
    while (text.size - at >= 8 && !has_marks(bytes_load(text.data + at)))
        at += 8;
    while (at < text.size && !is_mark[(unsigned char)text.data[at]])
        at++;
    return at == text.size;
}

/* The mark for a block that has inlines, or NULL. A block that is still open needs its kind when it
 * is closed; cells stay open for ever. One with a mark already is left alone. */
static MdKind *mark_for(const cmark_node *node) {
    bool is_open = node->flags & CMARK_NODE__OPEN;
    if (node->user_data)
        return NULL;
    if (node->type == CMARK_NODE_TABLE_CELL)
        return &hidden_kinds[2];
    if (node->type == CMARK_NODE_HEADING && !is_open)
        return &hidden_kinds[1];
    return node->type == CMARK_NODE_PARAGRAPH && !is_open ? &hidden_kinds[0] : NULL;
}

/* Hidden is what looks like a rule, which has no inlines. */
void plain_hide(cmark_node *root) {
    for (cmark_node *node = root; node;) {
        MdKind *mark = mark_for(node);
        if (mark && is_plain(plain_text(node))) {
            node->user_data = mark;
            node->type = CMARK_NODE_THEMATIC_BREAK;
        }
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        while (node != root && !node->next)
            node = node->parent;
        node = node == root ? NULL : node->next;
    }
}

const MdKind *plain_kind(const cmark_node *node) {
    for (size_t i = 0; node->user_data && i < HIDDEN_COUNT; i++)
        if (node->user_data == &hidden_kinds[i])
            return &hidden_kinds[i];
    return NULL;
}
