#include "base/ban.h"

#include "check/external.h"
#include "cli/project.h"

static void print_summary(const Project *project, const Site *site, ReportCounts counts) {
    if (project->flags->is_quiet)
        return;
    Arena *arena = project->arena;
    Str pages = count_of(site_author_pages(site), "page", arena),
        diagrams = count_of(site->diagram_count, "diagram", arena);
    Str trackers = count_of(site->tracker_count, "tracker", arena),
        errors = count_of(counts.errors, "error", arena);
    Str warnings = count_of(counts.warnings, "warning", arena),
        notes = count_of(counts.notes, "note", arena);
    fprintf(stderr, "checked %.*s, %.*s, %.*s: %.*s, %.*s, %.*s\n", STR_FMT(pages),
            STR_FMT(diagrams), STR_FMT(trackers), STR_FMT(errors), STR_FMT(warnings),
            STR_FMT(notes));
}

/* The level at which `check` fails, or DIAG_OFF for a word that is none. */
static DiagSeverity fail_level(Str word) {
    if (word.size == 0 || str_equal(word, STR("error")))
        return DIAG_ERROR;
    return str_equal(word, STR("warning")) ? DIAG_WARNING : DIAG_OFF;
}

static bool print_external(const Site *site, bool is_json, Arena *arena) {
    Buf list = buf_new(arena);
    external_render(site, is_json, &list);
    return write_result(STR(""), buf_str(&list), arena);
}

ExitStatus cmd_check(const Flags *flags, Arena *arena) {
    Project project;
    ReportOptions options;
    DiagSeverity level = fail_level(flags->fail_on);
    if (level == DIAG_OFF)
        return usage_error("check",
                           str_format(arena, "--fail-on wants error or warning, not \"%.*s\"",
                                      STR_FMT(flags->fail_on)));
    ExitStatus status = project_open(flags, arena, &project);
    if (status != EXIT_CLEAN)
        return status;
    if (!project_report_options(&project, &options))
        return EXIT_USAGE;
    bool is_json = options.format == REPORT_JSON;
    if (flags->lists_external && !is_json && options.format != REPORT_TEXT)
        return usage_error("check", STR("--list-external prints text or json"));
    /* Standard output has one thing: the list, or the findings. */
    if (flags->lists_external)
        options.format = REPORT_TEXT;
    project.spill = spill_open(str_cstr(arena, fs_root(project_output(&project).parent)));
    project_confine(&project, NULL, NULL);
    project.markup = markup_new(project_workers(&project), arena);
    OutputSink sink = {.put = markup_put, .context = project.markup};
    project.sink = &sink;
    Site *site = project_build(&project);
    if (!site) {
        markup_free(project.markup);
        spill_close(project.spill);
        return EXIT_MACHINE;
    }
    ReportCounts counts = project_check(&project, &options, site);
    bool is_written = !flags->lists_external || print_external(site, is_json, arena);
    print_summary(&project, site, counts);
    site_free(site);
    spill_close(project.spill);
    if (!is_written)
        return EXIT_MACHINE;
    bool fails = counts.errors || (level == DIAG_WARNING && counts.warnings);
    return fails ? EXIT_FINDINGS : EXIT_CLEAN;
}
