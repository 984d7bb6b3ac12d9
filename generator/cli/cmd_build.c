#include "base/ban.h"

#include "check/checks.h"
#include "cli/project.h"
#include "cli/summary.h"
#include "publish/write.h"

/* One build, from its beginning. */
typedef struct Run {
    struct timespec start;
    WriteJob job;
    WriteResult result;
    Writer *writer;
} Run;

/* Pages are written as they are made: all of them at once would not fit in memory. */
static void put_page(void *context, unsigned worker, Str path, Str content) {
    write_put(context, worker, path, content);
}

/* Checks, writes and reports a built site. */
static ExitStatus finish(const Project *project, const ReportOptions *options, Site *site,
                         Run *run) {
    Timings *timings = project->timings;
    timing_begin(timings, "checks");
    checks_run(site, site->diags);
    diags_sort(site->diags);
    timing_begin(timings, "report");
    ReportCounts counts = project_report(site->diags, options, project->arena);
    timing_begin(timings, "docsgen.json");
    project_add_model(site);
    timing_begin(timings, "write");
    if (!write_close(run->writer, &site->outputs)) {
        complain(run->result.why);
        return EXIT_MACHINE;
    }
    timing_begin(timings, NULL);
    summary_print_timings(timings, site);
    Str where = str_format(project->arena, " -> %.*s/", STR_FMT(project->config->output));
    summary_print(project, site, counts, &(SummaryEnd){run->start, where});
    bool fails = counts.errors || (project->flags->is_strict && counts.warnings);
    return fails ? EXIT_FINDINGS : EXIT_CLEAN;
}

ExitStatus cmd_build(const Flags *flags, Arena *arena) {
    Run run = {.start = summary_start()};
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
    timing_begin(project.timings, "open");
    run.job = project_output(&project);
    run.writer = write_open(&run.job, &run.result);
    if (!run.writer) {
        complain(run.result.why);
        return EXIT_MACHINE;
    }
    project_confine(&project, &run.job, run.writer);
    OutputSink sink = {put_page, run.writer};
    project.sink = &sink;
    project.has_cards = true;
    project.has_model = true;
    Site *site = project_build(&project);
    if (!site) {
        write_abandon(run.writer);
        return EXIT_MACHINE;
    }
    status = finish(&project, &options, site, &run);
    site_free(site);
    return status;
}
