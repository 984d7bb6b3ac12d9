/* What authors are told about their flowcharts, word for word. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/diagram/syntax/flow_dump.h"

#include <cmocka.h>

typedef struct FindingCase {
    const char *text, *expected;
} FindingCase;

static void check(const FindingCase *cases, size_t count) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Diags *diags = diags_new(arena);
        Buf buf = buf_new(arena);
        bool ok, has_error = false;
        syntax_parse_flow(source_new(arena, STR("a.mmd"), str_from(cases[i].text)), arena, diags,
                          &ok);
        for (size_t k = 0; k < diags_count(diags); k++)
            has_error |= diags_get(diags, k)->rule == DIAG_DIAGRAM_SYNTAX;
        dump_findings(&buf, diags, DIAG_NOTE);
        assert_string_equal(str_cstr(arena, buf_str(&buf)), cases[i].expected);
        assert_int_equal(ok, !has_error);
        arena_reset(arena);
    }
    arena_free(arena);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void test_labels(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "A[text (more)]\n",
         "2:8+1 diagram/syntax: \"(\" in a label without quotes\n"
         "    put the text in double quotes\n"},
        {"graph TD\n"
         "A[text {x}] --> B\n",
         "2:8+1 diagram/syntax: \"{\" in a label without quotes\n"
         "    put the text in double quotes\n"},
        {"graph TD\n"
         "A[see \"x\" there]\n",
         "2:8+1 diagram/syntax: a quote in the middle of a label\n"
         "    put the whole text in double quotes, and write #quot; for a quote in it\n"},
        {"graph TD\n"
         "A[\"say \"hi\" now\"]\n",
         "2:13+3 diagram/syntax: a quote in the middle of a label\n"
         "    put the whole text in double quotes, and write #quot; for a quote in it\n"},
        {"graph TD\n"
         "A[unclosed\n"
         "B --> C\n",
         "2:2+1 diagram/syntax: \"[\" is not closed\n"
         "    end the label with \"]\"\n"},
        {"graph TD\n"
         "A[\"x]\n"
         "B\n",
         "2:2+1 diagram/syntax: the quoted text behind \"[\" has no end\n"
         "    close it with a double quote; inside write #quot; for one\n"},
        {"graph TD\n"
         "B[]\n",
         "2:3+1 diagram/syntax: a label needs a text before \"]\"\n"
         "    write \" \" for an empty one\n"},
        {"graph TD\n"
         "A[\"\"]\n",
         "2:5+1 diagram/syntax: a label needs a text before \"]\"\n"
         "    write \" \" for an empty one\n"},
        {"graph TD\n"
         "A -->|| B\n",
         "2:7+1 diagram/syntax: a label needs a text before \"|\"\n"
         "    write \" \" for an empty one\n"},
        {"graph TD\n"
         "A -->|x(y)| B\n",
         "2:8+1 diagram/syntax: \"(\" in a label without quotes\n"
         "    put the text in double quotes\n"},
        {"graph TD\n"
         "A[me@x.com]\n",
         "2:5+1 diagram/syntax: \"@\" in an id or in a label without quotes\n"
         "    put the text in double quotes\n"},
        {"graph TD\n"
         "A(x]\n",
         "2:4+1 diagram/syntax: \"]\" does not close \"(\"\n"
         "    end the label with \")\", or put its text in double quotes\n"},
        {"graph TD\n"
         "A((x)\n",
         "2:2+2 diagram/syntax: \"((\" is not closed\n"
         "    end the label with \"))\"\n"},
        {"graph TD\n"
         "B[(x]\n",
         "2:5+1 diagram/syntax: \"]\" does not close \"[(\"\n"
         "    end the label with \")]\", or put its text in double quotes\n"},
        {"graph TD\n"
         "C[x]]\n",
         "2:4+2 diagram/syntax: \"]]\" does not close \"[\"\n"
         "    end the label with \"]\", or put its text in double quotes\n"},
        {"graph TD\n"
         "A[/path]\n",
         "2:8+1 diagram/syntax: a slanted shape does not end with \"]\"\n"
         "    for a text that begins with a slash write [\"/...\"]\n"},
        {"graph TD\n"
         "A[x]y --> B\n",
         "2:5+1 diagram/syntax: text behind the end of a label: \"y\"\n"
         "    put the whole text in double quotes\n"},
        {"graph TD\n"
         "A [x]\n",
         "2:3+1 diagram/syntax: \"[\" does not follow its id at once\n"
         "    write the label without a space before it: id[\"...\"]\n"},
        {"graph TD\n"
         "\"text\" --> B\n",
         "2:2+4 diagram/syntax: a text without an id\n"
         "    write id[\"text\"]\n"},
        {"graph TD\n"
         "A{x} --> B{y\n",
         "2:11+1 diagram/syntax: \"{\" is not closed\n"
         "    end the label with \"}\"\n"},
        {"graph TD\n"
         "A[[[[x]\n",
         "2:4+2 diagram/syntax: \"[[\" in a label without quotes\n"
         "    put the text in double quotes\n"},
    };
    CHECK(cases);
}

static void test_links(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "A -->\n",
         "2:6+1 diagram/syntax: a node is missing here\n"
         "    write an id behind the link\n"},
        {"graph TD\n"
         "A --> B & C &\n",
         "2:14+1 diagram/syntax: a node is missing here\n"
         "    write an id behind the link\n"},
        {"graph TD\n"
         "A & --> C\n",
         "2:5+3 diagram/syntax: a link \"-->\" without a node before it\n"
         "    write an id before the link\n"},
        {"graph TD\n"
         "A ->B\n",
         "2:3+2 diagram/syntax: \"->\" is no link\n"
         "    write -->\n"},
        {"graph TD\n"
         "A => B\n",
         "2:3+2 diagram/syntax: \"=>\" is no link\n"
         "    write ==>\n"},
        {"graph TD\n"
         "A > B\n",
         "2:3+2 diagram/syntax: \">\" is no link\n"
         "    write -->\n"},
        {"graph TD\n"
         "A || B\n",
         "2:3+1 diagram/syntax: a text between pipes without a link before it\n"
         "    write A -->|text| B\n"},
        {"graph TD\n"
         "A -- a -- b --> C\n",
         "2:8+1 diagram/syntax: \"-\" in the text of a link\n"
         "    write A -- text --> B, or A -->|text| B\n"},
        {"graph TD\n"
         "A -- text B\n"
         "C\n",
         "2:3+2 diagram/syntax: the text behind \"--\" has no end\n"
         "    write A -- text --> B, or A -->|text| B\n"},
        {"graph TD\n"
         "A-.text->B\n",
         "2:2+2 diagram/syntax: the text behind \"-.\" has no end\n"
         "    write A -. text .-> B, or A -->|text| B\n"},
        {"graph TD\n"
         "A == a=b ==> B\n",
         "2:7+1 diagram/syntax: \"=\" in the text of a link\n"
         "    write A == text ==> B, or A -->|text| B\n"},
        {"graph TD\n"
         "x--> B\n",
         "2:1+4 diagram/syntax: a link \"x-->\" without a node before it\n"
         "    put a space between the id \"x\" and the link\n"},
        {"graph TD\n"
         "A-->B C-->D\n",
         "2:7+1 diagram/syntax: \"C\" follows a node without a link between them\n"
         "    write --> between them, or begin a new line\n"},
        {"graph TD\n"
         "A B\n",
         "2:3+1 diagram/syntax: \"B\" follows a node without a link between them\n"
         "    write --> between them, or begin a new line\n"},
        {"graph TD\n"
         "A@{ shape: rect } B\n",
         "2:19+1 diagram/syntax: \"B\" follows a node without a link between them\n"
         "    write --> between them, or begin a new line\n"},
    };
    CHECK(cases);
}

static void test_words(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "A --> B %% note\n",
         "2:9+2 diagram/syntax: a comment must stand on a line of its own\n"
         "    move it to the line above\n"},
        {"graph TD\n"
         "end\n"
         "A-->B\n",
         "2:1+3 diagram/syntax: \"end\" without a subgraph to end\n"
         "    remove it; a node cannot have the id \"end\"\n"},
        {"graph TD\n"
         "subgraph x\n"
         "A-->B\n",
         "2:10+1 diagram/syntax: this subgraph has no end\n"
         "    write \"end\" on a line of its own behind its last node\n"},
        {"graph TD\n"
         "A --> end\n",
         "2:7+3 diagram/syntax: \"end\" is a reserved word and no id\n"
         "    give the node another id and write the word as its label\n"},
        {"graph TD\n"
         "A --> class\n",
         "2:7+5 diagram/syntax: \"class\" is a reserved word and no id\n"
         "    give the node another id and write the word as its label\n"},
        {"graph TD\n"
         "A --> graph\n",
         "2:7+5 diagram/syntax: \"graph\" is a reserved word and no id\n"
         "    give the node another id and write the word as its label\n"},
        {"graph TD\n"
         "end-user --> B\n",
         "2:1+8 diagram/syntax: \"end-user\" begins with the reserved word \"end\"\n"
         "    give the node an id that begins with another word\n"},
        {"graph TD\n"
         "😀 --> B\n",
         "2:1+4 diagram/syntax: \"😀\" cannot stand in an id\n"
         "    use letters and digits, and put the text in a label: id[\"...\"]\n"},
        {"graph TD\n"
         "A --> B;C --> D;end\n",
         "2:17+3 diagram/syntax: \"end\" without a subgraph to end\n"
         "    remove it; a node cannot have the id \"end\"\n"},
    };
    CHECK(cases);
}

static void test_header(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph td\n"
         "A-->B\n",
         "1:7+2 diagram/syntax: no direction \"td\"\n"
         "    did you mean \"TD\"?\n"},
        {"graph XX\n"
         "A\n",
         "1:7+2 diagram/syntax: no direction \"XX\"\n"
         "    use TB, BT, LR or RL\n"},
        {"flowchart LR A --> B\n", "1:14+1 diagram/syntax: \"A\" must begin a new line\n"
                                   "    after the direction comes a line end or a semicolon\n"},
        {"Flowchart LR\n"
         "A\n",
         "1:1+9 diagram/syntax: a flowchart begins with \"flowchart\" or \"graph\" and a direction\n"
         "    did you mean \"flowchart\"?\n"},
        {"",
         "1:1+1 diagram/syntax: a flowchart begins with \"flowchart\" or \"graph\" and a direction\n"},
        {"---\n"
         "title: x\n"
         "graph TD\n"
         "A\n",
         "1:1+3 diagram/syntax: front matter that is not closed\n"
         "    write --- on a line of its own behind it, indented as the first\n"},
        {"graph TD\n"
         "%% C4Dynamic\n"
         "A[a C4Container]\n",
         "3:5+11 diagram/syntax: with this word anywhere Mermaid takes the text for a C4 diagram\n"
         "    write it with a space behind C4\n"},
    };
    CHECK(cases);
}

static void test_statements(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "A@{ shape: rct }\n",
         "2:12+3 diagram/syntax: no shape \"rct\"\n"
         "    did you mean \"rect\"?\n"},
        {"graph TD\n"
         "A@{ shape: Rect }\n",
         "2:12+4 diagram/syntax: no shape \"Rect\"\n"
         "    did you mean \"rect\"?\n"},
        {"graph TD\n"
         "A@{ shape: rect\n",
         "2:2+2 diagram/syntax: \"@{\" is not closed\n"
         "    end the label with \"}\"\n"},
        {"graph TD\n"
         "class A, B x\n",
         "2:11+1 diagram/syntax: a space does not fit in a class statement\n"
         "    write class id1,id2 name without spaces among the ids\n"},
        {"graph TD\n"
         "A\n"
         "style A fill:rgb(1,2,3)\n",
         "3:17+1 diagram/syntax: \"(\" does not fit in a style\n"
         "    write style id fill:#fff,stroke:#000 with names or #colours as values\n"},
        {"graph TD\n"
         "linkStyle 0 stroke:red\n"
         "A-->B\n",
         "2:11+1 diagram/syntax: no connection number 0: 0 stand above this line\n"
         "    connections count from 0\n"},
        {"graph TD\n"
         "click A\n",
         "2:8+1 diagram/syntax: a click ends too early\n"
         "    write click id \"page.md\" \"tooltip\"\n"},
        {"graph TD\n"
         "subgraph x (y)\n"
         "A\n"
         "end\n",
         "2:12+1 diagram/syntax: \"(\" does not fit in the subgraph line\n"
         "    write subgraph id[\"Title\"]\n"},
        {"graph TD\n"
         "subgraph\n"
         "A\n"
         "end\n",
         "2:1+8 diagram/syntax: the subgraph line ends too early\n"
         "    write subgraph id[\"Title\"]\n"},
        {"graph TD\n"
         "subgraph a[x]:::c\n"
         "A\n"
         "end\n",
         "2:14+3 diagram/syntax: \":::\" does not fit in the subgraph line\n"
         "    write subgraph id[\"Title\"]\n"},
        {"graph TD\n"
         "classDef x\n",
         "2:11+1 diagram/syntax: a classDef ends too early\n"
         "    write classDef name fill:#fff,stroke:#000 with names or #colours as values\n"},
        {"graph TD\n"
         "style  A fill:#fff\n",
         "2:6+1 diagram/syntax: a space does not fit in a style\n"
         "    write style id fill:#fff,stroke:#000 with names or #colours as values\n"},
        {"graph TD\n"
         "A@{ shape: [rect] } --> B@{ shape: 3 }\n",
         "2:12+6 diagram/syntax: a shape is a name, not a list\n"
         "    write shape: rect\n"
         "2:36+1 diagram/syntax: no shape \"3\"\n"},
        {"graph TD\n"
         "A --> B --> C\n"
         "linkStyle 0,1 stroke:#f00\n"
         "linkStyle 0,2 stroke:#f00\n"
         "linkStyle x stroke:#f00\n",
         "4:13+1 diagram/syntax: no connection number 2: 2 stand above this line\n"
         "    connections count from 0\n"
         "5:11+1 diagram/syntax: \"x\" does not fit in a linkStyle\n"
         "    write linkStyle 0,1 stroke:#000\n"},
        {"graph TD\n"
         "A --> B\n"
         "linkStyle 0 interpolate\n",
         "3:24+1 diagram/syntax: a linkStyle ends too early\n"
         "    write linkStyle 0,1 stroke:#000\n"},
        {"graph TD\n"
         "A -->|fa:fa-car goes| B\n"
         "B --> C[<img src='x.png'> see]\n",
         "2:7+14 diagram/unsupported: \"fa:fa-car\" is left out: icons and images are not drawn\n"
         "3:9+21 diagram/unsupported: \"<img src='x.png'>\" is left out: icons and images are not drawn\n"},
        {"graph TD\n"
         "A o-- text --- B\n",
         "2:3+3 diagram/lost-text: the head at the start of this link differs from the one at its end, so Mermaid drops it\n"
         "    use the same head at both ends, or one at the end only\n"},
        {"graph TD\n"
         "A -->|<b title=\"x| B\n",
         "2:17+4 diagram/syntax: a quote in the middle of a label\n"
         "    put the whole text in double quotes, and write #quot; for a quote in it\n"},
        {"graph TD\n"
         "A --> B\n"
         "linkStyle 0 interpolate ,\n",
         ""},
    };
    CHECK(cases);
}

static void test_several(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "A[a(b)]\n"
         "A --> B\n"
         "C[d{e}]\n"
         "subgraph s\n"
         "end\n"
         "end\n",
         "2:4+1 diagram/syntax: \"(\" in a label without quotes\n"
         "    put the text in double quotes\n"
         "4:4+1 diagram/syntax: \"{\" in a label without quotes\n"
         "    put the text in double quotes\n"
         "7:1+3 diagram/syntax: \"end\" without a subgraph to end\n"
         "    remove it; a node cannot have the id \"end\"\n"},
        {"graph TD\r\n"
         "%% comment\r\n"
         "A --> B\r\n"
         "\r\n"
         "  C[x(y)]\r\n",
         "5:6+1 diagram/syntax: \"(\" in a label without quotes\n"
         "    put the text in double quotes\n"},
        {"---\n"
         "title: x\n"
         "---\n"
         "%%{init: {}}%%\n"
         "graph TD\n"
         "A[\"#quot;\"] --> C[x(y)]\n",
         "6:20+1 diagram/syntax: \"(\" in a label without quotes\n"
         "    put the text in double quotes\n"},
    };
    CHECK(cases);
}

/* One mistake is one finding: what belongs to it, and its end, are no others. */
static void test_one_finding(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"flowchart TD\n"
         "subgraph a {\n"
         "A --> B\n"
         "}\n",
         "2:12+1 diagram/syntax: \"{\" does not fit in the subgraph line\n"
         "    a subgraph has no braces: it ends with \"end\"\n"},
        {"flowchart TD\n"
         "subgraph a[\"one]\n"
         "A --> B\n"
         "end\n"
         "B[\"x\"] --> D\n",
         "5:6+7 diagram/syntax: a quote in the middle of a label\n"
         "    put the whole text in double quotes, and write #quot; for a quote in it\n"},
        {"flowchart TD\n"
         "A[\"one] --> B\n"
         "B --> C[\"x\"]\n",
         "3:12+1 diagram/syntax: a quote in the middle of a label\n"
         "    put the whole text in double quotes, and write #quot; for a quote in it\n"},
        {"flowchart TD\n"
         "A --> B\n"
         "click A\n"
         " B --> C\n",
         "3:8+1 diagram/syntax: a click ends too early\n"
         "    write click id \"page.md\" \"tooltip\"\n"},
        {"flowchart TD\n"
         "A --> B\n"
         "accDescr {\n"
         "a text\n"
         "B --> C\n",
         "4:1+6 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write } where the text ends\n"},
    };
    CHECK(cases);
}

