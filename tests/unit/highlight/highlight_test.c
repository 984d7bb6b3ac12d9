#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buf.h"
#include "highlight/highlight.h"
#include "highlight/lexer.h"

typedef struct Case {
    const char *code, *expected;
} Case;

/* Tokens are written as "{k int} {f main}()": plain text stands as it is. */
static Str mark(Arena *arena, const char *name, Str code) {
    const Language *language = highlight_find(str_from(name));
    assert_non_null(language);
    Tokens tokens = highlight(language, code, arena);
    Buf out = buf_new(arena);
    size_t start = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        Str text = str_slice(code, start, tokens.items[i].end);
        Str class_name = highlight_class(tokens.items[i].kind);
        if (class_name.size == 0 || str_is_blank(text))
            buf_add(&out, text);
        else
            buf_add_format(&out, "{%.*s %.*s}", STR_FMT(class_name), STR_FMT(text));
        start = tokens.items[i].end;
    }
    assert_int_equal(start, code.size);
    return buf_str(&out);
}

static void check(const char *language, const Case *cases, size_t count) {
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++)
        assert_string_equal(str_cstr(arena, mark(arena, language, str_from(cases[i].code))),
                            cases[i].expected);
    arena_free(arena);
}

#define CHECK(language, ...)                                                                       \
    do {                                                                                           \
        const Case cases[] = {__VA_ARGS__};                                                        \
        check(language, cases, sizeof cases / sizeof *cases);                                      \
    } while (0)

static void c_family(void **state) {
    (void)state;
    CHECK("c",
          {"int main(void) { return 0x1Fu; } // end",
           "{t int} {f main}({t void}) { {k return} {n 0x1Fu}; } {c // end}"},
          {"#include <a.h>\n#define N 1", "{k #include} {s <a.h>}\n{k #define} N {n 1}"},
          {"char *s = \"a\\\"b\"; c = '\\''; /* x\ny */",
           "{t char} *s = {s \"a\\\"b\"}; c = {s '\\''}; {c /* x\ny */}"},
          {"s.default = \"open\nx", "s.default = {s \"open}\nx"});
    CHECK("cpp",
          {"auto s = R\"x(a)\" )x\" + u8\"b\";", "{k auto} s = {s R\"x(a)\" )x\"} + {s u8\"b\"};"});
    CHECK("go", {"func f() { x := `a\nb` }", "{k func} {f f}() { x := {s `a\nb`} }"});
    CHECK("java",
          {"@Test void f() { List<T> x = 1.5f; }",
           "{f @Test} {t void} {f f}() { {t List}<{t T}> x = {n 1.5f}; }"},
          {"s = \"\"\"\n a \"b\"\n\"\"\";", "s = {s \"\"\"\n a \"b\"\n\"\"\"};"});
    CHECK(
        "rust",
        {"fn f<'a>(c: &'a str) { x!('c'); r#\"a\"b\"#; 0..10 }",
         "{k fn} f<{t 'a}>(c: &{t 'a} {t str}) { {f x!}({s 'c'}); {s r#\"a\"b\"#}; {n 0}..{n 10} }"},
        {"#[derive(X)] /* a /* b */ c */", "{a #[derive(X)]} {c /* a /* b */ c */}"});
}

static void scripts(void **state) {
    (void)state;
    CHECK("py",
          {"@a.b\ndef f(x): return rf'{x}' # c",
           "{f @a.b}\n{k def} {f f}(x): {k return} {s rf'{x}'} {c # c}"},
          {"x = '''a\n'b''' + 1_000", "x = {s '''a\n'b'''} + {n 1_000}"});
    CHECK(
        "js",
        {"a / b / c; x = /a[/]b/g; return /c/", "a / b / c; x = {s /a[/]b/g}; {k return} {s /c/}"},
        {"`a ${b + `c`} d` + 1", "{s `a ${b + `c`} d`} + {n 1}"});
    CHECK("ts",
          {"let x: string = await load($a)", "{k let} x: {t string} = {k await} {f load}($a)"});
    CHECK("sql", {"Select count(*) FROM t -- x", "{k Select} {f count}(*) {k FROM} t {c -- x}"},
          {"'it''s' $q$ a 'b' $q$", "{s 'it''s'} {s $q$ a 'b' $q$}"});
}

