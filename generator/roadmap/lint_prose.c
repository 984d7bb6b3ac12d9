#include "base/ban.h"

#include "roadmap/id.h"
#include "roadmap/lint.h"
#include "roadmap/status.h"

static bool is_owned(const Lint *lint, uint32_t part) {
    return part != ROADMAP_NONE && lint->map->owner[part] != ROADMAP_NONE;
}

/* Is the block below a heading with one of these words? */
static bool is_below(const Lint *lint, uint32_t part, const char *const *words, size_t count) {
    const Outline *outline = lint->map->outline;
    for (; part != ROADMAP_NONE; part = outline->parts[part].parent) {
        for (size_t i = 0; i < count; i++) {
            if (text_find(outline->parts[part].text, words[i]) != STR_NONE)
                return true;
        }
    }
    return false;
}

/* Everything is complete, but the roadmap's own last checklist is not. */
static void check_definition(const Lint *lint) {
    static const char *const heads[] = {"definition of done", "success criteria"};
    const Outline *outline = lint->map->outline;
    const MdNode *first = NULL;
    size_t open = 0;
    size_t total = 0;
    for (size_t i = 0; i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        if (block->node->kind != MD_ITEM || block->node->task == MD_TASK_NONE ||
            is_owned(lint, block->part) || !is_below(lint, block->part, heads, 2))
            continue;
        total++;
        if (block->node->task == MD_TASK_DONE)
            continue;
        first = first ? first : block->node;
        open++;
    }
    if (open == 0)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_DEFINITION_OF_DONE, first->task_at,
             "all PRs are complete, but %zu of %zu items of the definition of done %s open", open,
             total, open == 1 ? "is" : "are");
    diag_relate(lint->diags, lint->map->table, "all rows are complete");
}

/* ---- what prose says about the state ---- */

/* "**Status**: NOT STARTED" at the end of a document whose table has moved on. */
static void check_status_line(const Lint *lint, const Field *field) {
    RoadmapStatus said = ROADMAP_OTHER;
    const RoadmapComputed *computed = &lint->map->computed;
    if (!status_parse(field->value, lint->map, &said))
        return;
    bool has_begun = computed->rows.done + computed->by_status[ROADMAP_IN_PROGRESS] > 0;
    bool is_finished = lint_is_finished(lint->map);
    bool is_stale = (said == ROADMAP_NOT_STARTED && has_begun) ||
                    (said == ROADMAP_IN_PROGRESS && is_finished) ||
                    (said == ROADMAP_COMPLETE && !is_finished);
    if (!is_stale)
        return;
    Str label = str_lower(lint->arena, roadmap_status_label(said));
    diag_add(lint->diags, DIAG_ROADMAP_STALE_PROSE, span_of_str(lint->map->source, field->value),
             "the roadmap is said to be %.*s, but %u of %u rows are complete", STR_FMT(label),
             computed->rows.done, computed->rows.total);
    diag_relate(lint->diags, lint->map->table, "the rows");
}

/* Names the PR at or behind `at` in `line`, when it is finished. */
static void check_marked(const Lint *lint, Str line, size_t at, const char *what) {
    PrId id;
    size_t found = pr_id_search(line, at, lint->arena, &id);
    const RoadmapPr *pr = found == STR_NONE ? NULL : lint_find(lint, id.id);
    if (!pr || !roadmap_is_closed(pr))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_STALE_PROSE,
             span_of_str(lint->map->source, str_slice(line, found, found + id.size)),
             "PR %.*s is called %s, but it is %s", STR_FMT(pr->id), what,
             pr->status == ROADMAP_COMPLETE ? "complete" : "cancelled");
    diag_relate(lint->diags, pr->id_at, "its row");
}

/* Fields that say what to do next, outside of the section that read_progress.c reads. */
static bool is_action(Str key) {
    static const char *const keys[] = {"Next AI Agent Action", "Next Agent Action", "Next Action",
                                       "Next Step"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (str_equal_nocase(key, str_from(keys[i])))
            return true;
    }
    return false;
}

