#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/pool.h"
#include "diagram/text/text.h"

#include <cmocka.h>

/* Widths of Chromium 156 with the same cut of the fonts, in hundredths of a px
 * (SVGTextElement.getComputedTextLength); the widths of docsgen may differ by 0.1 px. */
static void test_widths_equal_chromium(void **state) {
    (void)state;
    static const struct {
        const char *text;
        TextFace face;
        int size_px, hundredths;
    } rows[] = {
        {"API Gateway", TEXT_REGULAR, 16, 9628},
        {"AVATAR Type To. Wave", TEXT_REGULAR, 16, 17364},
        {"PostgreSQL 15 → replica", TEXT_REGULAR, 16, 18608},
        {"10.0.1.0/24 · us-west-2a", TEXT_REGULAR, 14, 15719},
        {"Was läuft? Yä Wo. LT", TEXT_REGULAR, 14, 13663},
        {"fi fl ffi -> =>", TEXT_REGULAR, 14, 8005},
        {"AVATAR Type To. Wave", TEXT_ITALIC, 14, 15198},
        {"AVATAR Type To. Wave", TEXT_BOLD, 14, 15550},
        {"Application Load Balancer", TEXT_BOLD, 14, 17673},
        {"fi fl ffi -> =>", TEXT_MONO, 14, 12600},
        {"$45.00 / month, 70 %", TEXT_MONO, 14, 16800},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Coord width = text_width(str_from(rows[i].text), rows[i].face, rows[i].size_px);
        int difference = width * 100 / COORD_PER_PX - rows[i].hundredths;
        if (difference < -10 || difference > 10)
            fail_msg("\"%s\": %d, expected %d (1/100 px)", rows[i].text, width * 100 / COORD_PER_PX,
                     rows[i].hundredths);
    }
}

static void test_missing_characters_are_wide_enough(void **state) {
    (void)state;
    assert_int_equal(text_width(STR("模型"), TEXT_REGULAR, 16), COORD_OF_PX(32));
    assert_int_equal(text_width(STR("🚀"), TEXT_REGULAR, 16), COORD_OF_PX(20));
    assert_int_equal(text_width(STR("✅"), TEXT_REGULAR, 16), COORD_OF_PX(20));
    assert_int_equal(text_width(STR("Ж"), TEXT_REGULAR, 10), COORD_OF_PX(6));
    assert_int_equal(text_width(STR(""), TEXT_REGULAR, 16), 0);
    assert_true(text_width(STR("\xff\xfe"), TEXT_MONO, 16) > 0);
}

static void test_missing_characters_are_found(void **state) {
    (void)state;
    assert_true(text_has_glyphs(STR("Größe → 10.0.0.0/16 · ✓ ≤ ½ “x”"), TEXT_REGULAR));
    assert_true(text_has_glyphs(STR("┌─┐ ██░░ → $x_y"), TEXT_MONO));
    assert_false(text_has_glyphs(STR("ok 🚀"), TEXT_REGULAR));
    assert_false(text_has_glyphs(STR("模"), TEXT_BOLD));
}

/* A block as text: runs of bold in <>, italic in (), mono in [], lines parted by '|'. */
static Str block_text(const TextBlock *block, Arena *arena) {
    static const char *const marks[TEXT_FACE_COUNT] = {"", "()", "<>", "[]"};
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < block->line_count; i++) {
        if (i)
            buf_add_char(&buf, '|');
        for (size_t j = 0; j < block->lines[i].run_count; j++) {
            const TextRun *run = &block->lines[i].runs[j];
            if (*marks[run->face])
                buf_add_char(&buf, marks[run->face][0]);
            buf_add(&buf, run->text);
            if (*marks[run->face])
                buf_add_char(&buf, marks[run->face][1]);
        }
    }
    return buf_str(&buf);
}

