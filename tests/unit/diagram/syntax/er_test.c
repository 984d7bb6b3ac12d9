/* What an entity relationship diagram means, and what its author is told: text in, model and
 * findings out. */
#include "base/ban.h"

#include "unit/diagram/syntax/kind_dump.h"

#define CHECK(cases) check_kind(syntax_parse_er, cases, sizeof(cases) / sizeof *(cases))

static void test_relationships(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"erDiagram\n", "TB\n"},
        {"erDiagram\n"
         "A ||--o{ B : has\n"
         "C |o..|{ D : \"may own\"\n"
         "E }|--|| F : \"\"\n"
         "G }o.-o| H : x\n"
         "\"a name\" u--|| 1.5 : y\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "node C rect\n"
         "node D rect\n"
         "node E rect\n"
         "node F rect\n"
         "node G rect\n"
         "node H rect\n"
         "node a name rect\n"
         "node 1.5 rect\n"
         "edge A one solid zero-or-more B \"has\"\n"
         "edge C zero-or-one dotted one-or-more D \"may own\"\n"
         "edge E one-or-more solid one F\n"
         "edge G zero-or-more dotted zero-or-one H \"x\"\n"
         "edge a name one solid one 1.5 \"y\"\n"},
        {"erDiagram\n"
         "A one to many B : a\n"
         "A only one optionally to zero or more B : b\n"
         "A many(1) to one or zero B : c\n"
         "P 1 to 0+ Q : d\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "node P rect\n"
         "node Q rect\n"
         "edge A one solid zero-or-more B \"a\"\n"
         "edge A one dotted zero-or-more B \"b\"\n"
         "edge A one-or-more solid zero-or-one B \"c\"\n"
         "edge P one solid zero-or-more Q \"d\"\n"},
        {"erDiagram\n"
         "A:::hot ||--|| B:::cold,big : x\n"
         "A ||--|| A : self\n",
         "TB\n"
         "node A rect :::hot\n"
         "node B rect :::cold :::big\n"
         "edge A one solid one B \"x\"\n"
         "edge A one solid one A \"self\"\n"},
    };
    CHECK(cases);
}

static void test_entities(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"erDiagram\n"
         "CUSTOMER {\n"
         "  string name\n"
         "  int id PK, FK \"the number\"\n"
         "  varchar(20) code UK\n"
         "  List~int~ all \"x\"\n"
         "  Map~List~int~~ many\n"
         "  text? note\n"
         "  `odd type` `odd name`\n"
         "}\n"
         "EMPTY { }\n"
         "ALONE\n",
         "TB\n"
         "node CUSTOMER rect\n"
         "  0 | string | name\n"
         "  0 | int | id | PK, FK | the number\n"
         "  0 | varchar(20) | code | UK\n"
         "  0 | List<int> | all | x\n"
         "  0 | Map<List<int>> | many\n"
         "  0 | text? | note\n"
         "  0 | odd type | odd name\n"
         "node EMPTY rect\n"
         "node ALONE rect\n"},
        {"erDiagram\n"
         "p[\"A person\"] {\n"
         "  string name\n"
         "}\n"
         "q[Queue]:::hot\n"
         "p ||--o{ q : uses\n",
         "TB\n"
         "node p rect \"A person\"\n"
         "  0 | string | name\n"
         "node q rect \"Queue\" :::hot\n"
         "edge p one solid zero-or-more q \"uses\"\n"},
    };
    CHECK(cases);
}

