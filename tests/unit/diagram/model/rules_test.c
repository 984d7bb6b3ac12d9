#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/limits.h"
#include "diagram/model/rules.h"
#include "diagram/syntax/syntax.h"
#include "time_limit.h"

#include <cmocka.h>

/* Findings as "line:column message [rule] (hint) <line:column what>", one per line; without notes,
 * which the reader of flowcharts makes. */
static Str findings_text(const Diags *diags, Arena *arena) {
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        if (diag_rule_severity(diag->rule) == DIAG_NOTE)
            continue;
        Place place = span_place(diag->at), related = span_place(diag->related);
        buf_add_format(&buf, "%s%u:%u %.*s [%.*s]", buf.size ? "\n" : "", place.line, place.column,
                       STR_FMT(diag->message), STR_FMT(diag_rule_name(diag->rule)));
        if (diag->hint.size)
            buf_add_format(&buf, " (%.*s)", STR_FMT(diag->hint));
        if (related.line)
            buf_add_format(&buf, " <%u:%u %.*s>", related.line, related.column,
                           STR_FMT(diag->related_as));
    }
    return buf_str(&buf);
}

/* The findings about `rule` in the flowchart with the lines `body`. The rule stands in line 4 from
 * column 7 on, the lines begin in line 7. */
static Str prove(const char *rule, const char *body, Arena *arena) {
    Str text =
        str_format(arena, "---\ndocsgen:\n  rules:\n    - %s\n---\nflowchart LR\n%s\n", rule, body);
    Diags *diags = diags_new(arena);
    bool ok = true;
    const Graph *graph =
        syntax_parse_flow(source_new(arena, STR("x.mmd"), text), arena, diags, &ok);
    assert_true(ok);
    rules_check(graph, arena, diags);
    return findings_text(diags, arena);
}

typedef struct Case {
    const char *rule, *body, *findings;
} Case;

static void check(const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Arena *arena = arena_new();
        Str found = prove(cases[i].rule, cases[i].body, arena);
        if (!str_equal(found, str_from(cases[i].findings)))
            fail_msg("%s\n%s\ngot:\n%.*s\nexpected:\n%s", cases[i].rule, cases[i].body,
                     STR_FMT(found), cases[i].findings);
        arena_free(arena);
    }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

#define PATH "4:15 a forbidden path exists: "

static void test_forbid(void **state) {
    (void)state;
    static const Case cases[] = {
        {"forbid: a -> c", "a --> b\nc --> b", ""},
        {"forbid: a -> c", "a --> b\nb --> c",
         PATH "a -> b -> c [model/rule] <8:3 the path ends with this connection>"},
        /* The shortest of several paths is shown. */
        {"forbid: a -> d", "a --> b --> c --> d\na --> x --> d",
         PATH "a -> x -> d [model/rule] <8:9 the path ends with this connection>"},
        {"forbid: a -> c", "c --> b --> a", ""},
        /* Lines without heads and with two lead both ways. */
        {"forbid: a -> c", "c --- b --- a",
         PATH "a -> b -> c [model/rule] <7:3 the path ends with this connection>"},
        {"forbid: a -> c", "c <--> b <==> a",
         PATH "a -> b -> c [model/rule] <7:3 the path ends with this connection>"},
        {"forbid: a -> b", "a --o b",
         PATH "a -> b [model/rule] <7:3 the path ends with this connection>"},
        {"forbid: b -> a", "a --x b", ""},
        /* Dotted and thick lines count, invisible ones do not. */
        {"forbid: a -> c", "a -.-> b ==> c",
         PATH "a -> b -> c [model/rule] <7:10 the path ends with this connection>"},
        {"forbid: a -> c", "a ~~~ b --> c", ""},
        /* Cycles end. */
        {"forbid: a -> d", "a --> b --> c --> a\nd --> a", ""},
        /* One finding for each name on the right. */
        {"forbid: a -> [c, d]", "a --> b --> c\nb --> d",
         PATH "a -> b -> c [model/rule] <7:9 the path ends with this connection>\n" PATH
              "a -> b -> d [model/rule] <8:3 the path ends with this connection>"},
        {"forbid: x, a -> c", "x --> a --> c\nx --> b",
         PATH "a -> c [model/rule] <7:9 the path ends with this connection>"},
        {"forbid: a -> a", "a --> b",
         "4:15 the rule says nothing: all on the left also stands on the right [model/rule] "
         "(name different nodes on both sides)"},
    };
    CHECK(cases);
}

