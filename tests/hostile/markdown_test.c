#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "markdown/md.h"
#include "time_limit.h"

#include <cmocka.h>

/* Crafted pages: each must be parsed and rendered in little time, and no case may give active
 * markup. The packaged cmark-gfm alone takes up to minutes for some of these. */

#define SIZE            ((size_t)256 << 10)
#define SECONDS_ALLOWED 2.0

typedef struct Crafted {
    const char *before; /* once, at the start */
    const char *unit;   /* again and again */
    size_t line;        /* a line end after so many bytes; 0: never */
    const char *rule;   /* the finding that tells of it, or "" when it is harmless */
} Crafted;

static Str craft(Arena *arena, const Crafted *crafted, size_t size) {
    Buf out = buf_new(arena);
    buf_add_text(&out, crafted->before);
    size_t unit = strlen(crafted->unit);
    for (size_t since = 0; out.size < size;) {
        buf_add(&out, (Str){crafted->unit, unit});
        since += unit;
        if (crafted->line && since >= crafted->line) {
            buf_add_char(&out, '\n');
            since = 0;
        }
    }
    return buf_str(&out);
}

typedef struct Outcome {
    Diags *diags;
    Str html;
    double seconds;
} Outcome;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static Outcome run(Arena *arena, Str text) {
    Outcome outcome = {.diags = diags_new(arena)};
    double start = now();
    MdDoc *doc = md_parse(source_new(arena, STR("a.md"), text), arena, outcome.diags);
    Buf out = buf_new(arena);
    md_render(doc, &out);
    outcome.html = buf_str(&out);
    outcome.seconds = now() - start;
    return outcome;
}

static bool has_rule(const Diags *diags, const char *rule) {
    for (size_t i = 0; i < diags_count(diags); i++)
        if (str_equal(diag_rule_name(diags_get(diags, i)->rule), str_from(rule)))
            return true;
    return false;
}

static const Crafted crafted[] = {
    /* quadratic in the packaged cmark */
    {"", "![[]()", 6000, "page/limit"},
    {"", "![[]()", 60, "page/limit"},
    {"", "![a](", 6000, "page/limit"},
    {"a ", "<?", 6000, "page/limit"},
    {"a ", "<!A ", 6000, "page/limit"},
    {"a ", "<![CDATA[", 6000, "page/limit"},
    {"> a ", "<?", 60, "page/limit"},
    {"|a|\n|-|\n", "|<?<?<?<?<?<?<?<?<?<?<?|\n", 0, ""},
    {"", "|-", 60000, "page/limit"},
    {"|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n", "a\n", 0, "page/limit"},
    {"|a|b|\n|-|-|\n", "|a|b|\n", 0, ""},
    {"[a]: /", "0123456789abcdef", 16384, ""},
    /* deep */
    {"", "> ", 60000, "page/limit"},
    {"", ">", 150, "page/limit"},
    {"", "- ", 60000, ""},
    {"", "1. ", 60000, "page/limit"},
    {"", "* + ", 60000, "page/limit"},
    {"", "[", 60000, ""},
    {"", "[a](", 60000, ""},
    {"", "![", 60000, ""},
    {"", "*a **a ", 60000, ""},
    {"", "**a *b _c __d ", 60000, ""},
    /* long runs */
    {"", "*", 60000, ""},
    {"", "_a", 60000, ""},
    {"", "`", 60000, ""},
    {"", "`a``b", 60000, ""},
    {"", "~", 60000, ""},
    {"", "~~a ~b ", 60000, ""},
    {"", "~~a~ ", 60000, ""},
    {"", "\\", 60000, ""},
    {"", "&", 60000, ""},
    {"", "&amp;~", 60000, ""},
    {"", "&#x41;w", 60000, ""},
    {"", "<!--", 60000, "page/limit"},
    {"", "<a href='", 60000, ""},
    {"", "<a ", 60000, ""},
    {"", "]", 60000, ""},
    {"", "[a][b]", 60000, "link/reference"},
    {"", "[^a]", 60000, "link/reference"},
    {"", "[^a]: b\n\n", 0, "link/reference"},
    {"", "[a]: b\n", 0, "link/reference"},
    {"", "[a]: <b", 60000, ""},
    {"", "http://a.b/(", 60000, ""},
    {"", "http://", 60000, ""},
    {"", "www._", 60000, ""},
    {"", "(www.a_", 60000, ""},
    {"", "a@", 60000, ""},
    {"", "a@b.", 60000, ""},
    {"", "a@b.c&x;", 60000, ""},
    {"", "http://a.b?&x;", 60000, ""},
    {"", "# a\n", 0, ""},
    {"", "# a\n# a-1\n", 0, ""},
    {"", "a\n===\n", 0, ""},
    {"", "---\n", 0, ""},
    {"---\n", "a: b\n", 0, "page/front-matter"},
    {"", "```\n", 0, ""},
    {"", "> [!NOTE]\n> a\n\n", 0, ""},
    {"", "- [ ] a\n", 0, ""},
    {"", "\r", 0, ""},
    {"", "\n", 0, ""},
    {"", "\t", 60000, ""},
    {"", " ", 60000, ""},
    {"a", "\n|-|-|\n", 0, ""},
    {"", "a|b\n-|-\n", 0, ""},
    {"- a\n", "\n", 0, ""},
    {"", "x", 0, "page/limit"},
    {"", "\xC3\xA9", 60000, ""},
    {"", "\xC3", 60000, "page/encoding"},
};

