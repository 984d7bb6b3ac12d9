#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "roadmap/history.h"

/* Each version is a list of rows "id|title|status;"; the tracker around them is made here. */
static Str tracker(Arena *arena, const char *rows) {
    Buf text = buf_new(arena);
    buf_add_text(&text, "# Login\n\n| PR | Title | Status |\n|----|-------|--------|\n");
    for (Str rest = str_from(rows); rest.data && rest.size;) {
        Str row = str_cut(&rest, ';');
        buf_add_format(&text, "| %.*s |\n", STR_FMT(row));
    }
    return buf_str(&text);
}

/* "done/total" of each version, then a line for each change. */
static Str tell(Arena *arena, const char *const *rows, size_t count) {
    RoadmapVersion versions[8] = {0};
    for (size_t i = 0; i < count; i++)
        versions[i] = (RoadmapVersion){.commit = str_format(arena, "c%zu", i),
                                       .time = (int64_t)i * 1000,
                                       .content = tracker(arena, rows[i])};
    const RoadmapHistory *history =
        roadmap_history(STR("PROGRESS_TRACKER.md"), versions, count, arena);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < history->point_count; i++)
        buf_add_format(&out, "%s%u/%u", i ? " " : "", history->points[i].done,
                       history->points[i].total);
    for (size_t i = 0; i < history->change_count; i++) {
        buf_add_format(&out, "\n%.*s ", STR_FMT(history->points[history->changes[i].point].commit));
        roadmap_change_text(&history->changes[i], &out);
    }
    return buf_str(&out);
}

static void what_changed(void **state) {
    (void)state;
    static const struct {
        const char *rows[4];
        size_t count;
        const char *expected;
    } cases[] = {
        {{"1|Store|Not Started;2|Form|Not Started"}, 1, "0/2"},
        {{"1|Store|Not Started;2|Form|Not Started", "1|Store|Complete;2|Form|In Progress"},
         2,
         "0/2 1/2\n"
         "c1 PR 1 Store: Complete, was Not started\n"
         "c1 PR 2 Form: In progress, was Not started"},
        {{"1|Store|Complete", "1|Store|Complete;2|Form|Complete;3|Mail|Not Started",
          "1|Store|Complete"},
         3,
         "1/1 2/3 1/1\n"
         "c1 PR 2 Form: added, Complete\n"
         "c1 PR 3 Mail: added, Not started\n"
         "c2 PR 2 Form: removed\n"
         "c2 PR 3 Mail: removed"},
        /* Renumbered, and one of them finished on the way. */
        {{"1|Store|Complete;2|Form|Not Started",
          "1|Store|Complete;2|Audit|Not Started;3|Form|Complete"},
         2,
         "1/2 2/3\n"
         "c1 PR 2 Audit: added, Not started\n"
         "c1 PR 3 Form: was PR 2, Complete, was Not started"},
        /* A mended title is the same PR, and a version without PRs tells nothing. */
        {{"1|Stroe|Complete", "", "1|Store|Complete"}, 3, "1/1 1/1"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str got = tell(arena, cases[i].rows, cases[i].count);
        assert_string_equal(str_cstr(arena, got), cases[i].expected);
    }
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_changed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