static void check_line(const Lint *lint, Str line) {
    /* "Phase 2: PR-4 (CURRENT)", "← CURRENT" */
    size_t marker = str_find(line, STR("CURRENT)"), 0);
    marker = marker == STR_NONE ? str_find(line, STR("\xE2\x86\x90 CURRENT"), 0) : marker;
    if (marker != STR_NONE)
        check_marked(lint, str_slice(line, 0, marker), 0, "current");
    for (Field field; field_next(&line, &field);) {
        if (str_equal_nocase(field.key, STR("Status")))
            check_status_line(lint, &field);
        if (is_action(field.key))
            check_marked(lint, field.value, 0, "the next one");
    }
}

static void check_prose(const Lint *lint) {
    static const char *const past[] = {"change log", "changelog", "history", "next pr"};
    const Outline *outline = lint->map->outline;
    for (size_t i = 0; i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        bool is_prose = block->node->kind == MD_PARAGRAPH || block->node->kind == MD_HEADING;
        if (!is_prose || is_owned(lint, block->part) || is_below(lint, block->part, past, 4))
            continue;
        Str rest = span_text(block->node->at);
        while (rest.data)
            check_line(lint, str_cut_line(&rest));
    }
}

/* ---- what should not be there ---- */

static void hint_more(const Lint *lint, size_t count) {
    if (count > 0)
        diag_hint(lint->diags, "there %s %zu more", count == 1 ? "is" : "are", count);
}

static bool is_name(char c) {
    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

/* placeholder = "{{" { A-Z | "_" | 0-9 } "}}" ; its size, or 0 */
static size_t placeholder_size(Str text) {
    if (!str_starts_with(text, STR("{{")))
        return 0;
    size_t size = 2;
    while (size < text.size && is_name(text.data[size]))
        size++;
    bool is_closed = str_starts_with(str_from_offset(text, size), STR("}}"));
    return size > 2 && is_closed ? size + 2 : 0;
}

/* Left from the template: the first one, and how many there are. Code may mean its own braces. */
static void check_placeholders(const Lint *lint) {
    const Outline *outline = lint->map->outline;
    Str first = {0};
    size_t count = 0;
    for (size_t i = 0; i < outline->block_count; i++) {
        const MdNode *node = outline->blocks[i].node;
        /* An item is seen again as its paragraphs. */
        if (node->kind != MD_PARAGRAPH && node->kind != MD_HEADING && node->kind != MD_TABLE)
            continue;
        Str text = span_text(node->at);
        for (size_t at = str_find(text, STR("{{"), 0); at != STR_NONE;
             at = str_find(text, STR("{{"), at + 2)) {
            size_t size = placeholder_size(str_from_offset(text, at));
            if (size > 0 && count++ == 0)
                first = str_slice(text, at, at + size);
        }
    }
    if (count == 0)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_PLACEHOLDER, span_of_str(lint->map->source, first),
             "\"%.*s\" is left from the template", STR_FMT(first));
    hint_more(lint, count - 1);
}

static bool is_digits(Str text, size_t at, size_t count) {
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.size || text.data[i] < '0' || text.data[i] > '9')
            return false;
    }
    return true;
}

/* date = 4 digits "-" 2 digits "-" 2 digits ; some teams forbid them: git knows better */
static void check_dates(const Lint *lint) {
    Str text = lint->map->source->text;
    Str first = {0};
    size_t count = 0;
    for (size_t i = 0; i + 10 <= text.size; i++) {
        bool is_date = is_digits(text, i, 4) && text.data[i + 4] == '-' &&
                       is_digits(text, i + 5, 2) && text.data[i + 7] == '-' &&
                       is_digits(text, i + 8, 2) && !is_digits(text, i + 10, 1) &&
                       (i == 0 || !is_digits(text, i - 1, 1));
        if (!is_date)
            continue;
        if (count++ == 0)
            first = str_slice(text, i, i + 10);
        i += 9;
    }
    if (count == 0)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_DATE, span_of_str(lint->map->source, first),
             "a date is typed by hand; git knows when something changed");
    hint_more(lint, count - 1);
}

void lint_prose(const Lint *lint) {
    if (lint_is_finished(lint->map))
        check_definition(lint);
    check_prose(lint);
    check_placeholders(lint);
    check_dates(lint);
}

/* ---- numbers of PRs in prose ---- */

