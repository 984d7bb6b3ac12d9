#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <regex.h>

#include "base/diff.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/patch.h"
#include "data/yaml.h"
#include "markdown/md.h"
#include "roadmap/edit.h"

#define DOCUMENT_SIZE ((size_t)4 << 20)

/* ---- the corpus ---- */

/* The files of the corpus; skips the test when it is not there. */
static Fs *open_corpus(FsList *list) {
    const char *root = getenv("DOCSGEN_CORPUS");
    Str why;
    Fs *fs = fs_open_disk(list->arena,
                          str_format(list->arena, "%s/roadmap", root ? root : "../shared/corpus"));
    if (!fs_walk(fs, (FsWalk){0}, list, &why) || list->count == 0)
        skip();
    return fs;
}

static Str read_text(Fs *fs, Str path, Arena *arena) {
    FsText text;
    assert_true(fs_read(fs, path, DOCUMENT_SIZE, arena, &text));
    return text.content;
}

static bool is_plan(Str path) {
    return str_find(path, STR("BREAKDOWN"), 0) != STR_NONE ||
           str_find(path, STR("breakdown"), 0) != STR_NONE;
}

static Roadmap *read_map(Str path, Str text, Arena *arena) {
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, path, text), arena, diags);
    return roadmap_read(doc, is_plan(path) ? ROADMAP_BREAKDOWN : ROADMAP_TRACKER, arena, diags);
}

static void show_diff(Str path, Str before, Str after, Arena *arena) {
    Buf diff = buf_new(arena);
    diff_add_unified(path, before, after, arena, &diff);
    print_message("%.*s", (int)diff.size, diff.size ? diff.data : "");
}

static bool wants_diffs(void) {
    return getenv("DOCSGEN_SHOW") != NULL;
}

/* ---- the operations ---- */

static Str text_of(const YamlNode *map, const char *key) {
    const YamlNode *node = yaml_find(map, key);
    return node ? node->text : (Str){0};
}

static RoadmapEdited apply(const Roadmap *map, const YamlNode *op, Arena *arena) {
    RoadmapEdit edit = {.verb = ROADMAP_DONE,
                        .pr = ROADMAP_NONE,
                        .by = ROADMAP_NONE,
                        .commit = text_of(op, "commit"),
                        .github = text_of(op, "github_pr"),
                        .is_forced = true};
    const YamlNode *add = yaml_find(op, "add_pr");
    if (add) {
        edit.verb = ROADMAP_ADD;
        edit.title = text_of(add, "title");
    } else {
        edit.pr = roadmap_find(map, text_of(op, "complete"), arena);
        assert_int_not_equal(edit.pr, ROADMAP_NONE);
    }
    return roadmap_edit(map, NULL, &edit, arena);
}

static Str line_of(Str text, int64_t number) {
    Str line = {0};
    for (int64_t i = 0; i < number; i++)
        line = str_cut_line(&text);
    return line;
}

static bool matches(Str line, const YamlNode *change, Arena *arena) {
    const YamlNode *pattern = yaml_find(change, "after_regex");
    if (!pattern)
        return str_equal(line, text_of(change, "after"));
    regex_t regex;
    assert_int_equal(regcomp(&regex, str_cstr(arena, pattern->text), REG_EXTENDED | REG_NOSUB), 0);
    bool is_match = regexec(&regex, str_cstr(arena, line), 0, NULL, 0) == 0;
    regfree(&regex);
    return is_match;
}

/* Every line that must change reads as it should. */
static bool has_lines(Str after, const YamlNode *op, Arena *arena) {
    const YamlNode *changes = yaml_find(op, "must_change");
    bool has_all = true;
    for (size_t i = 0; i < changes->count; i++) {
        const YamlNode *change = changes->values[i];
        Str line = line_of(after, yaml_find(change, "line")->integer);
        /* A line put in above moves the others down. */
        bool is_there = matches(line, change, arena);
        if (!is_there)
            print_message("# line %lld: %.*s\n", (long long)yaml_find(change, "line")->integer,
                          STR_FMT(line));
        has_all = has_all && is_there;
    }
    return has_all;
}

