/* Runs tests/errors/AREA.txt: one mistake each, the finding word for word.
 * A case begins with "=== name"; then comes the input; lines that begin with ">>> " are what is
 * expected, one per finding: "line:column+size: severity: message [rule] (hint) {line:column other
 * place} <line:column what repairs it>". A case without such lines expects no finding. A line "@@
 * path" begins another document; its findings bear its path. */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/source.h"
#include "config/config.h"
#include "data/csv.h"
#include "data/data.h"
#include "data/yaml.h"
#include "markdown/md.h"
#include "roadmap/overview.h"

typedef void (*ErrorsReader)(const Source *source, Arena *arena, Diags *diags);

typedef struct ErrorsArea {
    const char *file; /* in tests/errors, without .txt */
    ErrorsReader read;
} ErrorsArea;

typedef struct ErrorsCase {
    ErrorsReader read;
    Str name, input, expected;
    Arena *arena;
} ErrorsCase;

static void read_yaml(const Source *source, Arena *arena, Diags *diags) {
    yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena, diags);
}

static void read_settings(const Source *source, Arena *arena, Diags *diags) {
    config_read(source, NULL, NULL, arena, diags);
}

static void read_data(const Source *source, Arena *arena, Diags *diags) {
    data_read(source, arena, diags);
}

static void read_csv(const Source *source, Arena *arena, Diags *diags) {
    csv_parse(source, arena, diags);
}

/* The documents of one case. */
typedef struct Roadmaps {
    const Roadmap *trackers[8];
    Roadmap *plan, *tracker; /* the first of the trackers */
    Overview *overview;
    size_t count;
} Roadmaps;

static void read_document(const Source *source, Arena *arena, Diags *diags, Roadmaps *roadmaps) {
    MdDoc *doc = md_parse(source, arena, diags);
    if (str_ends_with(source->path, STR("ROADMAP.md"))) {
        roadmaps->overview = overview_read(doc, arena, diags);
    } else if (str_ends_with(source->path, STR("PR_BREAKDOWN.md"))) {
        roadmaps->plan = roadmap_read(doc, ROADMAP_BREAKDOWN, arena, diags);
    } else {
        Roadmap *tracker = roadmap_read(doc, ROADMAP_TRACKER, arena, diags);
        roadmaps->tracker = roadmaps->tracker ? roadmaps->tracker : tracker;
        roadmaps->trackers[roadmaps->count++] = tracker;
    }
}

/* A tracker and the plan that follows it, or an overview and its trackers. */
static void read_roadmap(const Source *source, Arena *arena, Diags *diags) {
    Str rest = source->text, path = STR("in");
    Roadmaps roadmaps = {.count = 0};
    while (rest.data && rest.size) {
        size_t next = str_find(rest, STR("@@ "), 0);
        Str text = str_slice(rest, 0, next);
        rest = next == STR_NONE ? (Str){0} : str_from_offset(rest, next + 3);
        if (text.size)
            read_document(source_new(arena, path, text), arena, diags, &roadmaps);
        path = rest.data ? str_cut_line(&rest) : path;
    }
    if (roadmaps.overview) {
        overview_join(roadmaps.overview, roadmaps.trackers, roadmaps.count, arena);
        overview_lint(roadmaps.overview, roadmaps.trackers, roadmaps.count, arena, diags);
        return;
    }
    if (roadmaps.tracker && roadmaps.plan)
        roadmap_join(roadmaps.tracker, roadmaps.plan, arena);
    roadmap_lint(roadmaps.tracker ? roadmaps.tracker : roadmaps.plan, arena, diags);
}

static const ErrorsArea areas[] = {
    {"yaml", read_yaml},  {"settings", read_settings}, {"csv", read_csv},
    {"cards", read_data}, {"cost", read_data},         {"roadmap", read_roadmap},
};

static bool is_elsewhere(Place place) {
    return !str_equal(place.path, STR("in"));
}

static void print_place(Buf *out, Place place) {
    if (is_elsewhere(place))
        buf_add_format(out, "%.*s:", STR_FMT(place.path));
    buf_add_format(out, "%u:%u", (unsigned)place.line, (unsigned)place.column);
}

static void print_quoted(Buf *out, Str text) {
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n')
            buf_add_text(out, "\\n");
        else
            buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '"');
}

