#include "base/ban.h"

#include "roadmap/editor.h"
#include "roadmap/figure.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

#define TICK "\xE2\x9C\x85"
#define BOX  "\xE2\xAC\x9C"

/* ---- how other PRs' sections say it ---- */

typedef struct Samples {
    Str *texts;
    size_t count;
    size_t without; /* PRs of that status whose sections say nothing */
} Samples;

static bool is_heading_status(const RoadmapSection *section) {
    Span at = section->status.at;
    return at.source && at.start >= section->heading.start &&
           at.start + at.size <= section->heading.start + section->heading.size;
}

/* The statuses at the ends of headings of other PRs that are what this one becomes. */
static Samples heading_samples(const Editor *editor, RoadmapStatus status) {
    const Roadmap *map = editor->before;
    Samples samples = {.texts = ARENA_ARRAY(editor->arena, Str, map->pr_count + 1)};
    for (uint32_t i = 0; i < map->pr_count; i++) {
        const RoadmapPr *pr = &map->prs[i];
        if (i == editor->index || pr->status != status)
            continue;
        for (size_t k = 0; k < pr->section_count; k++) {
            const RoadmapSection *section = &pr->sections[k];
            RoadmapStatus said;
            if (!section->is_primary)
                continue;
            if (is_heading_status(section) && status_parse(section->status.text, map, &said) &&
                said == status)
                samples.texts[samples.count++] = section->status.text;
            else
                samples.without++;
            break;
        }
    }
    return samples;
}

static Samples field_samples(const Editor *editor, RoadmapStatus status, const char *key) {
    const Roadmap *map = editor->before;
    Samples samples = {.texts = ARENA_ARRAY(editor->arena, Str, map->pr_count + 1)};
    for (uint32_t i = 0; i < map->pr_count; i++) {
        const RoadmapPr *pr = &map->prs[i];
        for (size_t k = 0; k < pr->field_count && i != editor->index; k++) {
            RoadmapStatus said;
            Str value = span_text(pr->fields[k].value);
            if (pr->status != status || !str_equal_nocase(pr->fields[k].key, str_from(key)) ||
                !status_is_bare(value) || !status_parse(value, map, &said) || said != status)
                continue;
            samples.texts[samples.count++] = value;
            break;
        }
    }
    return samples;
}

/* ---- headings ---- */

/* The end of the heading's words, before closing number signs. */
static size_t heading_words_end(const RoadmapSection *section) {
    Str rest = span_text(section->heading);
    Str line = str_cut_line(&rest);
    size_t end = line.size;
    while (end > 0 && (line.data[end - 1] == ' ' || line.data[end - 1] == '\t'))
        end--;
    size_t signs = end;
    while (signs > 0 && line.data[signs - 1] == '#')
        signs--;
    if (signs < end && signs > 0 && line.data[signs - 1] == ' ')
        end = signs - 1;
    return section->heading.start + end;
}

/* " 🟢 COMPLETE", " - COMPLETE", " (Complete)": with what parts it from the title. */
static Span status_with_lead(const RoadmapSection *section) {
    Str text = section->status.at.source->text;
    size_t start = section->status.at.start;
    size_t end = start + section->status.at.size;
    size_t open = start;
    if (open > 0 && text.data[open - 1] == '(' && end < text.size && text.data[end] == ')') {
        open--;
        end++;
    }
    while (open > 0 && text.data[open - 1] == ' ')
        open--;
    if (open > 1 && text.data[open - 1] == '-' && text.data[open - 2] == ' ')
        open -= 2;
    return span_of(section->status.at.source, open, end - open);
}

/* A heading that carries no status gets one where the others that are that far carry it. */
static void add_heading_status(Editor *editor, const RoadmapSection *section) {
    Samples samples = heading_samples(editor, editor->status);
    if (samples.count <= samples.without)
        return;
    Str text = words_most_common(samples.texts, samples.count);
    bool has_sign = status_sign(text).size > 0;
    patch_insert(&editor->patch, (uint32_t)heading_words_end(section),
                 str_format(editor->arena, has_sign ? " %.*s" : " - %.*s", STR_FMT(text)));
}

