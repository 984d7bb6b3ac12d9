#include "base/ban.h"

#include "base/fs.h"
#include "markdown/plain.h"
#include "unit/markdown/twin_trees.h"

/* What is hidden from cmark must be what cmark would have made one text of: every text is read
 * twice, with and without hiding, and the two trees are laid side by side. */

#define TEXTS     ((size_t)20000)
#define PIECES    40u
#define PAGE_SIZE ((size_t)4 << 20)

extern cmark_node_type CMARK_NODE_TABLE_CELL;

static size_t hidden_count, shown_count;

static cmark_node *read_text(Str text, bool hides) {
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("tasklist"));
    cmark_parser_feed(parser, text.data, text.size);
    if (text.size && text.data[text.size - 1] != '\n')
        cmark_parser_feed(parser, "\n", 1);
    if (hides)
        plain_hide(parser->root);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

static Str literal_of(const cmark_node *node) {
    return (Str){(const char *)node->as.literal.data, (size_t)node->as.literal.len};
}

static bool was(const cmark_node *node, MdKind kind) {
    return node->type == (kind == MD_HEADING      ? CMARK_NODE_HEADING
                          : kind == MD_TABLE_CELL ? CMARK_NODE_TABLE_CELL
                                                  : CMARK_NODE_PARAGRAPH);
}

/* A hidden block beside the one that cmark has read: no child without text, else this one. */
static bool is_one_text(const cmark_node *hidden, const cmark_node *shown) {
    Str text = plain_text(hidden);
    const cmark_node *child = shown->first_child;
    if (text.size == 0 || !child)
        return text.size == 0 && !child;
    return child->type == CMARK_NODE_TEXT && !child->next && str_equal(literal_of(child), text);
}

static TwinNodes compare(cmark_node *a, cmark_node *b) {
    const MdKind *kind = plain_kind(a);
    if (kind) {
        hidden_count++;
        return was(b, *kind) && !a->first_child && is_one_text(a, b) ? TWINS_WHOLE : TWINS_DIFFER;
    }
    shown_count++;
    bool is_alike = a->type == b->type &&
                    (a->type != CMARK_NODE_TEXT || str_equal(literal_of(a), literal_of(b)));
    return is_alike ? TWINS_ALIKE : TWINS_DIFFER;
}

static void check(Str text) {
    check_twin_trees(text, read_text(text, true), read_text(text, false), compare);
}

static void every_mark_is_seen(void **state) {
    (void)state;
    check(STR("plain\n\n# plain\n\n| plain | |\n|---|---|\n| a  | b\n\n- [ ] plain\n\nlast"));
    /* Every byte between two words, as text, in a heading and in a cell. */
    for (int byte = 1; byte < 0x80; byte++) {
        Arena *arena = arena_new();
        check(str_format(arena, "a %c b\n\n# a %c b\n\n| a %c b |\n|---|\n| a%cb |\n\nx", byte,
                         byte, byte, byte));
        arena_free(arena);
    }
    /* Three blocks of most bytes above are hidden. */
    assert_true(hidden_count > 300);
}

static void random_texts_are_read_the_same(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "word ",  "text",    "é",        "\n",      "\n\n",    "\n\n",       "# ",
        "### ",   " ##\n",   "- ",       "\n- ",    "1. ",     "> ",         "    ",
        "\t",     "  \n",    "\\",       "\\|",     "| a ",    " | b",       "|\n",
        "\n|--|", "|---|\n", "[x]: y\n", "[^n]: ",  "[^n]",    "[x]",        "*",
        "__",     "`",       "```\n",    "\n===\n", "\n---\n", "<b>",        "<!--",
        "&amp;",  "![i]",    "\r\n",     "\r",      ".",       "\n- [ ] do", "\n- [x] done ",
        "\v",     "\f",      "  ",       "http://a"};
    uint32_t random = 2463534242u;
    Arena *arena = arena_new();
    hidden_count = shown_count = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        Buf text = buf_new(arena);
        add_random_pieces(&text, pieces, sizeof pieces / sizeof *pieces, 1 + i % PIECES, &random);
        check(buf_str(&text));
        arena_reset(arena);
    }
    arena_free(arena);
    print_message("# %zu blocks hidden beside %zu nodes\n", hidden_count, shown_count);
    assert_true(hidden_count > TEXTS);
}

/* Every page below `root`. */
static void check_folder(Str root) {
    Arena *arena = arena_new(), *tmp = arena_new();
    Fs *fs = fs_open_disk(arena, root);
    FsList list = {.arena = arena};
    FsText text;
    Str why;
    size_t count = 0;
    if (fs_walk(fs, (FsWalk){0}, &list, &why)) {
        for (size_t i = 0; i < list.count; i++) {
            Str path = list.entries[i].path;
            if (str_ends_with(path, STR(".md")) && fs_read(fs, path, PAGE_SIZE, tmp, &text)) {
                check(text.content);
                count++;
            }
            arena_reset(tmp);
        }
    }
    print_message("# %zu pages%s in %.*s\n", count, count ? "" : ": skipped", STR_FMT(root));
    arena_free(tmp);
    arena_free(arena);
}

static void real_pages_are_read_the_same(void **state) {
    (void)state;
    const char *corpus = getenv("DOCSGEN_CORPUS");
    check_folder(STR("site-src"));
    check_folder(corpus ? str_from(corpus) : STR("../shared/corpus"));
}

int main(void) {
    cmark_gfm_core_extensions_ensure_registered();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mark_is_seen),
        cmocka_unit_test(random_texts_are_read_the_same),
        cmocka_unit_test(real_pages_are_read_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
