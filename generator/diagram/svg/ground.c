/* What labels and bare texts stand on. A label hides the line that it interrupts, so its ground has
 * to be painted as whatever lies around it: the page, a group, or a tint over another group. */
#include "base/ban.h"

#include "diagram/svg/svg_form.h"

static bool box_holds(Box outer, Box inner) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

static bool is_opaque(const ThemePaint *paint) {
    return !paint->is_tinted && paint->fill.alpha == 255 && paint->opacity == 100;
}

static ThemePaint group_paint(const Scene *scene, size_t index, bool is_dark) {
    const SceneGroup *group = &scene->groups[index];
    return theme_resolve(THEME_GROUP, group->depth, &group->look, is_dark);
}

/* The innermost group that holds `box`; groups come after what they lie in. */
static uint32_t find_group(const Scene *scene, Box box) {
    for (size_t i = scene->group_count; i-- > 0;)
        if (box_holds(scene->groups[i].box, box))
            return (uint32_t)i;
    return GRAPH_NONE;
}

/* The chain of groups from `group` outwards up to the first that hides what is behind it, outermost
 * first; GROUND_MOST tints over each other are all one colour to the eye. */
#define GROUND_MOST 8
typedef struct Ground {
    ThemePaint paints[GROUND_MOST];
    size_t count;
    bool is_on_page; /* the page shows through */
} Ground;

static Ground ground_of(const Scene *scene, uint32_t group, bool is_dark) {
    Ground ground = {.is_on_page = true};
    uint32_t chain[GROUND_MOST];
    size_t count = 0;
    for (; group != GRAPH_NONE && count < GROUND_MOST && ground.is_on_page;
         group = scene->groups[group].parent) {
        ThemePaint paint = group_paint(scene, group, is_dark);
        chain[count++] = group;
        ground.is_on_page = !is_opaque(&paint);
    }
    while (count > 0)
        ground.paints[ground.count++] = group_paint(scene, chain[--count], is_dark);
    return ground;
}

void svg_ground(Buf *buf, const Scene *scene, Box box, Coord radius, bool is_dark) {
    Ground ground = ground_of(scene, find_group(scene, box), is_dark);
    SceneLook plain = {0};
    ThemePaint page = theme_resolve(THEME_EDGE, 0, &plain, is_dark);
    for (size_t i = ground.is_on_page ? 0 : 1; i <= ground.count; i++) {
        const ThemePaint *paint = i == 0 ? &page : &ground.paints[i - 1];
        svg_open_part(buf, i == 0 ? "edge" : "ground", paint);
        buf_add_text(buf, "><rect");
        svg_classes(buf, paint, "f");
        svg_colour(buf, "fill", paint->fill);
        if (paint->is_tinted)
            buf_add_text(buf, " fill-opacity=\"" SVG_TINT_OPACITY "\"");
        svg_box(buf, box, radius);
        buf_add_text(buf, "/></g>");
    }
}

static void take_colour(const Scene *scene, uint32_t group, bool is_dark, ThemePaint *paint) {
    for (; group != GRAPH_NONE; group = scene->groups[group].parent) {
        ThemePaint under = group_paint(scene, group, is_dark);
        if (!is_opaque(&under))
            continue;
        if (under.is_own_fill) {
            paint->text = theme_readable_on(under.fill);
            paint->is_own_text = true;
        }
        return;
    }
}

void svg_text_on_ground(const Scene *scene, Box box, bool is_dark, ThemePaint *paint) {
    if (!paint->is_own_text)
        take_colour(scene, find_group(scene, box), is_dark, paint);
}