static void test_groups(void **state) {
    (void)state;
    static const Case cases[] = {
        /* An edge to a group reaches all in it, an edge from a group leaves from all in it. */
        {"forbid: a -> c", "a --> g\nsubgraph g\nsubgraph h\nc\nend\nend",
         PATH "a -> c (in g) [model/rule] <7:3 the path ends with this connection>"},
        {"forbid: c -> a", "g --> a\nsubgraph g\nsubgraph h\nc\nend\nend",
         PATH "c (in g) -> a [model/rule] <7:3 the path ends with this connection>"},
        {"forbid: a -> z", "a --> g\nh --> z\nsubgraph g\nsubgraph h\nc\nend\nd\nend",
         PATH "a -> c (in g) (in h) -> z [model/rule] <8:3 the path ends with this connection>"},
        {"forbid: a -> z", "a --> g --> z\nsubgraph g\nc\nend",
         PATH "a -> c (in g) -> z [model/rule] <7:9 the path ends with this connection>"},
        /* Lying in one group is no path. */
        {"forbid: c -> d", "subgraph g\nc\nd\nend\na --> g\ng --> b", ""},
        {"forbid: a -> b", "subgraph g\na\nend\nsubgraph h\nb\nend\ng --- h",
         PATH "a (in g) -> b (in h) [model/rule] <13:3 the path ends with this connection>"},
        /* Groups as sides of a rule: what lies in them. */
        {"forbid: a -> g", "a --> c\nsubgraph g\nc\nd\nend",
         PATH "a -> c [model/rule] <7:3 the path ends with this connection>"},
        {"forbid: g -> a", "d --> a\nsubgraph g\nc\nd\nend",
         PATH "d -> a [model/rule] <7:3 the path ends with this connection>"},
        /* What is on both sides counts on the right alone. */
        {"forbid: g -> c", "subgraph g\nc --> d\nend", ""},
        {"forbid: g -> c", "subgraph g\nd --> c\nend",
         PATH "d -> c [model/rule] <8:3 the path ends with this connection>"},
        /* An empty group stands for itself. */
        {"forbid: a -> b", "a --> g --> b\nsubgraph g\nend",
         PATH "a -> g -> b [model/rule] <7:9 the path ends with this connection>"},
        {"forbid: a -> g", "a --> h\nsubgraph h\nsubgraph g\nend\nend",
         PATH "a -> g (in h) [model/rule] <7:3 the path ends with this connection>"},
    };
    CHECK(cases);
}

