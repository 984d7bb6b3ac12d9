/* Inputs that are made to take long or to fill the memory: each check of a project ends within two
 * seconds of processor time and 500 MB, with findings or a page. The inputs are made here; those
 * that are long because of a limit go a little beyond it. */
#define _DEFAULT_SOURCE /* wait4 */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"

/* Measured on a machine with nothing else to do; caches that others use make up to twice of it. */
#define SECONDS   (2.0 * 2)
#define MEGABYTES 500
/* The sanitizers and unoptimised programs take longer, and the first keep what was freed. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
#define SLOWER 15
#else
#define SLOWER 1
#endif

static Arena *arena;
static Fs *fs;
static char folder[] = "/tmp/docsgen-slow-XXXXXX";

static void put(const char *path, Str content) {
    Str why;
    if (!fs_write(fs, str_from(path), content, &why))
        fail_msg("cannot write %s: %.*s", path, STR_FMT(why));
}

/* `unit` `count` times behind `head`; in it, % stands for the number of the repetition. */
static Str repeat(const char *head, const char *unit, size_t count) {
    Buf out = buf_new(arena);
    buf_add_text(&out, head);
    for (size_t i = 0; i < count; i++)
        for (const char *at = unit; *at; at++) {
            if (*at == '%')
                buf_add_format(&out, "%zu", i);
            else
                buf_add_char(&out, *at);
        }
    return buf_str(&out);
}

/* Gives all memory back: what a process had before it became docsgen counts as docsgen's. */
static void forget(void) {
    arena_free(arena);
    arena = arena_new();
    fs = fs_open_disk(arena, str_from(folder));
}

static int slow_count, run_count;

/* How a run ended, and what it took. */
typedef struct Run {
    int status;
    double seconds; /* of the processor */
    long megabytes;
} Run;

static Run run_once(const char *program, const char *command, const char *more) {
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        for (int i = 0; i < 3; i++)
            dup2(nowhere, i);
        execl(program, program, "-C", folder, command, more, (char *)NULL);
        _exit(127);
    }
    Run run;
    struct rusage usage;
    assert_int_equal(wait4(child, &run.status, 0, &usage), child);
    run.seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                  (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    run.megabytes = usage.ru_maxrss / 1024;
    return run;
}

static bool is_slow(Run run) {
    return run.seconds > SECONDS * SLOWER || run.megabytes > (long)MEGABYTES * SLOWER;
}

/* Runs docsgen with these words on the project; whatever it finds, it ends as it should, in time.
 * What a busy machine makes slow once is tried again. With SLOW_STEP=N that is done for one input
 * of N, and under a watcher (scripts/watch.sh) it may take what it takes. */
static void run(const char *name, const char *command, const char *more) {
    const char *program = getenv("DOCSGEN"), *step = getenv("SLOW_STEP");
    forget();
    long every = step ? strtol(step, NULL, 10) : 1;
    if (every > 1 && run_count++ % every != 0)
        return;
    Run run = run_once(program, command, more);
    for (int again = 0; again < 2 && !getenv("WATCHED") && is_slow(run); again++)
        run = run_once(program, command, more);
    if (getenv("SLOW_FIGURES"))
        print_message("# %-40s %5.2f s %4ld MB, status %d\n", name, run.seconds, run.megabytes,
                      WIFEXITED(run.status) ? WEXITSTATUS(run.status) : -WTERMSIG(run.status));
    bool is_ended = WIFEXITED(run.status) && WEXITSTATUS(run.status) <= 1;
    bool is_bad = !is_ended || (!getenv("WATCHED") && is_slow(run));
    if (is_bad)
        print_error("%.60s: %.2f s, %ld MB, status %d, signal %d\n", name, run.seconds,
                    run.megabytes, WEXITSTATUS(run.status), WTERMSIG(run.status));
    slow_count += is_bad;
}

/* Checks a project that has `content` in one file. */
static void check(const char *name, const char *path, Str content) {
    put("site-src/index.md", STR("# Home\n"));
    put(path, content);
    run(name, "check", "-q");
    Str why;
    fs_remove(fs, str_from(path), &why);
}

static void check_page(const char *name, const char *head, const char *unit, size_t count) {
    check(name, "site-src/index.md", repeat(head, unit, count));
}

