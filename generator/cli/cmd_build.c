#include "base/ban.h"

#include "base/limits.h"
#include "base/num.h"
#include "base/version.h"
#include "check/checks.h"
#include "cli/project.h"
#include "cli/summary.h"
#include "git/git.h"
#include "publish/last.h"
#include "publish/paper.h"
#include "publish/write.h"
#include "site/outputs.h"
#include "site/print.h"

/* One build, from its beginning. */
typedef struct Run {
    struct timespec start;
    WriteJob job;
    CacheKey spare;
    WriteResult result;
    Writer *writer;
    Str browser; /* for --pdf */
    LastJob last;
    ShardJob shard; /* of --shard and merge */
    bool has_shard;
} Run;

extern char **environ;

/* All that decides what is written and found, besides the files: options, and the environment that
 * stands for settings. */
static Str outcome_words(const Project *project) {
    const Flags *flags = project->flags;
    Buf out = buf_new(project->arena);
    buf_add_format(&out, "drafts %d print %d", flags->has_drafts, flags->prints);
    for (char **entry = environ; *entry; entry++) {
        Str word = str_from(*entry);
        bool is_setting = str_starts_with(word, STR("DOCSGEN_")) &&
                          !str_starts_with(word, STR("DOCSGEN_OUTPUT="));
        if (is_setting || str_starts_with(word, STR("SOURCE_DATE_")))
            buf_add_format(&out, "\n%s", *entry);
    }
    return buf_str(&out);
}

/* What two runs that share the work must agree on besides the sources; they may be on different
 * machines. */
static Hash shard_words(const Project *project) {
    Git *git = git_open(fs_root(project->fs), project->arena);
    Hash hash = hash_add(hash_of(str_from(docsgen_version)), str_from(docsgen_commit));
    hash = hash_add(hash_add(hash, outcome_words(project)), git->head);
    hash = hash_add_number(hash, git->state);
    if (git->state == GIT_WHOLE)
        hash = hash_add(hash, git_newest_tag(git).name);
    return project->settings ? hash_add(hash, project->settings->text) : hash;
}

/* Is a build in which nothing is made enough? Whoever asks where the time goes wants to see one,
 * and a browser's PDF is not ours to judge. */
