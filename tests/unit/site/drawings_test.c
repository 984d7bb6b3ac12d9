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

static const char two[] = "flowchart LR\na --> b\nclick a \"page.md\"\n";
static const char three[] = "flowchart LR\na --> b --> c\n";

static const Diagram *build(Drawings *drawings, Arena *arena, const char *text) {
    drawings_begin(drawings);
    Drawing *drawing =
        drawings_take(drawings, source_new(arena, PATH, str_copy(arena, str_from(text))));
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
        drawings, source_new(arena, PATH, STR("flowchart LR\na --> b\nclass nobody red\n")));
    drawing_compile(drawing);
    assert_int_equal(diags_count(drawing->diags), 1);
    assert_int_equal(span_place(diags_get(drawing->diags, 0)->at).line, 3);
    drawings_end(drawings);
    drawings_free(drawings);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_is_compiled_once),
        cmocka_unit_test(links_are_as_written_again),
        cmocka_unit_test(places_outlive_their_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
