#include "base/ban.h"

#include "markdown/references.h"

#include "base/buf.h"
#include "base/utf8.h"

/* cmark keeps no place of a definition and takes it out of the text, but what it leaves tells: a
 * line that no block has taken, is not blank and begins with a label and a colon, was a definition.
 * In code, HTML or a paragraph the same line belongs to a block and is none. A footnote that is
 * used stands in the tree with its lines; one that is not was dropped with them. */

References references_new(Arena *arena, const MdLines *lines) {
    return (References){.arena = arena,
                        .source = lines->source,
                        .is_taken = ARENA_ARRAY(arena, bool, lines->count + 1),
                        .used = map_new(arena)};
}

/* Labels are the same without regard to case and the number of blanks; footnotes and links have
 * namespaces of their own. */
static Str reference_key(Arena *arena, Str label, bool is_footnote) {
    Buf key = buf_new(arena);
    if (is_footnote)
        buf_add_char(&key, '^');
    label = str_trim(label);
    while (label.size) {
        uint32_t c = utf8_take(&label);
        bool is_blank = c == ' ' || (c >= '\t' && c <= '\r');
        bool is_repeat = is_blank && key.size && key.data[key.size - 1] == ' ';
        if (!is_repeat)
            utf8_add(&key, is_blank ? ' ' : utf8_lower(c));
    }
    return buf_str(&key);
}

void references_add_used(References *references, Str label, bool is_footnote) {
    Str key = reference_key(references->arena, label, is_footnote);
    map_put(references->used, key, references);
}

void references_add_missing(References *references, Str label, bool is_footnote, Span at) {
    Str key = reference_key(references->arena, label, is_footnote);
    ARENA_RESERVE(references->arena, references->missing, references->missing_count,
                  references->missing_capacity);
    references->missing[references->missing_count++] = (Reference){str_trim(label), key, at};
}

void references_take(References *references, const MdLines *lines, size_t first, size_t last) {
    for (size_t i = first; i <= last && i < lines->count; i++)
        references->is_taken[i] = true;
}

/* definition = prefix "[" [ "^" ] label "]:" rest. False when the line begins differently. `rest`
 * is what follows the colon. */
static bool read_definition(References const *references, const MdLines *lines, size_t index,
                            Reference *found, Str *rest) {
    Str line = md_lines_get(lines, index);
    size_t start = md_lines_prefix(line, NULL);
    if (start >= line.size || line.data[start] != '[')
        return false;
    size_t end = ++start;
    while (end < line.size && line.data[end] != ']')
        end += line.data[end] == '\\' ? 2 : 1;
    if (end + 1 >= line.size || line.data[end + 1] != ':')
        return false;
    bool is_footnote = line.data[start] == '^';
    found->label = str_slice(line, start + is_footnote, end);
    found->key = reference_key(references->arena, found->label, is_footnote);
    found->at = span_of_str(lines->source, found->label);
    *rest = str_trim(str_from_offset(line, end + 2));
    return !str_is_blank(found->label);
}

void references_add_footnote(References *references, const MdLines *lines, size_t line) {
    Reference found;
    Str rest;
    if (!read_definition(references, lines, line, &found, &rest))
        return;
    references_take(references, lines, line, line);
    ARENA_RESERVE(references->arena, references->footnotes, references->footnote_count,
                  references->footnote_capacity);
    references->footnotes[references->footnote_count++] = found;
}

/* Markdown has no comments of its own; people write [//]: # (comment) or [comment]: <> (text). */
static bool is_comment(Str label, Str rest) {
    return str_equal(label, STR("//")) || str_starts_with(rest, STR("# ")) ||
           str_equal(rest, STR("#")) || str_starts_with(rest, STR("<>"));
}

static const char *reference_noun(Str key) {
    return key.size && key.data[0] == '^' ? "footnote" : "link reference";
}

/* Puts a definition into `defined`, or reports that its label has one already. */
static void add_definition(Map *defined, const Reference *definition, Diags *diags) {
    const Reference *first = map_find(defined, definition->key);
    if (!first) {
        map_put(defined, definition->key, (void *)(uintptr_t)definition);
        return;
    }
    diag_add(diags, DIAG_LINK_REFERENCE, definition->at, "%s \"%.*s\" is defined twice",
             reference_noun(definition->key), STR_FMT(definition->label));
    diag_hint(diags, "the first definition counts");
    diag_relate(diags, first->at, "first defined here");
}

/* All definitions by label; the first of each label counts. Footnotes in the tree come first
 * because cmark has chosen them, and it chooses the first. */
static Map *find_definitions(const References *references, const MdLines *lines, Diags *diags) {
    Map *defined = map_new(references->arena);
    for (size_t i = 0; i < references->footnote_count; i++)
        map_put(defined, references->footnotes[i].key, &references->footnotes[i]);
    for (size_t i = 0; i < lines->count; i++) {
        Reference found;
        Str rest;
        if (references->is_taken[i] || !read_definition(references, lines, i, &found, &rest) ||
            is_comment(found.label, rest))
            continue;
        Reference *kept = ARENA_NEW(references->arena, Reference);
        *kept = found;
        add_definition(defined, kept, diags);
    }
    return defined;
}

static void report_unused(const References *references, const Map *defined, Diags *diags) {
    for (size_t i = 0; i < map_count(defined); i++) {
        const Reference *definition = map_value(defined, i);
        if (map_find(references->used, definition->key))
            continue;
        /* An unused footnote is lost text; an unused address is only a line too many. */
        bool is_footnote = definition->key.data[0] == '^';
        diag_add(diags, is_footnote ? DIAG_LINK_REFERENCE : DIAG_LINK_UNUSED_REFERENCE,
                 definition->at, "%s \"%.*s\" is never used", reference_noun(definition->key),
                 STR_FMT(definition->label));
        diag_hint(diags, "remove the definition, or refer to it");
    }
}

/* The way out is a label of the same sort that is spelt nearly so, or else how to write what may
 * have been meant. */
static void report_missing(const Reference *missing, const Map *defined, Arena *arena,
                           Diags *diags) {
    bool is_footnote = missing->key.size && missing->key.data[0] == '^';
    diag_add(diags, DIAG_LINK_REFERENCE, missing->at, "no definition of %s \"%.*s\"",
             reference_noun(missing->key), STR_FMT(missing->label));
    size_t all = diags_may_compare(diags, map_count(defined)) ? map_count(defined) : 0, count = 0;
    Str *labels = ARENA_ARRAY(arena, Str, all + 1);
    for (size_t i = 0; i < all; i++) {
        const Reference *definition = map_value(defined, i);
        if ((definition->key.data[0] == '^') == is_footnote)
            labels[count++] = definition->label;
    }
    Str nearest = str_nearest(missing->label, labels, count);
    if (nearest.size)
        diag_hint(diags, "did you mean \"%.*s\"?", STR_FMT(nearest));
    else if (is_footnote)
        diag_hint(diags, "add a line \"[^%.*s]: text\", or write \\[ for a plain bracket",
                  STR_FMT(missing->label));
    else
        diag_hint(diags, "add a line \"[%.*s]: address\", or write \\[ for a plain bracket",
                  STR_FMT(missing->label));
}

void references_check(const References *references, const MdLines *lines, Diags *diags) {
    Map *defined = find_definitions(references, lines, diags);
    report_unused(references, defined, diags);
    for (size_t i = 0; i < references->missing_count; i++)
        if (!map_find(defined, references->missing[i].key))
            report_missing(&references->missing[i], defined, references->arena, diags);
}
