#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>
/* clang-format on */

#include "base/fs.h"
#include "data/yaml.h"
#include "markdown/md.h"
#include "roadmap/history.h"
#include "roadmap/overview.h"
#include "roadmap/repair.h"

#define DOCUMENT_SIZE  ((size_t)4 << 20)
#define KEYS_PER_MILLE 970

/* Keys of the expected models that are for people, not a part of the model. */
static bool is_remark(Str key) {
    return str_equal(key, STR("inconsistencies")) || str_equal(key, STR("kind"));
}

typedef struct Tally {
    size_t met, total;
    Str path;
    const YamlNode *pr;
} Tally;

static double number_of(const YamlNode *node) {
    return node->kind == YAML_INT || node->kind == YAML_FLOAT ? strtod(node->text.data, NULL)
                                                              : -1.0;
}

/* Scalars agree as numbers or as text, lists item for item. */
static bool is_same(const YamlNode *want, const YamlNode *got) {
    if (!got)
        return false;
    if (want->kind == YAML_LIST) {
        bool same = got->kind == YAML_LIST && got->count == want->count;
        for (size_t i = 0; same && i < want->count; i++)
            same = is_same(want->values[i], got->values[i]);
        return same;
    }
    if (want->kind == YAML_NULL)
        return got->kind == YAML_NULL;
    if (want->kind == YAML_INT || want->kind == YAML_FLOAT) {
        double gap = number_of(want) - number_of(got);
        return (got->kind == YAML_INT || got->kind == YAML_FLOAT) && gap < 1e-9 && gap > -1e-9;
    }
    return got->kind == want->kind && str_equal(want->text, got->text);
}

static Str shown(const YamlNode *node) {
    if (!node)
        return STR("(nothing)");
    return node->kind == YAML_LIST || node->kind == YAML_MAP ? span_text(node->at) : node->text;
}

/* Counts every key of `want` that `got` meets; maps are entered, everything else is one key. */
static void compare(Tally *tally, const YamlNode *want, const YamlNode *got) {
    for (size_t i = 0; i < want->count; i++) {
        Str key = want->keys[i]->text;
        const YamlNode *value = want->values[i];
        char name[64];
        snprintf(name, sizeof name, "%.*s", STR_FMT(key));
        const YamlNode *mine = got ? yaml_find(got, name) : NULL;
        if (is_remark(key) || str_equal(key, STR("prs")) ||
            (str_equal(key, STR("items")) && value->kind == YAML_LIST))
            continue;
        if (value->kind == YAML_MAP) {
            compare(tally, value, mine);
            continue;
        }
        tally->total++;
        if (is_same(value, mine)) {
            tally->met++;
            continue;
        }
        const YamlNode *id = tally->pr ? yaml_find(tally->pr, "id") : NULL;
        print_message("# %.*s PR %.*s %.*s: expected %.*s, read %.*s\n", STR_FMT(tally->path),
                      STR_FMT(id ? id->text : STR("-")), STR_FMT(key), STR_FMT(shown(value)),
                      STR_FMT(shown(mine)));
    }
}

static void compare_list(Tally *tally, const YamlNode *want, const YamlNode *got) {
    for (size_t i = 0; want && i < want->count; i++) {
        tally->pr = want->values[i];
        compare(tally, want->values[i], got && i < got->count ? got->values[i] : NULL);
    }
    tally->pr = NULL;
    tally->total++;
    tally->met += got && want && got->count == want->count;
}

static YamlNode *parse_json(Str path, Str text, Arena *arena, Diags *diags) {
    Source *source = source_new(arena, path, text);
    YamlNode *root = yaml_parse(span_of(source, 0, text.size), DIAG_DATA_SYNTAX, arena, diags);
    assert_non_null(root);
    return root;
}

static Str read_text(Fs *fs, Str path, Arena *arena) {
    FsText text;
    assert_true(fs_read(fs, path, DOCUMENT_SIZE, arena, &text));
    return text.content;
}

