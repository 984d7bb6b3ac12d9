/* How long docsgen takes from the text of a flowchart to SVG, stage by stage, and how much memory.
 * Writes each graph as FOLDER/KIND-SIZE.mmd, .dot and .json for the other engines, and prints one
 * line per figure: kind, size, engine, what, value. usage: diagrams FOLDER SIZE... */
#include "base/ban.h"

#include <stdbool.h>

#include "base/diag.h"
#include "bench/clock.h"
#include "bench/graphs.h"
#include "bench/memory.h"
#include "diagram/diagram.h"
#include "diagram/layout/layout.h"
#include "diagram/svg/svg.h"
#include "diagram/syntax/syntax.h"
#include "diagram/text/text.h"

#define SEED 1

typedef struct Times {
    Samples whole, parse, layout, once, svg;
    size_t peak, svg_size;
} Times;

typedef void (*GraphWriter)(const BenchGraph *graph, Buf *out);

/* A benchmark without its files is none: that ends the program. */
static void write_file(const char *path, Str text) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text.data, 1, text.size, file) != text.size || fclose(file) != 0) {
        perror(path);
        exit(3);
    }
}

/* What a page does with a diagram, all of it. */
static void time_whole(const Source *source, Times *times) {
    double start = clock_ms();
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Buf svg = buf_new(arena);
    const Diagram *diagram = diagram_compile(source, arena, diags);
    DiagramSvgOptions options = {.id_prefix = STR("d1-"), .name = STR("Benchmark")};
    diagram_write_svg(diagram, &options, &svg);
    times->svg_size = svg.size;
    if (!diagram->is_drawn || svg.size == 0) {
        fprintf(stderr, "a generated diagram is not drawn\n");
        exit(1);
    }
    arena_free(arena);
    times->whole.ms[times->whole.count++] = clock_ms() - start;
}

/* The same cut into its stages; rules, styles and the text equivalent are left out. */
static void time_stages(const Source *source, Times *times) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    bool ok;
    double start = clock_ms();
    const Graph *graph = syntax_parse_flow(source, arena, diags, &ok);
    double parsed = clock_ms();
    LayoutOptions options = {.font_size_px = 14, .target_width = COORD_OF_PX(680)};
    const Scene *scene = layout_flow(graph, &options, arena);
    double placed = clock_ms();
    Buf svg = buf_new(arena);
    svg_write(scene, &(SvgOptions){.id_prefix = STR("d1-"), .name = STR("Benchmark")}, &svg);
    times->parse.ms[times->parse.count++] = parsed - start;
    times->layout.ms[times->layout.count++] = placed - parsed;
    times->svg.ms[times->svg.count++] = clock_ms() - placed;
    arena_free(arena);
}

/* The layout of a drawing that fits any page, so that no other form of it is tried: one candidate,
 * which is what other engines make. */
static void time_once(const Source *source, Times *times) {
    Arena *arena = arena_new();
    bool ok;
    const Graph *graph = syntax_parse_flow(source, arena, diags_new(arena), &ok);
    LayoutOptions options = {.font_size_px = 14, .target_width = COORD_OF_PX(1000000)};
    double start = clock_ms();
    layout_flow(graph, &options, arena);
    times->once.ms[times->once.count++] = clock_ms() - start;
    arena_free(arena);
}

static void print_ms(const char *name, size_t size, const char *what, double ms) {
    printf("%s\t%zu\tdocsgen\t%s\t%.3f\n", name, size, what, ms);
}

static void print_count(const char *name, size_t size, const char *what, size_t count) {
    printf("%s\t%zu\tdocsgen\t%s\t%zu\n", name, size, what, count);
}

static void measure(const Source *source, const char *name, size_t size) {
    Times times = {0};
    size_t before = memory_used();
    memory_take_peak();
    time_whole(source, &times); /* warms up, and shows the memory of one run */
    times.peak = memory_take_peak() - before;
    times.whole.count = 0;
    double start = clock_ms();
    while (clock_goes_on(times.whole.count, clock_ms() - start))
        time_whole(source, &times);
    start = clock_ms();
    while (clock_goes_on(times.parse.count, clock_ms() - start))
        time_stages(source, &times);
    start = clock_ms();
    while (clock_goes_on(times.once.count, clock_ms() - start))
        time_once(source, &times);
    print_ms(name, size, "total_ms", clock_median(&times.whole));
    print_ms(name, size, "least_ms", times.whole.ms[0]);
    print_ms(name, size, "parse_ms", clock_median(&times.parse));
    print_ms(name, size, "layout_ms", clock_median(&times.layout));
    print_ms(name, size, "once_ms", clock_median(&times.once));
    print_ms(name, size, "svg_ms", clock_median(&times.svg));
    print_count(name, size, "runs", times.whole.count);
    print_count(name, size, "peak_bytes", times.peak);
    print_count(name, size, "svg_bytes", times.svg_size);
    fflush(stdout);
}

static void run(const char *folder, BenchKind kind, size_t size) {
    static const struct {
        const char *suffix;
        GraphWriter write;
    } forms[] = {
        {"dot", bench_write_dot}, {"json", bench_write_json}, {"mmd", bench_write_mermaid}};
    Arena *arena = arena_new();
    const char *name = bench_kind_name(kind);
    const BenchGraph *graph = bench_graph_new(kind, size, SEED, arena);
    Str text = {NULL, 0};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Buf out = buf_new(arena);
        forms[i].write(graph, &out);
        text = buf_str(&out);
        Str path = str_format(arena, "%s/%s-%zu.%s%c", folder, name, size, forms[i].suffix, '\0');
        write_file(path.data, text);
    }
    print_count(name, size, "edges", graph->edge_count);
    print_count(name, size, "groups", graph->group_count);
    measure(source_new(arena, STR("bench.mmd"), text), name, size);
    arena_free(arena);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: diagrams FOLDER SIZE...\n");
        return 2;
    }
    text_setup();
    for (BenchKind kind = 0; kind < BENCH_KIND_COUNT; kind++)
        for (int i = 2; i < argc; i++)
            run(argv[1], kind, strtoul(argv[i], NULL, 10));
    return 0;
}