static void test_operations(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Diags *diags = diags_new(arena);
    Str json = read_text(fs, STR("edits.json"), arena);
    Source *source = source_new(arena, STR("edits.json"), json);
    const YamlNode *root =
        yaml_parse(span_of(source, 0, json.size), DIAG_DATA_SYNTAX, arena, diags);
    const YamlNode *operations = yaml_find(root, "operations");
    size_t right = 0;
    for (size_t i = 0; i < operations->count; i++) {
        const YamlNode *op = operations->values[i];
        Str path = text_of(op, "before");
        Str before = read_text(fs, path, arena);
        RoadmapEdited edited = apply(read_map(path, before, arena), yaml_find(op, "op"), arena);
        bool is_exact = str_equal(text_of(op, "match"), STR("exact"));
        bool is_right =
            edited.refusals.count == 0 &&
            (is_exact ? str_equal(edited.tracker, read_text(fs, text_of(op, "after"), arena))
                      : has_lines(edited.tracker, op, arena));
        right += is_right;
        if (!is_right || wants_diffs()) {
            print_message("# %.*s %s\n", STR_FMT(text_of(op, "id")), is_right ? "ok" : "WRONG");
            show_diff(path, before, edited.tracker, arena);
        }
    }
    print_message("# edit operations: %zu / %zu\n", right, operations->count);
    assert_int_equal(right, operations->count);
    arena_free(arena);
}

/* ---- properties ---- */

typedef struct Tally {
    size_t edits, refused, restored, tried;
    size_t new_findings;
} Tally;

/* The line of `at` may change. */
static void allow(bool *may, Span at) {
    if (!at.source)
        return;
    uint32_t first = span_place(at).line;
    uint32_t last = span_place(span_of(at.source, at.start + at.size, 0)).line;
    for (uint32_t line = first; line <= last; line++)
        may[line] = true;
}

/* The lines that the manual names: the row, total lines and bars, the next PR and its branch, the
 * current line, and the heading, fields and boxes of the PR's sections. */
static bool *lines_that_may_change(const Roadmap *map, uint32_t index, Arena *arena) {
    bool *may = ARENA_ARRAY(arena, bool, map->source->line_count + 2);
    const RoadmapPr *pr = &map->prs[index];
    allow(may, pr->id_at);
    for (size_t i = 0; i < map->declared.total_count; i++)
        allow(may, map->declared.totals[i].value);
    for (size_t i = 0; i < map->declared.bar_count; i++)
        allow(may, map->declared.bars[i].cells);
    allow(may, map->declared.next_line);
    allow(may, map->declared.next_branch);
    allow(may, map->declared.current_line);
    for (size_t i = 0; i < pr->section_count; i++)
        allow(may, pr->sections[i].status.at.source
                       ? pr->sections[i].status.at
                       : span_of(map->source, pr->sections[i].heading.start, 1));
    for (size_t i = 0; i < pr->field_count; i++)
        allow(may, pr->fields[i].value);
    for (size_t i = 0; i < pr->item_count; i++)
        allow(may, pr->items[i].mark_at);
    for (size_t i = 0; i < pr->signed_count; i++)
        allow(may, pr->signed_items[i].mark_at);
    return may;
}

static size_t wrong_lines(const Roadmap *map, uint32_t index, Str after, Arena *arena) {
    const bool *may = lines_that_may_change(map, index, arena);
    Str old = map->source->text;
    size_t wrong = 0;
    /* A Merged line was put in; what is behind it moves down. */
    if (source_new(arena, STR("after.md"), after)->line_count != map->source->line_count)
        return str_find(after, STR("**Merged**: "), 0) == STR_NONE;
    for (uint32_t line = 1; old.data || after.data; line++) {
        Str a = str_cut(&old, '\n');
        Str b = str_cut(&after, '\n');
        if (str_equal(a, b))
            continue;
        bool may_change = line <= map->source->line_count && may[line];
        wrong += !may_change;
    }
    return wrong;
}

static Diags *findings_of(const Roadmap *map, Arena *arena) {
    Diags *diags = diags_new(arena);
    roadmap_lint(map, arena, diags);
    return diags;
}

static size_t count_rule(const Diags *diags, DiagRule rule) {
    size_t count = 0;
    for (size_t i = 0; i < diags_count(diags); i++)
        count += diags_get(diags, i)->rule == rule;
    return count;
}

static bool legend_has(const Roadmap *map, RoadmapStatus status) {
    for (size_t i = 0; i < map->legend_count; i++) {
        if (map->legend[i].status == status)
            return true;
    }
    return false;
}