static void compare_document(Fs *fs, Str expected_path, Arena *arena, Tally *tally) {
    Diags *diags = diags_new(arena);
    Str expected = read_text(fs, expected_path, arena);
    Str path = str_format(arena, "%.*s.md", (int)(expected_path.size - strlen(".expected.json")),
                          expected_path.data);
    Str text = read_text(fs, path, arena);
    const YamlNode *want = parse_json(expected_path, expected, arena, diags);
    const YamlNode *kind = yaml_find(want, "kind");
    MdDoc *doc = md_parse(source_new(arena, path, text), arena, diags);
    Buf out = buf_new(arena);
    tally->path = path;
    if (str_equal(kind->text, STR("overview"))) {
        overview_write_json(overview_read(doc, arena, diags), NULL, &out);
        const YamlNode *got = parse_json(STR("overview.json"), buf_str(&out), arena, diags);
        compare(tally, want, got);
        compare_list(tally, yaml_find(want, "items"), yaml_find(got, "items"));
        return;
    }
    Roadmap *roadmap = roadmap_read(
        doc, str_equal(kind->text, STR("tracker")) ? ROADMAP_TRACKER : ROADMAP_BREAKDOWN, arena,
        diags);
    roadmap_write_json(roadmap, NULL, &out);
    const YamlNode *got = parse_json(STR("roadmap.json"), buf_str(&out), arena, diags);
    compare(tally, want, got);
    compare_list(tally, yaml_find(want, "prs"), yaml_find(got, "prs"));
}

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

static void test_expected_keys(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Tally tally = {0};
    for (size_t i = 0; i < list.count; i++) {
        if (str_ends_with(list.entries[i].path, STR(".expected.json")))
            compare_document(fs, list.entries[i].path, arena, &tally);
    }
    print_message("# expected keys met: %zu / %zu\n", tally.met, tally.total);
    assert_true(tally.met * 1000 >= tally.total * KEYS_PER_MILLE);
    arena_free(arena);
}

/* ---- findings ---- */

/* Where the document lay in its repository: folders' names say how far the work is. */
static Str original_path(const YamlNode *sources, Str file) {
    const YamlNode *files = yaml_find(sources, "files");
    for (size_t i = 0; files && i < files->count; i++) {
        const YamlNode *path = yaml_find(files->values[i], "path");
        if (path && str_equal(yaml_find(files->values[i], "file")->text, file))
            return path->text;
    }
    return file;
}

static Roadmap *read_document(Fs *fs, Str file, Str path, Arena *arena, Diags *diags) {
    bool is_plan = str_find(file, STR("BREAKDOWN"), 0) != STR_NONE ||
                   str_find(file, STR("breakdown"), 0) != STR_NONE;
    MdDoc *doc = md_parse(source_new(arena, path, read_text(fs, file, arena)), arena, diags);
    return roadmap_read(doc, is_plan ? ROADMAP_BREAKDOWN : ROADMAP_TRACKER, arena, diags);
}

typedef struct Figures {
    size_t documents, findings, errors, warnings;
    size_t per_rule[DIAG_RULE_COUNT];
} Figures;

static void count_findings(Figures *figures, Str file, const Diags *diags) {
    const char *show = getenv("DOCSGEN_SHOW");
    bool is_shown = show && (str_equal(str_from(show), STR("all")) ||
                             str_find(file, STR("history"), 0) == STR_NONE);
    for (size_t k = 0; k < diags_count(diags); k++) {
        const Diag *diag = diags_get(diags, k);
        DiagSeverity severity = diag_rule_severity(diag->rule);
        figures->per_rule[diag->rule]++;
        figures->findings++;
        figures->errors += severity == DIAG_ERROR;
        figures->warnings += severity == DIAG_WARNING;
        if (is_shown && severity != DIAG_OFF)
            print_message("# %.*s:%u: %.*s: %.*s [%.*s]\n", STR_FMT(span_place(diag->at).path),
                          span_place(diag->at).line, STR_FMT(diag_severity_name(severity)),
                          STR_FMT(diag->message), STR_FMT(diag_rule_name(diag->rule)));
    }
}

