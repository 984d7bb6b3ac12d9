/* What a state diagram means, and what its author is told: text in, model and findings out. */
#include "base/ban.h"

#include "unit/diagram/syntax/kind_dump.h"

#define CHECK(cases) check_kind(syntax_parse_state, cases, sizeof(cases) / sizeof *(cases))

static void test_transitions(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"stateDiagram-v2\n", "TB\n"},
        {"stateDiagram\n"
         "direction LR\n"
         "[*] --> A\n"
         "A --> B : go on\n"
         "B --> [*]\n",
         "LR\n"
         "node root_start start \"\"\n"
         "node A round\n"
         "node B round\n"
         "node root_end stop \"\"\n"
         "edge root_start none solid arrow A\n"
         "edge A none solid arrow B \"go on\"\n"
         "edge B none solid arrow root_end\n"},
        {"stateDiagram-v2\n"
         "A --> A: again\n"
         "A-->B\n"
         "A:::hot --> B:::cold: go\n",
         "TB\n"
         "node A round :::hot\n"
         "node B round :::cold\n"
         "edge A none solid arrow A \"again\"\n"
         "edge A none solid arrow B\n"
         "edge A none solid arrow B \"go\"\n"},
        {"stateDiagram-v2\n"
         "[*] --> A\n"
         "A: first line\n"
         "A: second line\n"
         "state \"A long name\" as B\n"
         "A --> B\n",
         "TB\n"
         "node root_start start \"\"\n"
         "node A round \"first line\"\n"
         "  0 | second line\n"
         "node B round \"A long name\"\n"
         "edge root_start none solid arrow A\n"
         "edge A none solid arrow B\n"},
        {"stateDiagram-v2\n"
         "scale 350 width\n"
         "hide empty description\n"
         "accTitle: T\n"
         "accDescr { some\n"
         "more }\n"
         "A\n",
         "TB title T descr some\\nmore\n"
         "node A round\n"},
        {"stateDiagram-v2\n"
         "A --> B : a::b #59; c<br/>d\n"
         "# gone\n"
         "A --> C %% gone\n",
         "refused\n"
         "2:12+16 diagram/syntax: expected a state, found \"::b #59; c<br/>d\"\n"
         "    write #58; for a \":\" within a text\n"},
    };
    CHECK(cases);
}

static void test_composites(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"stateDiagram-v2\n"
         "[*] --> A\n"
         "state A {\n"
         "  direction LR\n"
         "  [*] --> B\n"
         "  B --> [*]\n"
         "}\n"
         "A --> C\n",
         "TB\n"
         "node root_start start \"\"\n"
         "node A_start start \"\" in A\n"
         "node B round in A\n"
         "node A_end stop \"\" in A\n"
         "node C round\n"
         "edge root_start none solid arrow A\n"
         "edge A_start none solid arrow B\n"
         "edge B none solid arrow A_end\n"
         "edge A none solid arrow C\n"
         "group A LR\n"},
        {"stateDiagram-v2\n"
         "state \"Outer state\" as A {\n"
         "  state B {\n"
         "    C --> D\n"
         "  }\n"
         "}\n",
         "TB\n"
         "node C round in B\n"
         "node D round in B\n"
         "edge C none solid arrow D\n"
         "group A \"Outer state\"\n"
         "group B in A\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "  [*] --> B\n"
         "  --\n"
         "  [*] --> C\n"
         "}\n",
         "TB\n"
         "node divider-id-1_start start \"\" in divider-id-1\n"
         "node B round in divider-id-1\n"
         "node divider-id-2_start start \"\" in divider-id-2\n"
         "node C round in divider-id-2\n"
         "edge divider-id-1_start none solid arrow B\n"
         "edge divider-id-2_start none solid arrow C\n"
         "group A\n"
         "group divider-id-1 \"\" in A\n"
         "group divider-id-2 \"\" in A\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "  B\n"
         "  --\n"
         "}\n",
         "TB\n"
         "node B round in A\n"
         "group A\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "  A --> B\n"
         "}\n"
         "B --> C\n",
         "TB\n"
         "node B round in A\n"
         "node C round\n"
         "edge A none solid arrow B\n"
         "edge B none solid arrow C\n"
         "group A\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "  B --> C\n"
         "}\n"
         "state D {\n"
         "  B --> E\n"
         "}\n",
         "TB\n"
         "node B round in D\n"
         "node C round in A\n"
         "node E round in D\n"
         "edge B none solid arrow C\n"
         "edge B none solid arrow E\n"
         "group A\n"
         "group D\n"},
    };
    CHECK(cases);
}