static void test_require(void **state) {
    (void)state;
    static const Case cases[] = {
        {"require: a -> c via b", "a --> b --> c", ""},
        {"require: a -> c", "a --> b --> c", ""},
        {"require: a -> c via b", "b --> c\na", "4:16 no path from \"a\" to \"c\" [model/rule]"},
        {"require: a -> c", "c --> b --> a",
         "4:16 no path from \"a\" to \"c\" [model/rule] "
         "(there is one the other way: c -> b -> a)"},
        {"require: a -> c via b", "a --> b --> c\na --> x --> c",
         "4:16 a path avoids \"b\": a -> x -> c [model/rule] "
         "<8:9 this connection goes around it>"},
        /* The connection that joins what lies behind, although the path goes on. */
        {"require: a -> d via b", "a --> b --> c --> d\na --> x --> c",
         "4:16 a path avoids \"b\": a -> x -> c -> d [model/rule] "
         "<8:9 this connection goes around it>"},
        /* Several names: all of the left to all of the right, through one of the passages. */
        {"require: a, x -> c, d via b", "a --> b --> c --> d\nx --> b", ""},
        {"require: a, x -> c via b", "a --> b --> c\nx",
         "4:16 no path from \"x\" to \"c\" [model/rule]"},
        {"require: a -> c via b, x", "a --> b --> c\na --> x --> c", ""},
        {"require: a -> c via b, x", "a --> b --> c\na --> x --> c\na --> c",
         "4:16 a path avoids \"b\", \"x\": a -> c [model/rule] "
         "<9:3 this connection goes around it>"},
        {"require: a -> c via g", "a --> b --> c\na --> x --> c\nsubgraph g\nb\nx\nend", ""},
        {"require: a -> g via b", "a --> b --> c\nsubgraph g\nc\nd\nend", ""},
        /* An edge to a group that holds the passage reaches the others in it as well. */
        {"require: a -> c via b", "a --> g\nsubgraph g\nb\nx\nend\nb --> c\nx --> c",
         "4:16 a path avoids \"b\": a -> x (in g) -> c [model/rule] "
         "<13:3 this connection goes around it>"},
        {"require: a -> b via a", "a --> b",
         "4:27 what stands behind \"via\" must lie between both sides of the rule [model/rule] "
         "(name what all paths pass on their way)"},
    };
    CHECK(cases);
}

static void test_contain(void **state) {
    (void)state;
    static const Case cases[] = {
        {"contain: g = [a, h, b]", "subgraph g\na\nsubgraph h\nb\nend\nend", ""},
        {"contain: g = b", "subgraph g\na\nend\nb",
         "4:20 \"b\" does not lie in \"g\" [model/rule] (it lies in no group) "
         "<10:1 it stands here>"},
        {"contain: h = [b, a]", "subgraph g\na\nsubgraph h\nb\nend\nend",
         "4:24 \"a\" does not lie in \"h\" [model/rule] (it lies in \"g\") <8:1 it stands here>"},
        {"contain: g = g", "subgraph g\na\nend",
         "4:20 \"g\" does not lie in \"g\" [model/rule] (it lies in no group) "
         "<7:10 it stands here>"},
        {"contain: a = b", "a --> b",
         "4:16 \"a\" is a node, not a group [model/rule] "
         "(write a rule like \"contain: vpc = [app, database]\")"},
        {"contain: g, h = a", "subgraph g\na\nend\nsubgraph h\nb\nend",
         "4:19 expected one group [model/rule] "
         "(write a rule like \"contain: vpc = [app, database]\")"},
    };
    CHECK(cases);
}

static void test_only(void **state) {
    (void)state;
    static const Case cases[] = {
        {"only: a, b -> c", "x --> a --> c\nb --> c", ""},
        {"only: a -> c", "a --> c\nb --> c",
         "4:13 \"c\" is reached from elsewhere: b -> c [model/rule] <8:3 by this connection>"},
        {"only: a -> c", "b --> c\nc --- d\nc --> e\nx <--> c\na",
         "4:13 \"c\" is reached from elsewhere: b -> c [model/rule] (and by 2 more connections) "
         "<7:3 by this connection>"},
        {"only: a -> c", "c ~~~ b\nb ~~~ c\na", ""},
        /* Edges inside of a group that is the target do not come from elsewhere. */
        {"only: a -> g", "a --> c\nsubgraph g\nc --> d\nend", ""},
        {"only: a -> c, d", "a --> c --> d",
         "4:13 \"d\" is reached from elsewhere: c -> d [model/rule] <7:9 by this connection>"},
        {"only: g -> c", "subgraph g\na --> c\nend\nb", ""},
        {"only: a -> c", "b --> g\na\nsubgraph g\nc\nend",
         "4:13 \"c\" is reached from elsewhere: b -> g [model/rule] <7:3 by this connection>"},
        {"only: a -> c", "g --> c\nsubgraph g\na\nb\nend",
         "4:13 \"c\" is reached from elsewhere: g -> c [model/rule] <7:3 by this connection>"},
        {"only: a, b -> c", "g --> c\nsubgraph g\na\nb\nend", ""},
        {"only: a -> c", "g --> c\nsubgraph g\nend\na",
         "4:13 \"c\" is reached from elsewhere: g -> c [model/rule] <7:3 by this connection>"},
    };
    CHECK(cases);
}

