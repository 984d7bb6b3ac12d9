/* Packs the parts of a drawing that nothing connects: rows from left to right, broken where the
 * whole then shows largest on a page of target_width with sides of 4 to 3. */
#include "base/ban.h"

#include "diagram/layout/plan.h"

#define GAP COORD_OF_PX(28)

static Point place_rows(const Point *sizes, size_t count, Coord width, Point *corners) {
    Point at = {0, 0}, whole = {0, 0};
    Coord row_height = 0;
    for (size_t i = 0; i < count; i++) {
        if (at.x > 0 && at.x + sizes[i].x > width) {
            at.x = 0;
            at.y += row_height + GAP;
            row_height = 0;
        }
        corners[i] = at;
        at.x += sizes[i].x;
        whole.x = at.x > whole.x ? at.x : whole.x;
        at.x += GAP;
        row_height = sizes[i].y > row_height ? sizes[i].y : row_height;
        whole.y = at.y + row_height;
    }
    return whole;
}

/* How far the whole must be shrunk, in parts of 1 000 000: smaller is better; area breaks ties. */
static int64_t cost_of(Point whole, Coord target_width) {
    int64_t wide = (int64_t)whole.x * 1000 / (target_width + 1);
    int64_t high = (int64_t)whole.y * 1000 / (target_width * 3 / 4 + 1);
    int64_t worst = wide > high ? wide : high;
    if (wide > 1000)
        worst += 2 * (wide - 1000); /* too wide is worse than too long: pages scroll down */
    return (worst < 600 ? 600 : worst) * 1000 + (wide + high) / 16;
}

Point pack_rows(const Point *sizes, size_t count, Coord target_width, Point *corners) {
    Point whole = {0, 0};
    int64_t best_cost = INT64_MAX;
    Coord best_width = 0, sum = 0;
    size_t step = count / 64 + 1;
    for (size_t i = 0; i < count; i++) { /* widths that a row of the first i parts has */
        sum += sizes[i].x;
        if (i % step == 0 || i + 1 == count) {
            int64_t cost = cost_of(place_rows(sizes, count, sum, corners), target_width);
            if (cost < best_cost) {
                best_cost = cost;
                best_width = sum;
            }
        }
        sum += GAP;
    }
    if (count > 0)
        whole = place_rows(sizes, count, best_width, corners);
    return whole;
}
