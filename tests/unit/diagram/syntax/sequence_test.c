/* Sequence diagrams as Mermaid 11 reads them. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/diagram/syntax/sequence_dump.h"

#include <cmocka.h>

typedef struct Case {
    const char *text, *expected;
} Case;

static void check(const Case *cases, size_t count) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Str found = dump_sequence(str_from(cases[i].text), arena);
        assert_string_equal(str_cstr(arena, found), cases[i].expected);
        arena_reset(arena);
    }
    arena_free(arena);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void test_messages(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>B: a\n"
         "A->B: b\n"
         "A-->B: c\n"
         "A-->>B: d\n"
         "A-xB: e\n"
         "A--xB: f\n"
         "A-)B: g\n"
         "A--)B: h\n"
         "A<<->>B: i\n"
         "A<<-->>B: j\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: a\n"
         "A none B: b\n"
         "A none dotted B: c\n"
         "A arrow dotted B: d\n"
         "A cross B: e\n"
         "A cross dotted B: f\n"
         "A point B: g\n"
         "A point dotted B: h\n"
         "A both B: i\n"
         "A both dotted B: j\n"},
        {"sequenceDiagram\n"
         "A-|\\B: a\n"
         "A-|/B: b\n"
         "A-\\\\B: c\n"
         "A-//B: d\n"
         "A/|-B: e\n"
         "A\\|-B: f\n"
         "A//-B: g\n"
         "A\\\\-B: h\n",
         "participant A\n"
         "participant B\n"
         "A half-top B: a\n"
         "A half-bottom B: b\n"
         "A stick-top B: c\n"
         "A stick-bottom B: d\n"
         "A half-top-reverse B: e\n"
         "A half-bottom-reverse B: f\n"
         "A stick-top-reverse B: g\n"
         "A stick-bottom-reverse B: h\n"},
        {"sequenceDiagram\n"
         "A--|\\B: a\n"
         "A--|/B: b\n"
         "A--\\\\B: c\n"
         "A--//B: d\n"
         "A/|--B: e\n"
         "A\\|--B: f\n"
         "A//--B: g\n"
         "A\\\\--B: h\n",
         "participant A\n"
         "participant B\n"
         "A half-top dotted B: a\n"
         "A half-bottom dotted B: b\n"
         "A stick-top dotted B: c\n"
         "A stick-bottom dotted B: d\n"
         "A half-top-reverse dotted B: e\n"
         "A half-bottom-reverse dotted B: f\n"
         "A stick-top-reverse dotted B: g\n"
         "A stick-bottom-reverse dotted B: h\n"},
        {"sequenceDiagram\n"
         "A->>()B: a\n"
         "A()->>B: b\n"
         "A()->>()B: c\n",
         "participant A\n"
         "participant B\n"
         "A arrow () B: a\n"
         "A () arrow B: b\n"
         "A () arrow () B: c\n"},
        {"sequenceDiagram\n"
         "A->>+B: a\n"
         "B->>+C: b\n"
         "C-->>-B: c\n"
         "B-->>-A: d\n"
         "A->>+ B: e\n",
         "participant A\n"
         "participant B\n"
         "participant C\n"
         "A arrow B: a\n"
         "activate B\n"
         "B arrow C: b\n"
         "activate C\n"
         "C arrow dotted B: c\n"
         "deactivate C\n"
         "B arrow dotted A: d\n"
         "deactivate B\n"
         "A arrow B: e\n"
         "activate B\n"},
        {"sequenceDiagram\n"
         " A ->> B : hi  \n"
         "\tA->>B:\n"
         "A->>B: a: b, c -> d\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: hi\n"
         "A arrow B\n"
         "A arrow B: a: b, c -> d\n"},
        {"sequenceDiagram\n"
         "A->>B: x; B->>A: y;\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"
         "B arrow A: y\n"},
        {"sequenceDiagram\n"
         "my-service->>other service (v2): call {a} [b] \"c\"\n",
         "participant my-service\n"
         "participant other service (v2)\n"
         "my-service arrow other service (v2): call {a} [b] \"c\"\n"},
        {"sequenceDiagram\n"
         "\"A\"->>B: \"quoted\"\n",
         "participant \"A\"\n"
         "participant B\n"
         "\"A\" arrow B: \"quoted\"\n"},
        {"sequenceDiagram\n"
         "A->>B: a<br/>b<br>c #quot;d#quot; #35;1 #59; &amp\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: a\\nb\\nc \"d\" #1 ; &amp\n"},
        {"sequenceDiagram\n"
         "A->>B: wrap: long\n"
         "A->>B:nowrap: long\n"
         "A->>B: :wrap:x\n"
         "Note over A: nowrap: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: long\n"
         "A arrow B: long nowrap\n"
         "A arrow B: x\n"
         "note over A: x nowrap\n"},
        {"sequenceDiagram\n"
         "A->>B: issue #12 fix\n"
         "A->>B: hi %% c\n"
         "%% comment\n"
         "# comment\n"
         "% comment\n"
         "B->>A: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: issue\n"
         "A arrow B: hi %% c\n"
         "B arrow A: x\n"},
        {"%% c\n"
         "\n"
         "SEQUENCEDIAGRAM\n"
         "A->>B: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"%% c\n"
         "\n"
         "  sequenceDiagram A->>B: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "Ärger->>日本: x\n",
         "participant Ärger\n"
         "participant 日本\n"
         "Ärger arrow 日本: x\n"},
        {"sequenceDiagram\n"
         "A->>B: x\r\n"
         "B->>A: y\r\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"
         "B arrow A: y\n"},
    };
    CHECK(cases);
}

static void test_participants(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "participant A\n"
         "actor B\n"
         "participant C as Long<br/>name\n"
         "actor D as \"D\"\n"
         "C->>A: x\n",
         "participant A\n"
         "actor B\n"
         "participant C \"Long\\nname\"\n"
         "actor D \"\"D\"\"\n"
         "C arrow A: x\n"},
        {"sequenceDiagram\n"
         "PARTICIPANT A AS x\n"
         "Actor B\n",
         "participant A \"x\"\n"
         "actor B\n"},
        {"sequenceDiagram\n"
         "participant A@{ \"type\": \"database\" }\n"
         "participant B@{ type: queue } as The queue\n"
         "actor C@{ \"type\": \"boundary\", \"alias\": \"See\" }\n",
         "database A\n"
         "queue B \"The queue\"\n"
         "boundary C \"See\"\n"},
        {"sequenceDiagram\n"
         "participant A@{\n"
         "  type: control\n"
         "  alias: Con\n"
         "}\n"
         "A->>A: x\n",
         "control A \"Con\"\n"
         "A arrow A: x\n"},
        {"sequenceDiagram\n"
         "participant A@{ type: teapot }\n",
         "participant A\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "actor A\n"
         "actor B as Bee\n"
         "participant B\n",
         "participant A\n"
         "actor B \"Bee\"\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "participant my-db\n"
         "participant end\n"
         "participant a b c\n"
         "participant x as\n",
         "participant my-db\n"
         "participant end\n"
         "participant a b c\n"
         "participant x \"\"\n"},
        {"sequenceDiagram\n"
         "box Aqua Group\n"
         "participant A\n"
         "actor B\n"
         "end\n"
         "box rgb(1, 2, 3) Other one\n"
         "participant C\n"
         "end\n"
         "box Two words\n"
         "participant D\n"
         "end\n"
         "box transparent\n"
         "participant E\n"
         "end\n"
         "box\n"
         "participant F\n"
         "end\n",
         "participant A in \"Group\" Aqua\n"
         "actor B in \"Group\" Aqua\n"
         "participant C in \"Other one\" rgb(1, 2, 3)\n"
         "participant D in \"Two words\"\n"
         "participant E in \"\" transparent\n"
         "participant F in \"\"\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "box G\n"
         "participant A\n"
         "end\n",
         "participant A in \"G\"\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "box one\n"
         "participant A\n"
         "end\n"
         "box two\n"
         "participant A\n"
         "end\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "create participant C as See\n"
         "B->>C: new\n"
         "destroy C\n"
         "C-xB: gone\n",
         "participant A\n"
         "participant B\n"
         "participant C \"See\"\n"
         "A arrow B: x\n"
         "B arrow C created: new\n"
         "C cross B ends C: gone\n"},
        {"sequenceDiagram\n"
         "create actor C\n"
         "A->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "create participant B\n"
         "A->>B: y\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "destroy B\n"
         "A->>A: y\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "destroy B\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "link A: Wiki @ https://w\n"
         "links A: {\"a\": \"b\", \"c\": \"d\"}\n"
         "properties A: {\"x\": 1}\n"
         "details A: x\n"
         "links B: nonsense\n"
         "link B: no\n",
         "participant A link Wiki = https://w link a = b link c = d\n"
         "participant B\n"},
        {"sequenceDiagram\n"
         "participant A:B\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "participant A<b\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "participant\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "participant A,B\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "destroy\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "create A\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "participant A@{}\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "participant A@{ type: [ }\n",
         "refused\n"},
    };
    CHECK(cases);
}

static void test_statements(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "activate B\n"
         "activate B\n"
         "deactivate B\n"
         "deactivate B\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"
         "activate B\n"
         "activate B\n"
         "deactivate B\n"
         "deactivate B\n"},
        {"sequenceDiagram\n"
         "activate A\n"
         "A->>B: x\n",
         "participant A\n"
         "participant B\n"
         "activate A\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "activate Z\n"
         "A->>B: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "deactivate B\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A-->>-B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "Note over A: x\n"
         "note left of A: y\n"
         "NOTE RIGHT OF A: z\n"
         "Note over A,B: w\n"
         "Note over B,A:\n",
         "participant A\n"
         "participant B\n"
         "note over A: x\n"
         "note left A: y\n"
         "note right A: z\n"
         "note over A B: w\n"
         "note over B A\n"},
        {"sequenceDiagram\n"
         "note over A,B,C: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "note left A: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "note left of A,B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "note over A\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "note A: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "loop l\n"
         "A->>B: x\n"
         "end\n"
         "opt o\n"
         "end\n"
         "break b\n"
         "end\n"
         "rect rgb(1,2,3)\n"
         "end\n",
         "participant A\n"
         "participant B\n"
         "open loop: l\n"
         "A arrow B: x\n"
         "close loop\n"
         "open opt: o\n"
         "close opt\n"
         "open break: b\n"
         "close break\n"
         "open rect: rgb(1,2,3)\n"
         "close rect\n"},
        {"sequenceDiagram\n"
         "alt a\n"
         "A->>B: x\n"
         "else b\n"
         "else\n"
         "A->>B: y\n"
         "end\n"
         "par p\n"
         "and q\n"
         "end\n"
         "par_over r\n"
         "and s\n"
         "end\n"
         "critical c\n"
         "option d\n"
         "end\n",
         "participant A\n"
         "participant B\n"
         "open alt: a\n"
         "A arrow B: x\n"
         "part alt: b\n"
         "part alt\n"
         "A arrow B: y\n"
         "close alt\n"
         "open par: p\n"
         "part par: q\n"
         "close par\n"
         "open par: r\n"
         "part par: s\n"
         "close par\n"
         "open critical: c\n"
         "part critical: d\n"
         "close critical\n"},
        {"sequenceDiagram\n"
         "LOOP x\n"
         "ALT y\n"
         "ELSE z\n"
         "END\n"
         "END\n",
         "open loop: x\n"
         "open alt: y\n"
         "part alt: z\n"
         "close alt\n"
         "close loop\n"},
        {"sequenceDiagram\n"
         "loop a; b\n"
         "end\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "loop a # b\n"
         "end\n",
         "open loop: a\n"
         "close loop\n"},
        {"sequenceDiagram\n"
         "loop a\n"
         "A->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "end\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "loop x\n"
         "else y\n"
         "end\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "else x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "opt a\n"
         "and b\n"
         "end\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "autonumber\n"
         "autonumber 10\n"
         "autonumber 10 5\n"
         "autonumber 1.5 .25\n"
         "autonumber off\n",
         "number\n"
         "number 1000 100\n"
         "number 1000 500\n"
         "number 150 25\n"
         "number off\n"},
        {"sequenceDiagram\n"
         "autonumber x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "autonumber \n"
         "A->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "autonumber 2  ",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"
         "number 200 100\n"},
        {"sequenceDiagram\n"
         "title A title\n"
         "accTitle: acc\n"
         "accDescr: d\n"
         "A->>B: x\n",
         "title A title\n"
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "title: Legacy\n",
         "title Legacy\n"},
        {"sequenceDiagram\n"
         "title\n"
         "A->>B: x\n",
         "title A->>B: x\n"},
        {"sequenceDiagram\n"
         "accTitle: only\n"
         "accDescr {\n"
         " many\n"
         " lines\n"
         "}\n",
         "title only\n"},
        {"---\n"
         "title: Front\n"
         "config:\n"
         "  sequence:\n"
         "    showSequenceNumbers: true\n"
         "---\n"
         "sequenceDiagram\n"
         "A->>B: x\n",
         "title Front\n"
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"---\n"
         ": [\n"
         "---\n"
         "sequenceDiagram\n"
         "A->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "(A->>B: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n"
         "A%%B->>C: x\n"
         "A->>B: x\n",
         "participant A\n"
         "participant B\n"
         "A arrow B: x\n"},
        {"sequenceDiagram\n", ""},
    };
    CHECK(cases);
}

static void test_refused(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>B: a; b\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>end: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>Note: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "loop->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>/etc: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A=>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->B->C: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>B,C: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>1 : x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>++B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A()->>+B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "A->>my-xyz: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "end-user->>B: x\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "sequenceDiagram\n",
         "refused\n"},
        {"sequenceDiagram\n"
         "box B\n"
         "A->>B: x\n"
         "end\n",
         "refused\n"},
        {"flowchart\n", "refused\n"},
    };
    CHECK(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_participants),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
