#include "base/ban.h"

#include "base/diag.h"

#include <assert.h>
#include <stdarg.h>

#include "base/limits.h"

struct Diags {
    Arena *arena;
    Diag *items;
    size_t count, capacity;
    const Source *source; /* of the finding added last, */
    size_t in_source;     /* and how many in a row it had */
    bool is_full;         /* the finding added last was too many */
    size_t comparisons;   /* with names that might have been meant */
};

typedef struct RuleRow {
    Str name;
    DiagSeverity severity;
    Str summary;
} RuleRow;

static const RuleRow rules[] = {
#define X(id, name, severity, summary)                                                             \
    {{name, sizeof(name) - 1}, DIAG_##severity, {summary, sizeof(summary) - 1}},
    DIAG_RULES(X)
#undef X
};

Diags *diags_new(Arena *arena) {
    Diags *diags = ARENA_NEW(arena, Diags);
    diags->arena = arena;
    return diags;
}

__attribute__((format(printf, 2, 0))) static Str format_list(Arena *arena, const char *format,
                                                             va_list list) {
    va_list again;
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size <= 0)
        return (Str){NULL, 0};
    /* A name may be a megabyte long; a message that nobody can read to its end helps nobody. */
    bool is_cut = (size_t)size > LIMIT_MESSAGE_SIZE;
    if (is_cut)
        size = (int)LIMIT_MESSAGE_SIZE;
    char *text = arena_bytes(arena, (size_t)size + sizeof "…");
    vsnprintf(text, (size_t)size + 1, format, list);
    while (is_cut && size > 0 && ((unsigned char)text[size - 1] & 0xC0) == 0x80)
        size--;
    if (is_cut && size > 0 && (unsigned char)text[size - 1] >= 0xC0)
        size--;
    if (is_cut) {
        memcpy(text + size, "…", sizeof "…");
        size += (int)sizeof "…" - 1;
    }
    /* A finding is one line whatever the author's name for the thing holds. */
    for (int i = 0; i < size; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
            text[i] = ' ';
    return (Str){text, (size_t)size};
}

static Diag *diags_push(Diags *diags, Diag diag) {
    ARENA_RESERVE(diags->arena, diags->items, diags->count, diags->capacity);
    diags->items[diags->count++] = diag;
    return &diags->items[diags->count - 1];
}

static Diag *diags_last(Diags *diags) {
    assert(diags->count > 0);
    return &diags->items[diags->count - 1];
}

/* Is there room for one more of this file? The first one that has none says so. */
static bool has_room(Diags *diags, Span at) {
    diags->in_source = at.source && at.source == diags->source ? diags->in_source + 1 : 1;
    diags->source = at.source;
    diags->is_full = diags->in_source > LIMIT_FINDINGS;
    if (diags->in_source == LIMIT_FINDINGS + 1)
        diags_push(diags, (Diag){.rule = DIAG_PAGE_LIMIT,
                                 .at = at,
                                 .message = str_format(
                                     diags->arena,
                                     "more than the limit of %zu findings in one file; the others "
                                     "are left out",
                                     LIMIT_FINDINGS)});
    return !diags->is_full;
}

void diag_add(Diags *diags, DiagRule rule, Span at, const char *format, ...) {
    va_list list;
    if (!has_room(diags, at))
        return;
    va_start(list, format);
    diags_push(diags,
               (Diag){.rule = rule, .at = at, .message = format_list(diags->arena, format, list)});
    va_end(list);
}

void diag_hint(Diags *diags, const char *format, ...) {
    va_list list;
    if (diags->is_full)
        return;
    va_start(list, format);
    diags_last(diags)->hint = format_list(diags->arena, format, list);
    va_end(list);
}

bool diags_may_compare(Diags *diags, size_t count) {
    diags->comparisons += count;
    return !diags->is_full && diags->comparisons <= LIMIT_COMPARISONS;
}

void diag_hint_nearest(Diags *diags, Str name, const Str *candidates, size_t count) {
    if (!diags_may_compare(diags, count))
        return;
    Str nearest = str_nearest(name, candidates, count);
    if (nearest.size)
        diag_hint(diags, "did you mean \"%.*s\"?", STR_FMT(nearest));
}

void diag_relate(Diags *diags, Span at, const char *what) {
    if (diags->is_full)
        return;
    Diag *diag = diags_last(diags);
    diag->related = at;
    diag->related_as = str_copy(diags->arena, str_from(what));
}

void diag_fix(Diags *diags, Span at, Str text) {
    if (diags->is_full)
        return;
    Diag *diag = diags_last(diags);
    if (str_equal(span_text(at), text))
        return;
    ARENA_RESERVE(diags->arena, diag->fixes, diag->fix_count, diag->fix_capacity);
    diag->fixes[diag->fix_count++] = (DiagFix){at, str_copy(diags->arena, text)};
}

void diags_merge(Diags *into, const Diags *from) {
    for (size_t i = 0; i < from->count; i++) {
        Diag diag = from->items[i];
        diag.message = str_copy(into->arena, diag.message);
        diag.hint = str_copy(into->arena, diag.hint);
        diag.related_as = str_copy(into->arena, diag.related_as);
        const DiagFix *fixes = diag.fixes;
        diag.fix_capacity = diag.fix_count;
        diag.fixes = ARENA_ARRAY(into->arena, DiagFix, diag.fix_count);
        for (size_t k = 0; k < diag.fix_count; k++)
            diag.fixes[k] = (DiagFix){fixes[k].at, str_copy(into->arena, fixes[k].text)};
        diags_push(into, diag);
    }
}

void diags_put(Diags *diags, Diag diag) {
    diags_push(diags, diag);
}

static int compare(const void *left, const void *right) {
    const Diag *a = left, *b = right;
    Span span_a = span_resolve(a->at), span_b = span_resolve(b->at);
    Str path_a = span_a.source ? span_a.source->path : STR("");
    int order = str_compare(path_a, span_b.source ? span_b.source->path : STR(""));
    if (order)
        return order; /* and neither text is looked at */
    Place at_a = span_point(span_a), at_b = span_point(span_b);
    order = (at_a.line > at_b.line) - (at_a.line < at_b.line);
    if (order == 0)
        order = (at_a.column > at_b.column) - (at_a.column < at_b.column);
    if (order == 0)
        order = (a->rule > b->rule) - (a->rule < b->rule);
    if (order == 0)
        order = str_compare(a->message, b->message);
    return order ? order : str_compare(a->hint, b->hint);
}

void diags_sort(Diags *diags) {
    if (diags->count == 0)
        return;
    qsort(diags->items, diags->count, sizeof *diags->items, compare);
    size_t kept = 1;
    for (size_t i = 1; i < diags->count; i++)
        if (compare(&diags->items[i], &diags->items[kept - 1]) != 0)
            diags->items[kept++] = diags->items[i];
    diags->count = kept;
}

void diags_keep(Diags *diags, bool (*is_kept)(const Diag *diag, void *context), void *context) {
    size_t kept = 0;
    for (size_t i = 0; i < diags->count; i++)
        if (is_kept(&diags->items[i], context))
            diags->items[kept++] = diags->items[i];
    diags->count = kept;
}

size_t diags_count(const Diags *diags) {
    return diags->count;
}

const Diag *diags_get(const Diags *diags, size_t index) {
    assert(index < diags->count);
    return &diags->items[index];
}

Str diag_rule_name(DiagRule rule) {
    return rules[rule].name;
}

static bool name_takes(Str name, Str rule) {
    return str_equal(name, rule) ||
           (str_starts_with(rule, name) && rule.size > name.size && rule.data[name.size] == '/');
}

bool diag_rule_is_in(Str names, DiagRule rule) {
    if (names.size == 0)
        return true;
    for (Str rest = names; rest.data;)
        if (name_takes(str_trim(str_cut(&rest, ',')), diag_rule_name(rule)))
            return true;
    return false;
}

DiagSeverity diag_rule_severity(DiagRule rule) {
    return rules[rule].severity;
}

Str diag_rule_summary(DiagRule rule) {
    return rules[rule].summary;
}

DiagRule diag_rule_find(Str name) {
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++)
        if (str_equal(rules[rule].name, name))
            return (DiagRule)rule;
    return DIAG_RULE_COUNT;
}

Str diag_severity_name(DiagSeverity severity) {
    static const Str names[] = {{"off", 3}, {"note", 4}, {"warning", 7}, {"error", 5}};
    return names[severity];
}
