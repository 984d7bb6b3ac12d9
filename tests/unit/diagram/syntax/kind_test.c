/* Which kind of diagram a text is. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/syntax/kind.h"

#include <cmocka.h>

static void test_kinds(void **state) {
    (void)state;
    static const struct {
        const char *text, *word;
        DiagramKind kind;
    } cases[] = {
        {"flowchart LR\nA", "flowchart", DIAGRAM_FLOWCHART},
        {"graph TD;A", "graph", DIAGRAM_FLOWCHART},
        {"flowchart-elk TD\n", "flowchart-elk", DIAGRAM_FLOWCHART},
        {"\n  %% c\n\n%%{init: {}}%%\n  sequenceDiagram\n", "sequenceDiagram", DIAGRAM_SEQUENCE},
        {"---\ntitle: graph\n---\n\npie title x\n", "pie", DIAGRAM_PIE},
        {"stateDiagram-v2\n", "stateDiagram-v2", DIAGRAM_STATE},
        {"classDiagram\n", "classDiagram", DIAGRAM_CLASS},
        {"erDiagram\r\n", "erDiagram", DIAGRAM_ER},
        {"C4Container\n", "C4Container", DIAGRAM_C4},
        {"architecture-beta\n", "architecture-beta", DIAGRAM_ARCHITECTURE},
        {"treeView-beta\n", "treeView-beta", DIAGRAM_OTHER},
        {"Graph TD\n", "Graph", DIAGRAM_UNKNOWN},
        {"sequencediagram\n", "sequencediagram", DIAGRAM_UNKNOWN},
        {"---\ntitle: x\ngraph TD\n", "---", DIAGRAM_FLOWCHART},
        {"", "", DIAGRAM_UNKNOWN},
        {"%% only a comment", "", DIAGRAM_UNKNOWN},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Source *source = source_new(arena, STR("a.mmd"), str_from(cases[i].text));
        assert_int_equal(kind_find(source), cases[i].kind);
        assert_string_equal(str_cstr(arena, span_text(kind_word(source))), cases[i].word);
    }
    assert_true(str_equal(kind_name(DIAGRAM_ER), STR("entity relationship diagram")));
    for (size_t i = 0; i < DIAGRAM_KIND_COUNT; i++)
        assert_true(kind_name((DiagramKind)i).size > 0);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
