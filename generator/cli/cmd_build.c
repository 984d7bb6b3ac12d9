#include "base/ban.h"

#include "check/checks.h"
#include "cli/project.h"
#include "cli/summary.h"
#include "publish/last.h"
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
    LastJob last;
} Run;

extern char **environ;

/* All that decides what is written and found, besides the files: options, and the environment that
 * stands for settings. */
static Str outcome_words(const Project *project) {
    const Flags *flags = project->flags;
    Buf out = buf_new(project->arena);
    buf_add_format(&out, "drafts %d print %d output ", flags->has_drafts, flags->prints);
    buf_add(&out, project->config->output);
    for (char **entry = environ; *entry; entry++) {
        Str word = str_from(*entry);
        if (str_starts_with(word, STR("DOCSGEN_")) || str_starts_with(word, STR("SOURCE_DATE_")))
            buf_add_format(&out, "\n%s", *entry);
    }
    return buf_str(&out);
}

/* Where the time goes is seen in a build alone, and a browser's PDF is not ours to judge. */
static bool may_recall(const Flags *flags) {
    return !flags->is_clean && !flags->prints_pdf && !flags->shows_timings;
}

static bool fails(const Project *project, ReportCounts counts) {
    return counts.errors || (project->flags->is_strict && counts.warnings);
}

static SummaryEnd summary_end(const Project *project, const Run *run) {
    Str where = str_format(project->arena, " -> %.*s/", STR_FMT(project->config->output));
    return (SummaryEnd){run->start, where};
}

/* Nothing has changed since the last build: what it found is said again. */
static ExitStatus say_again(const Project *project, const ReportOptions *options,
                            const LastBuild *last, const Run *run) {
    ReportCounts counts = project_report(last->findings, options, project->arena);
    SummaryFigures figures = {last->pages, last->diagrams, last->trackers};
    SummaryEnd end = summary_end(project, run);
    summary_print(project, &figures, counts, &end);
    return fails(project, counts) ? EXIT_FINDINGS : EXIT_CLEAN;
}

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
    SummaryFigures figures = summary_figures(site);
    SummaryEnd end = summary_end(project, run);
    summary_print(project, &figures, counts, &end);
    if (!project->flags->prints_pdf)
        last_keep(&run->last,
                  &(LastBuild){figures.pages, figures.diagrams, figures.trackers, site->diags},
                  &site->outputs, run->result.folder);
    return fails(project, counts) ? EXIT_FINDINGS : EXIT_CLEAN;
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
    run->last = (LastJob){.project = project->fs,
                          .parent = run->job.parent,
                          .name = run->job.name,
                          .output = project->config->output,
                          .options = outcome_words(project),
                          .arena = project->arena};
    if (project->settings) {
        run->last.settings = project->settings->text;
        run->last.settings_path = project->settings->path;
    }
    const LastBuild *last = may_recall(project->flags) ? last_recall(&run->last) : NULL;
    if (last)
        return say_again(project, options, last, run);
    run->last.project = run->job.project = project->fs = fs_open_trace(project->fs, project->arena);
    run->writer = write_open(&run->job, &run->result);
    if (!run->writer) {
        complain(run->result.why);
        return EXIT_MACHINE;
    }
    run->job.spill = project->spill =
        spill_open(str_cstr(project->arena, fs_root(run->job.parent)));
    project_confine(project, &run->job, run->writer);
    OutputSink sink = {put_page, run->writer};
    project->sink = &sink;
    project->has_cards = true;
    project->has_model = true;
    Site *site = project_build(project);
    if (!site) {
        write_abandon(run->writer);
        spill_close(project->spill);
        return EXIT_MACHINE;
    }
    ExitStatus status = finish(project, options, site, run);
    site_free(site);
    spill_close(project->spill);
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