/* Skips up to `limit` words that say what PRs they are: "manageable, atomic ". */
static Str skip_words(Str text, int limit) {
    for (int i = 0; i < limit; i++) {
        size_t end = 0;
        while (end < text.size && text.data[end] > ' ' && text.data[end] != '.' &&
               text.data[end] != ')')
            end++;
        Str word = str_slice(text, 0, end);
        if (end == 0 || text_find(str_slice(word, 0, 3), "prs") == 0 ||
            text_find(str_slice(word, 0, 4), "pull") == 0)
            break;
        text = str_trim(str_from_offset(text, end));
    }
    return text;
}

/* noun = "PRs" | "pull" space "requests" ; a line may end between the two */
static bool is_noun(Str text) {
    if (text_find(str_slice(text, 0, 3), "prs") == 0)
        return true;
    return text_find(str_slice(text, 0, 4), "pull") == 0 &&
           text_find(str_slice(str_trim(str_from_offset(text, 4)), 0, 8), "requests") == 0;
}

/* count = ( "all" | "across" | "into" ) " " digits [ words ] ( "PRs" | "pull requests" ) ; `at` is
 * behind the first word. Gives the digits. */
static Str parse_count(Str text, size_t at) {
    Str rest = str_trim(str_from_offset(text, at));
    size_t size = 0;
    while (size < rest.size && size < 5 && rest.data[size] >= '0' && rest.data[size] <= '9')
        size++;
    Str behind = str_trim(str_from_offset(rest, size));
    bool has_space = size < rest.size && (rest.data[size] == ' ' || rest.data[size] == '\n');
    Str noun = has_space ? skip_words(behind, 3) : (Str){0};
    return size > 0 && is_noun(noun) ? str_slice(rest, 0, size) : (Str){0};
}

typedef struct ProseCounts {
    size_t hidden; /* PRs whose headings lie in code blocks: a finding of their own */
    size_t count;  /* of wrong numbers */
} ProseCounts;

/* Numbers that neither this document nor the other one of the pair counts. */
static bool is_right(const Lint *lint, Str digits, size_t hidden) {
    const Roadmap *other = lint->tracker ? lint->tracker : lint->plan;
    int64_t value = 0;
    for (size_t i = 0; i < digits.size; i++)
        value = value * 10 + (digits.data[i] - '0');
    return lint_is_total(lint->map, value * 1000) ||
           (hidden > 0 && lint_is_total(lint->map, (value - (int64_t)hidden) * 1000)) ||
           (other && other->pr_count > 0 && lint_is_total(other, value * 1000));
}

static void check_text(const Lint *lint, Str text, ProseCounts *counts) {
    static const char *const leads[] = {"all ", "across ", "into "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t size = strlen(leads[i]);
        for (size_t from = 0; from < text.size;) {
            size_t at = text_find(str_from_offset(text, from), leads[i]);
            if (at == STR_NONE)
                break;
            from += at + size;
            Str digits = parse_count(text, from);
            if (digits.size == 0 || is_right(lint, digits, counts->hidden))
                continue;
            if (counts->count++ == 0) {
                diag_add(lint->diags, DIAG_ROADMAP_PROSE_COUNT,
                         span_of_str(lint->map->source, digits),
                         "the text speaks of %.*s PRs, there are %u", STR_FMT(digits),
                         lint->map->computed.rows.total);
                diag_hint(lint->diags, "write %u", lint->map->computed.rows.total);
                diag_relate(lint->diags, lint->map->prs[0].id_at, "the first of them");
            }
            Span at_digits = span_of_str(lint->map->source, digits);
            diag_fix(lint->diags, at_digits,
                     lint_number(lint, (int64_t)lint->map->computed.rows.total * 1000));
        }
    }
}

/* One finding for a document; all places are repaired together. */
void lint_counts_in_prose(const Lint *lint) {
    const Outline *outline = lint->map->outline;
    ProseCounts counts = {.hidden = lint_hidden_count(lint)};
    for (size_t i = 0; lint->map->pr_count > 0 && i < outline->block_count; i++) {
        const OutlineBlock *block = &outline->blocks[i];
        if (block->node->kind == MD_PARAGRAPH && !is_owned(lint, block->part))
            check_text(lint, span_text(block->node->at), &counts);
    }
}
