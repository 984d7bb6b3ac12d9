/* Reads real diagrams, those of Mermaid's own documents and tests, and probes written to try its
 * grammar, and compares with what Mermaid 11.17.2 made of them. The corpus is not part of the
 * project: $DOCSGEN_CORPUS/mermaid, without which the test is skipped. Called with a folder
 * (`make agreement`) it prints a table of all kinds and origins, and what differs in which file. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "diagram/syntax/syntax.h"
#include "unit/diagram/syntax/agreement_flow.h"
#include "unit/diagram/syntax/agreement_kinds.h"
#include "unit/diagram/syntax/agreement_sequence.h"

#include <cmocka.h>

#define ORIGINS 16

typedef struct Score {
    size_t count, alike;  /* accepted or refused as Mermaid does */
    size_t models, equal; /* accepted by both; and the same model */
    size_t understood;    /* refused by both, or the same model */
} Score;

/* One diagram kind, what is compared, and how much of it has to agree, in hundredths of a per
 * cent. */
typedef struct KindRow {
    const char *name; /* its folder */
    Graph *(*parse)(const Source *source, Arena *arena, Diags *diags, bool *ok);
    void (*compare)(Case *one, const YamlNode *model);
    size_t least_alike, least_equal;
} KindRow;

static const KindRow kinds[] = {
    {"flowchart", syntax_parse_flow, compare_flow, 9950, 9900},
    {"sequence", NULL, compare_sequence, 9950, 9900},
    {"state", syntax_parse_state, compare_state, 9700, 9700},
    {"class", syntax_parse_class, compare_class, 9700, 9700},
    {"er", syntax_parse_er, compare_er, 9700, 9700},
};
#define KIND_COUNT (sizeof kinds / sizeof *kinds)

typedef struct Report {
    Fs *fs;
    Arena *arena;
    Str origins[ORIGINS]; /* as they come in the index */
    size_t origin_count;
    Score scores[KIND_COUNT][ORIGINS];
    Buf list; /* what differs, by file */
} Report;

static Str read_file(Fs *fs, Str path, Arena *arena) {
    FsText text;
    return fs_read(fs, path, LIMIT_YAML_SIZE, arena, &text) ? text.content : STR("");
}

static void add_first_error(Case *one, const Diags *diags) {
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        if (diag_rule_severity(diag->rule) != DIAG_ERROR)
            continue;
        buf_add_format(&one->reasons, "    line %u: %.*s\n", span_place(diag->at).line,
                       STR_FMT(diag->message));
        return;
    }
}

/* True when the diagram is read; `one` then holds its model. */
static bool read_model(const KindRow *kind, const Source *source, Case *one, Diags *diags) {
    bool ok;
    if (kind->parse)
        one->graph = kind->parse(source, one->arena, diags, &ok);
    else
        one->sequence = syntax_parse_sequence(source, one->arena, diags, &ok);
    return ok;
}

static void score_case(Report *report, const KindRow *kind, Str file, Score *score) {
    Case one = {.arena = arena_new()};
    one.reasons = buf_new(one.arena);
    Diags *diags = diags_new(one.arena);
    Str path = str_format(one.arena, "%.*s.json", STR_FMT(file));
    Source *json = source_new(one.arena, path, read_file(report->fs, path, one.arena));
    const YamlNode *truth =
        yaml_parse(span_of(json, 0, json->text.size), DIAG_DATA_SYNTAX, one.arena, diags);
    path = str_format(one.arena, "%.*s.mmd", STR_FMT(file));
    const Source *source = source_new(one.arena, path, read_file(report->fs, path, one.arena));
    const YamlNode *accepted = yaml_find(truth, "accepted");
    bool should_accept = accepted && accepted->is_true, ok = read_model(kind, source, &one, diags);
    score->count++;
    score->alike += ok == should_accept;
    if (ok && should_accept) {
        kind->compare(&one, yaml_find(truth, "semantic"));
        score->models++;
        score->equal += one.reason_count == 0;
    } else if (should_accept) {
        add_first_error(&one, diags);
    }
    bool is_understood = ok == should_accept && one.reason_count == 0;
    score->understood += is_understood;
    if (!is_understood)
        buf_add_format(&report->list, "%.*s: %s\n%.*s", STR_FMT(file),
                       ok == should_accept ? "another model"
                       : ok                ? "should be refused"
                                           : "should be accepted",
                       STR_FMT(buf_str(&one.reasons)));
    arena_free(one.arena);
}

