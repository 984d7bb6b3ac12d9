#include "base/ban.h"

#include "cli/project.h"

#include <unistd.h>

#include "base/cache.h"
#include "base/limits.h"
#include "base/num.h"
#include "base/pool.h"
#include "base/sandbox.h"
#include "base/version.h"
#include "check/checks.h"
#include "check/site_json.h"
#include "cli/bar.h"
#include "raster/png.h"
#include "site/outputs.h"

extern char **environ;

int64_t source_date(void) {
    const char *text = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = -1;
    return text && num_parse(str_from(text), &seconds) ? seconds : -1;
}

void complain(Str message) {
    fprintf(stderr, "docsgen: %.*s\n", STR_FMT(message));
}

Str count_of(size_t count, const char *what, Arena *arena) {
    return str_format(arena, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

bool has_color(const Flags *flags) {
    if (str_equal(flags->color, STR("always")))
        return true;
    const char *no_color = getenv("NO_COLOR");
    bool is_off = str_equal(flags->color, STR("never")) || (no_color && *no_color);
    return !is_off && isatty(STDERR_FILENO) == 1;
}

/* Findings about the settings are always text and always shown: nothing else can be trusted yet. */
static ExitStatus settings_failed(Diags *diags, const Flags *flags, Arena *arena) {
    ReportOptions options = {.least = DIAG_NOTE, .has_color = has_color(flags)};
    Buf text = buf_new(arena);
    diags_sort(diags);
    report_render(diags, &options, &text);
    fwrite(text.data, 1, text.size, stderr);
    return EXIT_MACHINE;
}

ExitStatus project_open(const Flags *flags, Arena *arena, Project *project) {
    Str root = flags->directory.size ? flags->directory : STR(".");
    *project = (Project){.flags = flags, .arena = arena, .fs = fs_open_project(arena, root)};
    if (fs_kind(project->fs, STR("")) != FS_FOLDER) {
        complain(str_format(arena, "no folder \"%.*s\"", STR_FMT(root)));
        return EXIT_MACHINE;
    }
    Str path = flags->config.size ? flags->config : STR("docsgen.yml");
    const Source *file = NULL;
    FsText text;
    if (fs_kind(project->fs, path) != FS_ABSENT || flags->config.size) {
        if (!fs_read(project->fs, path, LIMIT_YAML_SIZE, arena, &text)) {
            complain(str_format(arena, "cannot read the settings \"%.*s\": %.*s", STR_FMT(path),
                                STR_FMT(text.why)));
            return EXIT_MACHINE;
        }
        file = project->settings = source_new(arena, path, text.content);
    }
    Diags *diags = project->diags = diags_new(arena);
    ConfigFlags given = {.output = flags->output};
    project->config = config_read(file, &given, (const char *const *)environ, arena, diags);
    return project->config ? EXIT_CLEAN : settings_failed(diags, flags, arena);
}

unsigned project_workers(const Project *project) {
    int64_t jobs = project->flags->jobs;
    return jobs == 0              ? pool_default_workers()
           : jobs > LIMIT_WORKERS ? LIMIT_WORKERS
                                  : (unsigned)jobs;
}

static void say_who_waits(Str folder, long process) {
    char who[40] = "";
    if (process > 0)
        snprintf(who, sizeof who, " (process %ld)", process);
    fprintf(stderr, "docsgen: another run%s writes \"%.*s\"; waiting for it\n", who,
            STR_FMT(folder));
}

WriteJob project_output(const Project *project) {
    Arena *arena = project->arena;
    Str path = project->config->output;
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    Str folder = fs_folder_of(path), root = fs_root(project->fs);
    bool is_absolute = path.size && path.data[0] == '/';
    if (is_absolute)
        root = folder.size ? folder : STR("/");
    else if (folder.size)
        root = fs_join(root, folder, arena);
    return (WriteJob){.project = project->fs,
                      .parent = fs_open_disk(arena, root),
                      .name = fs_name_of(path),
                      .is_clean = project->flags->is_clean,
                      .worker_count = project_workers(project),
                      .wait = project->flags->is_quiet ? NULL : say_who_waits,
                      .arena = arena};
}

void project_confine(const Project *project, const WriteJob *job, const Writer *writer) {
    Arena *arena = project->arena;
    size_t count = 1, shards = project->shard ? project->shard->folder_count : 0;
    SandboxRule *rules = ARENA_ARRAY(arena, SandboxRule, 7 + shards);
    rules[0] = (SandboxRule){fs_root(project->fs), SANDBOX_READ};
    for (size_t i = 0; i < shards; i++)
        rules[count++] = (SandboxRule){fs_root(project->shard->folders[i]), SANDBOX_READ};
    Str cache = cache_folder(arena);
    if (cache.size)
        rules[count++] = (SandboxRule){cache, SANDBOX_WRITE};
    Str fonts = raster_font_folder();
    if (fonts.size)
        rules[count++] = (SandboxRule){fonts, SANDBOX_WRITE};
    if (writer) {
        Str parent = fs_root(job->parent);
        bool is_there = fs_kind(job->parent, job->name) == FS_FOLDER;
        rules[count++] = (SandboxRule){parent, SANDBOX_FOLDERS};
        rules[count++] = (SandboxRule){fs_join(parent, write_folder(writer), arena), SANDBOX_WRITE};
        if (is_there)
            rules[count++] = (SandboxRule){fs_join(parent, job->name, arena), SANDBOX_WRITE};
        if (write_spare(writer).size) /* it comes out of the cache folder */
            rules[count++] = (SandboxRule){write_spare(writer), SANDBOX_WRITE};
    }
    sandbox_enter(rules, count, arena);
}

bool project_report_options(const Project *project, ReportOptions *options) {
    const Flags *flags = project->flags;
    Str bad;
    *options = (ReportOptions){.severities = project->config->severities,
                               .least = flags->is_quiet     ? DIAG_ERROR
                                        : flags->is_verbose ? DIAG_NOTE
                                                            : DIAG_WARNING,
                               .only = flags->only,
                               .max = flags->max,
                               .has_color = has_color(flags),
                               .tool_version = docsgen_version};
    options->format = flags->format.size ? report_format_find(flags->format) : REPORT_TEXT;
    if (options->format == REPORT_FORMAT_COUNT) {
        usage_error(flags->command,
                    str_format(project->arena,
                               "no format \"%.*s\"; there are text, json, github and sarif",
                               STR_FMT(flags->format)));
        return false;
    }
    /* Machines get everything; what a person wants to see by default is the text format's business.
     */
    if (options->format != REPORT_TEXT && !flags->is_quiet)
        options->least = DIAG_NOTE;
    if (!report_only_is_known(flags->only, &bad)) {
        usage_error(flags->command,
                    str_format(project->arena,
                               "no area or rule \"%.*s\"; \"docsgen explain\" lists them",
                               STR_FMT(bad)));
        return false;
    }
    return true;
}

/* Why there is no site: at its place in the settings when they name a folder that is not there. */
static void explain_absence(const Project *project, Str why) {
    const Config *config = project->config;
    if (!config->source_at.source || fs_kind(project->fs, config->source) != FS_ABSENT) {
        complain(why);
        return;
    }
    Arena *arena = project->arena;
    FsList files = {.arena = arena}, folders = {.arena = arena};
    Diags *diags = diags_new(arena);
    diag_add(diags, DIAG_SETTINGS, config->source_at, "no folder \"%.*s\"",
             STR_FMT(config->source));
    fs_walk(project->fs, (FsWalk){.folders = &folders}, &files, &why);
    Str *names = ARENA_ARRAY(arena, Str, folders.count + 1);
    for (size_t i = 0; i < folders.count; i++)
        names[i] = folders.entries[i].path;
    Str nearest = str_nearest(config->source, names, folders.count);
    if (nearest.size)
        diag_hint(diags, "did you mean \"%.*s\"?", STR_FMT(nearest));
    else
        diag_hint(diags, "name the folder that your pages are in, or make it");
    settings_failed(diags, project->flags, arena);
}

Site *project_build(const Project *project) {
    BuildJob job = {.config = project->config,
                    .fs = project->fs,
                    .worker_count = project_workers(project),
                    .has_drafts = project->flags->has_drafts,
                    .has_cards = project->has_cards,
                    .has_pdf = project->flags->prints_pdf,
                    .has_print = project->flags->prints || project->flags->prints_pdf,
                    .timings = project->timings,
                    .has_model = project->has_model,
                    .shard = project->shard,
                    .spill = project->spill,
                    .recall = project->recall,
                    .sink = project->sink};
    Str why;
    Progress progress = {0};
    Bar *bar = project->flags->is_quiet ? NULL : bar_start(&progress, project->arena);
    job.progress = bar ? &progress : NULL;
    Site *site = site_build(&job, project->arena, &why);
    bar_stop(bar);
    if (!site)
        explain_absence(project, why);
    return site;
}

ReportCounts project_check(const Project *project, const ReportOptions *options, Site *site) {
    checks_run(site, site->diags);
    if (project->markup)
        markup_finish(project->markup, site, site->diags);
    else
        check_markup(site, site->diags);
    diags_sort(site->diags);
    return project_report_site(site, options, project->arena);
}

void project_add_model(Site *site) {
    outputs_add(site, (Output){.path = STR("docsgen.json"), .content = site_json(site)});
}

ReportCounts project_report(const Diags *diags, const ReportOptions *options, Arena *arena) {
    Buf out = buf_new(arena);
    ReportCounts counts = report_render(diags, options, &out);
    fwrite(out.data ? out.data : "", 1, out.size, options->format == REPORT_TEXT ? stderr : stdout);
    return counts;
}

ReportCounts project_report_site(const Site *site, const ReportOptions *options, Arena *arena) {
    ReportOptions own = *options;
    own.spill = site->spill;
    return project_report(site->diags, &own, arena);
}

/* Standard input, up to the limit. */
static bool read_stdin(size_t size_limit, Arena *arena, Str *content) {
    Buf buf = buf_new(arena);
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof block, stdin)) > 0 && buf.size <= size_limit)
        buf_add(&buf, (Str){block, got});
    *content = buf_str(&buf);
    return buf.size <= size_limit;
}