/* Rules that find something because the step was taken, not because of how it was written. */
static bool is_expected(const Roadmap *before, DiagRule rule) {
    switch ((int)rule) {
    case DIAG_ROADMAP_DEPENDENCY_OPEN: return true;     /* the steps are forced */
    case DIAG_ROADMAP_DEFINITION_OF_DONE: return true;  /* the last PR makes it due */
    case DIAG_ROADMAP_STALE_PROSE: return true;         /* prose is a person's */
    case DIAG_ROADMAP_COMMIT_MISSING: return true;      /* now that one row has a commit */
    case DIAG_ROADMAP_PLAN_LISTS: return true;          /* the plans' own habit */
    case DIAG_ROADMAP_PROSE_COUNT: return true;         /* one more than the text says */
    case DIAG_ROADMAP_ROW_WITHOUT_SECTION: return true; /* where sections are of another kind */
    case DIAG_ROADMAP_STATUS_SPELLING:                  /* the legend has no word for it */
        return !legend_has(before, ROADMAP_BLOCKED);
    case DIAG_ROADMAP_NEXT_MISSING: /* there is no place for a pointer */
        return before->declared.next_kind == ROADMAP_NEXT_UNSAID;
    default: return false;
    }
}

/* No rule finds more than it did before. */
static size_t new_findings(const Roadmap *before, const Roadmap *after, Arena *arena) {
    const Diags *old = findings_of(before, arena);
    const Diags *now = findings_of(after, arena);
    size_t count = 0;
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++) {
        if (count_rule(now, (DiagRule)rule) <= count_rule(old, (DiagRule)rule) ||
            is_expected(before, (DiagRule)rule))
            continue;
        count++;
        for (size_t i = 0; i < diags_count(now); i++) {
            const Diag *diag = diags_get(now, i);
            if ((int)diag->rule == rule)
                print_message("#   new: %u: %.*s [%.*s]\n", span_place(diag->at).line,
                              STR_FMT(diag->message), STR_FMT(diag_rule_name(diag->rule)));
        }
    }
    return count;
}

/* The heading below "Next PR" stands in for a section where a PR has none, and moves on. */
static size_t primary_sections(const RoadmapPr *pr) {
    size_t count = 0;
    for (size_t i = 0; i < pr->section_count; i++)
        count += pr->sections[i].is_primary;
    return count;
}

static bool same_but(const Roadmap *before, const Roadmap *after, uint32_t index,
                     RoadmapStatus status) {
    if (before->pr_count != after->pr_count || before->stray_count != after->stray_count)
        return false;
    for (uint32_t i = 0; i < before->pr_count; i++) {
        const RoadmapPr *a = &before->prs[i];
        const RoadmapPr *b = &after->prs[i];
        if (!str_equal(a->id, b->id) || !str_equal(a->title.text, b->title.text) ||
            a->item_count != b->item_count || primary_sections(a) != primary_sections(b) ||
            b->status != (i == index ? status : a->status))
            return false;
        if (i != index &&
            (a->items_done != b->items_done || !str_equal(a->notes.text, b->notes.text) ||
             a->completion.milli != b->completion.milli))
            return false;
    }
    return true;
}

typedef struct Step {
    RoadmapVerb verb;
    RoadmapStatus status;
    const char *name;
} Step;

static const Step steps[] = {
    {ROADMAP_DONE, ROADMAP_COMPLETE, "done"},
    {ROADMAP_REOPEN, ROADMAP_NOT_STARTED, "reopen"},
    {ROADMAP_START, ROADMAP_IN_PROGRESS, "start"},
    {ROADMAP_BLOCK, ROADMAP_BLOCKED, "block"},
};

static RoadmapEdited take_step(const Roadmap *map, uint32_t index, RoadmapVerb verb, Arena *arena) {
    RoadmapEdit edit = {.verb = verb,
                        .pr = index,
                        .by = ROADMAP_NONE,
                        .commit = verb == ROADMAP_DONE ? STR("abc1234") : (Str){0},
                        .is_forced = true};
    return roadmap_edit(map, NULL, &edit, arena);
}

/* Done and reopened without anything remembered. */
static bool is_restored(const Roadmap *map, uint32_t index, const RoadmapEdited *done,
                        Arena *arena) {
    Roadmap *after = read_map(map->source->path, done->tracker, arena);
    RoadmapEdited back = take_step(after, index, ROADMAP_REOPEN, arena);
    bool is_same = str_equal(back.tracker, map->source->text);
    if (!is_same && getenv("DOCSGEN_SHOW_BACK")) {
        print_message("# %.*s PR %.*s is not restored\n", STR_FMT(map->source->path),
                      STR_FMT(map->prs[index].id));
        show_diff(map->source->path, map->source->text, back.tracker, arena);
    }
    return is_same;
}

