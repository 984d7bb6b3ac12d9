#include "base/ban.h"

#include "markdown/ignore.h"

#include "markdown/pass.h"

/* ignore = "docsgen-ignore" blank rule { ( "," | blank ) rule } [ ":" reason ] */
void md_ignore_parse(const Source *source, Str text, Span covers, MdIgnores *into, Arena *arena) {
    text = str_trim(text);
    Str word = STR("docsgen-ignore");
    if (!str_starts_with(text, word) || text.size == word.size || text.data[word.size] != ' ')
        return;
    Str rules = str_from_offset(text, word.size), reason = {0};
    size_t colon = str_find_char(rules, ':', 0);
    if (colon != STR_NONE) {
        reason = str_trim(str_from_offset(rules, colon + 1));
        rules = str_slice(rules, 0, colon);
    }
    while (rules.size) {
        size_t end = 0;
        while (end < rules.size && !strchr(" ,\t\r\n", rules.data[end]))
            end++;
        Str rule = str_slice(rules, 0, end);
        rules = str_from_offset(rules, end < rules.size ? end + 1 : end);
        if (rule.size == 0)
            continue;
        ARENA_RESERVE(arena, into->items, into->count, into->capacity);
        into->items[into->count++] = (MdIgnore){rule, span_of_str(source, rule), covers, reason};
    }
}

static Span span_between(const Source *source, size_t start, size_t end) {
    return span_of(source, start, end > start ? end - start : 0);
}

static size_t span_end(Span span) {
    return (size_t)span.start + span.size;
}

static bool is_comment(const MdNode *node) {
    return (node->kind == MD_HTML || node->kind == MD_HTML_BLOCK) && tree_is_comment(node);
}

/* A comment on lines of its own is about the block below it, further comments skipped; one within a
 * text about the paragraph, heading or row that it stands in. */
static Span covered(const MdNode *comment) {
    const Source *source = comment->at.source;
    const MdNode *block = comment;
    if (comment->kind == MD_HTML_BLOCK) {
        while (block->next && is_comment(block))
            block = block->next;
        return span_between(source, comment->at.start, span_end(block->at));
    }
    while (block->parent && block->kind != MD_PARAGRAPH && block->kind != MD_HEADING &&
           block->kind != MD_TABLE_ROW)
        block = block->parent;
    return block->at;
}

static void read_node(const MdNode *node, MdIgnores *into, Arena *arena) {
    for (Str rest = span_text(node->at);;) {
        size_t start = str_find(rest, STR("<!--"), 0);
        size_t end = start == STR_NONE ? STR_NONE : str_find(rest, STR("-->"), start);
        if (end == STR_NONE)
            return;
        md_ignore_parse(node->at.source, str_slice(rest, start + 4, end), covered(node), into,
                        arena);
        rest = str_from_offset(rest, end + 3);
    }
}

MdIgnores md_ignores(const MdDoc *doc, Arena *arena) {
    MdIgnores ignores = {0};
    /* Most pages have no comment at all, and "<" is rarer than "d". */
    Str text = doc->source->text;
    if (str_find(text, STR("<!--"), 0) == STR_NONE ||
        str_find(text, STR("docsgen-ignore"), 0) == STR_NONE)
        return ignores;
    for (MdNode *node = doc->root; node; node = md_next(doc->root, node))
        if (is_comment(node) && node->at.source == doc->source)
            read_node(node, &ignores, arena);
    return ignores;
}

/* A finding about a whole file stands at its first byte and covers nothing. A comment anywhere in
 * the file is about it: no line of the file could stand in front of it. */
bool md_ignore_covers(const MdIgnore *ignore, const Diag *diag) {
    Span at = span_resolve(diag->at);
    if (!ignore->reason.size || !at.source || !str_equal(at.source->path, ignore->at.source->path))
        return false;
    bool is_whole_file = at.start == 0 && at.size == 0;
    bool is_inside =
        at.start >= ignore->covers.start && at.start <= ignore->covers.start + ignore->covers.size;
    return (is_whole_file || is_inside) && diag_rule_is_in(ignore->rule, diag->rule);
}
