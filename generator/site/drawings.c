#include "base/ban.h"

#include "site/drawings.h"

#include "base/map.h"

/* What one build takes, by address. */
typedef struct Shelf {
    Arena *arena;
    Map *drawings;
} Shelf;

struct Drawings {
    Arena *arena;
    Shelf now, before; /* arena NULL: there was no such build */
    uint64_t round;
};

Drawings *drawings_new(void) {
    Arena *arena = arena_new();
    Drawings *drawings = ARENA_NEW(arena, Drawings);
    drawings->arena = arena;
    return drawings;
}

/* Gives back the drawings of `shelf` that build number `round` did not take. */
static void clear_shelf(Shelf *shelf, uint64_t round) {
    if (!shelf->arena)
        return;
    for (size_t i = 0; i < map_count(shelf->drawings); i++) {
        const Drawing *drawing = map_value(shelf->drawings, i);
        if (drawing->round != round)
            arena_free(drawing->arena);
    }
    arena_free(shelf->arena);
    *shelf = (Shelf){NULL, NULL};
}

void drawings_free(Drawings *drawings) {
    if (!drawings)
        return;
    clear_shelf(&drawings->before, drawings->round);
    clear_shelf(&drawings->now, drawings->round + 1);
    arena_free(drawings->arena);
}

void drawings_begin(Drawings *drawings) {
    drawings->round++;
    drawings->before = drawings->now;
    drawings->now.arena = arena_new();
    drawings->now.drawings = map_new(drawings->now.arena);
}

static Source *copy_source(const Source *source, Arena *arena) {
    Str text = str_copy(arena, source->text);
    if (!source->origin)
        return source_new(arena, str_copy(arena, source->path), text);
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, source->line_count);
    memcpy(starts, source->origin_starts, source->line_count * sizeof *starts);
    return source_excerpt(arena, copy_source(source->origin, arena), text, starts);
}

static bool same_source(const Source *left, const Source *right) {
    for (; left && right; left = left->origin, right = right->origin)
        if (!str_equal(left->path, right->path) || !str_equal(left->text, right->text))
            return false;
    return !left && !right;
}

static Drawing *drawing_new(const Source *source) {
    Arena *arena = arena_new();
    Drawing *drawing = ARENA_NEW(arena, Drawing);
    drawing->arena = arena;
    drawing->source = copy_source(source, arena);
    return drawing;
}

Drawing *drawings_take(Drawings *drawings, const Source *source, Str url) {
    Drawing *drawing = drawings->before.arena ? map_find(drawings->before.drawings, url) : NULL;
    if (!drawing || !same_source(drawing->source, source))
        drawing = drawing_new(source);
    drawing->round = drawings->round;
    map_put(drawings->now.drawings, str_copy(drawings->now.arena, url), drawing);
    return drawing;
}

void drawing_compile(Drawing *drawing) {
    Arena *arena = drawing->arena;
    if (drawing->diagram) {
        for (size_t i = 0; i < drawing->diagram->link_count; i++)
            *drawing->diagram->links[i].url = drawing->links[i];
        return;
    }
    drawing->diags = diags_new(arena);
    drawing->diagram = diagram_compile(drawing->source, arena, drawing->diags);
    drawing->links = ARENA_ARRAY(arena, Str, drawing->diagram->link_count + 1);
    for (size_t i = 0; i < drawing->diagram->link_count; i++)
        drawing->links[i] = *drawing->diagram->links[i].url;
}

static bool has_same_links(const Drawing *drawing) {
    for (size_t i = 0; i < drawing->diagram->link_count; i++)
        if (!str_equal(*drawing->diagram->links[i].url, drawing->svg_links[i]))
            return false;
    return true;
}

Str drawing_svg(Drawing *drawing, const DiagramSvgOptions *options, Arena *arena) {
    if (drawing->svg.size == 0 || !has_same_links(drawing)) {
        const Diagram *diagram = drawing->diagram;
        Buf svg = buf_new(drawing->arena);
        diagram_write_svg(diagram, options, &svg);
        drawing->svg = buf_str(&svg);
        drawing->svg_links = ARENA_ARRAY(drawing->arena, Str, diagram->link_count + 1);
        for (size_t i = 0; i < diagram->link_count; i++)
            drawing->svg_links[i] = str_copy(drawing->arena, *diagram->links[i].url);
    }
    /* Whoever still reads the page of a build may do so when the drawing is gone. */
    return str_copy(arena, drawing->svg);
}

void drawings_end(Drawings *drawings) {
    clear_shelf(&drawings->before, drawings->round);
}
