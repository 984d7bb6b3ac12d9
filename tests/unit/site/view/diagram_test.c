/* A diagram on a page: when its title is drawn, and when the page says it already. */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "site/view/diagram.h"

static void check(const char *section, const char *caption, bool is_drawn) {
    Arena *arena = arena_new();
    Str text = STR("---\ntitle: Alert routing\n---\nflowchart LR\na --> b\n");
    DiagramView view = {
        .diagram = diagram_compile(source_new(arena, STR("x.mmd"), text), arena, diags_new(arena)),
        .section = str_from(section),
        .caption = str_from(caption),
        .id_prefix = STR("d1-")};
    Buf out = buf_new(arena);
    view_diagram(&view, &out);
    bool found = str_find(buf_str(&out), STR("Alert routing</text>"), 0) != STR_NONE;
    if (found != is_drawn)
        fail_msg("\"%s\", \"%s\": the title is %s", section, caption, found ? "drawn" : "left out");
    /* The larger view is as large as what it shows again. */
    int height = is_drawn ? view.diagram->height_px : view.diagram->body_height_px;
    Str size = str_format(arena, " height=\"%d\"", height);
    assert_int_not_equal(str_find(buf_str(&out), size, 0), STR_NONE);
    assert_int_not_equal(
        str_find(buf_str(&out), size, str_find(buf_str(&out), STR("diagram-large"), 0)), STR_NONE);
    arena_free(arena);
}

static void test_titles_are_said_once(void **state) {
    (void)state;
    check("", "", true);
    check("Alerts", "Five rules", true);
    check("Alert routing", "", false);
    check("ALERT ROUTING ", "", false);
    check("", "Alert routing", false);
    check("", "Alert routing: five rules", false);
    check("", "Alert routing. Five rules.", false);
    check("Alert routing tables", "Alert routings", true);
    check("Our alert routing", "Alert", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles_are_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