bool read_operand(Str path, size_t size_limit, Arena *arena, Str *content) {
    if (str_equal(path, STR("-"))) {
        if (!read_stdin(size_limit, arena, content))
            complain(STR("standard input is too large"));
        return content->size <= size_limit;
    }
    Str folder = fs_folder_of(path);
    if (folder.size == 0 && path.size && path.data[0] == '/')
        folder = STR("/");
    FsText text;
    if (!fs_read(fs_open_disk(arena, folder), fs_name_of(path), size_limit, arena, &text)) {
        complain(str_format(arena, "cannot read \"%.*s\": %.*s", STR_FMT(path), STR_FMT(text.why)));
        return false;
    }
    *content = text.content;
    return true;
}

bool write_result(Str output, Str content, Arena *arena) {
    if (output.size == 0 || str_equal(output, STR("-"))) {
        bool is_written =
            fwrite(content.data ? content.data : "", 1, content.size, stdout) == content.size;
        if (!is_written)
            complain(STR("cannot write to standard output"));
        return is_written;
    }
    Str folder = fs_folder_of(output), why;
    if (folder.size == 0 && output.data[0] == '/')
        folder = STR("/");
    if (fs_write(fs_open_disk(arena, folder), fs_name_of(output), content, &why))
        return true;
    complain(str_format(arena, "cannot write \"%.*s\": %.*s", STR_FMT(output), STR_FMT(why)));
    return false;
}