static void test_special(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"stateDiagram-v2\n"
         "state f <<fork>>\n"
         "state j [[join]]\n"
         "state c <<choice>>\n"
         "f --> j\n"
         "j --> c\n",
         "TB\n"
         "node f bar \"\"\n"
         "node j bar \"\"\n"
         "node c choice \"\"\n"
         "edge f none solid arrow j\n"
         "edge j none solid arrow c\n"},
        {"stateDiagram-v2\n"
         "A --> c\n"
         "state c <<choice>>\n",
         "TB\n"
         "node A round\n"
         "node c choice \"\"\n"
         "edge A none solid arrow c\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "note left of A : one line\n"
         "note right of B\n"
         "  two\n"
         "  lines\n"
         "end note\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "node A----note-0 note \"one line\" :::amber\n"
         "node B----note-1 note \"two\\nlines\" :::amber\n"
         "edge A none solid arrow B\n"
         "edge A----note-0 none dotted none A\n"
         "edge B none dotted none B----note-1\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "classDef hot fill:#f00,color:#fff;\n"
         "class A, B hot\n"
         "style B stroke:#123\n"
         "click A \"a.md\" \"Tip\"\n"
         "click B href \"b.md\"\n"
         "class Z hot\n",
         "TB\n"
         "class hot {fill:#f00,color:#fff}\n"
         "node A round :::hot link a.md tip Tip\n"
         "node B round :::hot {stroke:#123} link b.md\n"
         "edge A none solid arrow B\n"
         "8:7+1 diagram/unknown-node: no state \"Z\"\n"},
    };
    CHECK(cases);
}

static void test_errors(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"", "refused\n"
             "1:1+1 diagram/syntax: a state diagram begins with a line \"stateDiagram-v2\"\n"},
        {"stateDiagram-v2 A --> B\n", "TB\n"
                                      "node A round\n"
                                      "node B round\n"
                                      "edge A none solid arrow B\n"},
        {"stateDiagramm\n"
         "A\n",
         "refused\n"
         "1:1+13 diagram/syntax: a state diagram begins with a line \"stateDiagram-v2\"\n"},
        {"stateDiagram-v2\n"
         "my-state --> B\n",
         "refused\n"
         "2:3+1 diagram/syntax: expected a state, found \"-\"\n"
         "    a state's id cannot hold \"-\": write state \"my-name\" as my_name\n"},
        {"stateDiagram-v2\n"
         "A -> B\n",
         "refused\n"
         "2:3+1 diagram/syntax: expected a state, found \"-\"\n"
         "    a transition is written -->\n"},
        {"stateDiagram-v2\n"
         "\"My state\" --> B\n",
         "refused\n"
         "2:1+10 diagram/syntax: expected a state, found \"My state\"\n"
         "    give it an id first: state \"My state\" as s1\n"},
        {"stateDiagram-v2\n"
         "A --> \n",
         "refused\n"
         "3:1+1 diagram/syntax: expected a state, found the end\n"},
        {"stateDiagram-v2\n"
         "A --> B : a : b\n"
         "C -> D\n",
         "refused\n"
         "3:3+1 diagram/syntax: expected a state, found \"-\"\n"
         "    a transition is written -->\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "B --> C\n",
         "refused\n"
         "2:7+1 diagram/syntax: the braces of this state are not closed\n"
         "    write } on a line of its own behind its last state\n"},
        {"stateDiagram-v2\n"
         "state My State {\n"
         "B\n"
         "}\n",
         "refused\n"
         "2:7+10 diagram/syntax: the name of a state with braces is one word\n"
         "    write state \"a name with spaces\" as an_id {\n"},
        {"stateDiagram-v2\n"
         "A {\n"
         "B\n"
         "}\n",
         "refused\n"
         "2:3+1 diagram/syntax: expected a state, found \"{\"\n"
         "    write \"state\" in front of the name of a composite state\n"},
        {"stateDiagram-v2\n"
         "default --> A\n",
         "refused\n"
         "2:1+7 diagram/syntax: expected a state, found \"default\"\n"
         "    \"default\" is reserved: give the state another id\n"},
        {"stateDiagram-v2\n"
         "state \"x\" B\n",
         "refused\n"
         "2:11+1 diagram/syntax: expected \"as\" and an id behind the quotes, found \"B\"\n"
         "    write state \"x\" as s1\n"},
        {"stateDiagram-v2\n"
         "note A : x\n",
         "refused\n"
         "2:6+1 diagram/syntax: expected \"left of\" or \"right of\" and a state, found \"A\"\n"
         "    write note right of A : text\n"},
        {"stateDiagram-v2\n"
         "note right of A\n"
         "  text\n",
         "refused\n"
         "2:16+1 diagram/syntax: expected a text, found the line's end\n"
         "    write \": text\", or lines of text and then \"end note\"\n"},
        {"stateDiagram-v2\n"
         "classDef default fill:#fff\n",
         "refused\n"
         "2:10+7 diagram/syntax: expected the name of a class, found \"default\"\n"
         "    state diagrams have no default class: give the class a name\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "B\n"
         "}\n"
         "A : one\n"
         "A : two\n",
         "refused\n"
         "6:3+5 diagram/syntax: the composite state \"A\" has two texts\n"
         "    keep one of them: it is the title\n"},
        {"stateDiagram-v2\n"
         "click A\n",
         "refused\n"
         "2:8+1 diagram/syntax: expected an address in quotes, found the line's end\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "  x -> y\n"
         "  z -> y\n"
         "}\n",
         "refused\n"
         "3:5+1 diagram/syntax: expected a state, found \"-\"\n"
         "    a transition is written -->\n"
         "4:5+1 diagram/syntax: expected a state, found \"-\"\n"
         "    a transition is written -->\n"},
        {"---\n"
         "a\n"
         "stateDiagram\n",
         "refused\n"
         "1:1+3 diagram/syntax: front matter that is not closed\n"
         "    write --- on a line of its own behind it, indented as the first\n"},
    };
    CHECK(cases);
}

