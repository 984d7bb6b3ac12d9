#include "base/ban.h"

#include <assert.h>

#include "markdown/md.h"
#include "markdown/pass.h"
#include "markdown/trace.h"

MdNode *md_next(const MdNode *top, const MdNode *node) {
    if (node->first)
        return node->first;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* The kinds are ordered: blocks come first. */
static bool is_block(MdKind kind) {
    return kind < MD_TEXT;
}

Str md_plain_text(const MdNode *node, Arena *arena) {
    Buf text = buf_new(arena);
    for (const MdNode *at = node; at; at = md_next(node, at)) {
        bool is_apart = at->kind == MD_SOFT_BREAK || at->kind == MD_LINE_BREAK ||
                        (is_block(at->kind) && at != node);
        if (is_apart && text.size && text.data[text.size - 1] != ' ')
            buf_add_char(&text, ' ');
        if (at->kind == MD_TEXT || at->kind == MD_CODE || at->kind == MD_CODE_BLOCK)
            buf_add(&text, at->text);
    }
    return str_trim(buf_str(&text));
}

/* True when `node` and its parents up to a paragraph have no siblings; the paragraph is then in
 * `whole`. */
static bool stands_alone(MdNode *node, MdNode **whole) {
    for (; node; node = node->parent) {
        if (node->kind == MD_PARAGRAPH) {
            *whole = node;
            return true;
        }
        if (node->prev || node->next || is_block(node->kind))
            return false;
    }
    return false;
}

void md_replace(MdNode *node, Str markup) {
    MdNode *whole = node;
    bool is_alone = is_block(node->kind) || stands_alone(node, &whole);
    whole->kind = is_alone ? MD_MARKUP : MD_INLINE_MARKUP;
    whole->text = markup;
    whole->first = whole->last = NULL;
}

MdNode *tree_append(Arena *arena, MdNode *parent, MdKind kind) {
    MdNode *node = ARENA_NEW(arena, MdNode);
    node->kind = kind;
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

void tree_insert_behind(MdNode *before, MdNode *node) {
    node->parent = before->parent;
    node->prev = before;
    node->next = before->next;
    if (before->next)
        before->next->prev = node;
    else
        before->parent->last = node;
    before->next = node;
}

MdNode *tree_split_text(Arena *arena, MdNode *node, size_t at) {
    assert(node->kind == MD_TEXT && at <= node->text.size);
    size_t source = tree_text_offset(node, at);
    MdNode *rest = ARENA_NEW(arena, MdNode);
    rest->kind = MD_TEXT;
    rest->text = str_from_offset(node->text, at);
    rest->at = span_of(node->at.source, source, node->at.start + node->at.size - source);
    node->text.size = at;
    node->at.size = (uint32_t)source - node->at.start;
    tree_insert_behind(node, rest);
    return rest;
}

/* `first` and `last` are siblings, in this order, and may be the same. */
MdNode *tree_wrap(Arena *arena, MdNode *first, MdNode *last, MdKind kind) {
    MdNode *wrap = ARENA_NEW(arena, MdNode), *parent = first->parent;
    wrap->kind = kind;
    wrap->parent = parent;
    wrap->first = first;
    wrap->last = last;
    wrap->prev = first->prev;
    wrap->next = last->next;
    uint32_t end = last->at.start + last->at.size;
    wrap->at = span_of(first->at.source, first->at.start,
                       end > first->at.start ? end - first->at.start : 0);
    if (wrap->prev)
        wrap->prev->next = wrap;
    else
        parent->first = wrap;
    if (wrap->next)
        wrap->next->prev = wrap;
    else
        parent->last = wrap;
    first->prev = last->next = NULL;
    for (MdNode *node = first; node; node = node->next)
        node->parent = wrap;
    return wrap;
}

void tree_remove(MdNode *node) {
    if (node->prev)
        node->prev->next = node->next;
    else
        node->parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else
        node->parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

/* Text of the size of its source is that source; otherwise there are escapes, and they are counted
 * from the front. */
size_t tree_text_offset(const MdNode *node, size_t at) {
    if (node->at.size == node->text.size)
        return node->at.start + at;
    Str source = span_text(node->at);
    size_t done = 0, taken = 0;
    while (done < at && taken < source.size) {
        char decoded[8];
        size_t size;
        taken += trace_decode(str_from_offset(source, taken), true, decoded, &size);
        done += size;
    }
    return node->at.start + taken;
}

bool tree_is_comment(const MdNode *node) {
    Str text = str_trim(node->text);
    if (!str_starts_with(text, STR("<!--")))
        return false;
    while (str_starts_with(text, STR("<!--"))) {
        size_t end = str_find(text, STR("-->"), 2);
        if (end == STR_NONE)
            return true;
        text = str_trim(str_from_offset(text, end + 3));
    }
    return text.size == 0;
}
