#include "base/ban.h"

#include "base/escape.h"
#include "base/num.h"
#include "base/version.h"
#include "check/checks.h"
#include "cli/project.h"
#include "cli/summary.h"
#include "serve/serve.h"
#include "site/build.h"

#define OVERLAY_MAX 50 /* findings that a page shows; the terminal has all */

/* What lives through all rounds. */
typedef struct Preview {
    const Flags *flags;
    Drawings *drawings;
} Preview;

/* Settings for the preview: the site stands where it is served, not where it will be published. */
static const Config *preview_config(const ServeRound *round, const Config *config) {
    Config *own = ARENA_NEW(round->arena, Config);
    *own = *config;
    if (own->url.size)
        own->url = round->address;
    return own;
}

static void read_settings(const void *context, ServeRound *round) {
    const Flags *flags = ((const Preview *)context)->flags;
    Project *project = ARENA_NEW(round->arena, Project);
    ExitStatus status = project_open(flags, round->arena, project);
    round->project = project;
    round->fs = project->fs;
    round->settings = flags->config.size ? flags->config : STR("docsgen.yml");
    if (status != EXIT_CLEAN)
        return;
    const Config *config = project->config = preview_config(round, project->config);
    round->output = config->output;
    round->folders = ARENA_ARRAY(round->arena, Str, config->roadmap_count + 3);
    round->folders[round->folder_count++] = config->source;
    round->folders[round->folder_count++] = config->diagrams;
    if (config->theme.folder.text.size)
        round->folders[round->folder_count++] = config->theme.folder.text;
    for (size_t i = 0; i < config->roadmap_count; i++)
        round->folders[round->folder_count++] = config->roadmap[i];
}

/* The findings as the page gets them. */
static Str overlay(const Diags *diags, const Config *config, Arena *arena) {
    ReportOptions options = {.format = REPORT_JSON,
                             .severities = config ? config->severities : NULL,
                             .least = DIAG_WARNING,
                             .max = OVERLAY_MAX,
                             .tool_version = docsgen_version};
    Buf out = buf_new(arena);
    report_render(diags, &options, &out);
    return buf_str(&out);
}

/* A reason that is no finding, in the same form. */
static Str overlay_reason(Str reason, Arena *arena) {
    Buf out = buf_new(arena);
    buf_add_text(&out, "{\"errors\":1,\"warnings\":0,\"findings\":[{\"rule\":\"serve\","
                       "\"severity\":\"error\",\"file\":null,\"message\":");
    json_string(&out, reason);
    buf_add_text(&out, "}]}");
    return buf_str(&out);
}

static void build_site(const void *context, ServeRound *round) {
    const Preview *preview = context;
    const Flags *flags = preview->flags;
    Project *project = round->project;
    struct timespec start = summary_start();
    ReportOptions options;
    if (round->changed.size && !flags->is_quiet)
        fprintf(stderr, "changed: %.*s\n", STR_FMT(round->changed));
    if (!project->config) {
        round->findings = project->diags
                              ? overlay(project->diags, NULL, round->arena)
                              : overlay_reason(STR("the settings cannot be read"), round->arena);
        return;
    }
    BuildJob job = {.config = project->config,
                    .fs = project->fs,
                    .worker_count = project_workers(project),
                    .has_drafts = flags->has_drafts,
                    .drawings = preview->drawings};
    Str why;
    round->site = site_build(&job, round->arena, &why);
    if (!round->site) {
        complain(why);
        round->findings = overlay_reason(why, round->arena);
        return;
    }
    checks_run(round->site, round->site->diags);
    diags_sort(round->site->diags);
    if (!project_report_options(project, &options))
        return;
    ReportCounts counts = project_report(round->site->diags, &options, round->arena);
    round->findings = overlay(round->site->diags, project->config, round->arena);
    SummaryFigures figures = summary_figures(round->site);
    summary_print(project, &figures, counts, &(SummaryEnd){.start = start});
}

ExitStatus cmd_serve(const Flags *flags, Arena *arena) {
    int64_t port = 8000;
    if (flags->port.size && !num_parse_range(flags->port, 0, 65535, &port))
        return usage_error("serve", str_format(arena, "--port wants 0 to 65535, not \"%.*s\"",
                                               STR_FMT(flags->port)));
    Preview preview = {flags, drawings_new()};
    ServeJob job = {.context = &preview,
                    .read = read_settings,
                    .build = build_site,
                    .host = flags->host.size ? flags->host : STR("127.0.0.1"),
                    .port = port,
                    .is_quiet = flags->is_quiet,
                    .opens = flags->opens};
    Str why = {0};
    ServeEnd end = serve_run(&job, arena, &why);
    drawings_free(preview.drawings);
    if (end == SERVE_NO_SERVER)
        complain(why);
    return end == SERVE_ENDED ? EXIT_CLEAN : EXIT_MACHINE;
}
