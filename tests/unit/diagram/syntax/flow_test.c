/* What a flowchart means: text in, nodes, edges and groups out. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/diagram/syntax/flow_dump.h"

#include <cmocka.h>

typedef struct FlowCase {
    const char *text, *expected;
} FlowCase;

static void check(const FlowCase *cases, size_t count) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Str found = dump_flow(str_from(cases[i].text), arena);
        assert_string_equal(str_cstr(arena, found), cases[i].expected);
        arena_reset(arena);
    }
    arena_free(arena);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void test_header(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph\n", "TB\n"},
        {"flowchart LR\n"
         "A",
         "LR\n"
         "node A\n"},
        {"graph RL;A;B", "RL\n"
                         "node A\n"
                         "node B\n"},
        {"graph >\n"
         "A",
         "LR\n"
         "node A\n"},
        {"graph <\n", "RL\n"},
        {"graph ^\n", "BT\n"},
        {"graph v\n"
         "A",
         "TB\n"
         "node A\n"},
        {"flowchart-elk TD\n"
         "A",
         "TB\n"
         "node A\n"},
        {"swimlane-beta LR\n"
         "A",
         "LR\n"
         "node A\n"},
        {"graph BT  \n"
         "A",
         "BT\n"
         "node A\n"},
        {"%% c\n"
         "\n"
         "%%{init: {\"theme\": \"dark\"}}%%\n"
         "graph TD\n"
         "A",
         "TB theme dark\n"
         "node A\n"},
        {"graph TD\n"
         "%%{init: {bad json}%%\n"
         "A",
         "TB\n"
         "node A\n"},
    };
    CHECK(cases);
}

static void test_front_matter(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"---\n"
         "title: T\n"
         "config:\n"
         "  theme: base\n"
         "docsgen:\n"
         "  caption: C\n"
         "  legend: {blue: Data, \"-->\": write}\n"
         "  rules:\n"
         "    - forbid: a -> b\n"
         "    - contain: vpc = [a, b]\n"
         "---\n"
         "graph TD\n"
         "a-->b",
         "TB title T theme base caption C | blue=Data | -->=write ! forbid a -> b ! contain vpc = [a, b]\n"
         "node a\n"
         "node b\n"
         "edge a --> b\n"},
        {"  ---\n"
         "  title: indented\n"
         "  ---\n"
         "  graph TD\n"
         "  A",
         "TB title indented\n"
         "node A\n"},
        {"graph TD\n"
         "accTitle: The title\n"
         "accDescr: what it is\n"
         "A",
         "TB title The title descr what it is\n"
         "node A\n"},
        {"---\n"
         "title: first\n"
         "---\n"
         "graph TD\n"
         "accTitle: second\n"
         "accDescr {\n"
         "  two\n"
         "  lines\n"
         "}\n"
         "A",
         "TB title first descr two\\nlines\n"
         "node A\n"},
    };
    CHECK(cases);
}

static void test_shapes(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph TD\n"
         "A[r] --> B(o)\n"
         "C([s]) --> D[[u]]\n"
         "E[(c)] --> F((i))\n"
         "G(((d))) --> H(-e-)\n"
         "I>f] --> J{q}\n"
         "K{{h}} --> L[/r/]\n"
         "M[\\l\\] --> N[/t\\]\n"
         "O[\\i/] --> P[|a:b|t]",
         "TB\n"
         "node A rect \"r\"\n"
         "node B round \"o\"\n"
         "node C stadium \"s\"\n"
         "node D subroutine \"u\"\n"
         "node E cylinder \"c\"\n"
         "node F circle \"i\"\n"
         "node G double-circle \"d\"\n"
         "node H ellipse \"e\"\n"
         "node I flag \"f\"\n"
         "node J diamond \"q\"\n"
         "node K hexagon \"h\"\n"
         "node L lean-right \"r\"\n"
         "node M lean-left \"l\"\n"
         "node N trapezoid \"t\"\n"
         "node O inv-trapezoid \"i\"\n"
         "node P rect \"t\"\n"
         "edge A --> B\n"
         "edge C --> D\n"
         "edge E --> F\n"
         "edge G --> H\n"
         "edge I --> J\n"
         "edge K --> L\n"
         "edge M --> N\n"
         "edge O --> P\n"},
        {"graph TD\n"
         "A@{ shape: cyl, label: \"x y\" } --> B@{ shape: docs }\n"
         "C@{\n"
         "  shape: manual-input\n"
         "  label: \"two\n"
         "    lines\"\n"
         "} & D@{ icon: \"fa:x\" }",
         "TB\n"
         "node A cylinder = cyl *\"x y\"\n"
         "node B documents = docs\n"
         "node C sloped-rect = manual-input *\"two\\nlines\"\n"
         "node D \"\"\n"
         "edge A --> B\n"},
        {"graph TD\n"
         "A[1] --> A\n"
         "A[2]\n"
         "A((3))\n"
         "A",
         "TB\n"
         "node A circle \"3\"\n"
         "edge A --> A\n"},
    };
    CHECK(cases);
}

static void test_labels(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph TD\n"
         "A[\"x (y) [z]\"] --> B[\"`**b** _i_\n"
         " c`\"]\n"
         "C[a<br/>b<br>c\\nd\n"
         "  e   f] --> D[\"#quot;#35;1 &amp; &lt; #9829; &#40x&#41 &unknown; #nope;\"]\n"
         "E[<b>x</b> <font color=\"red\">y</font>] --> F[ ]",
         "TB\n"
         "node A rect \"x (y) [z]\"\n"
         "node B rect *\"**b** _i_\\nc\"\n"
         "node C rect \"a\\nb\\nc\\nd\\ne f\"\n"
         "node D rect \"\"#1 & < ♥ (x) &unknown; #nope;\"\n"
         "node E rect \"x y\"\n"
         "node F rect \"\"\n"
         "edge A --> B\n"
         "edge C --> D\n"
         "edge E --> F\n"},
        {"graph TD\n"
         "A[\"a<br class=\"x\"/>b\"]",
         "TB\n"
         "node A rect \"a\\nb\"\n"},
        {"graph TD\n"
         "A[\"List<String>\"] --> B[\"fa:fa-car go\"] --> C[\"<img src=x> y\"]",
         "TB\n"
         "node A rect \"List<String>\"\n"
         "node B rect \"go\"\n"
         "node C rect \"y\"\n"
         "edge A --> B\n"
         "edge B --> C\n"},
        {"graph TD\n"
         "A[a; b: c # d % e / f]",
         "TB\n"
         "node A rect \"a; b: c # d % e / f\"\n"},
    };
    CHECK(cases);
}

static void test_links(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph TD\n"
         "A --> B\n"
         "A --- B\n"
         "A -.-> B\n"
         "A -.- B\n"
         "A ==> B\n"
         "A === B\n"
         "A ~~~ B\n"
         "A <--> B\n"
         "A x--x B\n"
         "A o--o B\n"
         "A --o B\n"
         "A --x B\n"
         "A ---> B\n"
         "A -..-> B\n"
         "A =====> B\n"
         "A ----------------> B\n"
         "A <-.-> B\n"
         "A <==> B\n"
         "A <--o B",
         "TB\n"
         "node A\n"
         "node B\n"
         "edge A --> B\n"
         "edge A --- B\n"
         "edge A -.-> B\n"
         "edge A -.-- B\n"
         "edge A ==> B\n"
         "edge A ==- B\n"
         "edge A ~~- B\n"
         "edge A <--> B\n"
         "edge A x--x B\n"
         "edge A o--o B\n"
         "edge A --o B\n"
         "edge A --x B\n"
         "edge A --> B length 2\n"
         "edge A -.-> B length 2\n"
         "edge A ==> B length 4\n"
         "edge A --> B length 10\n"
         "edge A <-.-> B\n"
         "edge A <==> B\n"
         "edge A --o B length 2\n"},
        {"graph TD\n"
         "A -- one two --> B\n"
         "A -. dot .-> B\n"
         "A == thick ==> B\n"
         "A -->|pipe| B\n"
         "A ---|\"q (x)\"| B\n"
         "A <-- both --> B\n"
         "A -- \"q\" --- B\n"
         "A --\"`md`\"--> B\n"
         "A -- a-b --> B",
         "TB\n"
         "node A\n"
         "node B\n"
         "edge A --> B \"one two\"\n"
         "edge A -.-> B \"dot\"\n"
         "edge A ==> B \"thick\"\n"
         "edge A --> B \"pipe\"\n"
         "edge A --- B \"q (x)\"\n"
         "edge A <--> B \"both\"\n"
         "edge A --- B \"q\"\n"
         "edge A --> B *\"md\"\n"
         "edge A --> B \"a-b\"\n"},
        {"graph TD\n"
         "A & B --> C & D -->|x| E\n"
         "A&B --> F",
         "TB\n"
         "node A\n"
         "node B\n"
         "node C\n"
         "node D\n"
         "node E\n"
         "node A&B\n"
         "node F\n"
         "edge A --> C\n"
         "edge A --> D\n"
         "edge B --> C\n"
         "edge B --> D\n"
         "edge C --> E \"x\"\n"
         "edge D --> E \"x\"\n"
         "edge A&B --> F\n"},
        {"graph TD\n"
         "A e1@--> B\n"
         "C e2@-- t --> D & E\n"
         "e1@{ animate: true }\n"
         "class e1 fast",
         "TB\n"
         "node A\n"
         "node B\n"
         "node C\n"
         "node D\n"
         "node E\n"
         "edge A --> B id e1 :::fast\n"
         "edge C --> D \"t\" id e2\n"
         "edge C --> E \"t\"\n"},
        {"graph TD\n"
         "A---oB\n"
         "A--- oB\n"
         "Ao--oB",
         "TB\n"
         "node A\n"
         "node B\n"
         "node oB\n"
         "node Ao\n"
         "edge A --o B length 2\n"
         "edge A --- oB\n"
         "edge Ao --o B\n"},
        {"graph TD\n"
         "A\n"
         "-->B\n"
         "  --> C",
         "TB\n"
         "node A\n"
         "node B\n"
         "node C\n"
         "edge A --> B\n"
         "edge B --> C\n"},
        {"graph TD\n"
         "A x-- t --> B\n"
         "A -- No--> B\n"
         "A ==No==> B",
         "TB\n"
         "node A\n"
         "node B\n"
         "edge A --> B \"t\"\n"
         "edge A --> B \"N\" length 2\n"
         "edge A ==> B \"N\"\n"},
        {"graph TD\n"
         "A -- t <--> B\n"
         "A <-- t <--> B",
         "TB\n"
         "node A\n"
         "node B\n"
         "edge A <--> B \"t\"\n"
         "edge A --> B \"t\"\n"},
    };
    CHECK(cases);
}

static void test_groups(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph TD\n"
         "subgraph one\n"
         "A --> B\n"
         "end\n"
         "subgraph two[The two]\n"
         "direction LR\n"
         "C\n"
         "subgraph \"three x\"\n"
         "D\n"
         "end\n"
         "end\n"
         "subgraph four five\n"
         "E\n"
         "end\n"
         "A --> two\n"
         "one --> four",
         "TB\n"
         "node A in one\n"
         "node B in one\n"
         "node C in two\n"
         "node D in subGraph1\n"
         "node E in subGraph3\n"
         "node four\n"
         "edge A --> B\n"
         "edge A --> two (group)\n"
         "edge one --> four (group)\n"
         "group one\n"
         "group two \"The two\" LR\n"
         "group subGraph1 \"three x\" in two\n"
         "group subGraph3 \"four five\"\n"},
        {"graph TD\n"
         "subgraph a\n"
         "X --> Y\n"
         "end\n"
         "subgraph b\n"
         "Y --> Z\n"
         "end\n"
         "X --> W",
         "TB\n"
         "node X in a\n"
         "node Y in a\n"
         "node Z in b\n"
         "node W\n"
         "edge X --> Y\n"
         "edge Y --> Z\n"
         "edge X --> W\n"
         "group a\n"
         "group b\n"},
        {"graph TD\n"
         "subgraph a\n"
         "x --> b\n"
         "end\n"
         "subgraph b\n"
         "y\n"
         "end",
         "TB\n"
         "node x in a\n"
         "node y in b\n"
         "edge x --> b (group)\n"
         "group a\n"
         "group b in a\n"},
        {"graph TD\n"
         "subgraph a\n"
         "x\n"
         "end\n"
         "subgraph b\n"
         "y --> a\n"
         "end",
         "TB\n"
         "node x in a\n"
         "node y in b\n"
         "edge y --> a (group)\n"
         "group b\n"
         "group a in b\n"},
        {"graph TD\n"
         "subgraph a\n"
         "x --> a\n"
         "end",
         "TB\n"
         "node x in a\n"
         "edge x --> a (group)\n"
         "group a\n"},
        {"graph TD\n"
         "subgraph a\n"
         "x --> b\n"
         "end\n"
         "subgraph b\n"
         "y --> a\n"
         "end",
         "TB\n"
         "node x in a\n"
         "node y in b\n"
         "edge x --> b (group)\n"
         "edge y --> a (group)\n"
         "group b\n"
         "group a in b\n"},
        {"graph TD\n"
         "subgraph \"`**m**`\"\n"
         "A\n"
         "end;subgraph x\n"
         "end",
         "TB\n"
         "node A in **m**\n"
         "group **m**\n"
         "group x\n"},
        {"graph TD\n"
         "subgraph s\n"
         "A\n"
         "end\n"
         "style s fill:#fff\n"
         "class s big\n"
         "click s \"u\"\n"
         "s --> B",
         "TB\n"
         "node A in s\n"
         "node B\n"
         "edge s --> B (group)\n"
         "group s :::big {fill:#fff} link u\n"},
    };
    CHECK(cases);
}

static void test_styles(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph TD\n"
         "A:::big --> B\n"
         "classDef big fill:#f9f,stroke:#333,stroke-width:4px;\n"
         "classDef a,b color:red\n"
         "class A,B a\n"
         "style B fill:#fff,stroke-dasharray: 5 5;\n"
         "linkStyle 0 stroke:#f00,stroke-width:2px;\n"
         "linkStyle default interpolate basis stroke:gray",
         "TB\n"
         "class big {fill:#f9f,stroke:#333,stroke-width:4px}\n"
         "class a {color:red}\n"
         "class b {color:red}\n"
         "links {stroke:gray}\n"
         "node A :::big :::a\n"
         "node B :::a {fill:#fff,stroke-dasharray:5 5}\n"
         "edge A --> B {stroke:#f00,stroke-width:2px}\n"},
        {"graph TD\n"
         "A --> B\n"
         "linkStyle 0 interpolate linear\n"
         "classDef c stroke-dasharray:5\\,5,fill:#fff",
         "TB\n"
         "class c {stroke-dasharray:5,5,fill:#fff}\n"
         "node A\n"
         "node B\n"
         "edge A --> B\n"},
        {"graph TD\n"
         "A\n"
         "B\n"
         "C\n"
         "click A \"page.md\" \"Tip\"\n"
         "click B href \"https://x.org/#a\" _blank\n"
         "click C \"javascript:alert(1)\"\n"
         "click A call f(1)\n"
         "click B g \"Tip 2\"",
         "TB\n"
         "node A link page.md tip Tip\n"
         "node B link https://x.org/#a tip Tip 2\n"
         "node C link about:blank\n"},
    };
    CHECK(cases);
}

static void test_ids(void **state) {
    (void)state;
    static const FlowCase cases[] = {
        {"graph TD\n"
         "default --> v\n"
         "end1 --> graphite\n"
         "my-end --> End --> 1a --> キー --> a.b/c:d*e?f",
         "TB\n"
         "node default\n"
         "node v\n"
         "node end1\n"
         "node graphite\n"
         "node my-end\n"
         "node End\n"
         "node 1a\n"
         "node キー\n"
         "node a.b/c:d*e?f\n"
         "edge default --> v\n"
         "edge end1 --> graphite\n"
         "edge my-end --> End\n"
         "edge End --> 1a\n"
         "edge 1a --> キー\n"
         "edge キー --> a.b/c:d*e?f\n"},
        {"graph TD\n"
         "%%\n"
         "A",
         "TB\n"
         "node %%\n"
         "node A\n"},
        {"graph TD\r\n"
         "A\r\n"
         "  %% c\r\n"
         "\r\n"
         "%% d\r\n"
         "-->B\r\n",
         "TB\n"
         "node A\n"
         "node B\n"
         "edge A --> B\n"},
        {"\xEF\xBB\xBF"
         "graph TD\n"
         "\xC2\xA0"
         "A\t-->\xC2\xA0"
         "B",
         "TB\n"
         "node A\n"
         "node B\n"
         "edge A --> B\n"},
        {"graph TD\n"
         "A-->B;;C\n"
         ";D",
         "TB\n"
         "node A\n"
         "node B\n"
         "node C\n"
         "node D\n"
         "edge A --> B\n"},
        {"graph TD\n"
         "A[set direction TB now] --> B\n"
         "C --> D",
         "TB\n"
         "node C\n"
         "node D\n"
         "edge C --> D\n"},
        {"graph TD\n"
         "A@{ shape: rect }   \n"
         "\n"
         "\n"
         "B",
         "TB\n"
         "node A rect = rect\n"
         "node B\n"},
    };
    CHECK(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header), cmocka_unit_test(test_front_matter),
        cmocka_unit_test(test_shapes), cmocka_unit_test(test_labels),
        cmocka_unit_test(test_links),  cmocka_unit_test(test_groups),
        cmocka_unit_test(test_styles), cmocka_unit_test(test_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
