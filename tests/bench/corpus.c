/* How long docsgen takes for real diagrams, text to SVG, by kind. Prints the lines that diagrams.c
 * prints, where the size is the number of diagrams that are drawn. usage: corpus FOLDER, with one
 * folder per kind in it, or none: then nothing is printed */
#include "base/ban.h"

#include "base/diag.h"
#include "base/fs.h"
#include "base/limits.h"
#include "bench/clock.h"
#include "diagram/diagram.h"
#include "diagram/text/text.h"

#define RUNS 5 /* of each diagram; the median counts */

typedef struct Figures {
    double *ms; /* by diagram */
    size_t count;
} Figures;

/* The time for one diagram, or a negative number where Mermaid refuses it as well. */
static double time_one(const Source *source) {
    Samples samples = {.count = 0};
    bool is_drawn = true;
    while (samples.count < RUNS && is_drawn) {
        double start = clock_ms();
        Arena *arena = arena_new();
        Diags *diags = diags_new(arena);
        Buf svg = buf_new(arena);
        const Diagram *diagram = diagram_compile(source, arena, diags);
        DiagramSvgOptions options = {.id_prefix = STR("d1-"), .name = STR("Benchmark")};
        diagram_write_svg(diagram, &options, &svg);
        is_drawn = diagram->is_drawn;
        arena_free(arena);
        samples.ms[samples.count++] = clock_ms() - start;
    }
    return is_drawn ? clock_median(&samples) : -1;
}

static Figures time_folder(Fs *fs, const char *folder, Arena *arena) {
    FsList list = {.arena = arena};
    Str why;
    fs_walk(fs, (FsWalk){.folder = str_from(folder)}, &list, &why);
    Figures figures = {.ms = ARENA_ARRAY(arena, double, list.count + 1)};
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        FsText text;
        if (!str_ends_with(path, STR(".mmd")) ||
            !fs_read(fs, path, LIMIT_DIAGRAM_SIZE, arena, &text))
            continue;
        double ms = time_one(source_new(arena, path, text.content));
        if (ms >= 0)
            figures.ms[figures.count++] = ms;
    }
    qsort(figures.ms, figures.count, sizeof *figures.ms, clock_compare);
    return figures;
}

int main(int argc, char **argv) {
    static const char *const folders[] = {"flowchart", "sequence", "state", "class", "er"};
    if (argc < 2) {
        fprintf(stderr, "usage: corpus FOLDER\n");
        return 2;
    }
    text_setup();
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(argv[1]));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        Figures figures = time_folder(fs, folders[i], arena);
        if (figures.count == 0)
            continue;
        static const struct {
            const char *what;
            size_t percent;
        } ranks[] = {{"median_ms", 50}, {"p95_ms", 95}, {"most_ms", 100}};
        for (size_t k = 0; k < sizeof ranks / sizeof *ranks; k++)
            printf("corpus-%s\t%zu\tdocsgen\t%s\t%.3f\n", folders[i], figures.count, ranks[k].what,
                   figures.ms[(figures.count - 1) * ranks[k].percent / 100]);
    }
    arena_free(arena);
    return 0;
}
