/* What authors are told about their sequence diagrams, word for word. */
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
        Diags *diags = diags_new(arena);
        Buf buf = buf_new(arena);
        bool ok, has_error = false;
        syntax_parse_sequence(source_new(arena, STR("a.mmd"), str_from(cases[i].text)), arena,
                              diags, &ok);
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

/* What only diagrams of nodes and connections have. */
static void test_front_matter(void **state) {
    (void)state;
    static const Case cases[] = {
        {"---\n"
         "docsgen:\n"
         "  legend: {blue: Data}\n"
         "---\n"
         "sequenceDiagram\n"
         "A->>B: x\n",
         "3:12+4 diagram/unsupported: a sequence diagram has no legend\n"
         "    say it in docsgen.caption, or in a note within the diagram\n"},
        {"---\n"
         "docsgen:\n"
         "  rules:\n"
         "    - forbid: A -> B\n"
         "---\n"
         "sequenceDiagram\n"
         "A->>B: x\n",
         "4:15+6 model/rule: a sequence diagram has no connections that rules could be proved on\n"
         "    write the rules in a flowchart, state, class or ER diagram\n"},
    };
    CHECK(cases);
}

static void test_texts(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>B: first; then this\n",
         "2:13+1 diagram/syntax: \";\" ends the text, and \"then this\" is no statement\n"
         "    write \"#59;\" for a semicolon in a text\n"},
        {"sequenceDiagram\n"
         "A->>B: a &lt; b\n",
         "2:13+1 diagram/syntax: \";\" ends the text, and \"b\" is no statement\n"
         "    write \"#lt;\" instead of \"&lt;\"\n"},
        {"sequenceDiagram\n"
         "loop a; b\n"
         "end\n",
         "2:7+1 diagram/syntax: \";\" ends the text, and \"b\" is no statement\n"
         "    write \"#59;\" for a semicolon in a text\n"},
        {"sequenceDiagram\n"
         "A->>B: issue #12 fix\n",
         "2:14+7 diagram/lost-text: Mermaid takes \"#12 fix\" for a comment and drops it\n"
         "    write #35; for # in a text, and comments on a line of their own behind %%\n"},
        {"sequenceDiagram\n"
         "loop # every day\n"
         "end\n",
         "2:6+11 diagram/lost-text: Mermaid takes \"# every day\" for a comment and drops it\n"
         "    write #35; for # in a text, and comments on a line of their own behind %%\n"},
        {"sequenceDiagram\n"
         "participant A as Service #1\n",
         "2:26+2 diagram/lost-text: Mermaid takes \"#1\" for a comment and drops it\n"
         "    write #35; for # in a text, and comments on a line of their own behind %%\n"},
        {"sequenceDiagram\n"
         "A->>B: a; B->>A: b\n",
         ""},
        {"sequenceDiagram\n"
         "A->>B: List<String> and <b>bold</b>\n",
         "2:8+28 diagram/lost-text: Mermaid takes \"<String>\" for an HTML tag and does not show it\n"
         "    write #lt; and #gt; for < and >\n"},
        {"sequenceDiagram\n"
         "title\n"
         "A->>B: x\n",
         "3:1+8 diagram/lost-text: Mermaid takes this line for the text of the title above it\n"
         "    write the text behind the word title\n"},
        {"sequenceDiagram\n"
         "title Now #1\n",
         "2:11+2 diagram/lost-text: Mermaid takes \"#1\" for a comment and drops it\n"
         "    write #35; for # in a text, and comments on a line of their own behind %%\n"},
        {"sequenceDiagram\n"
         "A->>B: fa:fa-car go\n"
         "note over A: \"<img src=x> y\"\n",
         "2:8+12 diagram/unsupported: \"fa:fa-car\" is left out: icons and images are not drawn\n"
         "3:14+15 diagram/unsupported: \"<img src=x>\" is left out: icons and images are not drawn\n"},
    };
    CHECK(cases);
}