static void crafted_pages_take_little_time(void **state) {
    (void)state;
    Arena *arena = arena_new();
    double slowest = 0;
    for (size_t i = 0; i < sizeof crafted / sizeof *crafted; i++) {
        arena_reset(arena);
        Outcome outcome = run(arena, craft(arena, &crafted[i], SIZE));
        bool is_slow = outcome.seconds >= time_limit(SECONDS_ALLOWED);
        bool is_told = crafted[i].rule[0] ? has_rule(outcome.diags, crafted[i].rule)
                                          : !has_rule(outcome.diags, "page/limit");
        if (is_slow || !is_told)
            print_error("\"%s\" repeated: %.2f s, %zu findings\n", crafted[i].unit, outcome.seconds,
                        diags_count(outcome.diags));
        assert_false(is_slow);
        assert_true(is_told);
        slowest = outcome.seconds > slowest ? outcome.seconds : slowest;
    }
    print_message("# slowest of %zu: %.2f s\n", sizeof crafted / sizeof *crafted, slowest);
    arena_free(arena);
}

/* The largest page there may be, made of what costs most. */
static void largest_pages_take_seconds(void **state) {
    (void)state;
    static const Crafted largest[] = {
        {"", "![[]()", 6000, "page/limit"},
        {"a ", "<?", 60000, "page/limit"},
        {"", "*a_ `b` ~c~ ", 600, ""},
        {"", "www._", 60000, ""},
        {"- a\n", "\n", 0, ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof largest / sizeof *largest; i++) {
        arena_reset(arena);
        Outcome outcome = run(arena, craft(arena, &largest[i], LIMIT_PAGE_SIZE - 60100));
        if (outcome.seconds >= time_limit(10))
            print_error("\"%s\" repeated: %.2f s\n", largest[i].unit, outcome.seconds);
        assert_true(outcome.seconds < time_limit(10));
    }
    arena_free(arena);
}

/* A long definition used again and again must not fill the memory. */
static void expanded_references_are_bounded(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "[a]: /");
    buf_add_repeat(&text, 'x', 60000);
    buf_add_text(&text, "\n\n");
    for (size_t i = 0; i < 60000; i++)
        buf_add_text(&text, i % 100 == 99 ? "[a]\n\n" : "[a]");
    Outcome outcome = run(arena, buf_str(&text));
    assert_true(has_rule(outcome.diags, "page/limit"));
    assert_true(outcome.html.size < (size_t)64 << 20);
    assert_true(outcome.seconds < time_limit(SECONDS_ALLOWED));
    arena_free(arena);
}

/* What no page of these may contain, whatever the case of its letters. */
static const char *const active[] = {"<script",           "<img src=\"x\" onerror",
                                     "href=\"javascript", "href=\"data",
                                     "href=\"vbscript",   "src=\"data",
                                     "src=\"javascript",  " onclick=",
                                     " onerror=",         " onmouseover=",
                                     " style=",           "<svg",
                                     "<iframe",           "<style"};

/* True when `needle` stands in the tags of `html`, leaving out text and the values of attributes
 * that are no address: there a quote is escaped, so anything may stand in them. */
static bool has_active(Arena *arena, Str html, const char *needle) {
    Buf tags = buf_new(arena);
    bool is_tag = false, is_value = false, is_address = false;
    for (size_t i = 0; i < html.size; i++) {
        char c = html.data[i];
        if (is_tag && c == '"') {
            is_value = !is_value;
            Str before = buf_str(&tags);
            is_address = str_ends_with(before, STR("href=")) || str_ends_with(before, STR("src="));
        }
        is_tag = is_tag || c == '<';
        if (is_tag && (!is_value || c == '"' || is_address))
            buf_add_char(&tags, c);
        if (c == '>' && !is_value)
            is_tag = false;
    }
    return str_find(str_lower(arena, buf_str(&tags)), str_from(needle), 0) != STR_NONE;
}