/* Reads and judges one document, a tracker together with the plan beside it. */
static void judge(Fs *fs, const YamlNode *sources, Str file, Arena *arena, Figures *figures) {
    Diags *diags = diags_new(arena);
    Roadmap *roadmap = read_document(fs, file, original_path(sources, file), arena, diags);
    Str plan = fs_join(fs_folder_of(file), STR("PR_BREAKDOWN.md"), arena);
    bool is_pair = str_ends_with(file, STR("PROGRESS_TRACKER.md")) && fs_kind(fs, plan) == FS_FILE;
    if (is_pair)
        roadmap_join(roadmap, read_document(fs, plan, original_path(sources, plan), arena, diags),
                     arena);
    figures->documents += is_pair;
    roadmap_lint(roadmap, arena, diags);
    diags_sort(diags);
    count_findings(figures, file, diags);
    figures->documents++;
}

static const YamlNode *read_sources(Fs *fs, Arena *arena) {
    return parse_json(STR("sources.json"), read_text(fs, STR("sources.json"), arena), arena,
                      diags_new(arena));
}

/* Trackers in which people found no contradiction: neither do the rules. */
static void test_no_false_alarm(void **state) {
    (void)state;
    static const char *const clean[] = {
        "ai-contributions", "cqs-linter", "delay-endpoints", "phase5-rules", "phase6-security",
    };
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    const YamlNode *sources = read_sources(fs, arena);
    for (size_t i = 0; i < sizeof clean / sizeof *clean; i++) {
        Figures figures = {0};
        judge(fs, sources, str_format(arena, "%s/PROGRESS_TRACKER.md", clean[i]), arena, &figures);
        assert_int_equal(figures.documents, 2);
        assert_int_equal(figures.errors, 0);
        /* A path of the author's home folder is no matter of taste. */
        assert_int_equal(figures.warnings, figures.per_rule[DIAG_ROADMAP_ABSOLUTE_PATH]);
    }
    arena_free(arena);
}

/* Tracker and plan drifted five versions apart: each contradiction is one finding. */
static void test_pair(void **state) {
    (void)state;
    static const DiagRule found[] = {
        DIAG_ROADMAP_RENUMBERED,     DIAG_ROADMAP_PLAN_STATUS,   DIAG_ROADMAP_PLAN_PROGRESS,
        DIAG_ROADMAP_PLAN_NEXT,      DIAG_ROADMAP_PLAN_FIELDS,   DIAG_ROADMAP_PLAN_LISTS,
        DIAG_ROADMAP_COMMIT_MISSING, DIAG_ROADMAP_CURRENT_STALE,
    };
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Figures figures = {0};
    judge(fs, read_sources(fs, arena), STR("grafana-observability/PROGRESS_TRACKER.md"), arena,
          &figures);
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        assert_int_equal(figures.per_rule[found[i]], 1);
    assert_int_equal(figures.per_rule[DIAG_ROADMAP_TITLE_DRIFT], 2);
    assert_int_equal(figures.findings, sizeof found / sizeof *found + 2);
    arena_free(arena);
}

/* Every document, old versions and strangers as well, is read without a crash. */
static void test_every_document(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Figures figures = {0};
    Fs *fs = open_corpus(&list);
    const YamlNode *sources = read_sources(fs, arena);
    clock_t start = clock();
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        /* A plan is judged with the tracker beside it. */
        Str tracker = fs_join(fs_folder_of(path), STR("PROGRESS_TRACKER.md"), arena);
        bool is_second =
            str_ends_with(path, STR("/PR_BREAKDOWN.md")) && fs_kind(fs, tracker) == FS_FILE;
        if (str_ends_with(path, STR(".md")) && !is_second)
            judge(fs, sources, path, arena, &figures);
    }
    print_message("# documents read and judged: %zu in %.0f ms\n", figures.documents,
                  1000.0 * (double)(clock() - start) / CLOCKS_PER_SEC);
    for (int i = 0; i < DIAG_RULE_COUNT; i++) {
        if (figures.per_rule[i] > 0)
            print_message("# %.*s: %zu\n", STR_FMT(diag_rule_name((DiagRule)i)),
                          figures.per_rule[i]);
    }
    assert_true(figures.documents > 50);
    arena_free(arena);
}

