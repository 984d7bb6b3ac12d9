/* Drawings kept from one build to the next: what is the same is not compiled again, and what a
 * build did to it does not show in the next. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "site/drawings.h"

#include <cmocka.h>

#define PATH STR("diagrams/net.mmd")
#define URL  STR("diagrams/net.svg")

static const char two[] = "flowchart LR\na --> b\nclick a \"page.md\"\n";
static const char three[] = "flowchart LR\na --> b --> c\n";

static const Diagram *build(Drawings *drawings, Arena *arena, const char *text) {
    drawings_begin(drawings);
    Drawing *drawing =
        drawings_take(drawings, source_new(arena, PATH, str_copy(arena, str_from(text))), URL);
    drawing_compile(drawing);
    drawings_end(drawings);
    return drawing->diagram;
}

static void the_same_text_is_compiled_once(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Drawings *drawings = drawings_new();
    const Diagram *first = build(drawings, arena, two);
    assert_ptr_equal(build(drawings, arena, two), first);
    const Diagram *other = build(drawings, arena, three);
    assert_int_equal(other->link_count, 0);
    assert_int_equal(build(drawings, arena, two)->link_count, 1);
    drawings_free(drawings);
    arena_free(arena);
}

/* A build writes resolved addresses into the drawing; the next one begins with the author's. */
static void links_are_as_written_again(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Drawings *drawings = drawings_new();
    const Diagram *diagram = build(drawings, arena, two);
    *diagram->links[0].url = STR("deep/page.html");
    diagram = build(drawings, arena, two);
    assert_string_equal(str_cstr(arena, *diagram->links[0].url), "page.md");
    drawings_free(drawings);
    arena_free(arena);
}

/* The text of a build's source goes with the build: the drawing has its own. */
static void places_outlive_their_build(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Drawings *drawings = drawings_new();
    Arena *build_arena = arena_new();
    build(drawings, build_arena, "flowchart LR\na --> b\nclass nobody red\n");
    arena_free(build_arena);
    drawings_begin(drawings);
    Drawing *drawing = drawings_take(
        drawings, source_new(arena, PATH, STR("flowchart LR\na --> b\nclass nobody red\n")), URL);
    drawing_compile(drawing);
    assert_int_equal(diags_count(drawing->diags), 1);
    assert_int_equal(span_place(diags_get(drawing->diags, 0)->at).line, 3);
    drawings_end(drawings);
    drawings_free(drawings);
    arena_free(arena);
}

/* A fence in the third line of a page. */
static const Source *fence(Arena *arena, const char *page) {
    Source *origin = source_new(arena, STR("page.md"), str_copy(arena, str_from(page)));
    Str text = str_copy(arena, str_from_offset(origin->text, origin->line_starts[2]));
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, origin->line_count);
    for (uint32_t i = 2; i < origin->line_count; i++)
        starts[i - 2] = origin->line_starts[i];
    return source_excerpt(arena, origin, text, starts);
}

/* With the page its places may move, so that a fence is kept as long as its page is the same. */
static void a_fence_is_kept_with_its_page(void **state) {
    (void)state;
    static const char old[] = "Text.\n\nflowchart LR\na --> b\nclass nobody red\n";
    static const char new[] = "Other.\n\nflowchart LR\na --> b\nclass nobody red\n";
    Arena *arena = arena_new();
    Drawings *drawings = drawings_new();
    const Diagram *last = NULL;
    const char *const pages[] = {old, old, new};
    for (size_t i = 0; i < 3; i++) {
        Arena *build_arena = arena_new();
        drawings_begin(drawings);
        Drawing *drawing = drawings_take(drawings, fence(build_arena, pages[i]), URL);
        drawing_compile(drawing);
        drawings_end(drawings);
        arena_free(build_arena);
        assert_int_equal(drawing->diagram == last, i == 1);
        last = drawing->diagram;
        assert_int_equal(span_place(diags_get(drawing->diags, 0)->at).line, 5);
    }
    drawings_free(drawings);
    arena_free(arena);
}

/* What is drawn holds the addresses that the links have in this build. */
static void a_file_is_drawn_anew_for_other_links(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Drawings *drawings = drawings_new();
    static const char *const targets[] = {"one.html", "one.html", "two.html"};
    const DiagramSvgOptions options = {.is_standalone = true};
    const char *drawn = NULL;
    for (size_t i = 0; i < 3; i++) {
        drawings_begin(drawings);
        Drawing *drawing = drawings_take(drawings, source_new(arena, PATH, str_from(two)), URL);
        drawing_compile(drawing);
        drawings_end(drawings);
        *drawing->diagram->links[0].url = str_from(targets[i]);
        Str svg = drawing_svg(drawing, &options, arena);
        assert_true(str_find(svg, str_from(targets[i]), 0) != STR_NONE);
        assert_int_equal(drawing->svg.data == drawn, i == 1);
        drawn = drawing->svg.data;
    }
    drawings_free(drawings);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_is_compiled_once),
        cmocka_unit_test(links_are_as_written_again),
        cmocka_unit_test(places_outlive_their_build),
        cmocka_unit_test(a_fence_is_kept_with_its_page),
        cmocka_unit_test(a_file_is_drawn_anew_for_other_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
