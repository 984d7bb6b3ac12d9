#include "base/ban.h"

#include "check/checks.h"
#include "cli/project.h"
#include "cli/summary.h"
#include "publish/write.h"

/* Checks, writes and reports a built site. */
static ExitStatus finish(const Project *project, const ReportOptions *options, Site *site,
                         struct timespec start) {
    Timings *timings = project->timings;
    timing_begin(timings, "checks");
    checks_run(site, site->diags);
    diags_sort(site->diags);
    timing_begin(timings, "report");
    ReportCounts counts = project_report(site->diags, options, project->arena);
    WriteJob job = project_output(project);
    job.outputs = &site->outputs;
    WriteResult result;
    timing_begin(timings, "write");
    if (!write_site(&job, &result)) {
        complain(result.why);
        return EXIT_MACHINE;
    }
    timing_begin(timings, NULL);
    summary_print_timings(timings, site);
    Str where = str_format(project->arena, " -> %.*s/", STR_FMT(project->config->output));
    summary_print(project, site, counts, &(SummaryEnd){start, where});
    bool fails = counts.errors || (project->flags->is_strict && counts.warnings);
    return fails ? EXIT_FINDINGS : EXIT_CLEAN;
}

ExitStatus cmd_build(const Flags *flags, Arena *arena) {
    struct timespec start = summary_start();
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
    project.timings = flags->shows_timings ? timing_new(arena) : NULL;
    Site *site = project_build(&project);
    if (!site)
        return EXIT_MACHINE;
    status = finish(&project, &options, site, start);
    site_free(site);
    return status;
}
