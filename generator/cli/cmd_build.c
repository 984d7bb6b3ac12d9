#include "base/ban.h"

#include "check/checks.h"
#include "cli/project.h"
#include "cli/summary.h"
#include "publish/paper.h"
#include "publish/write.h"
#include "site/outputs.h"
#include "site/print.h"

/* One build, from its beginning. */
typedef struct Run {
    struct timespec start;
    WriteJob job;
    WriteResult result;
    Writer *writer;
    Str browser; /* for --pdf */
} Run;

/* Pages are written as they are made: all of them at once would not fit in memory. */
static void put_page(void *context, unsigned worker, Str path, Str content) {
    write_put(context, worker, path, content);
}

/* The whole site as PDF, beside its one document. */
static bool add_pdf(const Project *project, Site *site, Run *run) {
    PaperJob job = {.site = site,
                    .project = project->fs,
                    .parent = run->job.parent,
                    .folder = fs_join(write_folder(run->writer), STR(".paper"), project->arena),
                    .browser = run->browser,
                    .made_at = source_date(),
                    .arena = project->arena};
    Str pdf, why;
    timing_begin(project->timings, "pdf");
    if (!paper_print(&job, &pdf, &why)) {
        complain(why);
        return false;
    }
    outputs_add(site, (Output){.path = PRINT_PDF, .content = pdf});
    return true;
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
    if (project->flags->prints_pdf && !add_pdf(project, site, run)) {
        write_abandon(run->writer);
        return EXIT_MACHINE;
    }
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

/* From the settings to a written site. */
static ExitStatus build(Project *project, const ReportOptions *options, Run *run) {
    Str why;
    timing_begin(project->timings, "open");
    if (project->flags->prints_pdf && !paper_find(project->arena, &run->browser, &why)) {
        complain(why);
        return EXIT_MACHINE;
    }
    run->job = project_output(project);
    run->writer = write_open(&run->job, &run->result);
    if (!run->writer) {
        complain(run->result.why);
        return EXIT_MACHINE;
    }
    project_confine(project, &run->job, run->writer);
    OutputSink sink = {put_page, run->writer};
    project->sink = &sink;
    project->has_cards = true;
    project->has_model = true;
    Site *site = project_build(project);
    if (!site) {
        write_abandon(run->writer);
        return EXIT_MACHINE;
    }
    ExitStatus status = finish(project, options, site, run);
    site_free(site);
    return status;
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
    return build(&project, &options, &run);
}
