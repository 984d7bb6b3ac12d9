#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/scene/legend_key.h"

#include <cmocka.h>

static void test_keys(void **state) {
    (void)state;
    static const struct {
        const char *key;
        GraphKind kind;
        bool is_line;
        LegendLine line;
    } rows[] = {
        {"---", GRAPH_FLOWCHART, true, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
        {"-->", GRAPH_FLOWCHART, true, {EDGE_SOLID, HEAD_NONE, HEAD_ARROW}},
        {"<-.->", GRAPH_FLOWCHART, true, {EDGE_DOTTED, HEAD_ARROW, HEAD_ARROW}},
        {"==x", GRAPH_FLOWCHART, true, {EDGE_THICK, HEAD_NONE, HEAD_CROSS}},
        {"o--o", GRAPH_FLOWCHART, true, {EDGE_SOLID, HEAD_CIRCLE, HEAD_CIRCLE}},
        {"-->", GRAPH_STATE, true, {EDGE_SOLID, HEAD_NONE, HEAD_ARROW}},
        {"<|--", GRAPH_CLASS, true, {EDGE_SOLID, HEAD_TRIANGLE, HEAD_NONE}},
        {"..|>", GRAPH_CLASS, true, {EDGE_DOTTED, HEAD_NONE, HEAD_TRIANGLE}},
        {"o--", GRAPH_CLASS, true, {EDGE_SOLID, HEAD_DIAMOND, HEAD_NONE}},
        {"*--()", GRAPH_CLASS, true, {EDGE_SOLID, HEAD_DIAMOND_FILLED, HEAD_LOLLIPOP}},
        {"||--o{", GRAPH_ER, true, {EDGE_SOLID, HEAD_ONE, HEAD_ZERO_MANY}},
        {"}|..|o", GRAPH_ER, true, {EDGE_DOTTED, HEAD_MANY, HEAD_ZERO_ONE}},
        /* Names of classes, and what no diagram of the kind has. */
        {"", GRAPH_FLOWCHART, false, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
        {"blue", GRAPH_FLOWCHART, false, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
        {"old-one", GRAPH_FLOWCHART, false, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
        {"x--y", GRAPH_FLOWCHART, false, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
        {"<|--", GRAPH_FLOWCHART, false, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
        {"-", GRAPH_CLASS, false, {EDGE_SOLID, HEAD_NONE, HEAD_NONE}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        LegendLine line;
        bool is_line = legend_key_read(str_from(rows[i].key), rows[i].kind, &line);
        if (is_line != rows[i].is_line)
            fail_msg("\"%s\" is %s line", rows[i].key, is_line ? "a" : "no");
        if (is_line && (line.line != rows[i].line.line || line.start != rows[i].line.start ||
                        line.end != rows[i].line.end))
            fail_msg("\"%s\": line %d, heads %d and %d", rows[i].key, (int)line.line,
                     (int)line.start, (int)line.end);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