static void test_more(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"erDiagram\n"
         "direction LR\n"
         "A ||--|| B : x\n"
         "subgraph s [Two words]\n"
         "  direction TB\n"
         "  A\n"
         "  subgraph t\n"
         "    C\n"
         "  end\n"
         "end\n"
         "s ||--|| D : y\n",
         "LR\n"
         "node A rect in s\n"
         "node B rect\n"
         "node C rect in t\n"
         "node D rect\n"
         "edge A one solid one B \"x\"\n"
         "edge s one solid one D \"y\"\n"
         "group s \"Two words\" TB\n"
         "group t in s\n"},
        {"erDiagram\n"
         "A ||--|| B : x\n"
         "classDef hot,cold fill:#f00,stroke:#000\n"
         "class A,B hot\n"
         "style A color:#fff\n"
         "class Z hot\n"
         "accTitle: T\n"
         "accDescr: D\n",
         "TB title T descr D\n"
         "class hot {fill:#f00,stroke:#000}\n"
         "class cold {fill:#f00,stroke:#000}\n"
         "node A rect :::hot {color:#fff}\n"
         "node B rect :::hot\n"
         "edge A one solid one B \"x\"\n"
         "6:7+1 diagram/unknown-node: no entity \"Z\" up to here\n"},
        {"erDiagram\n"
         "A { string Ünïcode_名 }\n"
         "A { string a€ }\n",
         "TB\n"
         "node A rect\n"
         "  0 | string | Ünïcode_名\n"
         "  0 | string | a€\n"},
        {"erDiagram\n"
         "subgraph g\n"
         " A\n"
         "end\n"
         "subgraph h\n"
         " g ||--o{ B : has\n"
         "end\n"
         "style g fill:#f00;\n",
         "TB\n"
         "node A rect in g\n"
         "node B rect in h\n"
         "edge g one solid zero-or-more B \"has\"\n"
         "group g {fill:#f00}\n"
         "group h\n"},
    };
    CHECK(cases);
}

static void test_errors(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"", "refused\n"
             "1:1+1 diagram/syntax: an entity relationship diagram begins with \"erDiagram\"\n"},
        {"erDiagramm\n"
         "A\n",
         "refused\n"
         "1:1+10 diagram/syntax: an entity relationship diagram begins with \"erDiagram\"\n"},
        {"erDiagram\n"
         "A ||--o{ B\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected \":\" and what the relationship means, found the line's end\n"
         "    write CUSTOMER ||--o{ ORDER : places\n"},
        {"erDiagram\n"
         "A -- B : x\n",
         "refused\n"
         "2:3+2 diagram/syntax: expected how many: ||, |o, }| or }o, found \"--\"\n"
         "    write CUSTOMER ||--o{ ORDER : places\n"},
        {"erDiagram\n"
         "A ||--> B : x\n",
         "refused\n"
         "2:7+1 diagram/syntax: expected how many: ||, o|, |{ or o{, found \">\"\n"},
        {"erDiagram\n"
         "A ||--o{ B : two words\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "node words rect\n"
         "edge A one solid zero-or-more B \"two\"\n"
         "2:18+5 diagram/lost-text: Mermaid ends the text at the space and makes an entity \"words\"\n"
         "    put a text of several words in double quotes\n"},
        {"erDiagram\n"
         "A ||--o{ B : \n",
         "refused\n"
         "2:14+1 diagram/syntax: expected what the relationship means, found the line's end\n"
         "    write one word, or a text in double quotes\n"},
        {"erDiagram\n"
         "A {\n"
         "  string\n"
         "}\n",
         "refused\n"
         "4:1+1 diagram/syntax: expected the name of an attribute behind its type, found \"}\"\n"},
        {"erDiagram\n"
         "A {\n"
         "  string PK\n"
         "}\n",
         "refused\n"
         "3:10+2 diagram/syntax: expected the name of an attribute behind its type, found \"PK\"\n"
         "    put it in back quotes to use it as a name\n"},
        {"erDiagram\n"
         "A {\n"
         "  string name\n",
         "refused\n"
         "2:1+1 diagram/syntax: the braces of this entity are not closed\n"
         "    write } on a line of its own behind its last attribute\n"},
        {"erDiagram\n"
         "A {\n"
         "  string name, int x\n"
         "}\n",
         "TB\n"
         "node A rect\n"
         "  0 | string | name,\n"
         "  0 | int | x\n"},
        {"erDiagram\n"
         "A {\n"
         "  string na:me\n"
         "}\n",
         "refused\n"
         "3:12+1 diagram/syntax: expected an attribute such as \"string name\", or \"}\", found \":\"\n"},
        {"erDiagram\n"
         "style ||--|| B : x\n",
         "refused\n"
         "2:7+1 diagram/syntax: expected a name, found \"|\"\n"},
        {"erDiagram\n"
         "\"\" ||--|| B : x\n",
         "refused\n"
         "2:1+2 diagram/syntax: expected the name of an entity, found \"\"\n"
         "    a name in quotes cannot be empty or hold % or \\\n"},
        {"erDiagram\n"
         "A[ ]\n",
         "refused\n"
         "2:4+1 diagram/syntax: expected the name of an entity, found \"]\"\n"},
        {"erDiagram\n"
         "subgraph s\n"
         "A\n",
         "refused\n"
         "2:10+1 diagram/syntax: this subgraph has no end\n"
         "    write \"end\" on a line of its own behind its last entity\n"},
        {"erDiagram\n"
         "end\n",
         "refused\n"
         "2:1+3 diagram/syntax: expected the name of an entity, found \"end\"\n"
         "    remove it: no subgraph is open here; a name \"end\" needs quotes\n"},
        {"erDiagram\n"
         "classDef x\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected styles such as fill:#fff,stroke:#333, found the line's end\n"},
        {"erDiagram\n"
         "A ||--o{ B : has\n"
         "C - D\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "node C rect\n"
         "node - rect\n"
         "node D rect\n"
         "edge A one solid zero-or-more B \"has\"\n"},
        {"erDiagram\n"
         "A {\n"
         "  int id PK FK\n"
         "}\n",
         "refused\n"
         "3:13+2 diagram/syntax: expected an attribute such as \"string name\", or \"}\", found \"FK\"\n"},
        {"erDiagram\n"
         "A }\n",
         "refused\n"
         "2:3+1 diagram/syntax: expected the name of an entity, found \"}\"\n"},
    };
    CHECK(cases);
}