static void test_traps(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"stateDiagram-v2\n"
         "My Step --> B\n",
         "TB\n"
         "node My round\n"
         "node Step round\n"
         "node B round\n"
         "edge Step none solid arrow B\n"
         "2:1+2 diagram/lost-text: Mermaid makes a state of each word: \"My\" stands alone\n"
         "    write state \"a name with spaces\" as an_id\n"},
        {"stateDiagram-v2\n"
         "My State --> B\n",
         "TB\n"
         "node My round\n"
         "2:10+3 diagram/lost-text: Mermaid reads the word in front as the keyword \"state\" and loses this transition\n"
         "    give the state an id other than \"state\"\n"},
        {"stateDiagram-v2\n"
         "A --> B : a; b\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "node ; round\n"
         "node b round\n"
         "edge A none solid arrow B \"a\"\n"
         "2:12+1 diagram/lost-text: Mermaid ends the text at \";\" and makes states of what follows\n"
         "    write #59; for a \";\" within a text\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "}\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "node } round\n"
         "edge A none solid arrow B\n"
         "3:1+1 diagram/lost-text: no state is open here, so Mermaid makes a state called \"}\"\n"
         "    remove it, or open the state with {\n"},
        {"stateDiagram-v2\n"
         "state A\n",
         "TB\n"
         "2:7+1 diagram/lost-text: Mermaid does not draw \"A\", which is declared and never used\n"
         "    leave out the word \"state\" to have it drawn\n"},
        {"stateDiagram-v2\n"
         "state A\n"
         "A --> B\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"},
        {"stateDiagram-v2\n"
         "note \"floating\" as N\n",
         "TB\n"
         "2:7+8 diagram/lost-text: Mermaid does not draw a floating note\n"
         "    write note right of a_state : text\n"},
        {"stateDiagram-v2\n"
         "A --> B : set direction LR now\n",
         "LR\n"
         "2:1+30 diagram/lost-text: Mermaid takes this whole line for \"direction LR\" and drops the rest\n"
         "    write the word direction in another way\n"},
        {"stateDiagram-v2\n"
         "A --> B : x<thing>y\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B \"x<thing>y\"\n"
         "2:9+11 diagram/lost-text: Mermaid takes \"<thing>\" for an HTML tag and does not show it\n"
         "    write #lt; and #gt; for < and >\n"},
        {"stateDiagram-v2\n"
         "note \"floating\"\n",
         "refused\n"
         "2:16+1 diagram/syntax: expected \"as\" and an id behind the note, found the line's end\n"},
        {"stateDiagram-v2\n"
         "state \"x\" as a {\n"
         " b -->\n"
         "}\n",
         "refused\n"
         "4:1+1 diagram/syntax: expected a state, found \"}\"\n"},
        {"stateDiagram-v2\n"
         "state \"y\" as a : more : even\n"
         "a --> b\n",
         "TB\n"
         "node a round \"y\"\n"
         "  0 | more\n"
         "node b round\n"
         "edge a none solid arrow b\n"},
        {"stateDiagram-v2\n"
         "a :\n"
         "a --> b\n",
         "refused\n"
         "2:3+1 diagram/syntax: expected a state, found \":\"\n"},
        {"stateDiagram-v2\n"
         "state \"x\" as",
         "TB\n"
         "2:11+2 diagram/lost-text: this says nothing without the id\n"
         "    write state \"x\" as s1\n"},
        {"stateDiagram-v2\n"
         "a --> b\n"
         "class a",
         "TB\n"
         "node a round\n"
         "node b round\n"
         "edge a none solid arrow b\n"
         "3:7+1 diagram/lost-text: this says nothing without the name of a class\n"
         "    write class a a_class\n"},
        {"stateDiagram-v2\n"
         "a --> b\n"
         "style a",
         "TB\n"
         "node a round\n"
         "node b round\n"
         "edge a none solid arrow b\n"
         "3:7+1 diagram/lost-text: this says nothing without styles\n"
         "    write style a fill:#fff,stroke:#000\n"},
        {"stateDiagram-v2\n"
         "note \"floating\" as",
         "TB\n"
         "2:7+8 diagram/lost-text: Mermaid does not draw a floating note\n"
         "    write note right of a_state : text\n"},
    };
    CHECK(cases);
}