static void test_traps(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "A[set direction TB now] --> B\n",
         "2:1+29 diagram/lost-text: Mermaid takes this whole line for \"direction TB\" and drops the rest\n"
         "    write the word direction in another way\n"},
        {"graph TD\n"
         "direction LR\n"
         "A\n",
         "2:1+12 diagram/lost-text: a direction outside of a subgraph has no effect\n"
         "    write it behind the word flowchart in the first line\n"},
        {"graph TD\n"
         "A --> B\n"
         "x--> C\n",
         "3:1+1 diagram/lost-text: Mermaid takes this \"x\" for a head of a link from the line before, not for a node\n"
         "    put a space between the id and the link\n"},
        {"graph TD\n"
         "A -- No--> B\n",
         "2:7+1 diagram/lost-text: Mermaid takes this \"o\" for a head of the link and not for text\n"
         "    put a space before the link\n"},
        {"graph TD\n"
         "A x-- t --> B\n",
         "2:3+3 diagram/lost-text: the head at the start of this link differs from the one at its end, so Mermaid drops it\n"
         "    use the same head at both ends, or one at the end only\n"},
        {"graph TD\n"
         "%%\n",
         "2:1+2 diagram/lost-text: Mermaid takes \"%%\" alone on a line for a node, not for a comment\n"
         "    write a word behind it, or remove it\n"},
        {"graph TD\n"
         "A---oB\n"
         "A --o B\n",
         "2:5+1 diagram/lost-text: Mermaid takes this \"o\" for a head of the link and not for a letter of the id\n"
         "    put a space before the id\n"},
        {"graph TD\n"
         "A(-x-)\n",
         "2:4+1 diagram/lost-text: Mermaid reads this ellipse but cannot draw it\n"
         "    write ([text]) or ((text))\n"},
        {"graph TD\n"
         "A[\"List<String>\"]\n",
         "2:4+12 diagram/lost-text: Mermaid takes \"<String>\" for an HTML tag and does not show it\n"
         "    write #lt; and #gt; for < and >\n"},
        {"graph TD\n"
         "subgraph s\n"
         "end-user\n",
         "3:1+8 diagram/lost-text: \"end-user\" begins with the reserved word \"end\" and ends the subgraph\n"
         "    give the node an id that begins with another word\n"
         "2:10+1 diagram/empty-group: subgraph \"s\" holds no node\n"},
        {"graph TD\n"
         "A[\"fa:fa-car go\"]\n"
         "click A \"javascript:alert(1)\"\n"
         "click A call f()\n",
         "2:4+12 diagram/unsupported: \"fa:fa-car\" is left out: icons and images are not drawn\n"
         "3:10+19 link/scheme: \"javascript:alert(1)\" is no link to follow\n"
         "    use http, https, mailto, tel or a relative link\n"
         "4:7+1 diagram/unsupported: a click that calls a function is left out: pages work without scripts\n"},
    };
    CHECK(cases);
}