static void test_traps(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"erDiagram\n"
         "A ||--|| B : \"the direction TB\"\n",
         "TB\n"
         "2:1+31 diagram/lost-text: Mermaid takes this whole line for \"direction TB\" and drops the rest\n"
         "    write the word direction in another way\n"},
        {"erDiagram\n"
         "A ||--|| B : \"x<thing>y\"\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "edge A one solid one B \"x<thing>y\"\n"
         "2:14+11 diagram/lost-text: Mermaid takes \"<thing>\" for an HTML tag and does not show it\n"
         "    write #lt; and #gt; for < and >\n"},
    };
    CHECK(cases);
}

/* One mistake is one finding: neither what stands in its braces nor their end is a second one. */
static void test_one_finding(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"erDiagram\n"
         "A\n"
         "{\n"
         "  string a\n"
         "  int b\n"
         "}\n"
         "C ||--|| D\n",
         "refused\n"
         "3:1+1 diagram/syntax: expected the name of an entity, found \"{\"\n"
         "    write it on the line of its entity\n"
         "7:11+1 diagram/syntax: expected \":\" and what the relationship means, found the line's end\n"
         "    write CUSTOMER ||--o{ ORDER : places\n"},
        {"erDiagram\n"
         "A ||--o{ B : has {\n"
         "  string a\n"
         "}\n",
         "refused\n"
         "2:18+1 diagram/syntax: expected the name of an entity, found \"{\"\n"
         "    attributes stand behind a name alone: write NAME {\n"},
        {"erDiagram\n"
         "A {\n"
         "  string a;\n"
         "  int b;\n"
         "}\n",
         "refused\n"
         "3:11+1 diagram/syntax: expected an attribute such as \"string name\", or \"}\", found \";\"\n"
         "    remove it: attributes end without a sign\n"},
        {"erDiagram\n"
         "A {\n"
         "  a: string\n"
         "  b: int\n"
         "}\n",
         "refused\n"
         "3:4+1 diagram/syntax: expected the name of an attribute behind its type, found \":\"\n"
         "    the type comes first: string name\n"},
        {"erDiagram\n"
         "A {\n"
         "  string a\n"
         "B {\n"
         "  int b\n"
         "}\n"
         "C ||--|| D\n",
         "refused\n"
         "4:3+1 diagram/syntax: expected the name of an attribute behind its type, found \"{\"\n"
         "    write } in front of this line: the entity above is open\n"
         "7:11+1 diagram/syntax: expected \":\" and what the relationship means, found the line's end\n"
         "    write CUSTOMER ||--o{ ORDER : places\n"},
        {"erDiagram\n"
         "A {\n"
         "  string a\n"
         "A ||--o{ B : has\n"
         "B ||--|| D\n",
         "refused\n"
         "4:3+1 diagram/syntax: expected the name of an attribute behind its type, found \"|\"\n"
         "    write } in front of this line: the entity above is open\n"
         "5:11+1 diagram/syntax: expected \":\" and what the relationship means, found the line's end\n"
         "    write CUSTOMER ||--o{ ORDER : places\n"},
        {"erDiagram\n"
         "A[\"x {\n"
         "  string a\n"
         "}\n",
         "refused\n"
         "2:3+1 diagram/syntax: expected the name of an entity, found \"\n"
         "    write a second quote behind the name; it cannot hold % or \\\n"},
        {"erDiagram\n"
         "A {\n"
         "  string `a\n"
         "  int b\n"
         "}\n",
         "refused\n"
         "3:10+1 diagram/syntax: no second mark closes the text that begins here\n"
         "    write ` behind the text\n"},
        {"erDiagram\n"
         "A {\n"
         "  string a\n"
         "}\n"
         "}\n",
         "refused\n"
         "5:1+1 diagram/syntax: expected the name of an entity, found \"}\"\n"
         "    remove it: no braces are open here\n"},
        {"erDiagram\n"
         "subgraph\n"
         "  A\n"
         "end\n",
         "refused\n"
         "2:9+1 diagram/syntax: expected the name of an entity, found the line's end\n"},
        {"erDiagram\n"
         "A\n"
         "end\n",
         "refused\n"
         "3:1+3 diagram/syntax: expected the name of an entity, found \"end\"\n"
         "    remove it: no subgraph is open here; a name \"end\" needs quotes\n"},
        {"erDiagram\n"
         "A\n"
         "class A\n"
         "style A\n"
         "classDef hot\n",
         "refused\n"
         "3:8+1 diagram/syntax: expected a name, found the line's end\n"
         "    write class A and the name of a class\n"
         "4:8+1 diagram/syntax: expected styles such as fill:#fff,stroke:#333, found the line's end\n"
         "5:13+1 diagram/syntax: expected styles such as fill:#fff,stroke:#333, found the line's end\n"},
        {"erDiagram\n"
         "A\n"
         "accDescr {\n"
         "  a text\n"
         "B\n",
         "TB descr a text\\nB\n"
         "node A rect\n"
         "3:10+1 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write } where the text ends\n"},
    };
    CHECK(cases);
}

