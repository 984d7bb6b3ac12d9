#include "base/ban.h"

#include "diagram/scene/sequence.h"
#include "diagram/svg/svg_form.h"

/* What an edge can end at, by number: nodes, groups, participants. */
static Str end_id(const Scene *scene, size_t number) {
    if (number < scene->node_count)
        return scene->nodes[number].id;
    number -= scene->node_count;
    if (number < scene->group_count)
        return scene->groups[number].id;
    number -= scene->group_count;
    if (scene->sequence && number < scene->sequence->head_count)
        return scene->sequence->heads[number].id;
    return (Str){0};
}

/* The number of the end called `id`, or THEME_END_LIMIT for one that style sheets do not reach. Two
 * heads of one participant share the number of the first. */
static size_t end_number(const Scene *scene, Str id) {
    if (id.size == 0)
        return THEME_END_LIMIT;
    for (size_t i = 0; i < THEME_END_LIMIT; i++)
        if (str_equal(end_id(scene, i), id))
            return i;
    return THEME_END_LIMIT;
}

static bool has_edge(const Scene *scene, Str id) {
    for (size_t i = 0; i < scene->edge_count; i++)
        if (str_equal(scene->edges[i].from, id) || str_equal(scene->edges[i].to, id))
            return true;
    for (size_t i = 0; scene->sequence && i < scene->sequence->message_count; i++)
        if (str_equal(scene->sequence->messages[i].from, id) ||
            str_equal(scene->sequence->messages[i].to, id))
            return true;
    return false;
}

void svg_end(Buf *buf, const Scene *scene, const SvgOptions *options, Str id) {
    if (options->id_prefix.size == 0)
        return;
    size_t number = end_number(scene, id);
    /* A part without edges has none to show, and does not pale those of others. */
    if (number < THEME_END_LIMIT && has_edge(scene, id))
        buf_add_format(buf, " data-n=\"%zu\"", number);
}

void svg_edge_ends(Buf *buf, const Scene *scene, const SvgOptions *options, Str from, Str to) {
    if (options->id_prefix.size == 0)
        return;
    /* Present even when no number is: such an edge pales like others when a node shows its own. */
    buf_add_text(buf, " data-e=\"");
    size_t a = end_number(scene, from), b = end_number(scene, to);
    if (a < THEME_END_LIMIT)
        buf_add_format(buf, "%zu", a);
    if (b < THEME_END_LIMIT && a != b)
        buf_add_format(buf, a < THEME_END_LIMIT ? " %zu" : "%zu", b);
    buf_add_char(buf, '"');
}
