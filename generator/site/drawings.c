#include "base/ban.h"

#include "site/drawings.h"

#include "base/map.h"

/* What one build takes, by path. */
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

static Drawing *drawing_new(const Source *source) {
    Arena *arena = arena_new();
    Drawing *drawing = ARENA_NEW(arena, Drawing);
    drawing->arena = arena;
    drawing->source =
        source_new(arena, str_copy(arena, source->path), str_copy(arena, source->text));
    return drawing;
}

Drawing *drawings_take(Drawings *drawings, const Source *source) {
    Drawing *drawing =
        drawings->before.arena ? map_find(drawings->before.drawings, source->path) : NULL;
    if (!drawing || !str_equal(drawing->source->text, source->text))
        drawing = drawing_new(source);
    drawing->round = drawings->round;
    map_put(drawings->now.drawings, drawing->source->path, drawing);
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

void drawings_end(Drawings *drawings) {
    clear_shelf(&drawings->before, drawings->round);
}
