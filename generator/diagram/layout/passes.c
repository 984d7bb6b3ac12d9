/* The layered layout as a table: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of
 * Hierarchical System Structures" (1981), for nested groups. Start reading here. */
#include "base/ban.h"

#include <assert.h>

#include "diagram/layout/layered.h"
#include "diagram/layout/plan.h"

typedef struct LayoutPass {
    const char *name;
    LayeredPass run;
} LayoutPass;

static const LayoutPass layered_passes[] = {
    {"acyclic",
     acyclic_run},          /* needs: any graph      gives: a direction for every edge, no cycle */
    {"twins", twins_run},   /* needs: any graph      gives: groups that are built alike */
    {"rank", rank_run},     /* needs: no cycle       gives: edges point to later ranks */
    {"spread", spread_run}, /* needs: ranks          gives: narrower ranks, where asked for */
    {"chains", chains_run}, /* needs: ranks          gives: blocks, links between neighbours */
    {"order", order_run},   /* needs: blocks         gives: left to right, few crossings */
    {"apart", apart_run},   /* needs: order          gives: the same, with groups further apart */
    {"alike", alike_run},   /* needs: order          gives: twins in the same order */
    {"doors", doors_run},   /* needs: order          gives: the same as areas are met */
    {"detour", detour_run}, /* needs: order          gives: no edge through a foreign group */
    {"ports", ports_run},   /* needs: order          gives: where links meet nodes */
    {"place", place_run},   /* needs: order, ports   gives: x for every block */
    {"route", route_run},   /* needs: x              gives: horizontal pieces, top to bottom */
    {"stack", stack_run},   /* needs: nets in order  gives: y for everything */
};

void passes_run(Layered *lay) {
    for (size_t i = 0; i < sizeof layered_passes / sizeof *layered_passes; i++) {
        layered_passes[i].run(lay);
        assert(layered_check(lay));
    }
}