static void edit_heading(Editor *editor, const RoadmapSection *section) {
    if (!section->status.at.source) {
        if (section->is_primary)
            add_heading_status(editor, section);
        return;
    }
    Str old = span_text(section->status.at);
    RoadmapStatus said;
    if (!is_heading_status(section) || !str_equal(old, section->status.text) ||
        !status_parse(old, editor->before, &said) || said == editor->status)
        return;
    Samples samples = heading_samples(editor, editor->status);
    if (samples.count > 0) {
        patch_replace(&editor->patch, section->status.at, old,
                      words_most_common(samples.texts, samples.count));
        return;
    }
    /* Where only finished sections are marked, one that is open again loses its mark. */
    bool is_tick = str_starts_with(old, STR(TICK));
    if (editor->status == ROADMAP_NOT_STARTED && (samples.without > 0 || is_tick)) {
        Span whole = status_with_lead(section);
        patch_replace(&editor->patch, whole, span_text(whole), STR(""));
        return;
    }
    patch_replace(&editor->patch, section->status.at, old,
                  words_like(old, editor->status, editor->arena));
}

/* ---- fields ---- */

static void edit_status_field(Editor *editor, const RoadmapField *field) {
    Str old = span_text(field->value);
    RoadmapStatus said;
    if (!status_parse(old, editor->before, &said) || said == editor->status)
        return;
    Samples samples = field_samples(editor, editor->status, "Status");
    Str text = samples.count > 0 ? words_most_common(samples.texts, samples.count)
                                 : words_like(old, editor->status, editor->arena);
    patch_replace(&editor->patch, field->value, old, text);
}

static void edit_completion_field(Editor *editor, const RoadmapField *field) {
    RoadmapNumber number = figure_number(field->value.source, text_strip(span_text(field->value)));
    bool is_done = editor->status == ROADMAP_COMPLETE;
    bool is_open = editor->status == ROADMAP_NOT_STARTED;
    if (number.is_set && (is_done || is_open))
        patch_replace(&editor->patch, number.at, span_text(number.at),
                      is_done ? STR("100") : STR("0"));
}

/* "[pending commit]", "[commit hashes]", "TBD": the place was kept for what is known now. */
static bool is_kept_free(Str value) {
    bool is_template = str_starts_with(value, STR("[")) && str_ends_with(value, STR("]")) &&
                       text_find(value, "commit") != STR_NONE;
    return is_template || text_is_nothing(value) || text_find(value, "pending") != STR_NONE;
}

static void edit_commit_field(Editor *editor, const RoadmapField *field) {
    Str old = span_text(field->value);
    Str commit = editor->edit->commit;
    if (commit.size == 0 || !is_kept_free(old) || editor->status != ROADMAP_COMPLETE)
        return;
    bool is_code = str_find_char(old, '`', 0) != STR_NONE;
    Str text = str_format(editor->arena, is_code ? "`%.*s`" : "%.*s", STR_FMT(commit));
    if (old.size == 0) /* "**Commit**:" with nothing behind it */
        text = str_format(editor->arena, " %.*s", STR_FMT(text));
    patch_replace(&editor->patch, field->value, old, text);
}

static const struct {
    const char *key;
    void (*edit)(Editor *editor, const RoadmapField *field);
} field_edits[] = {
    {"Status", edit_status_field},      {"Completion", edit_completion_field},
    {"Commit", edit_commit_field},      {"Commit Hash", edit_commit_field},
    {"Key Commits", edit_commit_field}, {"Merged", edit_commit_field},
};

static void edit_field(Editor *editor, const RoadmapField *field) {
    for (size_t i = 0; i < sizeof field_edits / sizeof *field_edits; i++) {
        if (str_equal_nocase(field->key, str_from(field_edits[i].key)))
            field_edits[i].edit(editor, field);
    }
}

static bool has_field(const RoadmapPr *pr, const char *key) {
    for (size_t i = 0; i < pr->field_count; i++) {
        if (str_equal_nocase(pr->fields[i].key, str_from(key)))
            return true;
    }
    return false;
}