static void crafted_markdown(void **state) {
    (void)state;
    /* On lines of 60,000 bytes, just below what a line may have, until the page is full. */
    static const char *const units[] = {
        "![[]()", "a <?",  "a <!A ", "<![CDATA[", "[",     "![",    "[a](",  "[a](<b",
        "*a ",    "**a ",  "_a ",    "a**b",      "~~a ",  "`a ``", "<b ",   "<b a=\"",
        "&#x",    "[^a]",  "[a][b]", "http://a.", "a@b.",  "www.",  "\\",    "<!--",
        "](",     "[a]: ", "!",      "{{ ",       "{{ a ", "|",     "a|",    "- ",
        "> ",     "1. ",   "# ",     "#",         "\t",    "$$",    ":a:",   "<a href='",
        "]",      "***",   "*_",     "[![",       "a\\|",  "<>",    "<a><b", "\xC3\xA9",
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Str line = repeat("", units[i], 60000 / strlen(units[i]));
        Buf page = buf_new(arena);
        while (page.size + line.size < (size_t)4 << 20) {
            buf_add(&page, line);
            buf_add_text(&page, "\n\n");
        }
        check(units[i], "site-src/index.md", buf_str(&page));
    }
}

static void crafted_lines(void **state) {
    (void)state;
    check_page("a line of 5 MB", "", "a", 5000000);
    check_page("a line below the page's limit", "", "[", 4190000);
    check_page("200 columns", "", "|", 200);
    check_page("a wide table", str_cstr(arena, repeat("", "a|", 16000)), "", 0);
    check(
        "rows with one cell each", "site-src/index.md",
        repeat(str_cstr(arena, str_format(arena, "%s\n%s\n", str_cstr(arena, repeat("", "|a", 199)),
                                          str_cstr(arena, repeat("", "|-", 199)))),
               "|a\n", 100000));
    check_page("tables one after the other", "", "|a|b|\n|-|-|\n|c|\n\n", 100000);
    check_page("nested quotes", "", ">", 60000);
    check_page("nested lists", "", "- ", 30000);
    check_page("lists, one deeper in each line", "", "- a\n", 500000);
    check_page("empty lines", "", "\n", 4000000);
    check_page("headings of one name", "", "# a\n", 200000);
    check_page("headings", "", "# a%\n", 200000);
    check_page("footnotes", "", "[^%]\n\n[^%]: a\n\n", 60000);
    check_page("definitions", "", "[a%]: b\n", 200000);
    check_page(
        "references to long definitions",
        str_cstr(arena, str_format(arena, "[a]: %s\n\n", str_cstr(arena, repeat("", "b", 50000)))),
        "[a]\n", 100000);
    check_page("fences", "", "```\na\n```\n", 200000);
    check_page("fences that open", "", "```mermaid\n", 100000);
    check_page("diagrams", "", "```mermaid\ngraph TB\na-->b\n```\n", 5000);
    check_page("code", "```c\n", "/* ", 1000000);
    check_page("quotes in code", "```sh\n", "\"$(", 300000);
    check_page("alerts", "", "> [!NOTE]\n> a\n\n", 100000);
    check_page("embeds", "", "![a](a.svg)\n\n", 100000);
}

/* A line of `unit` `width` times, again and again. */
static void check_lines(const char *name, const char *unit, size_t width, size_t count) {
    Str line = repeat("", unit, width);
    check_page(name, "# Home\n\n", str_cstr(arena, str_format(arena, "%.*s\n", STR_FMT(line))),
               count);
}