#define FORBID  " (write a rule like \"forbid: internet -> database\")"
#define REQUIRE " (write a rule like \"require: browser -> app via proxy\")"

static void test_text_of_rules(void **state) {
    (void)state;
    static const Case cases[] = {
        {"forbid:a -> b", "a\nb",
         "4:7 expected a rule such as `forbid: a -> b`, found text "
         "[data/schema]"},
        {"forbid: b->a", "a-->b", ""},
        {"forbid: node-x -> node.y", "node.y --> node-x", ""},
        {"forbid: '\"b\" -> \"a\"'", "a --> b", ""},
        {"forbid: '\"the -> c\" -> a'", "a", "4:17 no node or group \"the -> c\" [model/unknown]"},
        {"forbid:", "a", "4:14 expected the name of a node or group [model/rule]" FORBID},
        {"forbid: a", "a", "4:16 expected \"->\" [model/rule]" FORBID},
        {"forbid: a => b", "a --> b", "4:17 expected \"->\" [model/rule]" FORBID},
        {"forbid: a ->", "a", "4:19 expected the name of a node or group [model/rule]" FORBID},
        {"forbid: a -> [a, b", "a --> b", "4:25 expected \",\" or \"]\" [model/rule]" FORBID},
        {"forbid: a -> b c", "a --> b",
         "4:22 expected \",\" or the end of the rule [model/rule]" FORBID},
        {"forbid: a -> b via a", "a --> b",
         "4:22 expected the end of the rule [model/rule]" FORBID},
        {"require: a -> b trough a", "a --> b",
         "4:23 expected \",\", \"via\" or the end of the rule [model/rule]" REQUIRE},
        {"require: a -> b via", "a --> b",
         "4:23 expected \",\", \"via\" or the end of the rule [model/rule]" REQUIRE},
        {"forbid: '\"a -> b'", "a --> b", "4:17 expected a closing quote [model/rule]" FORBID},
        {"contain: a -> b", "a --> b",
         "4:18 expected \"=\" [model/rule] (write a rule like \"contain: vpc = [app, database]\")"},
        {"only: a = b", "a --> b",
         "4:15 expected \"->\" [model/rule] (write a rule like \"only: app, backup -> database\")"},
        {"forbid: internet -> grafna", "internet\ngrafana",
         "4:27 no node or group \"grafna\" [model/unknown] (did you mean \"grafana\"?)"},
        {"require: a -> b via proxi", "a --> b\nsubgraph proxy\nc\nend",
         "4:27 no node or group \"proxi\" [model/unknown] (did you mean \"proxy\"?)"},
        {"forbid: [a]", "a", "4:15 expected text such as `a -> b`, found a list [data/schema]"},
        {"forbd: a -> b", "a\nb",
         "4:7 unknown key \"forbd\" [data/schema] (did you mean \"forbid\"?)"},
        {"forbid: a -> b\n      only: a -> b", "a\nb",
         "5:7 a second rule in one item [data/schema] "
         "(begin it with \"- \" on a line of its own)"},
    };
    CHECK(cases);
}

/* Long paths and names are cut in the message. */
static void test_long_paths(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf body = buf_new(arena);
    buf_add_text(&body, "n0");
    for (int i = 1; i <= 40; i++)
        buf_add_format(&body, " --> n%d", i);
    Str found = prove("forbid: n0 -> n40", str_cstr(arena, buf_str(&body)), arena);
    Str start = STR("4:15 a forbidden path exists: n0 -> n1 -> n2 -> n3 -> n4 -> n5 -> ... 29 more "
                    "... -> n35 -> n36 -> n37 -> n38 -> n39 -> n40 [model/rule]");
    assert_true(str_starts_with(found, start));
    Buf name = buf_new(arena);
    for (int i = 0; i < 40; i++)
        buf_add_text(&name, "\xc3\xa4");
    Str rule = str_format(arena, "forbid: a -> %.*s", STR_FMT(buf_str(&name)));
    Str edge = str_format(arena, "a --> %.*s", STR_FMT(buf_str(&name)));
    found = prove(rule.data, edge.data, arena);
    Str cut = str_format(arena, "4:15 a forbidden path exists: a -> %.*s... [model/rule]", 60,
                         str_cstr(arena, buf_str(&name)));
    assert_true(str_starts_with(found, cut));
    arena_free(arena);
}