static void test_names(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>end: x\n",
         "2:5+3 diagram/syntax: \"end\" is a reserved word, so no participant's name can begin with it\n"
         "    write \"participant p as end\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "A->>Note: x\n",
         "2:5+4 diagram/syntax: \"Note\" is a reserved word, so no participant's name can begin with it\n"
         "    write \"participant p as Note\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "end-user->>B: x\n",
         "2:1+3 diagram/syntax: \"end\" is a reserved word, so no participant's name can begin with it\n"
         "    write \"participant p as end-user\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "A->>/etc/x: y\n",
         "2:5+1 diagram/syntax: a participant's name cannot begin with \"/\"\n"
         "    write \"participant p as /etc/x\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "A->>my-xyz: y\n",
         "2:7+2 diagram/syntax: \"-x\" inside of a name is an arrow to Mermaid\n"
         "    write \"participant p as my-xyz\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "my-xyz->>B: y\n",
         "2:3+2 diagram/syntax: \"-x\" inside of a name is an arrow to Mermaid\n"
         "    write \"participant p as my-xyz\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "A->>1 : x\n",
         "2:5+1 diagram/syntax: a number with a space behind it is no name here\n"
         "    remove the space behind it\n"},
        {"sequenceDiagram\n"
         "participant My Service as X\n",
         "2:13+15 diagram/lost-text: Mermaid takes all of \"My Service as X\" for the name\n"
         "    a name in front of \"as\" has no spaces: write \"X as My Service\"\n"},
        {"sequenceDiagram\n"
         "participant A # the first\n",
         "2:13+13 diagram/lost-text: Mermaid takes all of \"A # the first\" for the name\n"
         "    write comments on a line of their own behind %%\n"},
        {"sequenceDiagram\n"
         "participant A:B\n",
         "2:13+3 diagram/syntax: \"A:B\" is no name that Mermaid can read\n"
         "    write \"participant p as text\": a name has none of < > : , ; @\n"},
        {"sequenceDiagram\n"
         "participant\n",
         "2:1+11 diagram/syntax: a name is due behind this\n"
         "    write \"participant A\" or \"participant A as text\"\n"},
        {"sequenceDiagram\n"
         "create A\n",
         "2:1+6 diagram/syntax: \"participant\" or \"actor\" is due behind \"create\"\n"
         "    write \"create participant A\"\n"},
        {"sequenceDiagram\n"
         "Note->>A: x\n",
         "2:1+4 diagram/syntax: \"Note\" is a reserved word, so no participant's name can begin with it\n"
         "    write \"participant p as Note\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "loop x\n"
         "end-user->>B: y\n",
         "3:1+3 diagram/syntax: \"end\" is a reserved word, so no participant's name can begin with it\n"
         "    write \"participant p as end-user\" and use p in messages\n"},
        {"sequenceDiagram\n"
         "participant A@{}\n",
         "2:16+1 diagram/syntax: this \"@{\" is not a list of settings in braces\n"
         "    write @{ \"type\": \"database\" }\n"},
        {"sequenceDiagram\n"
         "participant A@{ type: teapot }\n",
         "2:23+6 diagram/unsupported: no participant type \"teapot\": a box is drawn\n"},
        {"sequenceDiagram\n"
         "participant A@{ type: datbase }\n"
         "A->>A: x\n",
         "2:23+7 diagram/unsupported: no participant type \"datbase\": a box is drawn\n"
         "    did you mean \"database\"?\n"},
    };
    CHECK(cases);
}

static void test_messages(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>B\n",
         "2:5+1 diagram/syntax: a message needs a colon and a text\n"
         "    write \"A->>B: text\"\n"},
        {"sequenceDiagram\n"
         "A->>B hello there\n",
         "2:5+13 diagram/syntax: a message needs a colon and a text\n"
         "    write \"A->>B: hello there\"\n"},
        {"sequenceDiagram\n"
         "A=>B: x\n",
         "2:2+2 diagram/syntax: no arrow is written \"=>\"\n"
         "    arrows are -> --> ->> -->> <<->> <<-->> -x --x -) --)\n"},
        {"sequenceDiagram\n"
         "A->>>B: x\n",
         "2:2+4 diagram/syntax: no arrow is written \"->>>\"\n"
         "    arrows are -> --> ->> -->> <<->> <<-->> -x --x -) --)\n"},
        {"sequenceDiagram\n"
         "A~>B: x\n",
         "2:2+2 diagram/syntax: no arrow is written \"~>\"\n"
         "    arrows are -> --> ->> -->> <<->> <<-->> -x --x -) --)\n"},
        {"sequenceDiagram\n"
         "A->B->C: x\n",
         "2:5+2 diagram/syntax: a second arrow in one message\n"
         "    write a line for each message\n"},
        {"sequenceDiagram\n"
         "A->>B,C: x\n",
         "2:6+1 diagram/syntax: a message has one receiver\n"
         "    write a line for each receiver\n"},
        {"sequenceDiagram\n"
         "A->>B+: x\n",
         "2:6+1 diagram/syntax: \"+\" stands in front of the receiver\n"
         "    write \"A->>+B: text\"\n"},
        {"sequenceDiagram\n"
         "A: x\n",
         "2:2+1 diagram/syntax: an arrow is due behind \"A\"\n"
         "    a message is written \"A->>B: text\"\n"},
        {"sequenceDiagram\n"
         "->>B: x\n",
         "2:1+3 diagram/syntax: nobody sends this message\n"
         "    write the sender in front of the arrow\n"},
        {"sequenceDiagram\n"
         "A->>: x\n",
         "2:2+3 diagram/syntax: nobody receives this message\n"
         "    write the receiver behind the arrow\n"},
        {"sequenceDiagram\n"
         "A->>\n",
         "2:2+3 diagram/syntax: nobody receives this message\n"
         "    write the receiver behind the arrow\n"},
        {"sequenceDiagram\n"
         "A->>++B: x\n",
         "2:6+1 diagram/syntax: only one + or - fits here\n"
         "    write \"activate\" and \"deactivate\" on lines of their own\n"},
        {"sequenceDiagram\n"
         "partcipant A\n",
         "2:1+12 diagram/syntax: \"partcipant A\" is no statement\n"
         "    did you mean \"participant\"?\n"},
        {"sequenceDiagram\n"
         "hello world\n",
         "2:1+11 diagram/syntax: \"hello world\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"},
        {"sequenceDiagram\n"
         "actvate A\n",
         "2:1+9 diagram/syntax: \"actvate A\" is no statement\n"
         "    did you mean \"activate\"?\n"},
    };
    CHECK(cases);
}

