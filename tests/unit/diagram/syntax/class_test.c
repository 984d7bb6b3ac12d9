/* What a class diagram means, and what its author is told: text in, model and findings out. */
#include "base/ban.h"

#include "unit/diagram/syntax/kind_dump.h"

#define CHECK(cases) check_kind(syntax_parse_class, cases, sizeof(cases) / sizeof *(cases))

static void test_relations(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"classDiagram\n"
         "A <|-- B\n"
         "C *-- D\n"
         "E o-- F\n"
         "G --> H\n"
         "I ..> J\n"
         "K ..|> L\n"
         "M -- N\n"
         "O .. P\n"
         "Q <|--|> R\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "node C rect\n"
         "node D rect\n"
         "node E rect\n"
         "node F rect\n"
         "node G rect\n"
         "node H rect\n"
         "node I rect\n"
         "node J rect\n"
         "node K rect\n"
         "node L rect\n"
         "node M rect\n"
         "node N rect\n"
         "node O rect\n"
         "node P rect\n"
         "node Q rect\n"
         "node R rect\n"
         "edge A triangle solid none B\n"
         "edge C diamond-filled solid none D\n"
         "edge E diamond solid none F\n"
         "edge G none solid arrow H\n"
         "edge I none dotted arrow J\n"
         "edge K none dotted triangle L\n"
         "edge M none solid none N\n"
         "edge O none dotted none P\n"
         "edge Q triangle solid triangle R\n"},
        {"classDiagram\n"
         "A \"1\" --> \"0..*\" B : holds\n"
         "A \"x\" -- B\n"
         "A --() Port\n"
         "Port ()-- B\n"
         "A ()--() B\n",
         "TB\n"
         "node A rect\n"
         "node B rect\n"
         "node interface----2 text \"Port\"\n"
         "node interface----3 text \"Port\"\n"
         "edge A 1 none solid arrow 0..* B \"holds\"\n"
         "edge A x none solid none B\n"
         "edge A none solid lollipop interface----2\n"
         "edge interface----3 lollipop solid none B\n"
         "edge A lollipop solid lollipop B\n"},
        {"classDiagram\n"
         "A.B.C --> D-E\n"
         "`an odd name` --> Ünal\n"
         "Square~Shape~ --> A : x\n",
         "TB\n"
         "node A.B.C rect\n"
         "node D-E rect\n"
         "node an odd name rect\n"
         "node Ünal rect\n"
         "node Square rect \"Square<Shape>\"\n"
         "node A rect\n"
         "edge A.B.C none solid arrow D-E\n"
         "edge an odd name none solid arrow Ünal\n"
         "edge Square none solid arrow A \"x\"\n"},
    };
    CHECK(cases);
}

static void test_members(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"classDiagram\n"
         "class A {\n"
         "  <<interface>>\n"
         "  +int size\n"
         "  #go(int a, int b)* bool\n"
         "  -count()$ int\n"
         "  ~Map~K, List~V~~ map\n"
         "  run() void\n"
         "  total$\n"
         "  \"owns these maps\"\n"
         "}\n",
         "TB\n"
         "<<«interface»>> node A rect\n"
         "  1 | +int size\n"
         "  1 | ~Map<K, List<V>> map\n"
         "  1 | total (static)\n"
         "  1 | \"owns these maps\"\n"
         "  2 | #go(int a, int b) : bool (abstract)\n"
         "  2 | -count() : int (static)\n"
         "  2 | run() : void\n"},
        {"classDiagram\n"
         "A : +name\n"
         "A : +run(List~int~ x) List~int~\n"
         "class B[\"A long label\"]\n"
         "class C:::hot { +x\n"
         "}\n"
         "class D <<service>> {\n"
         "}\n"
         "class E {\n"
         "}\n"
         "class F\n"
         "<<enumeration>> F\n",
         "TB\n"
         "node A rect\n"
         "  1 | +name\n"
         "  2 | +run(List<int> x) : List<int>\n"
         "node B rect \"A long label\"\n"
         "node C rect :::hot\n"
         "  1 | +x\n"
         "<<«service»>> node D rect\n"
         "node E rect\n"
         "<<«enumeration»>> node F rect\n"},
    };
    CHECK(cases);
}