static void check_step(const Roadmap *map, uint32_t index, const Step *step, Tally *tally) {
    Arena *arena = arena_new();
    RoadmapEdited edited = take_step(map, index, step->verb, arena);
    tally->edits++;
    if (edited.refusals.count > 0) {
        tally->refused++;
        print_message("# refused: %.*s %s %.*s: %.*s\n", STR_FMT(map->source->path), step->name,
                      STR_FMT(map->prs[index].id), STR_FMT(edited.refusals.items[0].text));
        arena_free(arena);
        return;
    }
    Roadmap *after = read_map(map->source->path, edited.tracker, arena);
    size_t wrong = wrong_lines(map, index, edited.tracker, arena);
    size_t findings = new_findings(map, after, arena);
    bool is_same = same_but(map, after, index, step->status);
    RoadmapEdited again = take_step(after, index, step->verb, arena);
    bool is_stable = str_equal(again.tracker, edited.tracker);
    if (wrong > 0 || findings > 0 || !is_same || !is_stable) {
        print_message("# %.*s %s %.*s: %zu wrong lines, %zu new findings%s%s\n",
                      STR_FMT(map->source->path), step->name, STR_FMT(map->prs[index].id), wrong,
                      findings, is_same ? "" : ", model differs",
                      is_stable ? "" : ", second run changes");
        show_diff(map->source->path, map->source->text, edited.tracker, arena);
        tally->new_findings++;
    }
    if (step->verb == ROADMAP_DONE && map->prs[index].status == ROADMAP_NOT_STARTED) {
        tally->tried++;
        tally->restored += is_restored(map, index, &edited, arena);
    }
    arena_free(arena);
}

/* One PR more: the rows before are as they were, and no rule finds more. */
static void check_add(const Roadmap *map, Tally *tally) {
    Arena *arena = arena_new();
    RoadmapEdit edit = {.verb = ROADMAP_ADD,
                        .pr = ROADMAP_NONE,
                        .by = ROADMAP_NONE,
                        .title = STR("Quite another | thing"),
                        .note = STR("`a|b` first")};
    RoadmapEdited edited = roadmap_edit(map, NULL, &edit, arena);
    Roadmap *after = read_map(map->source->path, edited.tracker, arena);
    size_t findings = new_findings(map, after, arena);
    uint32_t index = roadmap_find(after, edited.id, arena);
    bool is_there = edited.refusals.count == 0 && after->pr_count == map->pr_count + 1 &&
                    index != ROADMAP_NONE && str_equal(after->prs[index].title.text, edit.title) &&
                    after->prs[index].status == ROADMAP_NOT_STARTED;
    tally->edits++;
    if (!is_there || findings > 0) {
        print_message("# %.*s add: %zu new findings%s\n", STR_FMT(map->source->path), findings,
                      is_there ? "" : ", it is not there");
        show_diff(map->source->path, map->source->text, edited.tracker, arena);
        tally->new_findings++;
    }
    arena_free(arena);
}

static void check_document(Fs *fs, Str path, Tally *tally, Arena *arena) {
    const Roadmap *map = read_map(path, read_text(fs, path, arena), arena);
    if (map->pr_count > 0)
        check_add(map, tally);
    for (uint32_t i = 0; i < map->pr_count; i++) {
        for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
            check_step(map, i, &steps[k], tally);
    }
}

static void report(const Tally *tally, size_t documents) {
    print_message("# %zu documents, %zu edits, %zu refused, %zu wrong\n", documents, tally->edits,
                  tally->refused, tally->new_findings);
    print_message("# done and reopened without a memory: %zu / %zu restored\n", tally->restored,
                  tally->tried);
    assert_int_equal(tally->refused, 0);
    assert_int_equal(tally->new_findings, 0);
}

/* Every step on every PR of every version of every tracker. */
static void test_properties(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Tally tally = {0};
    size_t documents = 0;
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        bool is_tracker = str_find(path, STR("PROGRESS_TRACKER.md"), 0) != STR_NONE ||
                          str_find(path, STR("/history/"), 0) != STR_NONE;
        if (!is_tracker || !str_ends_with(path, STR(".md")))
            continue;
        documents++;
        check_document(fs, path, &tally, arena);
    }
    report(&tally, documents);
    arena_free(arena);
}

