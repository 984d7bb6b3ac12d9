/* How long libgvc takes for the same graphs, in its own process and without a program's start: text
 * to places by dot, then SVG. Prints the lines that diagrams.c prints. usage: graphviz KIND SIZE
 * FILE */
#include "base/ban.h"

#include <graphviz/gvc.h>

#include "bench/clock.h"

#define TEXT_MOST ((size_t)16 << 20)

static char *read_text(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(TEXT_MOST, 1);
    if (!file || !text || fread(text, 1, TEXT_MOST - 1, file) == 0) {
        perror(path);
        exit(3);
    }
    fclose(file);
    return text;
}

/* One drawing; gives the time until everything has its place. */
static double draw(GVC_t *context, const char *text) {
    double start = clock_ms();
    Agraph_t *graph = agmemread(text);
    char *svg = NULL;
    unsigned svg_size = 0;
    if (!graph || gvLayout(context, graph, "dot") != 0) {
        fprintf(stderr, "libgvc cannot place this graph\n");
        exit(1);
    }
    double placed = clock_ms() - start;
    gvRenderData(context, graph, "svg", &svg, &svg_size);
    if (svg_size == 0) {
        fprintf(stderr, "libgvc gives no SVG\n");
        exit(1);
    }
    gvFreeRenderData(svg);
    gvFreeLayout(context, graph);
    agclose(graph);
    return placed;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: graphviz KIND SIZE FILE\n");
        return 2;
    }
    const char *text = read_text(argv[3]);
    GVC_t *context = gvContext();
    draw(context, "digraph { a [label=warm]; a -> b [label=up]; }"); /* loads the fonts */
    Samples whole = {.count = 0}, layout = {.count = 0};
    double start = clock_ms(), spent = 0;
    /* A graph that takes seconds is drawn once: its figure is not in doubt. */
    while (clock_goes_on(whole.count, spent) && (whole.count == 0 || spent < 3 * CLOCK_ENOUGH_MS)) {
        double begin = clock_ms();
        layout.ms[layout.count++] = draw(context, text);
        whole.ms[whole.count++] = clock_ms() - begin;
        spent = clock_ms() - start;
    }
    printf("%s\t%s\tlibgvc\ttotal_ms\t%.3f\n", argv[1], argv[2], clock_median(&whole));
    printf("%s\t%s\tlibgvc\tlayout_ms\t%.3f\n", argv[1], argv[2], clock_median(&layout));
    printf("%s\t%s\tlibgvc\truns\t%zu\n", argv[1], argv[2], whole.count);
    gvFreeContext(context);
    return 0;
}