static const char *const attacks[] = {
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<img src=x onerror=alert(1)>",
    "a <img src=\"x\" onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JAVASCRIPT:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](java&#x0A;script:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "[a](<&#1;&#2;javascript:alert(1)>)",
    "[a](<&nbsp;javascript:alert(1)>)",
    "[a](&#32;javascript:alert(1))",
    "[a](vbscript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "![a](javascript:alert(1))",
    "![\" onerror=\"alert(1)](x.png)",
    "![a](x.png \"\\\" onerror=\\\"alert(1)\")",
    "[a](x \"&quot; onclick=&quot;alert(1)\")",
    "[a](x&quot;onclick=&quot;alert(1))",
    "[a](<x\" onclick=\"alert(1)>)",
    "<javascript:alert(1)>",
    "<http://a.b/\"onclick=\"alert(1)>",
    "<http://a.b/' onclick='alert(1)>",
    "http://a.b/\"onclick=\"alert(1)",
    "www.a.b/\"><script>alert(1)</script>",
    "a\"onclick=\"x@b.c",
    "```\"><script>alert(1)</script>\nx\n```",
    "``` x\" onclick=\"alert(1)\nx\n```",
    "# <script>alert(1)</script>",
    "# \" onclick=\"alert(1)",
    "# ![\" onclick=\"x](\" onclick=\"y)",
    "|<script>alert(1)</script>|\n|---|\n|<img src=x onerror=alert(1)>|",
    "> [!NOTE]\n> <script>alert(1)</script>",
    "[a]: javascript:alert(1)\n\n[a] [b][a]",
    "[^a]\n\n[^a]: <script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<style>*{}</style>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --><script>alert(1)</script>",
    "<?php <script>alert(1)</script> ?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\xFF<script>alert(1)</script>",
    "- [ ] <script>alert(1)</script>",
    "~~<script>~~alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<scr<script>ipt>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a\nhref=\"javascript:alert(1)\">x</a>",
    "---\n<script>\n---\n<script>",
};

static void attacks_stay_text(void **state) {
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        arena_reset(arena);
        Outcome outcome = run(arena, str_from(attacks[i]));
        for (size_t k = 0; k < sizeof active / sizeof *active; k++) {
            bool is_active = has_active(arena, outcome.html, active[k]);
            if (is_active)
                print_error("%s\ngives %.*s\n", attacks[i], STR_FMT(outcome.html));
            assert_false(is_active);
        }
    }
    /* The check itself sees what it must not find. */
    assert_true(has_active(arena, STR("<p><a href=\"javascript:x\">"), "href=\"javascript"));
    arena_free(arena);
}

static const char *const tokens[] = {"a",
                                     "*",
                                     "**",
                                     "_",
                                     "`",
                                     "``",
                                     "[",
                                     "]",
                                     "(",
                                     ")",
                                     "![",
                                     "](",
                                     "<",
                                     ">",
                                     "\n",
                                     "\n\n",
                                     "\n",
                                     "- ",
                                     "1. ",
                                     "  ",
                                     "    ",
                                     "\t",
                                     "# ",
                                     "|",
                                     "|-|-|",
                                     "\\",
                                     "&amp;",
                                     "&#35;",
                                     "~~",
                                     "~",
                                     "www.",
                                     "a.b",
                                     "@",
                                     "<b>",
                                     "<!--",
                                     "-->",
                                     "[^n]",
                                     "]:",
                                     "[r]: u",
                                     "[r]",
                                     "```",
                                     "~~~",
                                     "---",
                                     "===",
                                     "- [ ]",
                                     "\r\n",
                                     "\xC3\xA9",
                                     "\r",
                                     "\"",
                                     "'",
                                     "!",
                                     "> [!TIP]\n> ",
                                     "http://x.y",
                                     "\\|",
                                     "| a | b |\n|---|---|\n| c | d |\n"};

/* Random tokens of Markdown: no crash, and the slices stay inside of the page. */
static void random_pages_are_taken(void **state) {
    (void)state;
    uint64_t seed = 88172645463325252u;
    Arena *arena = arena_new();
    for (size_t page = 0; page < 5000; page++) {
        arena_reset(arena);
        Buf text = buf_new(arena);
        for (size_t i = 0; i < 60; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_add_text(&text, tokens[(seed >> 33) % (sizeof tokens / sizeof *tokens)]);
        }
        MdDoc *doc =
            md_parse(source_new(arena, STR("a.md"), buf_str(&text)), arena, diags_new(arena));
        Buf out = buf_new(arena);
        md_render(doc, &out);
        for (MdNode *node = doc->root; node; node = md_next(doc->root, node))
            assert_true((size_t)node->at.start + node->at.size <= text.size);
    }
    arena_free(arena);
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crafted_pages_take_little_time),
        cmocka_unit_test(largest_pages_take_seconds),
        cmocka_unit_test(expanded_references_are_bounded),
        cmocka_unit_test(attacks_stay_text),
        cmocka_unit_test(random_pages_are_taken),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