static void test_notes(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "note A: x\n",
         "2:6+1 diagram/syntax: a note stands over, left of or right of a participant\n"
         "    write \"note over A: text\" or \"note left of A: text\"\n"},
        {"sequenceDiagram\n"
         "note left A: x\n",
         "2:6+4 diagram/syntax: a note stands over, left of or right of a participant\n"
         "    write \"note over A: text\" or \"note left of A: text\"\n"},
        {"sequenceDiagram\n"
         "Note over A,B,C: x\n",
         "2:14+1 diagram/syntax: a note stands over two participants at most, or beside one\n"
         "    name the leftmost and the rightmost: \"note over A,C: text\"\n"},
        {"sequenceDiagram\n"
         "Note over A\n",
         "2:11+1 diagram/syntax: a note needs a colon and a text\n"
         "    write \"note over A: text\"\n"},
        {"sequenceDiagram\n"
         "Note over : x\n",
         "2:11+3 diagram/syntax: a participant's name is due here\n"
         "    write \"note over A: text\" or \"note over A,B: text\"\n"},
        {"sequenceDiagram\n"
         "Note over end: x\n",
         "2:11+3 diagram/syntax: \"end\" is a reserved word, so no participant's name can begin with it\n"
         "    write \"participant p as end\" and use p in messages\n"},
    };
    CHECK(cases);
}

static void test_frames(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "loop a\n"
         "A->>B: x\n",
         "2:1+4 diagram/syntax: this loop has no end\n"
         "    write \"end\" on a line of its own behind its last line\n"},
        {"sequenceDiagram\n"
         "end\n",
         "2:1+3 diagram/syntax: \"end\" without a loop, alt or other frame to end\n"
         "    remove it; a participant cannot be called \"end\"\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "else b\n",
         "3:1+4 diagram/syntax: \"else\" divides only \"alt\"\n"
         "    no frame is open here\n"},
        {"sequenceDiagram\n"
         "loop a\n"
         "else b\n"
         "end\n",
         "3:1+4 diagram/syntax: \"else\" divides only \"alt\"\n"
         "    the frame open here is \"loop\"\n"},
        {"sequenceDiagram\n"
         "opt a\n"
         "and b\n"
         "end\n",
         "3:1+3 diagram/syntax: \"and\" divides only \"par\"\n"
         "    the frame open here is \"opt\"\n"},
        {"sequenceDiagram\n"
         "box Aqua G\n"
         "A->>B: x\n"
         "end\n",
         "3:1+1 diagram/syntax: only participants can stand in a box\n"
         "    write \"end\" behind the last participant of the box\n"},
        {"sequenceDiagram\n"
         "box one\n"
         "participant A\n"
         "end\n"
         "box two\n"
         "participant A\n"
         "end\n",
         "6:13+1 diagram/syntax: \"A\" is in another box already\n"},
        {"sequenceDiagram\n"
         "box a\n"
         "participant A\n",
         "2:1+3 diagram/syntax: this box has no end\n"
         "    write \"end\" on a line of its own behind its last line\n"},
        {"sequenceDiagram\n"
         "alt a\n"
         "loop b\n"
         "A->>B: x\n"
         "end\n",
         "2:1+3 diagram/syntax: this alt has no end\n"
         "    write \"end\" on a line of its own behind its last line\n"},
    };
    CHECK(cases);
}