/* One mistake is one finding, also with lines that belong to it. */
static void test_one_finding(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"stateDiagram-v2\n"
         "state {\n"
         "  [*] --> A\n"
         "}\n"
         "A -> B\n",
         "refused\n"
         "2:7+1 diagram/syntax: expected a state, found \"{\"\n"
         "    write the name of the state in front of it\n"
         "5:3+1 diagram/syntax: expected a state, found \"-\"\n"
         "    a transition is written -->\n"},
        {"stateDiagram-v2\n"
         "state A {\n"
         "  X {\n"
         "    x --> y\n"
         "  }\n"
         "}\n",
         "refused\n"
         "3:5+1 diagram/syntax: expected a state, found \"{\"\n"
         "    write \"state\" in front of the name of a composite state\n"},
        {"stateDiagram-v2\n"
         "note over A\n"
         "  some text\n"
         "end note\n"
         "A --> B\n",
         "refused\n"
         "2:6+1 diagram/syntax: expected \"left of\" or \"right of\" and a state, found \"o\"\n"
         "    write note right of A : text\n"},
        {"stateDiagram-v2\n"
         "note right of\n"
         "  some text\n"
         "end note\n"
         "A --> B\n",
         "TB\n"
         "node some round\n"
         "node some----note-0 note \"text\" :::amber\n"
         "node A round\n"
         "node B round\n"
         "edge some none dotted none some----note-0\n"
         "edge A none solid arrow B\n"
         "2:6+8 diagram/lost-text: Mermaid takes the line below for the state\n"
         "    write note right of A, and the text below it\n"},
        {"stateDiagram-v2\n"
         "note left A\n"
         "A --> B\n"
         "note right of A\n"
         "  some text\n"
         "end note\n",
         "refused\n"
         "2:6+1 diagram/syntax: expected \"left of\" or \"right of\" and a state, found \"l\"\n"
         "    write note right of A : text\n"},
        {"stateDiagram-v2\n"
         "note right of A\n"
         "  some text here\n"
         "A --> B\n",
         "refused\n"
         "2:16+1 diagram/syntax: expected a text, found the line's end\n"
         "    write \": text\", or lines of text and then \"end note\"\n"},
        {"stateDiagram-v2\n"
         "state \"Foo as f\n"
         "A --> B\n",
         "refused\n"
         "2:7+1 diagram/syntax: no second mark closes the text that begins here\n"
         "    write \" behind the text\n"},
        {"stateDiagram-v2\n"
         "--> B\n"
         "A --> B\n",
         "refused\n"
         "2:1+3 diagram/syntax: expected a state, found \"-->\"\n"
         "    a transition is written A --> B, from the start [*] --> A\n"},
        {"stateDiagram-v2\n"
         "state A as \"a text\"\n",
         "refused\n"
         "2:9+2 diagram/syntax: expected a state, found \"as\"\n"
         "    write state \"a text\" as an_id\n"},
    };
    CHECK(cases);
}

