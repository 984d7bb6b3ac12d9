#include "base/ban.h"

#include "check/checks.h"
#include "cli/project.h"
#include "publish/write.h"
#include "site/build.h"

static double seconds_since(struct timespec start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

static void print_summary(const Project *project, const Site *site, ReportCounts counts,
                          struct timespec start) {
    if (project->flags->is_quiet)
        return;
    Arena *arena = project->arena;
    Str pages = count_of(site_author_pages(site), "page", arena),
        diagrams = count_of(site->diagram_count, "diagram", arena);
    Str trackers = count_of(site->tracker_count, "tracker", arena);
    fprintf(stderr, "built %.*s, %.*s, %.*s in %.2f s", STR_FMT(pages), STR_FMT(diagrams),
            STR_FMT(trackers), seconds_since(start));
    if (counts.errors + counts.warnings) {
        Str errors = count_of(counts.errors, "error", arena),
            warnings = count_of(counts.warnings, "warning", arena);
        fprintf(stderr, "; %.*s, %.*s", STR_FMT(errors), STR_FMT(warnings));
    }
    fprintf(stderr, " -> %.*s/\n", STR_FMT(project->config->output));
}

/* Checks, writes and reports a built site. */
static ExitStatus finish(const Project *project, const ReportOptions *options, Site *site,
                         struct timespec start) {
    checks_run(site, site->diags);
    diags_sort(site->diags);
    ReportCounts counts = project_report(site->diags, options, project->arena);
    WriteJob job = project_output(project);
    job.outputs = &site->outputs;
    WriteResult result;
    if (!write_site(&job, &result)) {
        complain(result.why);
        return EXIT_MACHINE;
    }
    print_summary(project, site, counts, start);
    bool fails = counts.errors || (project->flags->is_strict && counts.warnings);
    return fails ? EXIT_FINDINGS : EXIT_CLEAN;
}

ExitStatus cmd_build(const Flags *flags, Arena *arena) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    Project project;
    ReportOptions options;
    if (flags->operand_count)
        return usage_error(
            "build", str_format(arena, "build takes no \"%.*s\"", STR_FMT(flags->operands[0])));
    ExitStatus status = project_open(flags, arena, &project);
    if (status != EXIT_CLEAN)
        return status;
    if (flags->shows_config) {
        Buf text = buf_new(arena);
        config_render(project.config, &text);
        return write_result(STR(""), buf_str(&text), arena) ? EXIT_CLEAN : EXIT_MACHINE;
    }
    if (!project_report_options(&project, &options))
        return EXIT_USAGE;
    BuildJob job = {project.config, project.fs, project_workers(&project), flags->has_drafts};
    Str why;
    Site *site = site_build(&job, arena, &why);
    if (!site) {
        complain(why);
        return EXIT_MACHINE;
    }
    status = finish(&project, &options, site, start);
    site_free(site);
    return status;
}