static void test_hostile(void **state) {
    (void)state;
    static const KindHostile cases[] = {
        {"erDiagram\n", "a {\n", 100000, ""},
        {"erDiagram\n", "A ||--|| B : x\n", 30000, ""},
        {"erDiagram\n", "A\n", 30000, ""},
        {"erDiagram\n", "direction ", 100000, ""},
        {"erDiagram\n", "\"", 300000, ""},
        {"erDiagram\n"
         "A {\n",
         "string a\n", 100000, "}\n"},
        {"erDiagram\n"
         "A {\n",
         "a~", 200000,
         "\n"
         "}\n"},
        {"erDiagram\n"
         "A {\n",
         "~ ", 200000,
         "\n"
         "}\n"},
        {"erDiagram\n", " \n", 300000, "A"},
        {"erDiagram\n", "subgraph s\n", 100000, ""},
        {"erDiagram\n",
         "subgraph s\n"
         "end\n",
         3000, ""},
        {"erDiagram\n", "end ", 100000, ""},
        {"erDiagram\n", "A,", 100000, ""},
        {"erDiagram\n", "one or ", 100000, ""},
        {"erDiagram\n"
         "class ",
         "A,", 100000, "A x\n"},
    };
    check_hostile(syntax_parse_er, cases, sizeof cases / sizeof *cases);
}

static void test_damaged(void **state) {
    (void)state;
    check_damaged(syntax_parse_er, STR("---\n"
                                       "title: x\n"
                                       "---\n"
                                       "erDiagram\n"
                                       "direction LR\n"
                                       "A[\"L\"]:::c {\n"
                                       " int id PK, FK \"x\"\n"
                                       " List~T~ `y`\n"
                                       " t? z\n"
                                       "}\n"
                                       "A ||--o{ B : \"t\"\n"
                                       "subgraph s [T]\n"
                                       " C\n"
                                       "end\n"
                                       "classDef c fill:#fff\n"
                                       "class A c\n"
                                       "style A fill:#000\n"
                                       "B 1 to many C : u\n"
                                       "accTitle: t\n"
                                       "accDescr { d }\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relationships), cmocka_unit_test(test_entities),
        cmocka_unit_test(test_more),          cmocka_unit_test(test_errors),
        cmocka_unit_test(test_traps),         cmocka_unit_test(test_one_finding),
        cmocka_unit_test(test_hostile),       cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