static void test_more(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"classDiagram-v2\n"
         "direction RL\n"
         "namespace Outer {\n"
         "  class A\n"
         "  namespace Inner {\n"
         "    class B { +x }\n"
         "  }\n"
         "  note \"inside\"\n"
         "}\n"
         "namespace P.Q[\"Title\"] { class C }\n"
         "A --> B\n",
         "RL\n"
         "node A rect in Outer\n"
         "node B rect in Outer.Inner\n"
         "  1 | +x\n"
         "node note----2 note \"inside\" in Outer :::amber\n"
         "node C rect in P.Q\n"
         "edge A none solid arrow B\n"
         "group Outer\n"
         "group Outer.Inner \"Inner\" in Outer\n"
         "group P\n"
         "group P.Q \"Title\" in P\n"},
        {"classDiagram\n"
         "class A\n"
         "note for A \"one<br/>two\"\n"
         "note \"free\"\n"
         "note for Z \"lost\"\n"
         "accTitle: T\n"
         "accDescr: D\n",
         "TB title T descr D\n"
         "node A rect\n"
         "node note----1 note \"one\\ntwo\" :::amber\n"
         "node note----2 note \"free\" :::amber\n"
         "node note----3 note \"lost\" :::amber\n"
         "edge note----1 none dotted none A\n"
         "5:13+4 diagram/unknown-node: no class \"Z\": the note stands alone\n"},
        {"classDiagram\n"
         "class A\n"
         "class B\n"
         "classDef hot,cold fill:#f00,stroke-width:2px;\n"
         "style A fill:#0f0\n"
         "cssClass \"A,B\" hot\n"
         "click A href \"a.md\" \"Tip\" _blank\n"
         "link B \"b.md\"\n"
         "callback A \"f\"\n"
         "cssClass \"Z\" hot\n",
         "TB\n"
         "class hot {fill:#f00,stroke-width:2px}\n"
         "class cold {fill:#f00,stroke-width:2px}\n"
         "node A rect :::hot {fill:#0f0} link a.md tip Tip\n"
         "node B rect :::hot link b.md\n"
         "10:11+1 diagram/unknown-node: no class \"Z\" up to here\n"},
    };
    CHECK(cases);
}

static void test_errors(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"", "refused\n"
             "1:1+1 diagram/syntax: a class diagram begins with a line \"classDiagram\"\n"},
        {"classDiagram\n", "refused\n"
                           "1:1+12 diagram/syntax: the diagram is empty\n"
                           "    write a line such as: class Name\n"},
        {"classDiagram class A\n",
         "refused\n"
         "1:14+5 diagram/syntax: expected the end of the line behind \"classDiagram\", found \"class\"\n"},
        {"classdiagram\n"
         "class A\n",
         "refused\n"
         "1:1+12 diagram/syntax: a class diagram begins with a line \"classDiagram\"\n"},
        {"classDiagram\n"
         "A -> B\n",
         "refused\n"
         "2:6+1 diagram/syntax: expected a relation such as -- or .., found \"B\"\n"
         "    a relation is written --> or ..>\n"},
        {"classDiagram\n"
         "A --> B : a; b\n",
         "refused\n"
         "2:12+1 diagram/syntax: expected the end of the line, found \";\"\n"
         "    write #59; for a \";\" within a text\n"},
        {"classDiagram\n"
         "A --> B %% no\n"
         "C --> D\n",
         "refused\n"
         "2:7+7 diagram/lost-text: Mermaid reads \"B %% no C\" as one name, without its spaces\n"
         "    put a name with spaces in back quotes\n"
         "3:3+2 diagram/syntax: expected the end of the line, found \"--\"\n"
         "    a comment stands on a line of its own\n"},
        {"classDiagram\n"
         "class A {\n"
         " +x\n",
         "refused\n"
         "2:7+1 diagram/syntax: the braces of this class are not closed\n"
         "    write } on a line of its own behind its last member\n"},
        {"classDiagram\n"
         "class note\n",
         "refused\n"
         "2:7+4 diagram/syntax: expected a name, found \"note\"\n"
         "    \"note\" is reserved: put it in back quotes to use it as a name\n"},
        {"classDiagram\n"
         "link --> A\n",
         "refused\n"
         "2:6+2 diagram/syntax: expected a name, found \"--\"\n"},
        {"classDiagram\n"
         "<<interface>> A\n",
         "refused\n"
         "2:15+1 diagram/syntax: no class with this name up to here\n"
         "    write class A in front\n"},
        {"classDiagram\n"
         "class List<T>\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected the end of the line, found \"<\"\n"
         "    a generic type is written List~T~\n"},
        {"classDiagram\n"
         "class A {\n"
         " go{x}\n"
         "}\n",
         "refused\n"
         "3:4+1 diagram/syntax: expected a member or \"}\", found \"{\"\n"
         "    write #123; and #125; for braces in a member\n"},
        {"classDiagram\n"
         "class A {\n"
         " go)\n"
         "}\n",
         "refused\n"
         "3:1+4 diagram/syntax: a method without \"(\" or without a name\n"
         "    write +name(parameters) type\n"},
        {"classDiagram\n"
         "namespace N {\n"
         "  class A\n"
         "  A --> B\n"
         "}\n",
         "refused\n"
         "4:3+1 diagram/syntax: expected a class, a note or a namespace, found \"A\"\n"
         "    relations and single members stand behind the namespace\n"},
        {"classDiagram\n"
         "namespace N {\n"
         "}\n",
         "refused\n"
         "3:1+1 diagram/syntax: expected a class, a note or a namespace, found \"}\"\n"},
        {"classDiagram\n"
         "class A[\"x\" B\n",
         "refused\n"
         "2:13+1 diagram/syntax: expected \"]\", found \"B\"\n"},
        {"classDiagram\n"
         "note for A\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected a text in double quotes, found the line's end\n"},
        {"classDiagram\n"
         "style A\n",
         "refused\n"
         "2:8+1 diagram/syntax: expected styles such as fill:#fff,stroke:#333, found the line's end\n"},
        {"classDiagram\n"
         "A --> \n",
         "refused\n"
         "2:6+1 diagram/syntax: expected a name, found the line's end\n"},
        {"classDiagram\n"
         "A B C --> --> D\n",
         "refused\n"
         "2:1+5 diagram/lost-text: Mermaid reads \"A B C\" as one name, without its spaces\n"
         "    put a name with spaces in back quotes\n"
         "2:11+2 diagram/syntax: expected a name, found \"--\"\n"},
        {"classDiagram\n"
         "click A\n",
         "refused\n"
         "2:8+1 diagram/syntax: expected href or call, found the line's end\n"},
        {"classDiagram\n"
         "class A:::x {\n"
         "}\n",
         "refused\n"
         "3:1+1 diagram/syntax: expected a member, found \"}\"\n"
         "    remove the braces: behind ::: Mermaid wants a member in them\n"},
        {"classDiagram\n"
         "class A;\n",
         "refused\n"
         "2:8+1 diagram/syntax: expected the end of the line, found \";\"\n"
         "    remove the \";\": a statement ends with its line\n"},
    };
    CHECK(cases);
}

