#include "base/ban.h"

#include <cmark-gfm/syntax_extension.h>

#include "markdown/table.h"
#include "unit/markdown/twin_trees.h"

/* Our functions for rows must make what the extension's own make: every text is read with both, and
 * the two trees are laid side by side. */

#define TEXTS  ((size_t)30000)
#define PIECES 30u

extern cmark_node_type CMARK_NODE_TABLE_ROW;

typedef struct Functions {
    cmark_match_block_func match;
    cmark_open_block_func open;
} Functions;

static Functions theirs, ours;
static size_t row_count;

static cmark_node *read_text(Str text, Functions functions) {
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    cmark_syntax_extension_set_match_block_func(table, functions.match);
    cmark_syntax_extension_set_open_block_func(table, functions.open);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    cmark_parser_attach_syntax_extension(parser, table);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("tasklist"));
    cmark_parser_feed(parser, text.data, text.size);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

static Str text_of(const cmark_node *node) {
    if (node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE)
        return (Str){(const char *)node->as.literal.data, (size_t)node->as.literal.len};
    return (Str){(const char *)node->content.ptr, (size_t)node->content.size};
}

static TwinNodes compare(cmark_node *a, cmark_node *b) {
    bool is_row = a->type == CMARK_NODE_TABLE_ROW;
    row_count += is_row;
    bool is_alike = a->type == b->type && a->start_line == b->start_line &&
                    a->end_line == b->end_line && str_equal(text_of(a), text_of(b)) &&
                    (!is_row || cmark_gfm_extensions_get_table_row_is_header(a) ==
                                    cmark_gfm_extensions_get_table_row_is_header(b));
    return is_alike ? TWINS_ALIKE : TWINS_DIFFER;
}

static void check(Str text) {
    check_twin_trees(text, read_text(text, ours), read_text(text, theirs), compare);
}

static void rows_are_read_the_same(void **state) {
    (void)state;
    static const char *const rows[] = {
        "| c | d |", "|",     "||",        "|||", "| |",     "c",     "c | d | e", "|  ",
        "c \\| d",   "\\|",   "c \\\\| d", "\\",  "|c|d|\\", "\t|c",  "    | c |", "   c | ",
        "c |\v",     "\v|\f", "> c",       "- c", "```",     "`a|b`", " \t ",      "é|ü"};
    static const char *const ends[] = {"\n", "\r\n", "\r", "", "\n\nx", "\n| e | f |\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            Arena *arena = arena_new();
            check(str_format(arena, "| a | b |\n|---|---|\n%s%s", rows[i], ends[k]));
            check(str_format(arena, "- | a | b |\n  |---|---|\n  %s%s", rows[i], ends[k]));
            check(str_format(arena, "> a|b\n> -|-\n> %s%s", rows[i], ends[k]));
            arena_free(arena);
        }
    }
    assert_true(row_count > 500);
}

static void random_tables_are_read_the_same(void **state) {
    (void)state;
    static const char *const pieces[] = {"a",   " b ", "é",    "|",    "|",   "|",    " | ",
                                         "\\|", "\\",  "\n",   "\n",   "\n|", "\n\n", "|--|--|\n",
                                         "*",   "`",   "\t",   "  ",   "\v",  "\f",   "\r",
                                         "> ",  "- ",  "\r\n", "    ", "#",   "[^n]", "\n|-|\n"};
    uint32_t random = 2463534242u;
    Arena *arena = arena_new();
    row_count = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        Buf text = buf_new(arena);
        buf_add_text(&text, i % 3 == 0 ? "" : i % 3 == 1 ? "|a|b|\n|-|-|\n" : "> x\n> -|\n> ");
        add_random_pieces(&text, pieces, sizeof pieces / sizeof *pieces, 1 + i % PIECES, &random);
        check(buf_str(&text));
        arena_reset(arena);
    }
    arena_free(arena);
    print_message("# %zu rows\n", row_count);
    assert_true(row_count > TEXTS);
}

int main(void) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    theirs = (Functions){table->last_block_matches, table->try_opening_block};
    table_setup(table);
    ours = (Functions){table->last_block_matches, table->try_opening_block};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_the_same),
        cmocka_unit_test(random_tables_are_read_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