static bool may_recall(const Flags *flags, const Run *run) {
    return !run->has_shard && !flags->is_clean && !flags->prints_pdf && !flags->shows_timings;
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

/* Does what is done here help the next build? One document of all pages wants them all in hand. */
static bool has_memory(const Flags *flags, const Run *run) {
    return !run->has_shard && !flags->prints && !flags->prints_pdf;
}

/* What is known of the pages of the last build. */
static Recall *open_recall(const Project *project, const Run *run) {
    const Flags *flags = project->flags;
    if (!has_memory(flags, run))
        return NULL;
    RecallJob job = {.key = last_key(&run->last, "pages"),
                     .words = last_key(&run->last, "words"),
                     .program = last_program(),
                     .is_blind = flags->is_clean,
                     .project = project->fs,
                     .parent = run->job.parent,
                     .name = run->job.name};
    return recall_open(&job, project_workers(project), project->arena);
}

/* Pages are written as they are made: all of them at once would not fit in memory. */
static Stamp put_page(void *context, const Site *site, unsigned worker, Str path, Str content) {
    (void)site;
    return write_put(context, worker, path, content);
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

/* A source that is first looked at when the site is there may be another one by then. */
static bool is_sound(const Project *project, const Run *run) {
    if (!project->recall || recall_is_sound(project->recall))
        return true;
    complain(STR("sources were changed while the site was built; build it again"));
    recall_abandon(project->recall);
    write_abandon(run->writer);
    return false;
}

/* Checks, writes and reports a built site. */
static ExitStatus finish(const Project *project, const ReportOptions *options, Site *site,
                         Run *run) {
    Timings *timings = project->timings;
    timing_begin(timings, "checks");
    checks_run(site, site->diags);
    diags_sort(site->diags);
    timing_begin(timings, "docsgen.json");
    project_add_model(site);
    /* The place of every finding stands in it, so no source is read after it. */
    if (!is_sound(project, run))
        return EXIT_MACHINE;
    timing_begin(timings, "report");
    ReportCounts counts = project_report_site(site, options, project->arena);
    if (project->flags->prints_pdf && !add_pdf(project, site, run)) {
        write_abandon(run->writer);
        return EXIT_MACHINE;
    }
    timing_begin(timings, "write");
    if (!write_close(run->writer, &site->outputs)) {
        complain(run->result.why);
        if (project->recall)
            recall_abandon(project->recall);
        return EXIT_MACHINE;
    }
    if (project->recall)
        recall_close(project->recall, site);
    timing_begin(timings, NULL);
    summary_print_timings(timings, site);
    SummaryFigures figures = summary_figures(site);
    SummaryEnd end = summary_end(project, run);
    summary_print(project, &figures, counts, &end);
    if (!project->flags->prints_pdf && !run->has_shard)
        last_keep(
            &run->last,
            &(LastBuild){figures.pages, figures.diagrams, figures.trackers, site->diags, NULL},
            &site->outputs, run->result.folder);
    return fails(project, counts) ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* Writes the slice; what is found is said when all are joined. */
static ExitStatus finish_shard(const Project *project, Site *site, Run *run) {
    timing_begin(project->timings, "write");
    if (!write_close(run->writer, &site->outputs)) {
        complain(run->result.why);
        return EXIT_MACHINE;
    }
    timing_begin(project->timings, NULL);
    summary_print_timings(project->timings, site);
    SummaryEnd end = summary_end(project, run);
    summary_print_shard(project, site, &end);
    return EXIT_CLEAN;
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
                          .options = str_format(project->arena, "%.*s\n%.*s",
                                                STR_FMT(project->config->output),
                                                STR_FMT(outcome_words(project))),
                          .arena = project->arena};
    if (project->settings) {
        run->last.settings = project->settings->text;
        run->last.settings_path = project->settings->path;
    }
    const LastBuild *last = may_recall(project->flags, run) ? last_recall(&run->last) : NULL;
    if (last) {
        ExitStatus status = say_again(project, options, last, run);
        last_forget(last);
        return status;
    }
    run->last.project = run->job.project = project->fs = fs_open_trace(project->fs, project->arena);
    if (has_memory(project->flags, run)) {
        run->spare = last_key(&run->last, "spare");
        run->job.spare = &run->spare;
    }
    run->writer = write_open(&run->job, &run->result);
    if (!run->writer) {
        complain(run->result.why);
        return EXIT_MACHINE;
    }
    run->last.spill = run->job.spill = project->spill =
        spill_open(str_cstr(project->arena, fs_root(run->job.parent)));
    if (run->has_shard) {
        run->shard.words = shard_words(project);
        project->shard = &run->shard;
    }
    project_confine(project, &run->job, run->writer);
    OutputSink sink = {put_page, run->writer};
    project->recall = open_recall(project, run);
    project->sink = &sink;
    project->has_cards = true;
    project->has_model = true;
    Site *site = project_build(project);
    if (!site) {
        if (project->recall)
            recall_abandon(project->recall);
        recall_free(project->recall);
        write_abandon(run->writer);
        spill_close(project->spill);
        return EXIT_MACHINE;
    }
    if (run->shard.why.size)
        complain(str_format(project->arena, "%.*s; these pages were rendered once more",
                            STR_FMT(run->shard.why)));
    ExitStatus status =
        run->shard.count ? finish_shard(project, site, run) : finish(project, options, site, run);
    site_free(site);
    recall_free(project->recall);
    spill_close(project->spill);
    return status;
}

static ExitStatus start(const Flags *flags, Run *run, Arena *arena) {
    Project project;
    ReportOptions options;
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
    return build(&project, &options, run);
}

/* shard = number "/" count. */
static bool read_shard(Str text, ShardJob *job) {
    int64_t number, count;
    Str first = str_cut(&text, '/');
    bool is_read = text.data && num_parse(first, &number) && num_parse(text, &count) &&
                   number >= 1 && number <= count && count <= (int64_t)LIMIT_FILES;
    if (is_read)
        *job = (ShardJob){.number = (uint32_t)number, .count = (uint32_t)count};
    return is_read;
}

ExitStatus cmd_build(const Flags *flags, Arena *arena) {
    Run run = {.start = summary_start(), .has_shard = flags->shard.size > 0};
    if (run.has_shard && !read_shard(flags->shard, &run.shard))
        return usage_error("build",
                           str_format(arena, "no shard \"%.*s\"; write 2/4 for the second of four",
                                      STR_FMT(flags->shard)));
    if (run.has_shard && (flags->prints || flags->prints_pdf))
        return usage_error("build", STR("one document of all pages cannot be made of a shard"));
    return start(flags, &run, arena);
}

ExitStatus cmd_merge(const Flags *flags, Arena *arena) {
    Run run = {.start = summary_start(), .has_shard = true};
    ShardJob *job = &run.shard;
    if (flags->operand_count == 0)
        return usage_error("merge", STR("merge needs the folders that build --shard wrote"));
    job->folders = ARENA_ARRAY(arena, Fs *, flags->operand_count);
    job->records = ARENA_ARRAY(arena, Str, flags->operand_count);
    for (size_t i = 0; i < flags->operand_count; i++) {
        FsText text;
        job->folders[i] = fs_open_disk(arena, flags->operands[i]);
        if (!fs_read(job->folders[i], SHARD_NAME, SHARD_LIMIT, arena, &text)) {
            complain(str_format(arena, "no shard in \"%.*s\": %.*s", STR_FMT(flags->operands[i]),
                                STR_FMT(text.why)));
            return EXIT_MACHINE;
        }
        job->records[job->folder_count++] = text.content;
    }
    return start(flags, &run, arena);
}