static void test_unknown(void **state) {
    (void)state;
    static const FindingCase cases[] = {
        {"graph TD\n"
         "Node --> B\n"
         "class Nod x\n"
         "style Z fill:#fff\n"
         "click Q \"x\"\n",
         "3:7+3 diagram/unknown-node: no node \"Nod\" to give a class up to here\n"
         "    did you mean \"Node\"?\n"
         "5:7+1 diagram/unknown-node: no node \"Q\" to make a link up to here\n"
         "4:7+1 diagram/unknown-node: only this style speaks of node \"Z\", so a new one is drawn\n"
         "4:7+1 diagram/disconnected: node \"Z\" has no connection\n"},
        {"graph TD\n"
         "A --> B\n"
         "C\n"
         "subgraph s\n"
         "end\n"
         "subgraph t\n"
         "D\n"
         "end\n"
         "t --> A\n",
         "3:1+1 diagram/disconnected: node \"C\" has no connection\n"
         "4:10+1 diagram/empty-group: subgraph \"s\" holds no node\n"},
        {"graph TD\n"
         "A\n"
         "B\n",
         ""},
    };
    CHECK(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),      cmocka_unit_test(test_links),
        cmocka_unit_test(test_words),       cmocka_unit_test(test_header),
        cmocka_unit_test(test_statements),  cmocka_unit_test(test_several),
        cmocka_unit_test(test_one_finding), cmocka_unit_test(test_traps),
        cmocka_unit_test(test_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