static void little_that_becomes_much(void **state) {
    (void)state;
    check_lines("lists within quotes", "> - ", 40, 10000);
    check_lines("lists 99 deep", "- ", 99, 15000);
    check_lines("words in quotes 30 deep", "> ", 30, 20000);
    check_lines("entities", "&amp;", 12000, 60);
    check_lines("one word", "word ", 12000, 60);
    check_lines("one footnote", "[^1] ", 5000, 100);
    check_page("definitions of a footnote", "[^1]\n\n", "[^1]: a [^1]\n\n", 60000);
    check_page(
        "definitions with long titles",
        str_cstr(arena, str_format(arena, "[a]: b \"%.*s\"\n\n", STR_FMT(repeat("", "t", 60000)))),
        "[a] ", 15000);
    check_page("tabs", "# Home\n", "```sh tab=\"t%\"\nx\n```\n", 10000);
    check_page("lines to mark",
               str_cstr(arena, str_format(arena, "```sh {%.*s1}\n",
                                          STR_FMT(repeat("", "1-999999999,", 5000)))),
               "x\n", 10000);
    check_page("headings that are the next one's anchor", "", "# a\n# a-1\n", 60000);
    put("site-src/part.md", repeat("", "text *b*\n\n", 300));
    check_page("Markdown in Markdown", "# Home\n\n", "{{ include: part.md }}\n\n", 9999);
    put("site-src/part.md",
        repeat("# Part\n", "<!-- #region r% -->\nx\n<!-- #endregion -->\n", 2000));
    check_page("regions", "# Home\n\n", "{{ include: part.md#r% }}\n\n", 2000);
    put("site-src/part.svg", repeat("<svg><path d='M0 0'/>", "<path d='M0 0L1 1'/>", 40000));
    check_page("one drawing 1,000 times", "# Home\n\n", "![a](part.svg)\n\n", 1000);
    put("site-src/part.csv", repeat("a,b,c,d,e\n", "1,2,3,4,%\n", 9999));
    check_page("one table 1,000 times", "# Home\n\n", "![a](part.csv)\n\n", 1000);
    put("site-src/part.yml", STR("b: |\n  x\n  y\n"));
    check_page("one value", "# Home\n\n", "{{ part.yml#b }}\n", 100000);
    Str why;
    fs_remove(fs, STR("site-src/part.md"), &why);
    fs_remove(fs, STR("site-src/part.svg"), &why);
    fs_remove(fs, STR("site-src/part.csv"), &why);
    fs_remove(fs, STR("site-src/part.yml"), &why);
}

static void links(void **state) {
    (void)state;
    check_page("200,000 links", "# Home\n", "[a](index.md#home)\n", 200000);
    check_page("200,000 links to nothing", "", "[a](b%.md)\n", 200000);
    check_page("200,000 links to other sites", "", "<http://a.b/%>\n", 200000);
    check_page("200,000 links out", "", "[a](../../%)\n", 200000);
    check_page("200,000 missing anchors", "# Home\n", "[a](#b%)\n", 200000);
    Buf page = buf_new(arena);
    buf_add(&page, repeat("", "# heading %\n", 50000));
    buf_add(&page, repeat("", "[a](#headnig-%)\n", 100000));
    check("missing anchors among headings", "site-src/index.md", buf_str(&page));
    check_page("200,000 images", "", "![](b%.png)\n", 200000);
    check_page("unknown references", "", "[a][b%]\n", 200000);
    check_page("values", "", "{{ a.yml#b% }}\n\n", 150000);
    check_page("bare addresses", "", "www.a.b/% ", 6000);
}

