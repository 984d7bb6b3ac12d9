#include "base/ban.h"

#include "markdown/splice.h"

#include "markdown/pass.h"
#include "markdown/trace.h"

/* --- tags --------------------------------------------------------------------------------- */

MdTags md_tags_begin(const MdNode *text) {
    return (MdTags){.node = text, .source = text->at.start};
}

/* Reads on to byte `to` of the text; the source goes along, over escapes and entities. */
static void advance(MdTags *tags, size_t to) {
    const MdNode *node = tags->node;
    if (node->at.size == node->text.size) {
        tags->text = to;
        tags->source = node->at.start + to;
        return;
    }
    size_t end = (size_t)node->at.start + node->at.size;
    while (tags->text < to && tags->source < end) {
        char decoded[8];
        size_t size;
        Str rest = str_slice(node->at.source->text, tags->source, end);
        tags->source += trace_decode(rest, true, decoded, &size);
        tags->text += size ? size : 1;
    }
    tags->text = to;
}

/* Does the source have two plain braces here, and no dollar before them? */
static bool is_written_plain(const MdTags *tags) {
    Str source = tags->node->at.source->text;
    if (!str_equal(str_slice(source, tags->source, tags->source + 2), STR("{{")))
        return false;
    return tags->source == 0 || (source.data[tags->source - 1] != '$');
}

bool md_tags_next(MdTags *tags, MdTag *tag) {
    Str text = tags->node->text;
    if (!tags->node->at.source)
        return false;
    while (true) {
        size_t start = str_find(text, STR("{{"), tags->text);
        size_t end = start == STR_NONE ? STR_NONE : str_find(text, STR("}}"), start + 2);
        if (end == STR_NONE)
            return false;
        /* Of three braces the last two begin the tag, as GitHub Actions and others nest them. */
        while (start + 2 < end && text.data[start + 2] == '{')
            start++;
        advance(tags, start);
        size_t source = tags->source;
        bool is_plain = is_written_plain(tags);
        advance(tags, is_plain ? end + 2 : start + 1);
        if (!is_plain)
            continue;
        *tag = (MdTag){.start = start,
                       .end = end + 2,
                       .inner = str_trim(str_slice(text, start + 2, end)),
                       .at = span_of(tags->node->at.source, source, tags->source - source)};
        return true;
    }
}

/* --- trees -------------------------------------------------------------------------------- */

MdNode *md_splice(MdNode *node, MdNode *from) {
    MdNode *first = from->first, *last = from->last, *parent = node->parent;
    if (!first) {
        tree_remove(node);
        return NULL;
    }
    for (MdNode *child = first; child; child = child->next)
        child->parent = parent;
    first->prev = node->prev;
    last->next = node->next;
    if (node->prev)
        node->prev->next = first;
    else
        parent->first = first;
    if (node->next)
        node->next->prev = last;
    else
        parent->last = last;
    node->parent = node->prev = node->next = NULL;
    from->first = from->last = NULL;
    return last;
}

void md_move(MdNode *into, MdNode *node) {
    if (node->parent)
        tree_remove(node);
    node->parent = into;
    node->prev = into->last;
    node->next = NULL;
    if (into->last)
        into->last->next = node;
    else
        into->first = node;
    into->last = node;
}

void md_append_all(MdNode *into, MdNode *from) {
    while (from->first)
        md_move(into, from->first);
}

static bool says_nothing(const MdNode *node) {
    return node->kind == MD_SOFT_BREAK || node->kind == MD_LINE_BREAK ||
           (node->kind == MD_TEXT && str_is_blank(node->text));
}

/* Blanks and breaks beside a block are not seen. */
static void trim(MdNode *part) {
    while (part->first && says_nothing(part->first))
        tree_remove(part->first);
    while (part->last && says_nothing(part->last))
        tree_remove(part->last);
}

/* Takes `node` out of its parent and puts it behind that; what followed it there follows it now in
 * a second parent of the same kind. A part that is empty goes. */
static void part_around(MdNode *node, Arena *arena) {
    MdNode *parent = node->parent, *rest = ARENA_NEW(arena, MdNode);
    *rest = *parent;
    rest->first = rest->last = NULL;
    while (node->next)
        md_move(rest, node->next);
    tree_remove(node);
    tree_insert_behind(parent, node);
    trim(parent);
    trim(rest);
    if (rest->first)
        tree_insert_behind(node, rest);
    if (!parent->first)
        tree_remove(parent);
}

