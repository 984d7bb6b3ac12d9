#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/fs.h"
#include "data/yaml.h"
#include "markdown/md.h"
#include "roadmap/roadmap.h"

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
        if (is_remark(key) || str_equal(key, STR("prs")))
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

static void compare_prs(Tally *tally, const YamlNode *want, const YamlNode *got) {
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
    if (str_equal(kind->text, STR("overview")))
        return;
    MdDoc *doc = md_parse(source_new(arena, path, text), arena, diags);
    Roadmap *roadmap = roadmap_read(
        doc, str_equal(kind->text, STR("tracker")) ? ROADMAP_TRACKER : ROADMAP_BREAKDOWN, arena,
        diags);
    Buf out = buf_new(arena);
    roadmap_write_json(roadmap, NULL, &out);
    const YamlNode *got = parse_json(STR("roadmap.json"), buf_str(&out), arena, diags);
    tally->path = path;
    compare(tally, want, got);
    compare_prs(tally, yaml_find(want, "prs"), yaml_find(got, "prs"));
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

/* Every document, old versions and strangers as well, is read without a crash; findings are few:
 * errors stand only where a person found the contradiction too. */
static void test_every_document(void **state) {
    (void)state;
    Arena *arena = arena_new();
    FsList list = {.arena = arena};
    size_t documents = 0;
    size_t per_rule[DIAG_RULE_COUNT] = {0};
    Fs *fs = open_corpus(&list);
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        if (!str_ends_with(path, STR(".md")))
            continue;
        bool is_plan = str_find(path, STR("BREAKDOWN"), 0) != STR_NONE ||
                       str_find(path, STR("breakdown"), 0) != STR_NONE;
        Diags *diags = diags_new(arena);
        MdDoc *doc = md_parse(source_new(arena, path, read_text(fs, path, arena)), arena, diags);
        Roadmap *roadmap =
            roadmap_read(doc, is_plan ? ROADMAP_BREAKDOWN : ROADMAP_TRACKER, arena, diags);
        roadmap_lint(roadmap, arena, diags);
        bool is_newest = str_find(path, STR("history"), 0) == STR_NONE;
        for (size_t k = 0; k < diags_count(diags); k++) {
            const Diag *diag = diags_get(diags, k);
            per_rule[diag->rule]++;
            if (is_newest && getenv("DOCSGEN_SHOW"))
                print_message("# %.*s:%u %.*s [%.*s]\n", STR_FMT(path), span_place(diag->at).line,
                              STR_FMT(diag->message), STR_FMT(diag_rule_name(diag->rule)));
        }
        documents++;
    }
    print_message("# documents read: %zu\n", documents);
    for (int i = 0; i < DIAG_RULE_COUNT; i++) {
        if (per_rule[i] > 0)
            print_message("# %.*s: %zu\n", STR_FMT(diag_rule_name((DiagRule)i)), per_rule[i]);
    }
    assert_true(documents > 50);
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expected_keys),
        cmocka_unit_test(test_every_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