static void test_traps(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"classDiagram\n"
         "Alone\n"
         "class A\n",
         "TB\n"
         "node A rect\n"
         "2:1+5 diagram/lost-text: Mermaid does not draw \"Alone\", which is only named\n"
         "    write class Alone\n"},
        {"classDiagram\n"
         "A --> B : the direction TB counts\n",
         "TB\n"
         "2:1+33 diagram/lost-text: Mermaid takes this whole line for \"direction TB\" and drops the rest\n"
         "    write the word direction in another way\n"},
        {"classDiagram\n"
         "A -- B C\n",
         "TB\n"
         "node A rect\n"
         "node BC rect\n"
         "edge A none solid none BC\n"
         "2:6+3 diagram/lost-text: Mermaid reads \"B C\" as one name, without its spaces\n"
         "    put a name with spaces in back quotes\n"},
        {"classDiagram\n"
         "A : x<thing>y\n",
         "TB\n"
         "node A rect\n"
         "  1 | x<thing>y\n"},
        {"classDiagram\n"
         "class A <<Interface\n",
         "refused\n"
         "2:20+1 diagram/syntax: expected \">>\", found the line's end\n"},
        {"classDiagram\n"
         "class A <<\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected a word, found the line's end\n"},
        {"classDiagram\n"
         "namespace N[x {\n"
         "class A\n"
         "}\n",
         "refused\n"
         "2:13+1 diagram/syntax: expected a text in double quotes, found \"x\"\n"},
        {"classDiagram\n"
         "class A\n"
         "click A call f(1) \"tip\"\n"
         "click B call f() \"tip\"\n",
         "TB\n"
         "node A rect tip tip\n"
         "4:7+1 diagram/unknown-node: no class \"B\" up to here\n"},
        {"classDiagram\n"
         "class A\n"
         "classDef hot fill:#f00,stroke:#333\n"
         "style A fill:#f00, stroke:#000\n",
         "TB\n"
         "class hot {fill:#f00,stroke:#333}\n"
         "node A rect {fill:#f00,stroke:#000}\n"},
        {"classDiagram\n"
         "class A[\"fa:fa-car A\"]\n",
         "TB\n"
         "node A rect\n"
         "2:10+11 diagram/unsupported: \"fa:fa-car\" is left out: icons and images are not drawn\n"},
    };
    CHECK(cases);
}