static void data_files(void **state) {
    (void)state;
    Buf bomb = buf_new(arena);
    buf_add_text(&bomb, "a0: &a0 [lol]\n");
    for (int i = 1; i < 60; i++)
        buf_add_format(&bomb, "a%d: &a%d [*a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1);
    put("site-src/a.md", STR("# A\n\n![a](a.yml) {{ a.yml#a.b }} ![c](a.csv) ![j](a.json)\n"));
    check("a YAML bomb", "site-src/a.yml", buf_str(&bomb));
    check("deep flow", "site-src/a.yml", repeat("a: ", "[", 1000000));
    check("deep maps", "site-src/a.yml", repeat("", "{a: ", 1000000));
    check("one line of 5 MB", "site-src/a.yml", repeat("a: ", "b", 5000000));
    check("a quoted line of 5 MB", "site-src/a.yml", repeat("a: \"", "\\x41", 1250000));
    check("many keys", "site-src/a.yml", repeat("", "k%: 1\n", 400000));
    check("one key", "site-src/a.yml", repeat("", "k: 1\n", 400000));
    check("directives", "site-src/a.yml", repeat("", "%YA\xb3 1.2\n", 300000));
    check("documents", "site-src/a.yml", repeat("", "---\n", 1000000));
    check("cards", "site-src/a.yml",
          repeat("kind: cards\ncards:\n", "- {id: a%, name: A%, ports: [%], fields: {M: 1 GB}}\n",
                 9999));
    check("costs", "site-src/a.yml",
          repeat("kind: cost\ncurrency: USD\nas_of: 2025-01-01\nitems:\n",
                 "- {name: a%, unit: hour, price: 1, group: g%}\n", 9999));
    check("JSON", "site-src/a.json", repeat("", "[", 1000000));
    check("Infracost", "site-src/a.json",
          repeat("{\"projects\":[{\"breakdown\":{\"resources\":[",
                 "{\"name\":\"r%\",\"costComponents\":[{\"name\":\"c\",\"price\":\"1\"}]},\n",
                 60000));
    check("a table", "site-src/a.csv", repeat("a,b\n", "1,2\n", 1000000));
    check("a wide table", "site-src/a.csv", repeat("a", ",a", 1000000));
    check("open quotes", "site-src/a.csv", repeat("", "\"a,\n", 1000000));
    put("site-src/a.md", STR("# A\n\n![a](a.svg)\n"));
    check("a picture", "site-src/a.svg", repeat("<svg>", "<g/>", 200000));
    check("a deep picture", "site-src/a.svg", repeat("<svg>", "<g>", 300000));
    check("attributes", "site-src/a.svg", repeat("<svg ", "a%='1' ", 90000));
    check("entities", "site-src/a.svg", repeat("<svg>", "&amp;", 200000));
    Str why;
    fs_remove(fs, STR("site-src/a.md"), &why);
    check("redirects in a row", "docsgen.yml", repeat("redirects:\n", "  a%.md: a%%.md\n", 50000));
    check("navigation", "docsgen.yml", repeat("nav:\n", "- a%.md\n", 100000));
    check("redirects", "docsgen.yml", repeat("redirects:\n", "  a%.md: index.md\n", 100000));
    check("front matter", "site-src/index.md", repeat("---\n", "a%: 1\n", 100000));
    check("aliases", "site-src/index.md", repeat("---\naliases:\n", "- a%.md\n", 6000));
}

static void diagrams(void **state) {
    (void)state;
    static const struct {
        const char *name, *head, *unit;
        size_t count;
    } rows[] = {
        {"100,000 edges", "flowchart TB\n", "a%-->b%\n", 100000},
        {"100,000 edges of two nodes", "flowchart TB\n", "a-->b\n", 100000},
        {"a chain of 5,000", "flowchart TB\n", "a%-->", 5000},
        {"nodes joined to all", "flowchart TB\na", " & a%", 4000},
        {"many by many", "flowchart TB\n", "a% & b% & c% --> d% & e% & f%\n", 20000},
        {"subgraphs", "flowchart TB\n", "subgraph a%\n", 100000},
        {"styles", "flowchart TB\n", "style a% fill:#fff\n", 100000},
        {"classes", "flowchart TB\n", "classDef a% fill:#fff\n", 100000},
        {"a label of 4 MB", "flowchart TB\na[\"", "x ", 2000000},
        {"comments", "flowchart TB\n", "%% a\n", 500000},
        {"messages", "sequenceDiagram\n", "a->>b: c\n", 100000},
        {"participants", "sequenceDiagram\n", "participant a%\n", 100000},
        {"frames", "sequenceDiagram\n", "loop a\n", 100000},
        {"classes of a class diagram", "classDiagram\n", "a% <|-- b%\n", 100000},
        {"members", "classDiagram\n", "a : +b%()\n", 100000},
        {"states", "stateDiagram-v2\n", "a% --> b%\n", 100000},
        {"nested states", "stateDiagram-v2\n", "state a% {\n", 100000},
        {"entities", "erDiagram\n", "a% ||--o{ b% : c\n", 100000},
        {"attributes", "erDiagram\na {\n", "int b%\n", 100000},
        {"open brackets", "flowchart TB\na", "[", 1000000},
        {"directives", "", "%%{init: {}}%%\n", 200000},
        {"front matter", "---\n", "a: b\n", 200000},
        {"tasks", "gantt\n", "a% : 1d\n", 100000},
        {"slices", "pie\n", "\"a%\" : 1\n", 100000},
        {"one node joined to 4,998", "flowchart LR\n", "a --> b%\n", 4998},
        {"a ladder", "flowchart TB\n", "a% --> b%\n a% --> c\n c --> b%\n", 2000},
        {"long edges", "flowchart TB\na0", " ----------> a%", 1000},
        {"groups beside each other", "flowchart TB\n", "subgraph s%\nx% --> y%\nend\n", 2000},
        {"notes", "sequenceDiagram\n", "note over a,b%: c\n", 4000},
        {"activations", "sequenceDiagram\n", "a->>+b: c\n", 10000},
        {"branches of a frame", "sequenceDiagram\nalt a\n", "a->>b: c\nelse d\n", 5000},
        {"lives", "sequenceDiagram\n", "create participant p%\na->>p%: b\ndestroy p%\np%-->>a: c\n",
         1000},
        {"states beside each other", "stateDiagram-v2\nstate a {\n", "b% --> c%\n--\n", 2000},
        {"namespaces", "classDiagram\n", "namespace N% {\nclass A%\n}\n", 4000},
        {"one entity and 4,900", "erDiagram\n", "A ||--o{ B% : c\n", 4900},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(rows[i].name, "diagrams/a.mmd", repeat(rows[i].head, rows[i].unit, rows[i].count));
    Buf all = buf_new(arena);
    buf_add_text(&all, "flowchart TB\n");
    for (int from = 0; from < 140; from++)
        for (int to = 0; to < from; to++)
            buf_add_format(&all, "n%d --> n%d\n", from, to);
    check("140 nodes joined to all others", "diagrams/a.mmd", buf_str(&all));
}

#define TABLE                                                                                      \
    "# Tracker\n\n**Total Completion**: 0% (0/10000 PRs)\n\n"                                      \
    "| PR | Title | Status | Completion | Notes |\n|--|--|--|--|--|\n"

static void trackers(void **state) {
    (void)state;
    put("site-src/index.md", STR("# Home\n"));
    put("site-src/r/PROGRESS_TRACKER.md",
        repeat(TABLE, "| % | Part % | Not Started | 0% | - |\n", 10000));
    put("site-src/r/PR_BREAKDOWN.md",
        repeat("# Plan\n", "\n## PR %: Part %\n\n**Dependencies**: PR %\n", 10000));
    run("10,000 PRs", "check", "-q");
    run("10,000 PRs, built", "build", "-q");
    run("10,000 PRs, listed", "roadmap", "list");
    Str why;
    fs_remove(fs, STR("output"), &why);
    fs_remove(fs, STR("site-src/r/PR_BREAKDOWN.md"), &why);
    Buf text = buf_new(arena);
    buf_add(&text, repeat(TABLE, "| % | Part % | Complete | 100% | - |\n", 10000));
    buf_add(&text, repeat("", "\n## PR %: Part %\n\n- [ ] item\n- [x] item\n", 10000));
    put("site-src/r/PROGRESS_TRACKER.md", buf_str(&text));
    run("10,000 PRs with sections", "check", "-q");
    put("site-src/r/PROGRESS_TRACKER.md",
        repeat(TABLE, "| 1 | Part | Not Started | 0% | - |\n", 50000));
    run("one PR 50,000 times", "check", "-q");
}

static void includes(void **state) {
    (void)state;
    put("site-src/a.md", STR("# A\n\n{{ include: b.md }}\n\n{{ include: b.md }}\n"));
    check("files that include each other", "site-src/b.md",
          STR("# B\n\n{{ include: a.md }}\n\n{{ include: a.md }}\n"));
}

/* Each test shows all that it finds. */
static int begin(void **state) {
    (void)state;
    slow_count = 0;
    return 0;
}

static int end(void **state) {
    (void)state;
    return slow_count;
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    if (!getenv("DOCSGEN") || !mkdtemp(folder))
        return 1;
    setenv("XDG_CACHE_HOME", folder, 1);
    fs = fs_open_disk(arena, str_from(folder));
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    Str why;
    fs_remove(fs_open_disk(arena, STR("/tmp")), str_from(folder + 5), &why);
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(crafted_markdown, begin, end),
        cmocka_unit_test_setup_teardown(crafted_lines, begin, end),
        cmocka_unit_test_setup_teardown(little_that_becomes_much, begin, end),
        cmocka_unit_test_setup_teardown(links, begin, end),
        cmocka_unit_test_setup_teardown(data_files, begin, end),
        cmocka_unit_test_setup_teardown(diagrams, begin, end),
        cmocka_unit_test_setup_teardown(trackers, begin, end),
        cmocka_unit_test_setup_teardown(includes, begin, end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