/* Repairing what can be repaired without thought leaves fewer findings and no new ones, and doing
 * it twice is doing it once. */
static void check_repair(Fs *fs, Str file, Arena *arena, Figures *before, Figures *after) {
    Str plan_file = fs_join(fs_folder_of(file), STR("PR_BREAKDOWN.md"), arena);
    bool is_pair =
        str_ends_with(file, STR("PROGRESS_TRACKER.md")) && fs_kind(fs, plan_file) == FS_FILE;
    const Source *tracker = source_new(arena, file, read_text(fs, file, arena));
    const Source *plan =
        is_pair ? source_new(arena, plan_file, read_text(fs, plan_file, arena)) : NULL;
    bool none[DIAG_RULE_COUNT] = {false};
    Repair untouched = roadmap_repair(tracker, plan, none, arena);
    Repair first = roadmap_repair(tracker, plan, NULL, arena);
    assert_int_equal(untouched.count, 0);
    assert_true(str_equal(untouched.tracker, tracker->text));
    assert_true(diags_count(first.left) <= diags_count(untouched.left));
    Repair again =
        roadmap_repair(source_new(arena, file, first.tracker),
                       plan ? source_new(arena, plan_file, first.plan) : NULL, NULL, arena);
    assert_int_equal(again.count, 0);
    assert_true(str_equal(again.tracker, first.tracker));
    count_findings(before, STR("history"), untouched.left);
    count_findings(after, STR("history"), first.left);
}

static void test_repairs(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Figures before = {0};
    Figures after = {0};
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        bool is_tracker = str_ends_with(path, STR("PROGRESS_TRACKER.md")) ||
                          str_find(path, STR("/history/0"), 0) != STR_NONE;
        if (is_tracker)
            check_repair(fs, path, arena, &before, &after);
    }
    print_message("# errors and warnings: %zu, after repairs %zu\n",
                  before.errors + before.warnings, after.errors + after.warnings);
    for (int i = 0; i < DIAG_RULE_COUNT; i++)
        assert_true(after.per_rule[i] <= before.per_rule[i]);
    arena_free(arena);
}

/* ---- places ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Does the place hold the letters of `text` in their order? Markdown's signs may stand between. */
static bool holds(Str place, Str text) {
    size_t at = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_letter(text.data[i]))
            continue;
        while (at < place.size && place.data[at] != text.data[i])
            at++;
        if (at++ >= place.size)
            return false;
    }
    return true;
}

static void check_place(const Roadmap *roadmap, const RoadmapText *field, Tally *tally) {
    if (!field->at.source)
        return;
    bool is_met = field->at.source == roadmap->source && holds(span_text(field->at), field->text);
    tally->total++;
    tally->met += is_met;
    if (!is_met)
        print_message("# %.*s:%u: \"%.*s\" is not \"%.*s\"\n", STR_FMT(roadmap->source->path),
                      span_place(field->at).line, STR_FMT(span_text(field->at)),
                      STR_FMT(field->text));
}