/* One mistake is one finding: neither what stands in its braces nor their end is a second one. */
static void test_one_finding(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"classDiagram\n"
         "class {\n"
         "  +int a\n"
         "  +run()\n"
         "}\n"
         "class Dog { +bark() }\n"
         "Dog -> Cat\n",
         "refused\n"
         "2:7+1 diagram/syntax: expected a name, found \"{\"\n"
         "    write class Name {\n"
         "7:8+3 diagram/syntax: expected a relation such as -- or .., found \"Cat\"\n"
         "    a relation is written --> or ..>\n"},
        {"classDiagram\n"
         "A --> B {\n"
         "  +int a\n"
         "}\n",
         "refused\n"
         "2:9+1 diagram/syntax: expected the end of the line, found \"{\"\n"
         "    only a class has members in braces: write class Name {\n"},
        {"classDiagram\n"
         "interface Shape {\n"
         "  +area()\n"
         "}\n"
         "Shape {\n"
         "  +x\n"
         "}\n",
         "refused\n"
         "2:17+1 diagram/syntax: expected a relation or \":\", found \"{\"\n"
         "    write class Shape { and, as its first member, <<interface>>\n"
         "5:7+1 diagram/syntax: expected a relation or \":\", found \"{\"\n"
         "    write class Shape {\n"},
        {"classDiagram\n"
         "class A\n"
         "{\n"
         "  +int a\n"
         "}\n",
         "refused\n"
         "3:1+1 diagram/syntax: expected a name, found \"{\"\n"
         "    write it on the line of its class\n"},
        {"classDiagram\n"
         "class A {\n"
         "  +run() {\n"
         "    return 1;\n"
         "  }\n"
         "  +int a\n"
         "}\n",
         "refused\n"
         "3:10+1 diagram/syntax: expected a member or \"}\", found \"{\"\n"
         "    a member has no body: leave out the braces and what is in them\n"},
        {"classDiagram\n"
         "class \"My Class\" {\n"
         "  +int a\n"
         "}\n",
         "refused\n"
         "2:8+8 diagram/syntax: expected a name, found \"My Class\"\n"
         "    put a name with spaces in back quotes, or write A[\"My Class\"]\n"},
        {"classDiagram\n"
         "class A:::hot cold {\n"
         "  +int a\n",
         "refused\n"
         "2:15+4 diagram/syntax: expected the end of the line, found \"cold\"\n"},
        {"classDiagram\n"
         "class A {\n"
         "  +int a\n"
         "}\n"
         "}\n",
         "refused\n"
         "5:1+1 diagram/syntax: expected a name, found \"}\"\n"
         "    remove it: no braces are open here\n"},
        {"classDiagram\n"
         "class A {\n"
         "  +int a\n"
         "};\n",
         "refused\n"
         "4:2+1 diagram/syntax: expected the end of the line, found \";\"\n"
         "    remove the \";\": a statement ends with its line\n"},
        {"classDiagram\n"
         "namespace {\n"
         "  class A\n"
         "  class B {\n"
         "    +int x\n"
         "  }\n"
         "}\n"
         "A -> B\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected a name, found \"{\"\n"
         "    write namespace Name {\n"
         "8:6+1 diagram/syntax: expected a relation such as -- or .., found \"B\"\n"
         "    a relation is written --> or ..>\n"},
        {"classDiagram\n"
         "namespace N\n"
         "  class A { +int x }\n"
         "}\n",
         "refused\n"
         "2:12+1 diagram/syntax: expected \"{\", found the line's end\n"},
        {"classDiagram\n"
         "namespace N {\n"
         "  class {\n"
         "    +int a\n"
         "  }\n"
         "  class B\n"
         "  class }\n"
         "class note\n",
         "refused\n"
         "3:9+1 diagram/syntax: expected a name, found \"{\"\n"
         "    write class Name {\n"
         "7:9+1 diagram/syntax: expected a name, found \"}\"\n"
         "8:7+4 diagram/syntax: expected a name, found \"note\"\n"
         "    \"note\" is reserved: put it in back quotes to use it as a name\n"},
        {"classDiagram\n"
         "namespace N {\n"
         "  A --> B\n"
         "  class C {\n"
         "    +int x\n"
         "  }\n"
         "  C --> B\n"
         "}\n",
         "refused\n"
         "3:3+1 diagram/syntax: expected a class, a note or a namespace, found \"A\"\n"
         "    relations and single members stand behind the namespace\n"},
        {"classDiagram\n"
         "namespace N {\n"
         "  class A {\n"
         "    +int x\n"
         "  class B {\n"
         "    +int y\n"
         "  }\n"
         "  class C:::hot {\n"
         "  }\n"
         "}\n",
         "refused\n"
         "5:11+1 diagram/syntax: expected a member or \"}\", found \"{\"\n"
         "    write } in front of this line: the class above is not closed\n"},
        {"classDiagram\n"
         "namespace N {\n"
         "  class A\n",
         "refused\n"
         "2:11+1 diagram/syntax: the braces of this namespace are not closed\n"
         "    write } on a line of its own behind its last class\n"},
        {"classDiagram\n"
         "class A[\"Label {\n"
         "  +int a\n"
         "}\n"
         "A --> B\n",
         "refused\n"
         "2:9+1 diagram/syntax: no second mark closes the text that begins here\n"
         "    write \" behind the text\n"},
    };
    CHECK(cases);
}