/* Of the processor: a clock on the wall tells how busy the machine is. */
static double seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

/* As many rules, names, nodes and edges as there may be, and more: bounded time, bounded output. */
static void test_limits(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    for (uint32_t i = 0; i < LIMIT_DIAGRAM_NODES; i++) {
        Span nowhere = {0};
        graph_intern(graph, arena, str_format(arena, "n%u", i), nowhere);
        for (uint32_t k = 1; k <= 4 && k <= i; k++)
            graph_add_edge(graph, arena, (EdgeEnd){false, i - k}, (EdgeEnd){false, i}, nowhere);
    }
    for (size_t i = 0; i < graph->edge_count; i++)
        graph->edges[i].end = HEAD_ARROW;
    Buf names = buf_new(arena);
    for (size_t i = 0; i < LIMIT_RULE_NAMES; i++)
        buf_add_format(&names, "%sn%zu", i ? ", " : "", i);
    graph->rule_count = LIMIT_RULES + 2;
    graph->rules = ARENA_ARRAY(arena, RuleRow, graph->rule_count);
    Str text = str_format(arena, "%.*s -> n4999, n4998 via n2500", STR_FMT(buf_str(&names)));
    for (size_t i = 0; i < graph->rule_count; i++)
        graph->rules[i] = (RuleRow){STR("require"), text, {0}};
    Diags *diags = diags_new(arena);
    double start = seconds();
    rules_check(graph, arena, diags);
    assert_true(seconds() - start < time_limit(20));
    assert_int_equal(diags_count(diags), 2 * LIMIT_RULES + 1);
    const Diag *last = diags_get(diags, diags_count(diags) - 1);
    assert_string_equal(last->message.data, "a diagram may have 100 rules; the rest is not proved");

    graph->rule_count = 1;
    graph->rules[0].text = str_format(arena, "%.*s, n40 -> n4999", STR_FMT(buf_str(&names)));
    diags = diags_new(arena);
    rules_check(graph, arena, diags);
    assert_string_equal(str_cstr(arena, findings_text(diags, arena)),
                        "0:0 a rule may have 32 names on each side [diagram/limit] (put the nodes "
                        "into a group and name that)");
    arena_free(arena);
}

/* Whatever bytes a rule holds, it is read to an end. */
static void test_any_bytes(void **state) {
    (void)state;
    static const char letters[] = "ab ->,[]=\"via\xc3\xff\n";
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        Arena *arena = arena_new();
        Graph *graph = graph_new(arena);
        Span nowhere = {0};
        NodeId a = graph_intern(graph, arena, STR("a"), nowhere);
        NodeId b = graph_intern(graph, arena, STR("b"), nowhere);
        graph_add_edge(graph, arena, (EdgeEnd){false, a}, (EdgeEnd){false, b}, nowhere);
        char text[24];
        size_t size = 0;
        for (; size < sizeof text; size++) {
            seed = seed * 1664525u + 1013904223u;
            text[size] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        static const Str kinds[] = {{"forbid", 6}, {"require", 7}, {"contain", 7}, {"only", 4}};
        RuleRow row = {kinds[seed >> 30], {text, size}, nowhere};
        graph->rules = &row;
        graph->rule_count = 1;
        rules_check(graph, arena, diags_new(arena));
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forbid),     cmocka_unit_test(test_groups),
        cmocka_unit_test(test_require),    cmocka_unit_test(test_contain),
        cmocka_unit_test(test_only),       cmocka_unit_test(test_text_of_rules),
        cmocka_unit_test(test_long_paths), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