/* What Mermaid accepts and drops, or takes from the line below. */
static void test_missing_halves(void **state) {
    (void)state;
    static const KindCase cases[] = {
        {"stateDiagram-v2\n"
         "A --> B\n"
         "class A\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"
         "3:7+1 diagram/lost-text: this says nothing without the name of a class\n"
         "    write class A a_class\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "class A,B\n"
         "B --> C\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "node C round\n"
         "edge A none solid arrow B\n"
         "edge B none solid arrow C\n"
         "3:7+3 diagram/lost-text: this says nothing without the name of a class\n"
         "    write class A,B a_class\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "classDef hot\n",
         "TB\n"
         "class hot\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"
         "3:10+3 diagram/lost-text: this says nothing without styles\n"
         "    write classDef hot fill:#fff,stroke:#000\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "classDef hot\n"
         "B --> C\n",
         "TB\n"
         "class hot\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"
         "3:10+3 diagram/lost-text: Mermaid takes the line below for styles\n"
         "    write classDef hot fill:#fff,stroke:#000\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "style A\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"
         "3:7+1 diagram/lost-text: this says nothing without styles\n"
         "    write style A fill:#fff,stroke:#000\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "style A\n"
         "B --> C\n",
         "TB\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"
         "3:7+1 diagram/lost-text: Mermaid takes the line below for styles\n"
         "    write style A fill:#fff,stroke:#000\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "class\n",
         "refused\n"
         "4:1+1 diagram/syntax: expected states, found the end\n"},
        {"stateDiagram-v2\n"
         "state \"a text\" as\n"
         "A --> B\n",
         "TB\n"
         "node A --> B round \"a text\"\n"
         "2:16+2 diagram/lost-text: Mermaid takes the line below for the id\n"
         "    write state \"a text\" as s1\n"},
        {"stateDiagram-v2\n"
         "state f <<frok>>\n"
         "A --> f\n",
         "TB\n"
         "node A round\n"
         "node f round\n"
         "edge A none solid arrow f\n"
         "2:9+8 diagram/lost-text: Mermaid does not draw \"<<frok>>\", which is declared and never used\n"
         "    a state can be <<fork>>, <<join>> or <<choice>>\n"},
        {"stateDiagram-v2\n"
         "A --> B\n"
         "accDescr {\n"
         "  a text\n"
         "B --> C\n",
         "TB descr a text\\nB --> C\n"
         "node A round\n"
         "node B round\n"
         "edge A none solid arrow B\n"
         "3:10+1 diagram/lost-text: Mermaid takes all lines from here on for one text\n"
         "    write } where the text ends\n"},
    };
    CHECK(cases);
}

static void test_hostile(void **state) {
    (void)state;
    static const KindHostile cases[] = {
        {"stateDiagram-v2\n", "state a {\n", 100000, ""},
        {"stateDiagram-v2\n", "A --> B\n", 30000, ""},
        {"stateDiagram-v2\n", "state a b ", 100000, ""},
        {"stateDiagram-v2\n", "state a ", 400000, ""},
        {"stateDiagram-v2\n", "direction ", 100000, ""},
        {"stateDiagram-v2\n", "note right of A\n", 50000, ""},
        {"stateDiagram-v2\n", "note ", 100000, ""},
        {"stateDiagram-v2\n", "\"", 300000, ""},
        {"stateDiagram-v2\n"
         "A : ",
         "x:", 300000, ""},
        {"stateDiagram-v2\n", " \n", 300000, "A"},
        {"stateDiagram-v2\n", "A %%{", 100000, ""},
        {"stateDiagram-v2\n", "--\n", 50000, ""},
        {"stateDiagram-v2\n"
         "state A {\n",
         "B\n"
         "--\n",
         20000, "}\n"},
        {"stateDiagram-v2\n", "a b c ", 100000, ""},
        {"stateDiagram-v2\n", "class ", 100000, ""},
        {"stateDiagram-v2\n",
         "state A {\n"
         "B\n"
         "}\n"
         "state B {\n"
         "A\n"
         "}\n",
         3000, ""},
        {"stateDiagram-v2\n", "{", 100000, ""},
    };
    check_hostile(syntax_parse_state, cases, sizeof cases / sizeof *cases);
}

static void test_damaged(void **state) {
    (void)state;
    check_damaged(syntax_parse_state, STR("---\n"
                                          "title: x\n"
                                          "---\n"
                                          "stateDiagram-v2\n"
                                          "direction LR\n"
                                          "[*] --> A\n"
                                          "A:::c --> B : text #59; more\n"
                                          "state \"Long\" as B\n"
                                          "state C {\n"
                                          " [*] --> D\n"
                                          " --\n"
                                          " E --> [*]\n"
                                          "}\n"
                                          "state f <<fork>>\n"
                                          "note right of A\n"
                                          " x\n"
                                          "end note\n"
                                          "note left of B : y\n"
                                          "classDef c fill:#fff\n"
                                          "class A c\n"
                                          "style A fill:#000\n"
                                          "click A href \"u\"\n"
                                          "accTitle: t\n"
                                          "accDescr { d }\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transitions),    cmocka_unit_test(test_composites),
        cmocka_unit_test(test_special),        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_traps),          cmocka_unit_test(test_one_finding),
        cmocka_unit_test(test_missing_halves), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
