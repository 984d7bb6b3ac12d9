#include "base/ban.h"

#include "base/limits.h"
#include "cli/project.h"
#include "diagram/diagram.h"
#include "raster/pdf.h"
#include "raster/png.h"

/* What one form of output needs. */
typedef struct DiagramJob {
    const Diagram *diagram;
    bool is_dark;
    Arena *arena;
    Str why;
} DiagramJob;

static void write_drawing(DiagramJob *job, bool has_fonts, Buf *out) {
    DiagramSvgOptions options = {
        .is_standalone = true, .has_fonts = has_fonts, .is_dark = job->is_dark};
    diagram_write_svg(job->diagram, &options, out);
}

static bool write_svg(DiagramJob *job, Buf *out) {
    write_drawing(job, true, out);
    return true;
}

static bool write_png(DiagramJob *job, Buf *out) {
    Buf svg = buf_new(job->arena), css = buf_new(job->arena);
    write_drawing(job, false, &svg); /* raster/ has the fonts itself */
    diagram_write_flat_css(job->is_dark, &css);
    RasterJob raster = {.svg = buf_str(&svg),
                        .stylesheet = buf_str(&css),
                        .scale_percent = 200,
                        .arena = job->arena};
    return raster_png(&raster, out, &job->why);
}

static bool write_pdf(DiagramJob *job, Buf *out) {
    Buf svg = buf_new(job->arena), css = buf_new(job->arena);
    write_drawing(job, false, &svg); /* raster/ has the fonts itself */
    diagram_write_flat_css(job->is_dark, &css);
    PdfJob pdf = {.svg = buf_str(&svg),
                  .stylesheet = buf_str(&css),
                  .title = job->diagram->title,
                  .made_at = source_date(),
                  .arena = job->arena};
    return raster_pdf(&pdf, out, &job->why);
}

static bool write_json(DiagramJob *job, Buf *out) {
    diagram_write_json(job->diagram, out);
    return true;
}

static bool write_layout(DiagramJob *job, Buf *out) {
    diagram_write_layout(job->diagram, out);
    return true;
}

static bool write_text(DiagramJob *job, Buf *out) {
    diagram_write_text(job->diagram, out);
    return true;
}

typedef struct FormatRow {
    const char *name;
    bool (*write)(DiagramJob *job, Buf *out);
} FormatRow;

static const FormatRow formats[] = {
    {"svg", write_svg},   {"png", write_png},       {"pdf", write_pdf},
    {"json", write_json}, {"layout", write_layout}, {"text", write_text},
};

static const FormatRow *find_format(Str name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (str_equal(str_from(formats[i].name), name))
            return &formats[i];
    return NULL;
}

/* Without -o the format is svg; with it the file name decides. */
static Str format_name(const Flags *flags) {
    if (flags->format.size)
        return flags->format;
    size_t dot = str_find_last(flags->output, '.');
    Str end = dot == STR_NONE ? STR("") : str_from_offset(flags->output, dot + 1);
    return find_format(end) ? end : STR("svg");
}

static ExitStatus report(Diags *diags, const Flags *flags, Arena *arena) {
    ReportOptions options = {.least = flags->is_quiet     ? DIAG_ERROR
                                      : flags->is_verbose ? DIAG_NOTE
                                                          : DIAG_WARNING,
                             .has_color = has_color(flags)};
    diags_sort(diags);
    return project_report(diags, &options, arena).errors ? EXIT_FINDINGS : EXIT_CLEAN;
}

ExitStatus cmd_diagram(const Flags *flags, Arena *arena) {
    if (flags->operand_count != 1)
        return usage_error("diagram", STR("diagram wants one file, or - for standard input"));
    const FormatRow *format = find_format(format_name(flags));
    if (!format)
        return usage_error(
            "diagram",
            str_format(arena, "no format \"%.*s\"; there are svg, png, pdf, json, layout and text",
                       STR_FMT(flags->format)));
    bool is_dark = str_equal(flags->theme, STR("dark"));
    if (!is_dark && flags->theme.size && !str_equal(flags->theme, STR("light")))
        return usage_error("diagram", str_format(arena, "--theme wants light or dark, not \"%.*s\"",
                                                 STR_FMT(flags->theme)));
    Str text, path = flags->operands[0];
    if (!read_operand(path, LIMIT_DIAGRAM_SIZE, arena, &text))
        return EXIT_MACHINE;
    Diags *diags = diags_new(arena);
    const Source *source =
        source_new(arena, str_equal(path, STR("-")) ? STR("<stdin>") : path, text);
    DiagramJob job = {
        .diagram = diagram_compile(source, arena, diags), .is_dark = is_dark, .arena = arena};
    ExitStatus status = report(diags, flags, arena);
    if (!job.diagram->is_drawn)
        return EXIT_FINDINGS;
    Buf out = buf_new(arena);
    if (!format->write(&job, &out)) {
        complain(job.why);
        return EXIT_MACHINE;
    }
    return write_result(flags->output, buf_str(&out), arena) ? status : EXIT_MACHINE;
}