static void test_labels(void **state) {
    (void)state;
    static const struct {
        const char *label;
        int max_width_px;
        bool is_markdown;
        const char *expected;
    } rows[] = {
        {"", 0, false, ""},
        {"  \n ", 0, false, ""},
        {"API  Gateway ", 0, false, "API Gateway"},
        {"one\ntwo\n\nfour", 0, false, "one|two||four"},
        {" a \n b ", 0, false, "a|b"},
        /* Markup */
        {"a **b** *c* `d`", 0, false, "a **b** *c* `d`"},
        {"a **b** *c* `d`", 0, true, "a <b> (c) [d]"},
        {"__b__ _c_ snake_case_name", 0, true, "<b> (c) snake_case_name"},
        {"2 * 3 * 4", 0, true, "2 * 3 * 4"},
        {"**open", 0, true, "**open"},
        {"`a*b*c`", 0, true, "[a*b*c]"},
        {"\\*no\\*", 0, true, "*no*"},
        {"***both***", 0, true, "<both>"},
        {"**", 0, true, "**"},
        {"<b>x</b> List<String>", 0, true, "<b>x</b> List<String>"},
        {"**a\nb**", 0, true, "<a>|<b>"},
        /* Wrapping: balanced, never wider than asked for */
        {"Grafana Alloy collects metrics, logs and traces", 200, false,
         "Grafana Alloy collects|metrics, logs and traces"},
        {"one two three four five six seven", 100, false, "one two|three four|five six seven"},
        {"short", 100, false, "short"},
        {"a **bold word** here", 80, true, "a <bold>|<word> here"},
        {"arn:aws:iam::123456789012:role/terraform-deploy", 160, false,
         "arn:aws:iam::|123456789012:role/|terraform-deploy"},
        {"AbstractProxyFactoryBean<String>", 150, false, "AbstractProxy|FactoryBean<String>"},
        {"模型应用响应选择检测", 64, false, "模型应用|响应选择|检测"},
        {"abcdefghijklmnopqrstuvwxyz", 60, false, "abcdefg|hijklmno|pqrstuv|wxyz"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TextStyle style = {.face = TEXT_REGULAR,
                           .size_px = 14,
                           .max_width = COORD_OF_PX(rows[i].max_width_px),
                           .is_markdown = rows[i].is_markdown};
        TextBlock block = text_layout(str_from(rows[i].label), style, arena);
        Str text = block_text(&block, arena);
        if (!str_equal(text, str_from(rows[i].expected)))
            fail_msg("\"%s\": \"%.*s\", expected \"%s\"", rows[i].label, STR_FMT(text),
                     rows[i].expected);
        assert_int_equal(block.height, (Coord)block.line_count * COORD_OF_PX(20));
        if (style.max_width)
            assert_true(block.width <= style.max_width);
        for (size_t j = 0; j < block.line_count; j++) {
            Coord sum = 0;
            for (size_t k = 0; k < block.lines[j].run_count; k++)
                sum += block.lines[j].runs[k].width;
            assert_in_range(sum - block.lines[j].width + 4, 0, 8);
            assert_true(block.lines[j].width <= block.width);
        }
    }
    arena_free(arena);
}

/* Words may be wider than lines should be, up to a width of their own. */
static void test_whole_words(void **state) {
    (void)state;
    static const struct {
        const char *label, *expected;
    } rows[] = {
        {"a from-planner-handoff", "a|from-planner-handoff"},
        {"one two from-planner-handoff", "one two|from-planner-handoff"}, /* as wide as the word */
        {"a few words\nfrom-planner-handoff", "a few words|from-planner-handoff"},
        {"from-planner-handoff\nmany more words than fit in one line",
         "from-planner-handoff|many more words|than fit in one line"},
        {"docs/planning/adrs/0007-choose-one.md", "docs/planning/adrs/|0007-choose-one.md"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TextStyle style = {
            .size_px = 14, .max_width = COORD_OF_PX(60), .word_width = COORD_OF_PX(150)};
        TextBlock block = text_layout(str_from(rows[i].label), style, arena);
        Str text = block_text(&block, arena);
        if (!str_equal(text, str_from(rows[i].expected)))
            fail_msg("\"%s\": \"%.*s\", expected \"%s\"", rows[i].label, STR_FMT(text),
                     rows[i].expected);
    }
    arena_free(arena);
}

/* What HTML marked keeps its marks through spaces, breaks and Markdown. */
static void test_marks(void **state) {
    (void)state;
    static const struct {
        const char *label, *marks; /* a letter of `letters` per byte */
        int max_width_px;
        bool is_markdown;
        const char *expected;
    } rows[] = {
        {"a bold z", "..bbbb..", 0, false, "a <bold> z"},
        {" a  bold", "....bbbb", 0, false, "a <bold>"},
        {"it code", "ii.cccc", 0, false, "(it) [code]"},
        {"bold more words", "bbbbbbbbb......", 85, false, "<bold more>|words"},
        {"*x* yz", "....b.", 0, true, "(x) <y>z"},
        {"a\nb", "bbb", 0, false, "<a>|<b>"},
        {"short marks", "bbb", 0, false, "<sho>rt marks"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Buf marks = buf_new(arena);
        for (const char *c = rows[i].marks; *c; c++)
            buf_add_char(&marks, (char)(*c == 'b'   ? TEXT_MARK_BOLD
                                        : *c == 'i' ? TEXT_MARK_ITALIC
                                        : *c == 'c' ? TEXT_MARK_CODE
                                                    : 0));
        TextStyle style = {.size_px = 14,
                           .max_width = COORD_OF_PX(rows[i].max_width_px),
                           .is_markdown = rows[i].is_markdown,
                           .marks = buf_str(&marks)};
        TextBlock block = text_layout(str_from(rows[i].label), style, arena);
        Str text = block_text(&block, arena);
        if (!str_equal(text, str_from(rows[i].expected)))
            fail_msg("\"%s\": \"%.*s\", expected \"%s\"", rows[i].label, STR_FMT(text),
                     rows[i].expected);
    }
    /* Small text is narrower, raised text more so. */
    TextStyle style = {.size_px = 14, .marks = STR("\x08\x08\x08\x80\x80\x80")};
    TextBlock block = text_layout(STR("abcabc"), style, arena);
    assert_int_equal(block.lines[0].run_count, 2);
    assert_int_equal(block.lines[0].runs[0].size_px, 12);
    assert_int_equal(block.lines[0].runs[0].width, text_width(STR("abc"), TEXT_REGULAR, 12));
    assert_int_equal(block.lines[0].runs[1].size_px, 10);
    arena_free(arena);
}

/* Long and hostile labels end soon and stay within the width. */
static void test_hostile_labels(void **state) {
    (void)state;
    static const char *const parts[] = {"*",    "**a ",   "<b>", "<b <",     "`",  "_a",
                                        "a",    "a b ",   "模",  "\xf0\x9f", "\n", "</i>",
                                        "a-b/", "fa:fa-", "\\*", "e\xcc\x81"};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        Buf buf = buf_new(arena);
        while (buf.size < 20000)
            buf_add_text(&buf, parts[i]);
        TextStyle style = {.size_px = 14, .max_width = COORD_OF_PX(200), .is_markdown = true};
        TextBlock block = text_layout(buf_str(&buf), style, arena);
        assert_true(block.width <= style.max_width);
        arena_reset(arena);
    }
    arena_free(arena);
}

/* A part of a font is a font: with its outlines' mark, small, and for any bytes. */
static void test_fonts_are_cut(void **state) {
    (void)state;
    static const struct {
        TextFace face;
        const char *text, *mark;
    } rows[] = {
        {TEXT_REGULAR, "Ab", "OTTO"},       {TEXT_BOLD, "Load balancer", "OTTO"},
        {TEXT_ITALIC, "Größe → ✓", "OTTO"}, {TEXT_MONO, ":12347", "\0\1\0\0"},
        {TEXT_REGULAR, "", "OTTO"},         {TEXT_REGULAR, "模\xff\xc0", "OTTO"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Buf font = buf_new(arena);
        text_subset(rows[i].face, str_from(rows[i].text), &font);
        assert_true(font.size > 100 && font.size < 8000);
        assert_memory_equal(font.data, rows[i].mark, 4);
    }
    arena_free(arena);
}

#define CUTS    400
#define CUTTERS 4

/* Fonts of many drawings, by letters of which no two have the same ones. */
typedef struct Cuts {
    Arena *arenas[CUTTERS];
    Str fonts[CUTS];
} Cuts;

static void cut_one(void *context, size_t index, unsigned worker) {
    Cuts *cuts = context;
    char text[10];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('A' + (index >> i & 1 ? i + 26 : i));
    Buf font = buf_new(cuts->arenas[worker]);
    text_subset(index % 3 ? TEXT_REGULAR : TEXT_BOLD, (Str){text, sizeof text}, &font);
    cuts->fonts[index] = buf_str(&font);
}

/* HarfBuzz 6 crashes now and then when threads cut from one face that was prepared for it. */
static void test_fonts_are_cut_by_threads(void **state) {
    (void)state;
    Cuts alone = {0}, together = {0};
    for (size_t i = 0; i < CUTTERS; i++) {
        alone.arenas[i] = arena_new();
        together.arenas[i] = arena_new();
    }
    pool_run(CUTTERS, CUTS, cut_one, &together);
    pool_run(1, CUTS, cut_one, &alone);
    for (size_t i = 0; i < CUTS; i++) {
        assert_true(alone.fonts[i].size > 100);
        assert_int_equal(alone.fonts[i].size, together.fonts[i].size);
        assert_memory_equal(alone.fonts[i].data, together.fonts[i].data, alone.fonts[i].size);
    }
    for (size_t i = 0; i < CUTTERS; i++) {
        arena_free(alone.arenas[i]);
        arena_free(together.arenas[i]);
    }
}

static int setup(void **state) {
    (void)state;
    text_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths_equal_chromium),
        cmocka_unit_test(test_missing_characters_are_wide_enough),
        cmocka_unit_test(test_missing_characters_are_found),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_whole_words),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_hostile_labels),
        cmocka_unit_test(test_fonts_are_cut),
        cmocka_unit_test(test_fonts_are_cut_by_threads),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