/* Do most finished PRs that have a section say in it where they were merged? */
static bool is_merged_said(const Editor *editor) {
    size_t with = 0;
    size_t all = 0;
    for (uint32_t i = 0; i < editor->before->pr_count; i++) {
        const RoadmapPr *pr = &editor->before->prs[i];
        if (i == editor->index || pr->status != ROADMAP_COMPLETE || pr->section_count == 0)
            continue;
        all++;
        with += has_field(pr, "Merged");
    }
    return with * 2 > all;
}

/* The last field above the checklist, or the heading. */
static Span last_field(const RoadmapPr *pr) {
    Span place = pr->sections[0].heading;
    for (size_t i = 0; i < pr->field_count; i++) {
        Span value = pr->fields[i].value;
        bool is_above = pr->item_count == 0 || value.start < pr->items[0].mark_at.start;
        if (value.start >= place.start && value.start < pr->sections[0].end && is_above)
            place = value;
    }
    return place;
}

/* "**Merged**: PR #77, commit 3ee52a4" below the fields of the section. */
static void add_merged(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    const RoadmapEdit *edit = editor->edit;
    bool is_known = edit->commit.size > 0 || edit->github.size > 0;
    if (editor->status != ROADMAP_COMPLETE || !is_known || pr->section_count == 0 ||
        !pr->sections[0].is_primary || has_field(pr, "Merged") || !is_merged_said(editor))
        return;
    Buf line = buf_new(editor->arena);
    buf_add_text(&line, "**Merged**: ");
    if (edit->github.size > 0)
        buf_add_format(&line, "PR #%.*s", STR_FMT(edit->github));
    if (edit->commit.size > 0)
        buf_add_format(&line, "%scommit %.*s", edit->github.size > 0 ? ", " : "",
                       STR_FMT(edit->commit));
    patch_insert_line_below(&editor->patch, last_field(pr), buf_str(&line));
}

/* ---- checklist ---- */

static void mark_items(Editor *editor, const RoadmapItem *items, size_t count, RoadmapMark from,
                       Str text) {
    for (size_t i = 0; i < count; i++) {
        if (items[i].mark == from && items[i].mark_at.source)
            patch_replace(&editor->patch, items[i].mark_at, span_text(items[i].mark_at), text);
    }
}

/* Everything is ticked when the PR is finished and open when it is not begun; boxes like [-] were
 * set by somebody who meant it. */
static void edit_checklist(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    if (editor->status == ROADMAP_COMPLETE) {
        mark_items(editor, pr->items, pr->item_count, ROADMAP_MARK_OPEN, STR("x"));
        mark_items(editor, pr->signed_items, pr->signed_count, ROADMAP_MARK_OPEN, STR(TICK));
        return;
    }
    if (editor->edit->verb != ROADMAP_REOPEN)
        return;
    if (pr->items_done > 0)
        remarks_add(editor->left, editor->arena, pr->items[0].at,
                    str_format(editor->arena, "%zu ticked item%s of PR %.*s %s open again",
                               pr->items_done, pr->items_done == 1 ? "" : "s", STR_FMT(pr->id),
                               pr->items_done == 1 ? "is" : "are"));
    mark_items(editor, pr->items, pr->item_count, ROADMAP_MARK_DONE, STR(" "));
    if (pr->item_count == 0)
        mark_items(editor, pr->signed_items, pr->signed_count, ROADMAP_MARK_DONE, STR(BOX));
}

/* The heading that says which PR is next speaks of another one from now on, and edit_next writes
 * all of it. */
static bool is_left_behind(const Editor *editor, const RoadmapSection *section) {
    Span line = editor->before->declared.next_line;
    return line.source && editor->next != editor->index && section->heading.start <= line.start &&
           line.start < section->heading.start + section->heading.size;
}

void edit_sections(Editor *editor) {
    const RoadmapPr *pr = &editor->before->prs[editor->index];
    for (size_t i = 0; i < pr->section_count; i++)
        if (!is_left_behind(editor, &pr->sections[i]))
            edit_heading(editor, &pr->sections[i]);
    for (size_t i = 0; i < pr->field_count; i++)
        edit_field(editor, &pr->fields[i]);
    if (editor->before->kind != ROADMAP_TRACKER)
        return;
    add_merged(editor);
    edit_checklist(editor);
}