/* One mistake is one finding: what belongs to it, and its end, are no others. */
static void test_one_finding(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "if x\n"
         "  A->>B: x\n"
         "else y\n"
         "  A->>B: y\n"
         "end\n",
         "2:1+4 diagram/syntax: \"if x\" is no statement\n"
         "    write \"alt x\"\n"},
        {"sequenceDiagram\n"
         "loop each\n"
         "  while x\n"
         "    A->>B: x\n"
         "  end\n"
         "end\n",
         "3:3+7 diagram/syntax: \"while x\" is no statement\n"
         "    write \"loop x\"\n"},
        {"sequenceDiagram\n"
         "try\n"
         "  A->>B: x\n"
         "catch\n"
         "  A->>B: y\n"
         "end\n"
         "A->>B\n",
         "2:1+3 diagram/syntax: \"try\" is no statement\n"
         "    write \"critical\"\n"
         "4:1+5 diagram/syntax: \"catch\" is no statement\n"
         "    write \"option\"\n"
         "7:5+1 diagram/syntax: a message needs a colon and a text\n"
         "    write \"A->>B: text\"\n"},
        {"sequenceDiagram\n"
         "box Ours\n"
         "participant A\n"
         "A->>B: x\n"
         "B->>A: y\n",
         "4:1+1 diagram/syntax: only participants can stand in a box\n"
         "    write \"end\" behind the last participant of the box\n"},
        {"sequenceDiagram\n"
         "box Ours\n"
         "box Inner\n"
         "participant A\n"
         "end\n"
         "participant B\n"
         "end\n",
         "3:1+3 diagram/syntax: only participants can stand in a box\n"
         "    write \"end\" behind the last participant of the box\n"},
        {"sequenceDiagram\n"
         "opt x {\n"
         "  A->>B: x\n"
         "}\n",
         "4:1+1 diagram/syntax: a frame does not end with a brace\n"
         "    write \"end\"\n"},
        {"sequenceDiagram\n"
         "par x\n"
         "  A->>B: x\n"
         "else y\n"
         "  A->>B: y\n"
         "end\n",
         "4:1+4 diagram/syntax: \"else\" divides only \"alt\"\n"
         "    write \"and\": the frame open here is \"par\"\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "end\n",
         "3:1+3 diagram/syntax: \"end\" without a loop, alt or other frame to end\n"
         "    remove it; a participant cannot be called \"end\"\n"},
    };
    CHECK(cases);
}

/* What a line lacks, and what it has too much. */
static void test_left_over(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "note over A-->B: x\n",
         "2:12+3 diagram/syntax: a note has no arrow\n"
         "    write \"note over A,B: text\" for a note over two\n"},
        {"sequenceDiagram\n"
         "create participant\n"
         "A->>B: x\n",
         "2:8+11 diagram/syntax: a name is due behind this\n"
         "    write \"participant A\" or \"participant A as text\"\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "activate Z\n",
         "3:10+1 diagram/unknown-node: no message mentions \"Z\"\n"},
    };
    CHECK(cases);
}

static void test_life(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "deactivate B\n",
         "3:12+1 diagram/syntax: \"B\" is not active here\n"
         "    write \"activate B\" before it, or ->>+ on a message to it\n"},
        {"sequenceDiagram\n"
         "A-->>-B: x\n",
         "2:1+1 diagram/syntax: \"A\" is not active here\n"
         "    write \"activate A\" before it, or ->>+ on a message to it\n"},
        {"sequenceDiagram\n"
         "activate Z\n"
         "A->>B: x\n",
         "2:10+1 diagram/unknown-node: no message mentions \"Z\"\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "create participant B\n"
         "A->>B: y\n",
         "3:20+1 diagram/syntax: \"B\" cannot be created: it is there already\n"},
        {"sequenceDiagram\n"
         "create participant C\n"
         "A->>B: x\n",
         "2:20+1 diagram/syntax: the message behind the creation of \"C\" goes to \"B\"\n"
         "    write the message that creates it on the next line\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "destroy B\n"
         "A->>A: y\n",
         "3:9+1 diagram/syntax: the message behind the end of \"B\" has nothing to do with it\n"
         "    write the last message to or from it on the next line\n"},
        {"sequenceDiagram\n"
         "create participant C\n",
         "2:20+1 diagram/lost-text: no message creates \"C\"\n"
         "    write the message that creates it on the next line\n"},
        {"sequenceDiagram\n"
         "activate A as b\n",
         "2:12+2 diagram/syntax: a participant's name alone is due here\n"
         "    write \"activate A\"\n"},
    };
    CHECK(cases);
}