static void shells(void **state) {
    (void)state;
    CHECK("sh",
          {"A=1 git log --oneline | head -5 # x",
           "{a A}=1 {f git} log {a --oneline} | {f head} {a -5} {c # x}"},
          {"if [ -f \"$x\" ]; then echo ${y:-z}#1; fi",
           "{k if} {f [} {a -f} {s \"$x\"} ]; {k then} {f echo} {a ${y:-z}}#1; {k fi}"},
          {"for i in *.c; do cc $i; done", "{k for} i {k in} *.c; {k do} {f cc} {a $i}; {k done}"},
          {"cat <<'E' > f\nif x\nE\nls", "{f cat} <<{s 'E'} > f\n{s if x\nE}\n{f ls}"},
          {"x=$(date) > out 2>&1", "{a x}=$({f date}) > out {n 2}>&{n 1}"});
    CHECK("sh",
          {"cd \"$(dirname \"$0\")/..\" && x", "{f cd} {s \"$(dirname \"$0\")/..\"} && {f x}"},
          {"echo \"a $(b ')' \"c\") d\" e", "{f echo} {s \"a $(b ')' \"c\") d\"} e"});
    CHECK("console",
          {"$ ls -l\ntotal 0\nme@host:~/x$ pwd",
           "{p $ }{f ls} {a -l}\ntotal 0\n{p me@host:~/x$ }{f pwd}"},
          {"> 5 % of it", "{p > }{f 5} % of it"});
    CHECK("dockerfile", {"# x\nFROM a AS b\nRUN make \\\n  all",
                         "{c # x}\n{k FROM} a AS b\n{k RUN} {f make} \\\n  all"});
    CHECK(
        "make",
        {"CC ?= cc # x\nall: $(X) b\n\t@echo $(Y)\nifdef Z\nendif",
         "{a CC} ?= cc {c # x}\n{f all}: {a $(X)} b\n\t@{f echo} $({f Y})\n{k ifdef} Z\n{k endif}"});
}

static void settings(void **state) {
    (void)state;
    CHECK("yaml",
          {"a: 1 # x\nb: [yes, \"c\", d e]\n- &x !t k: v",
           "{a a}: {n 1} {c # x}\n{a b}: [{k yes}, {s \"c\"}, d e]\n- {t &x} {t !t} {a k}: v"},
          {"a: |\n  b: c\n\n  d\ne: f#g", "{a a}: {k |}\n{s   b: c\n\n  d}\n{a e}: f#g"},
          {"url: http://a:1/b\n---\n'k': ~", "{a url}: http://a:1/b\n{k ---}\n{a 'k'}: {k ~}"});
    CHECK("json", {"{\"a\": [-1.5e3, true, \"b\"]} // c",
                   "{{a \"a\"}: [{n -1.5e3}, {k true}, {s \"b\"}]} {c // c}"});
    CHECK("toml",
          {"[a.b]\nc = \"d\" # e\nf = [\n 1,\n]\ng = false",
           "{t [a.b]}\n{a c} = {s \"d\"} {c # e}\n{a f} = [\n {n 1},\n]\n{a g} = {k false}"});
    CHECK(
        "hcl",
        {"resource \"a\" \"b\" {\n  n = var.x # c\n  d = <<-E\n  raw\n  E\n}",
         "{k resource} {s \"a\"} {s \"b\"} {\n  {a n} = var.x {c # c}\n  {a d} = {s <<-E\n  raw\n  E}\n}"});
}

/* What stands at the edges of each grammar: indicators, numbers, things without an end. */
static void edges(void **state) {
    (void)state;
    CHECK("yaml",
          {"a: |-\n  b: c\nd: >2 # e\n   f\ng: >x\nh: 1",
           "{a a}: {k |-}\n{s   b: c}\n{a d}: {k >2 }{c # e}\n{s    f}\n{a g}: >x\n{a h}: {n 1}"},
          {"a: ,\n- ]", "{a a}: ,\n- ]"});
    CHECK("sh", {"a $'b\\'c' $d", "{f a} {s $'b\\'c'} {a $d}"});
    CHECK("make", {"a: b\n\tcc -o $@ $< $", "{f a}: b\n\t{f cc} {a -o} {a $@} $< $"},
          {"export A = 1\noverride B := $(C)",
           "{k export} {a A} = 1\n{k override} {a B} := {a $(C)}"});
    CHECK("html", {"<!DOCTYPE html><?php x ?><![CDATA[<b>]]><p>",
                   "{c <!DOCTYPE html><?php x ?>}{s <![CDATA[<b>]]>}<{k p}>"});
    CHECK("md", {"12. one\n3) two\n1.x\n4.", "{k 12.} one\n{k 3)} two\n1.x\n4."},
          {"1) [X] a\n1234567890. b", "{k 1) [X]} a\n1234567890. b"});
    CHECK("js", {"a = /b\\/c/ + 1; d = /e\nf", "a = {s /b\\/c/} + {n 1}; d = /e\nf"});
    CHECK("rust", {"br#\"a\"# + r#b + b'c'", "{s br#\"a\"#} + r#b + {s b'c'}"});
    CHECK("cpp",
          {"R\"x + R\"y(z)y\"; 1e+5 + 0x1p-3", "R{s \"x + R\"}{f y}(z)y{s \"; 1e+5 + 0x1p-3}"});
    CHECK("py", {"a @ b\n@\nc", "a @ b\n@\nc"});
}

