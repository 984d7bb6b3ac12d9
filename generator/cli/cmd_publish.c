#include "base/ban.h"

#include "cli/project.h"
#include "publish/pages.h"

#define SOURCE_COUNT 16 /* folders that are looked at for uncommitted changes */

/* host = label { "." label }, label = letters, digits and dashes (RFC 1123), 253 bytes at most. */
static bool is_host(Str host) {
    if (host.size > 253)
        return false;
    for (Str rest = host; rest.data;) {
        Str label = str_cut(&rest, '.');
        if (label.size == 0 || label.size > 63 || label.data[0] == '-' ||
            label.data[label.size - 1] == '-')
            return false;
        for (size_t i = 0; i < label.size; i++) {
            char c = label.data[i];
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
                c != '-')
                return false;
        }
    }
    return true;
}

static ExitStatus refuse(const Project *project, Str why) {
    complain(str_format(project->arena, "cannot publish: %.*s", STR_FMT(why)));
    return EXIT_MACHINE;
}

/* Says it when the site holds what no commit does: nobody could build it again. */
static bool warn_of_changes(const Project *project, PagesJob *job) {
    const Config *config = project->config;
    Str paths[SOURCE_COUNT] = {config->source, config->diagrams,
                               project->flags->config.size ? project->flags->config
                                                           : STR("docsgen.yml")};
    GitPlaces places = {paths, 3, config->output};
    for (size_t i = 0; i < config->roadmap_count && places.count < SOURCE_COUNT; i++)
        paths[places.count++] = config->roadmap[i];
    GitDirty dirty;
    if (!git_find_dirty(job->git, &places, &dirty))
        return false;
    job->is_dirty = dirty.count > 0;
    if (dirty.count == 0 || project->flags->is_quiet)
        return true;
    Str others =
        dirty.count > 1 ? str_format(project->arena, " and %zu more", dirty.count - 1) : STR("");
    complain(str_format(project->arena,
                        "warning: the site holds changes that no commit has: %.*s%.*s",
                        STR_FMT(dirty.first), STR_FMT(others)));
    return true;
}

static void print_changes(Str changes) {
    while (changes.size) {
        Str letter = str_cut(&changes, '\0'), path = str_cut(&changes, '\0');
        printf("%.*s %.*s\n", STR_FMT(letter), STR_FMT(path));
    }
}

static void print_summary(const PagesJob *job, const PagesResult *result) {
    Arena *arena = job->arena;
    Str where = str_format(arena, "\"%.*s\" of \"%.*s\"", STR_FMT(job->target.branch),
                           STR_FMT(job->target.remote));
    if (result->changes.size == 0) {
        fprintf(stderr, "nothing to publish: %.*s has this site already\n", STR_FMT(where));
        return;
    }
    fprintf(stderr, "%s %.*s: %zu added, %zu changed, %zu removed -> %.*s\n",
            job->is_dry_run ? "would publish" : "published",
            STR_FMT(str_slice(result->commit, 0, 12)), result->added, result->changed,
            result->removed, STR_FMT(where));
}

/* The repository's part: what is published is a built site without errors. */
static ExitStatus publish(const Project *project, const Outputs *outputs) {
    const Flags *flags = project->flags;
    Arena *arena = project->arena;
    GitHead head;
    PagesJob job = {.outputs = outputs,
                    .project = project->fs,
                    .git = git_open(fs_root(project->fs), arena),
                    .head = &head,
                    .target = {flags->remote.size ? flags->remote : STR("origin"),
                               flags->branch.size ? flags->branch : STR("gh-pages")},
                    .message = flags->message,
                    .cname = flags->cname,
                    .is_dry_run = flags->is_dry_run,
                    .is_forced = flags->is_forced,
                    .arena = arena};
    PagesResult result;
    if (job.git->state == GIT_ABSENT || !git_read_head(job.git, &head))
        return refuse(project, job.git->why);
    if (head.branch.size == 0 && !flags->is_forced)
        return refuse(project, STR("HEAD is detached, so the source's commit may be on no branch; "
                                   "run git switch BRANCH first, or say --force"));
    if (!warn_of_changes(project, &job))
        return refuse(project, job.git->why);
    if (!pages_publish(&job, &result))
        return refuse(project, result.why);
    if (flags->is_dry_run)
        print_changes(result.changes);
    if (!flags->is_quiet)
        print_summary(&job, &result);
    return EXIT_CLEAN;
}

ExitStatus cmd_publish(const Flags *flags, Arena *arena) {
    Project project;
    ReportOptions options;
    if (flags->cname.size && !is_host(flags->cname))
        return usage_error("publish", str_format(arena, "--cname wants a host name, not \"%.*s\"",
                                                 STR_FMT(flags->cname)));
    ExitStatus status = project_open(flags, arena, &project);
    if (status != EXIT_CLEAN)
        return status;
    if (!project_report_options(&project, &options))
        return EXIT_USAGE;
    project.has_cards = true;
    project.has_model = true;
    Site *site = project_build(&project);
    if (!site)
        return EXIT_MACHINE;
    ReportCounts counts = project_check(&project, &options, site);
    if (counts.errors) {
        Str errors = count_of(counts.errors, "error", arena);
        complain(str_format(arena, "not published: %.*s", STR_FMT(errors)));
        status = EXIT_FINDINGS;
    } else {
        project_add_model(site);
        status = publish(&project, &site->outputs);
    }
    site_free(site);
    return status;
}