static void print_finding(Buf *out, const Diag *diag) {
    Place place = span_place(diag->at);
    Str severity = diag_severity_name(diag_rule_severity(diag->rule));
    print_place(out, place);
    buf_add_format(out, "+%u: %.*s: %.*s [%.*s]", (unsigned)diag->at.size, STR_FMT(severity),
                   STR_FMT(diag->message), STR_FMT(diag_rule_name(diag->rule)));
    if (diag->hint.size)
        buf_add_format(out, " (%.*s)", STR_FMT(diag->hint));
    if (diag->related.source) {
        buf_add_text(out, " {");
        print_place(out, span_place(diag->related));
        buf_add_format(out, " %.*s}", STR_FMT(diag->related_as));
    }
    for (size_t i = 0; i < diag->fix_count; i++) {
        buf_add_text(out, " <");
        print_place(out, span_place(diag->fixes[i].at));
        buf_add_char(out, ' ');
        print_quoted(out, span_text(diag->fixes[i].at));
        buf_add_text(out, " becomes ");
        print_quoted(out, diag->fixes[i].text);
        buf_add_char(out, '>');
    }
    buf_add_char(out, '\n');
}

/* The findings of a case, one per line. */
static Str run_reader(const ErrorsCase *test) {
    Diags *diags = diags_new(test->arena);
    test->read(source_new(test->arena, STR("in"), test->input), test->arena, diags);
    diags_sort(diags);
    Buf out = buf_new(test->arena);
    for (size_t i = 0; i < diags_count(diags); i++)
        print_finding(&out, diags_get(diags, i));
    return buf_str(&out);
}

static void run_case(void **state) {
    const ErrorsCase *test = *state;
    assert_string_equal(str_cstr(test->arena, run_reader(test)),
                        str_cstr(test->arena, test->expected));
}

/* The case as it would stand in its file if what is found now were right. */
static void print_case(const ErrorsCase *test) {
    Str name = test->name, findings = run_reader(test);
    str_cut(&name, ' ');
    printf("=== %.*s\n%.*s", STR_FMT(name), STR_FMT(test->input));
    while (findings.size) {
        Str line = str_cut_line(&findings);
        printf(">>> %.*s\n", STR_FMT(line));
    }
}

/* Cuts a file into cases and appends them to `tests`. */
static size_t add_cases(const ErrorsArea *area, Str content, Arena *arena,
                        struct CMUnitTest *tests) {
    size_t count = 0;
    Buf input = buf_new(arena), expected = buf_new(arena);
    ErrorsCase *test = NULL;
    while (content.data) {
        Str line = str_cut_line(&content);
        if (str_starts_with(line, STR("=== ")) || !content.data) {
            if (test) {
                test->input = str_copy(arena, buf_str(&input));
                test->expected = str_copy(arena, buf_str(&expected));
            }
            input.size = expected.size = 0;
            if (!content.data)
                break;
            test = ARENA_NEW(arena, ErrorsCase);
            test->read = area->read;
            test->arena = arena;
            test->name =
                str_format(arena, "%s: %.*s", area->file, STR_FMT(str_from_offset(line, 4)));
            tests[count++] =
                (struct CMUnitTest){str_cstr(arena, test->name), run_case, NULL, NULL, test};
        } else if (str_starts_with(line, STR(">>> "))) {
            buf_add(&expected, str_from_offset(line, 4));
            buf_add_char(&expected, '\n');
        } else {
            buf_add(&input, line);
            buf_add_char(&input, '\n');
        }
    }
    return count;
}

/* With the name of an area it prints that file anew, for a person to look at. */
int main(int argc, char **argv) {
    static struct CMUnitTest tests[2000];
    size_t count = 0;
    md_setup();
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR("tests/errors"));
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        FsText text;
        Str path = str_format(arena, "%s.txt", areas[i].file);
        if (!fs_read(fs, path, (size_t)1 << 20, arena, &text)) {
            fprintf(stderr, "%.*s: %.*s\n", STR_FMT(path), STR_FMT(text.why));
            return 1;
        }
        if (argc > 1 && strcmp(argv[1], areas[i].file) != 0)
            continue;
        count += add_cases(&areas[i], text.content, arena, tests + count);
    }
    if (argc > 1) {
        for (size_t i = 0; i < count; i++)
            print_case(tests[i].initial_state);
        arena_free(arena);
        return 0;
    }
    int failed = _cmocka_run_group_tests("errors", tests, count, NULL, NULL);
    arena_free(arena);
    return failed;
}