static void texts_with_marks(void **state) {
    (void)state;
    CHECK("html",
          {"<!-- a --><p class=\"b\" hidden>x &amp; y</p>",
           "{c <!-- a -->}<{k p} {a class}={s \"b\"} {a hidden}>x {n &amp;} y</{k p}>"},
          {"<script>let a</script>", "<{k script}>{k let} a</{k script}>"});
    CHECK("css",
          {"a.b:hover { color: #fff; --x: var(--y) 1.5rem }",
           "{k a}{t .b}:{k hover} { {a color}: {n #fff}; {a --x}: {f var}(--y) {n 1.5rem} }"});
    CHECK("diff", {"--- a\n+++ b\n@@ -1 @@\n-x\n+y\n z",
                   "{h --- a}\n{h +++ b}\n{t @@ -1 @@}\n{d -x}\n{i +y}\n z"});
    CHECK("md",
          {"# A\n- [x] `b` **c** [d](e)", "{h # A}\n{k - [x]} {s `b`} {t **c**} {f [d]}{a (e)}"},
          {"```c\nint x;\n```\nsnake_case_name", "{k ```c}\n{t int} x;\n{k ```}\nsnake_case_name"});
    CHECK("mermaid", {"flowchart LR %% x\n a[One two] --> b",
                      "{k flowchart} {t LR} {c %% x}\n a[{s One two}] --> b"});
}

static void names(void **state) {
    (void)state;
    assert_string_equal(highlight_title(highlight_find(STR("Py"))).data, "Python");
    assert_null(highlight_find(STR("")));
    assert_null(highlight_find(STR("klingon")));
    assert_null(highlight_find(STR("sh bash")));
}

/* Words are found by halving, so their lists must be in order. */
static void lists_are_sorted(void **state) {
    (void)state;
    for (size_t i = 0; i < language_count; i++) {
        const Words *lists[] = {&languages[i].keywords, &languages[i].types};
        for (size_t k = 0; k < 2; k++) {
            for (size_t w = 1; w < lists[k]->count; w++)
                assert_true(strcmp(lists[k]->items[w - 1], lists[k]->items[w]) < 0);
        }
    }
}

/* Any bytes in any language: every token moves on, none leaves the text, and it does not take long.
 */
static void hostile_text(void **state) {
    (void)state;
    static const char *const seeds[] = {"\"",    "'",  "`${", "/*", "<",    "<<E\n", "$(",
                                        "*",     "[",  "{",   "\\", "R\"(", "r#\"",  "---\n",
                                        "```\n", "a:", "#",   "\n", "\xFF", "/"};
    Arena *arena = arena_new();
    for (size_t i = 0; i < language_count; i++) {
        Str names_left = str_from(languages[i].names);
        Str name = str_cut(&names_left, ' ');
        for (size_t k = 0; k < sizeof seeds / sizeof *seeds; k++) {
            Buf text = buf_new(arena);
            for (size_t n = 0; n < 400; n++)
                buf_add_text(
                    &text, seeds[(k + (n % 7 == 0 ? n / 7 : 0)) % (sizeof seeds / sizeof *seeds)]);
            mark(arena, str_cstr(arena, name), buf_str(&text));
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(c_family),     cmocka_unit_test(scripts),
        cmocka_unit_test(shells),       cmocka_unit_test(settings),
        cmocka_unit_test(edges),        cmocka_unit_test(texts_with_marks),
        cmocka_unit_test(names),        cmocka_unit_test(lists_are_sorted),
        cmocka_unit_test(hostile_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