static void test_rest(void **state) {
    (void)state;
    static const Case cases[] = {
        {"sequenceDiagram\n"
         "autonumber x\n",
         "2:12+1 diagram/syntax: autonumber takes a start, a step or \"off\", and nothing else\n"
         "    write \"autonumber 10 5\", without spaces at the end of the line\n"},
        {"sequenceDiagram\n"
         "autonumber 10 20 30\n",
         "2:18+2 diagram/syntax: autonumber takes a start, a step or \"off\", and nothing else\n"
         "    write \"autonumber 10 5\", without spaces at the end of the line\n"},
        {"sequenceDiagram\n"
         "links B: nonsense\n"
         "link B: no\n",
         "2:8+10 diagram/lost-text: Mermaid cannot read this and drops it\n"
         "    write \"links B: {\"text\": \"url\"}\"\n"
         "3:7+4 diagram/lost-text: Mermaid cannot read this and drops it\n"
         "    write \"link B: text @ url\"\n"},
        {"sequenceDiagram\n"
         "link B\n",
         "2:7+1 diagram/syntax: a participant, a colon and a text are due here\n"
         "    write \"link A: text @ url\"\n"},
        {"sequenceDiagram\n"
         "(A->>B: x\n",
         "2:1+1 diagram/lost-text: Mermaid passes over \"(\" here\n"},
        {"sequenceDiagram\n"
         "sequenceDiagram\n"
         "A->>B: x\n",
         "2:1+15 diagram/syntax: \"sequenceDiagram\" for a second time\n"
         "    begin a second diagram in a file or fence of its own\n"},
        {"%% x\n"
         "sequencediagram\n",
         ""},
        {"sequenceDiagramX\n",
         "1:1+16 diagram/syntax: a sequence diagram begins with the word \"sequenceDiagram\" alone\n"
         "    write the rest on the next line\n"},
        {"sequenceDiagram\n"
         "a\n"
         "b\n"
         "c\n"
         "d\n"
         "e\n"
         "f\n"
         "g\n",
         "2:1+1 diagram/syntax: \"a\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "3:1+1 diagram/syntax: \"b\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "4:1+1 diagram/syntax: \"c\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "5:1+1 diagram/syntax: \"d\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "6:1+1 diagram/syntax: \"e\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "7:1+1 diagram/syntax: \"f\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "8:1+1 diagram/syntax: \"g\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"},
        {"sequenceDiagram\n"
         "éééééééééééééééééééééééééééééééééééééééé\n"
         "aéééééééééééééééééééééééééééééééééééééééé\n",
         "2:1+80 diagram/syntax: \"éééééééééééééééééééééééééééé...\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"
         "3:1+81 diagram/syntax: \"aéééééééééééééééééééééééééééé...\" is no statement\n"
         "    a message is written \"A->>B: text\"; <br/> breaks a line in a text\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "activate Q\n"
         "deactivate Q\n",
         "3:10+1 diagram/unknown-node: no message mentions \"Q\"\n"
         "4:12+1 diagram/unknown-node: no message mentions \"Q\"\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         ": y\n",
         "3:1+1 diagram/syntax: no statement begins with \":\"\n"
         "    a message is written \"A->>B: text\"\n"},
        {"sequenceDiagram\n"
         "participant A as\n",
         ""},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "box\n",
         "3:1+3 diagram/syntax: this box has no end\n"
         "    write \"end\" on a line of its own behind its last line\n"},
        {"sequenceDiagram\n"
         "A->>B: x\n"
         "box",
         "3:1+3 diagram/syntax: this box has no end\n"
         "    write \"end\" on a line of its own behind its last line\n"},
        {"sequenceDiagram\n"
         "participant A as",
         ""},
        {"sequenceDiagram\n"
         "participant",
         "2:1+11 diagram/syntax: a name is due behind this\n"
         "    write \"participant A\" or \"participant A as text\"\n"},
    };
    CHECK(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_front_matter), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_names),        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_notes),        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_one_finding),  cmocka_unit_test(test_left_over),
        cmocka_unit_test(test_life),         cmocka_unit_test(test_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