static void check_places(const Roadmap *roadmap, Tally *tally) {
    const RoadmapDeclared *declared = &roadmap->declared;
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        const RoadmapText fields[] = {pr->title,    pr->raw_status, pr->complexity,
                                      pr->priority, pr->effort,     pr->branch,
                                      pr->notes,    pr->phase,      pr->depends_text};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            check_place(roadmap, &fields[k], tally);
        for (size_t k = 0; k < pr->commit_count; k++)
            check_place(roadmap, &pr->commits[k], tally);
        for (size_t k = 0; k < pr->github_count; k++)
            check_place(roadmap, &pr->github_prs[k], tally);
        for (size_t k = 0; k < pr->section_count; k++)
            check_place(roadmap, &pr->sections[k].title, tally);
        for (size_t k = 0; k < pr->item_count; k++)
            assert_int_equal(pr->items[k].mark_at.size, 1);
    }
    for (size_t i = 0; i < roadmap->legend_count; i++)
        check_place(roadmap, &roadmap->legend[i].text, tally);
    check_place(roadmap, &roadmap->title, tally);
    check_place(roadmap, &roadmap->heading, tally);
    if (declared->next_kind == ROADMAP_NEXT_ID)
        check_place(roadmap, &declared->next, tally);
    check_place(roadmap, &declared->current, tally);
}

/* Every field knows where it is written. */
static void test_places(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Tally tally = {0};
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        if (str_ends_with(path, STR(".md")))
            check_places(read_document(fs, path, path, arena, diags_new(arena)), &tally);
    }
    print_message("# places that hold their field: %zu / %zu\n", tally.met, tally.total);
    assert_int_equal(tally.met, tally.total);
    arena_free(arena);
}

/* The burn-up of every history: counted in the rows, and declared, as people counted it. */
static void check_history(Fs *fs, Str path, Arena *arena, Tally *tally) {
    Diags *diags = diags_new(arena);
    const YamlNode *root = parse_json(path, read_text(fs, path, arena), arena, diags);
    const YamlNode *list = yaml_find(root, "versions");
    for (size_t i = 0; i < list->count; i++) {
        const YamlNode *want = list->values[i];
        const YamlNode *table = yaml_find(want, "table");
        const YamlNode *declared = yaml_find(want, "declared");
        Str file = fs_join(fs_folder_of(path), yaml_find(want, "file")->text, arena);
        RoadmapVersion version = {.commit = yaml_find(want, "commit")->text,
                                  .content = read_text(fs, file, arena)};
        RoadmapHistory *history = roadmap_history(file, &version, 1, arena);
        if (history->point_count == 0)
            continue;
        const RoadmapPoint *point = &history->points[0];
        double got[] = {point->done, point->total, (double)point->said_done.milli / 1000,
                        (double)point->said_total.milli / 1000};
        const YamlNode *keys[] = {table ? yaml_find(table, "done") : NULL,
                                  table ? yaml_find(table, "total") : NULL,
                                  declared ? yaml_find(declared, "done") : NULL,
                                  declared ? yaml_find(declared, "total") : NULL};
        for (size_t k = 0; k < 4; k++) {
            if (!keys[k] || keys[k]->kind == YAML_NULL)
                continue;
            double gap = number_of(keys[k]) - got[k];
            bool is_met = gap < 1e-9 && gap > -1e-9;
            tally->total++;
            tally->met += is_met;
            if (!is_met)
                print_message("# %.*s figure %zu: expected %.*s, read %g\n", STR_FMT(file), k,
                              STR_FMT(keys[k]->text), got[k]);
        }
    }
}

static void test_histories(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    Fs *fs = open_corpus(&list);
    Tally tally = {0};
    for (size_t i = 0; i < list.count; i++) {
        if (str_ends_with(list.entries[i].path, STR("/history/history.json")))
            check_history(fs, list.entries[i].path, arena, &tally);
    }
    print_message("# figures of histories met: %zu / %zu\n", tally.met, tally.total);
    assert_int_equal(tally.met, tally.total);
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expected_keys),  cmocka_unit_test(test_every_document),
        cmocka_unit_test(test_no_false_alarm), cmocka_unit_test(test_pair),
        cmocka_unit_test(test_repairs),        cmocka_unit_test(test_histories),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