static Score *score_of(Report *report, size_t kind, Str origin) {
    size_t i = 0;
    while (i < report->origin_count && !str_equal(report->origins[i], origin))
        i++;
    if (i == report->origin_count && i + 1 < ORIGINS)
        report->origins[report->origin_count++] = origin;
    return &report->scores[kind][i];
}

/* NULL where there is no corpus in `folder`. */
static Report *report_new(Arena *arena, Str folder) {
    Report *report = ARENA_NEW(arena, Report);
    report->arena = arena;
    report->fs = fs_open_disk(arena, folder);
    report->list = buf_new(arena);
    Str index = read_file(report->fs, STR("index.tsv"), arena);
    str_cut_line(&index); /* the head */
    if (!index.size)
        return NULL;
    while (index.data) {
        Str line = str_cut_line(&index);
        Str file = str_cut(&line, '\t'), origin = str_cut(&line, '\t');
        Str name = str_slice(file, 0, str_find_char(file, '/', 0));
        for (size_t k = 0; k < KIND_COUNT; k++)
            if (str_equal(name, str_from(kinds[k].name)))
                score_case(report, &kinds[k], file, score_of(report, k, origin));
    }
    return report;
}

static Score sum(Score a, Score b) {
    return (Score){a.count + b.count, a.alike + b.alike, a.models + b.models, a.equal + b.equal,
                   a.understood + b.understood};
}

/* All that people wrote for its own sake, or the probes alone. */
static Score total(const Report *report, size_t kind, bool is_probe) {
    Score score = {0};
    for (size_t i = 0; i < report->origin_count; i++)
        if (str_equal(report->origins[i], STR("probe")) == is_probe)
            score = sum(score, report->scores[kind][i]);
    return score;
}

static void print_part(size_t part, size_t whole) {
    if (whole)
        printf("  %4zu of %4zu %6.2f %%", part, whole, 100.0 * (double)part / (double)whole);
    else
        printf("  %22s", "-");
}

static void print_row(const char *kind, Str origin, Score score) {
    if (score.count == 0)
        return;
    printf("%-10s %-20.*s", kind, STR_FMT(origin));
    print_part(score.alike, score.count);
    print_part(score.equal, score.models);
    print_part(score.understood, score.count);
    printf("\n");
}

static void print_report(const Report *report) {
    printf("%-10s %-20s  %22s  %22s  %22s\n", "kind", "origin", "accepted alike", "same model",
           "understood");
    for (size_t k = 0; k < KIND_COUNT; k++) {
        for (size_t i = 0; i < report->origin_count; i++)
            print_row(kinds[k].name, report->origins[i], report->scores[k][i]);
        print_row(kinds[k].name, STR("all but probes"), total(report, k, false));
        printf("\n");
    }
    Str list = buf_str(&report->list);
    printf("%s:\n%.*s", list.size ? "What differs" : "Nothing differs", STR_FMT(list));
}

static bool is_least(size_t part, size_t whole, size_t least) {
    return part * 10000 >= whole * least;
}

static bool holds(const Report *report, size_t kind) {
    Score own = total(report, kind, false), probes = total(report, kind, true);
    return is_least(own.alike, own.count, kinds[kind].least_alike) &&
           is_least(own.equal, own.models, kinds[kind].least_equal) &&
           probes.understood == probes.count;
}

static void test_agreement(void **state) {
    (void)state;
    const char *root = getenv("DOCSGEN_CORPUS");
    Arena *arena = arena_new();
    Str folder = str_format(arena, "%s/mermaid", root ? root : "../shared/corpus");
    const Report *report = report_new(arena, folder);
    bool is_there = report != NULL;
    for (size_t k = 0; report && k < KIND_COUNT; k++) {
        bool is_good = holds(report, k);
        if (!is_good)
            print_message("# %s falls short:\n# %.*s\n", kinds[k].name,
                          STR_FMT(buf_str(&report->list)));
        assert_true(is_good);
    }
    arena_free(arena);
    if (!is_there)
        skip();
}

/* `make agreement`: the table, and status 1 where a kind agrees less than it has to. */
static int report_main(const char *folder) {
    Arena *arena = arena_new();
    const Report *report = report_new(arena, str_from(folder));
    bool is_good = true;
    if (report)
        print_report(report);
    else
        printf("skipped: there is no corpus of diagrams in %s\n", folder);
    for (size_t k = 0; report && k < KIND_COUNT; k++)
        is_good &= holds(report, k);
    arena_free(arena);
    return is_good ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc > 1)
        return report_main(argv[1]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_agreement)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