/* The same over this project's own cases, which are always there. */
static void test_own_cases(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = fs_open_disk(arena, STR("tests/golden/roadmap-edit"));
    Tally tally = {0};
    size_t documents = 0;
    Str why;
    assert_true(fs_walk(fs, (FsWalk){0}, &list, &why));
    for (size_t i = 0; i < list.count; i++) {
        if (!str_ends_with(list.entries[i].path, STR("/before.md")))
            continue;
        documents++;
        check_document(fs, list.entries[i].path, &tally, arena);
    }
    assert_true(documents > 10);
    report(&tally, documents);
    arena_free(arena);
}

/* ---- tracker and plan together ---- */

/* Lines of `after` that `before` has not, each counted once. */
static size_t lines_not_in(Str after, Str before, Arena *arena) {
    Map *known = map_new(arena);
    size_t count = 0;
    while (before.data)
        map_put(known, str_cut(&before, '\n'), known);
    while (after.data)
        count += map_find(known, str_cut(&after, '\n')) == NULL;
    return count;
}

/* What a plan may change at most: an item in each list, the pointer, the progress line, a heading
 * and a status field. */
#define PLAN_LINES 6

static void check_pair(const Roadmap *map, const Roadmap *plan, uint32_t index, const Step *step,
                       Tally *tally) {
    Arena *arena = arena_new();
    RoadmapEdit edit = {.verb = step->verb, .pr = index, .by = ROADMAP_NONE, .is_forced = true};
    RoadmapEdited edited = roadmap_edit(map, plan, &edit, arena);
    Str path = plan->source->path;
    tally->edits++;
    if (edited.refusals.count > 0) {
        tally->refused++;
        print_message("# refused: %.*s %s %.*s: %.*s\n", STR_FMT(path), step->name,
                      STR_FMT(map->prs[index].id), STR_FMT(edited.refusals.items[0].text));
        arena_free(arena);
        return;
    }
    Roadmap *after = read_map(map->source->path, edited.tracker, arena);
    Roadmap *plan_after = read_map(path, edited.plan, arena);
    roadmap_join(after, plan_after, arena);
    size_t findings = new_findings(map, after, arena);
    size_t lines = lines_not_in(edited.plan, plan->source->text, arena);
    edit.pr = index;
    RoadmapEdited again = roadmap_edit(after, plan_after, &edit, arena);
    bool is_stable = str_equal(again.tracker, edited.tracker) && str_equal(again.plan, edited.plan);
    if (findings > 0 || lines > PLAN_LINES || !is_stable || wants_diffs()) {
        print_message("# %.*s %s %.*s: %zu new findings, %zu new lines%s\n", STR_FMT(path),
                      step->name, STR_FMT(map->prs[index].id), findings, lines,
                      is_stable ? "" : ", second run changes");
        show_diff(path, plan->source->text, edited.plan, arena);
    }
    tally->new_findings += findings > 0 || lines > PLAN_LINES || !is_stable;
    arena_free(arena);
}

/* Every step on every PR whose plan lies beside the tracker. */
static void test_pairs(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Tally tally = {0};
    size_t pairs = 0;
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        Str plan_path = fs_join(fs_folder_of(path), STR("PR_BREAKDOWN.md"), arena);
        if (!str_equal(fs_name_of(path), STR("PROGRESS_TRACKER.md")) ||
            fs_kind(fs, plan_path) != FS_FILE)
            continue;
        Roadmap *map = read_map(path, read_text(fs, path, arena), arena);
        const Roadmap *plan = read_map(plan_path, read_text(fs, plan_path, arena), arena);
        roadmap_join(map, plan, arena);
        pairs++;
        for (uint32_t k = 0; k < map->pr_count; k++) {
            for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
                check_pair(map, plan, k, &steps[s], &tally);
        }
    }
    print_message("# %zu pairs, %zu edits, %zu refused, %zu wrong\n", pairs, tally.edits,
                  tally.refused, tally.new_findings);
    assert_int_equal(tally.refused, 0);
    assert_int_equal(tally.new_findings, 0);
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operations), cmocka_unit_test(test_own_cases),
        cmocka_unit_test(test_properties), cmocka_unit_test(test_pairs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