/* A text that nothing closes takes the lines below with it. */
static void test_open_texts(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"classDiagram\n"
         "class A\n"
         "note for A \"a note\n"
         "A --> B\n",
         "TB\n"
         "node A rect\n"
         "node note----1 note \"a note\\nA --> B\" :::amber\n"
         "edge note----1 none dotted none A\n"
         "3:12+7 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write \" where the text ends\n"},
        {"classDiagram\n"
         "class A~T\n"
         "A --> B\n",
         "TB\n"
         "node A rect \"A<T\\nA --> B\\n\\n>\"\n"
         "2:8+2 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write ~ where the text ends\n"},
        {"classDiagram\n"
         "class `A\n"
         "A --> B\n",
         "TB\n"
         "node A\\nA --> B\\n\\n rect \"A\\nA --> B\"\n"
         "2:7+2 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write ` where the text ends\n"},
        {"classDiagram\n"
         "class A\n"
         "accDescr {\n"
         "  a text\n"
         "class B\n",
         "TB descr a text\\nclass B\n"
         "node A rect\n"
         "3:10+1 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write } where the text ends\n"},
    };
    CHECK(cases);
}

static void test_hostile(void **state) {
    (void)state;
    static const KindHostile cases[] = {
        {"classDiagram\n", "class a {\n", 100000, ""},
        {"classDiagram\n", "A --> B\n", 30000, ""},
        {"classDiagram\n", "class A\n", 30000, ""},
        {"classDiagram\n", "direction ", 100000, ""},
        {"classDiagram\n", "\"", 300000, ""},
        {"classDiagram\n", "~", 300000, ""},
        {"classDiagram\n", "`", 300000, ""},
        {"classDiagram\n"
         "A : ",
         "x:", 300000, ""},
        {"classDiagram\n", " \n", 300000, "A"},
        {"classDiagram\n", "%%", 300000, ""},
        {"classDiagram\n", "A.", 200000, ""},
        {"classDiagram\n", "A ", 200000, ""},
        {"classDiagram\n", "namespace a {\n", 100000, ""},
        {"classDiagram\n", "namespace a.b.c.d { class x }\n", 10000, ""},
        {"classDiagram\n", "call ", 100000, ""},
        {"classDiagram\n"
         "A : ",
         "~x", 100000, ""},
        {"classDiagram\n"
         "class A {\n",
         "+f(x)\n", 100000, "}\n"},
        {"classDiagram\n", "{", 100000, ""},
        {"classDiagram\n", "accDescr {", 50000, ""},
    };
    check_hostile(syntax_parse_class, cases, sizeof cases / sizeof *cases);
}

static void test_damaged(void **state) {
    (void)state;
    check_damaged(syntax_parse_class, STR("---\n"
                                          "title: x\n"
                                          "---\n"
                                          "classDiagram\n"
                                          "direction LR\n"
                                          "class A~T~[\"L\"]:::c {\n"
                                          " <<x>>\n"
                                          " +f(a)$ int\n"
                                          " #g*\n"
                                          "}\n"
                                          "A \"1\" <|--* \"n\" B : t\n"
                                          "namespace N.M {\n"
                                          " class C\n"
                                          " note for C \"y\"\n"
                                          "}\n"
                                          "classDef c fill:#fff\n"
                                          "style A fill:#000\n"
                                          "cssClass \"A\" c\n"
                                          "click A href \"u\" \"t\" _self\n"
                                          "note \"z\"\n"
                                          "A : +m\n"
                                          "<<e>> A\n"
                                          "accTitle: t\n"
                                          "accDescr { d }\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relations),  cmocka_unit_test(test_members),
        cmocka_unit_test(test_more),       cmocka_unit_test(test_errors),
        cmocka_unit_test(test_traps),      cmocka_unit_test(test_one_finding),
        cmocka_unit_test(test_open_texts), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