static void move_out(MdNode *node) {
    MdNode *before = node->parent;
    tree_remove(node);
    tree_insert_behind(before, node);
}

void md_replace_block(MdNode *node, Str markup, Arena *arena) {
    md_replace(node, markup);
    if (node->kind != MD_INLINE_MARKUP)
        return;
    while (node->parent->kind >= MD_TEXT || node->parent->kind == MD_PARAGRAPH ||
           node->parent->kind == MD_HEADING) {
        MdKind around = node->parent->kind;
        if (around == MD_HEADING || around == MD_LINK)
            move_out(node);
        else
            part_around(node, arena);
        if (around == MD_PARAGRAPH || around == MD_HEADING) {
            node->kind = MD_MARKUP;
            return;
        }
    }
}

void md_shift_footnotes(MdNode *notes, MdNode *from) {
    /* Footnotes stand last, in the order of their numbers. */
    if (!from->last || from->last->kind != MD_FOOTNOTE)
        return;
    for (MdNode *node = from; node; node = md_next(from, node))
        if (node->kind == MD_FOOTNOTE || node->kind == MD_FOOTNOTE_REF)
            node->number += notes->number;
    notes->number = from->last->number;
}

void md_move_footnotes(MdNode *notes, MdNode *from) {
    MdNode *first = NULL;
    for (MdNode *node = from->last; node && node->kind == MD_FOOTNOTE; node = node->prev)
        first = node;
    while (first) {
        MdNode *next = first->next;
        md_move(notes, first);
        first = next;
    }
}

/* The footnotes of a document while they are numbered again. */
typedef struct Notes {
    MdNode **by_number; /* as they were numbered */
    uint32_t *numbers;  /* the new number by the old one; 0: not met yet */
    MdNode **order;     /* as they are met */
    uint32_t count, highest;
} Notes;

static void renumber_below(Notes *notes, MdNode *top) {
    for (MdNode *node = md_next(top, top); node; node = md_next(top, node)) {
        if (node->kind != MD_FOOTNOTE_REF || node->number > notes->highest ||
            !notes->by_number[node->number])
            continue;
        MdNode *note = notes->by_number[node->number];
        if (!notes->numbers[node->number]) {
            notes->order[notes->count++] = note;
            notes->numbers[node->number] = notes->count;
            note->repeat = 0;
        }
        node->number = notes->numbers[node->number];
        node->repeat = ++note->repeat;
    }
}

/* The highest number of a footnote; they stand last. */
static uint32_t highest_footnote(const MdNode *root) {
    uint32_t highest = 0;
    for (const MdNode *node = root->last; node && node->kind == MD_FOOTNOTE; node = node->prev)
        highest = node->number > highest ? node->number : highest;
    return highest;
}

void md_renumber_footnotes(MdDoc *doc, Arena *arena) {
    MdNode *root = doc->root;
    uint32_t highest = highest_footnote(root);
    if (!highest)
        return;
    size_t size = highest + (size_t)1;
    Notes notes = {.by_number = ARENA_ARRAY(arena, MdNode *, size),
                   .numbers = ARENA_ARRAY(arena, uint32_t, size),
                   .order = ARENA_ARRAY(arena, MdNode *, size),
                   .highest = highest};
    while (root->last && root->last->kind == MD_FOOTNOTE) {
        notes.by_number[root->last->number] = root->last;
        tree_remove(root->last);
    }
    renumber_below(&notes, root);
    /* A note may refer to others, which join the end of the list while it is walked. */
    for (uint32_t i = 0; i < notes.count; i++)
        renumber_below(&notes, notes.order[i]);
    for (uint32_t i = 0; i < notes.count; i++) {
        notes.order[i]->number = i + 1;
        md_move(root, notes.order[i]);
    }
}

void md_mend_footnotes(MdDoc *doc, Arena *arena) {
    MdNode *root = doc->root;
    uint32_t highest = highest_footnote(root);
    if (!highest)
        return;
    uint32_t *counts = ARENA_ARRAY(arena, uint32_t, highest + (size_t)1);
    for (const MdNode *node = root; node; node = md_next(root, node))
        if (node->kind == MD_FOOTNOTE_REF && node->number <= highest)
            counts[node->number]++;
    for (const MdNode *node = root->last; node && node->kind == MD_FOOTNOTE; node = node->prev)
        if (counts[node->number] != node->repeat) {
            md_renumber_footnotes(doc, arena);
            return;
        }
}
