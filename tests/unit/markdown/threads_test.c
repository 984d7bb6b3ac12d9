#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/pool.h"
#include "markdown/md.h"
#include "time_limit.h"

#include <cmocka.h>

/* Parsing takes no lock: the attached extensions write to nothing that threads share. Proved by
 * comparing many parses on many threads with the same ones on one. With cmark's `strikethrough`
 * attached this test fails. */

#define PARSES  ((size_t)20000)
#define THREADS 8u
#define PAGES   ((size_t)16)

typedef struct Job {
    Str pages[PAGES];
    Str expected[PAGES];
    Arena *arenas[THREADS];
    bool is_wrong[PARSES];
} Job;

/* A page of some 1.5 KB with every construct; numbers make each different. */
static Str make_page(Arena *arena, size_t number) {
    Buf out = buf_new(arena);
    buf_add_format(&out, "---\ntitle: %zu\n---\n# Page %zu\n\n", number, number);
    for (size_t i = 0; i <= number % 5; i++) {
        buf_add_format(&out,
                       "## Part %zu\n\nText *em* **strong** `code %zu` ~~gone~~ ~x~ [a](b%zu.md) "
                       "[ref][r%zu]\nwww.example.org/%zu me@example.org <b>&amp;</b>[^n%zu] [no][t]"
                       "\n\n",
                       i, number, i, i, number, i);
        buf_add_format(&out,
                       "- [x] done %zu\n- [ ] open\n  1. nested\n\n| a | b \\| c |\n|--:|:--|\n"
                       "| %zu | `x \\| y` |\n| short |\n\n> [!NOTE]\n> Note %zu\n\n",
                       i, number, i);
        buf_add_format(&out,
                       "```mermaid\ngraph TD\n  A%zu --> B\n```\n\n[r%zu]: t%zu.md 'T'\n"
                       "[^n%zu]: Footnote *%zu*\n\n",
                       i, i, number, i, number);
    }
    return buf_str(&out);
}

/* The page as HTML, then its findings. */
static Str run(Arena *arena, Str page) {
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, STR("a.md"), page), arena, diags);
    Buf out = buf_new(arena);
    md_render(doc, &out);
    for (size_t i = 0; i < diags_count(diags); i++)
        buf_add_format(&out, "%u %.*s\n", diags_get(diags, i)->at.start,
                       STR_FMT(diags_get(diags, i)->message));
    return buf_str(&out);
}

static void run_one(void *context, size_t index, unsigned worker) {
    Job *job = context;
    Arena *arena = job->arenas[worker];
    arena_reset(arena);
    Str actual = run(arena, job->pages[index % PAGES]);
    job->is_wrong[index] = !str_equal(actual, job->expected[index % PAGES]);
}

/* Of the processor: a clock on the wall tells how busy the machine is. */
static double seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static void threads_do_not_disturb_each_other(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Job *job = ARENA_NEW(arena, Job);
    size_t bytes = 0, wrong = 0;
    for (size_t i = 0; i < PAGES; i++) {
        job->pages[i] = make_page(arena, i);
        job->expected[i] = run(arena, job->pages[i]);
        bytes += job->pages[i].size;
    }
    for (unsigned i = 0; i < THREADS; i++)
        job->arenas[i] = arena_new();
    double start = seconds();
    pool_run(THREADS, PARSES, run_one, job);
    double taken = seconds() - start;
    for (size_t i = 0; i < PARSES; i++)
        wrong += job->is_wrong[i];
    for (unsigned i = 0; i < THREADS; i++)
        arena_free(job->arenas[i]);
    print_message("# %zu pages of %zu bytes on %u threads in %.2f s\n", PARSES, bytes / PAGES,
                  THREADS, taken);
    assert_int_equal(wrong, 0);
    assert_true(taken < time_limit(20));
    arena_free(arena);
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_do_not_disturb_each_other)};
    return cmocka_run_group_tests(tests, setup, NULL);
}
