#include "base/ban.h"

#include "base/asset.h"
#include "base/escape.h"
#include "check/checks.h"
#include "cli/project.h"
#include "cli/survey.h"
#include "site/build.h"

#define SETTINGS STR("docsgen.yml")

typedef struct Init {
    const Flags *flags;
    Arena *arena;
    Fs *fs;
    Survey survey;
    bool is_new;                   /* no pages were found: a small site is made */
    bool raw_html;                 /* the pages use it */
    size_t found[DIAG_RULE_COUNT]; /* errors that the pages have today */
    bool keeps_ignore;             /* .gitignore was there */
} Init;

static void say(const Init *init, Str path, const char *what) {
    if (!init->flags->is_quiet)
        fprintf(stderr, "%.*s: %s\n", STR_FMT(path), what);
}

/* `text` with each "{name}" replaced by `value`. */
static Str fill(Str text, Str name, Str value, Arena *arena) {
    Buf out = buf_new(arena);
    size_t from = 0;
    for (size_t at; (at = str_find(text, name, from)) != STR_NONE; from = at + name.size) {
        buf_add(&out, str_slice(text, from, at));
        buf_add(&out, value);
    }
    buf_add(&out, str_from_offset(text, from));
    return buf_str(&out);
}

/* Writes a file that is not there; what is there stays. False after a complaint. */
static bool put(Init *init, Str path, Str content) {
    Str why;
    if (fs_kind(init->fs, path) != FS_ABSENT) {
        say(init, path, "kept");
        return true;
    }
    if (!fs_create(init->fs, path, content, &why)) {
        complain(
            str_format(init->arena, "cannot write \"%.*s\": %.*s", STR_FMT(path), STR_FMT(why)));
        return false;
    }
    say(init, path, "written");
    return true;
}

static Str title_of(const Init *init) {
    return init->survey.title.size ? init->survey.title : STR("Documentation");
}

/* Embeds of the folders with trackers, seen from a page in `source`. */
static void add_roadmaps(const Init *init, Buf *out) {
    for (size_t i = 0; i < init->survey.tracker_count; i++) {
        Str folder = init->survey.trackers[i];
        buf_add_format(out, "%s![Progress of the roadmaps in %.*s](<../%.*s/>)", i ? "\n\n" : "",
                       STR_FMT(folder), STR_FMT(folder));
    }
}

/* A first page for pages that have none: their list, to be made better by hand. */
static bool put_index(Init *init) {
    const Survey *survey = &init->survey;
    Buf out = buf_new(init->arena);
    Str title = title_of(init);
    buf_add_format(&out, "# %.*s\n\n", STR_FMT(title));
    for (size_t i = 0; i < survey->page_count; i++)
        buf_add_format(&out, "- [%.*s](<%.*s>)\n", STR_FMT(survey->pages[i]),
                       STR_FMT(survey->pages[i]));
    if (survey->tracker_count)
        buf_add_char(&out, '\n');
    add_roadmaps(init, &out);
    if (survey->tracker_count)
        buf_add_char(&out, '\n');
    return put(init, fs_join(survey->source, STR("index.md"), init->arena), buf_str(&out));
}

/* A page, a diagram, costs and, where there is none yet, a tracker. */
static bool put_site(Init *init) {
    Survey *survey = &init->survey;
    Buf roadmaps = buf_new(init->arena);
    if (survey->has_trackers)
        add_roadmaps(init, &roadmaps);
    else
        buf_add_text(&roadmaps,
                     "![Progress of the documentation](roadmap/documentation/PROGRESS_TRACKER.md)");
    Str page = fill(asset_get("init/index.md"), STR("{title}"), title_of(init), init->arena);
    page = fill(page, STR("{roadmaps}"), buf_str(&roadmaps), init->arena);
    survey->source = STR("docs");
    return put(init, STR("docs/index.md"), page) &&
           put(init, STR("diagrams/overview.mmd"), asset_get("init/overview.mmd")) &&
           put(init, STR("docs/data/costs.yml"), asset_get("init/costs.yml")) &&
           (survey->has_trackers || put(init, STR("docs/roadmap/documentation/PROGRESS_TRACKER.md"),
                                        asset_get("init/PROGRESS_TRACKER.md")));
}

static void add_setting(Buf *out, const char *key, Str value) {
    if (value.size == 0)
        return;
    buf_add_format(out, "%s ", key);
    json_string(out, value); /* a JSON string is one of YAML as well */
    buf_add_char(out, '\n');
}

static Str settings_of(const Init *init) {
    const Survey *survey = &init->survey;
    Buf out = buf_new(init->arena);
    buf_add_text(&out, "# The settings of docsgen. What is not set has a default: docsgen build "
                       "--show-config lists all.\nsite:\n");
    add_setting(&out, "  title:", title_of(init));
    add_setting(&out, "  repository:", survey->repository);
    add_setting(&out, "  url:", survey->url);
    add_setting(&out, "source:", survey->source);
    add_setting(&out, "output:", survey->output);
    if (init->raw_html)
        buf_add_text(&out, "markdown:\n  raw_html: safe # the pages use HTML\n");
    if (survey->tracker_count) {
        buf_add_text(&out, "roadmap:\n");
        for (size_t i = 0; i < survey->tracker_count; i++)
            add_setting(&out, "  -", survey->trackers[i]);
        /* Trackers among the pages count as well. */
        add_setting(&out, "  -", survey->source);
    }
    bool has_checks = false;
    for (size_t i = 0; i < DIAG_RULE_COUNT; i++) {
        if (init->found[i] == 0)
            continue;
        if (!has_checks)
            buf_add_text(&out, "# Found when the site was set up. Repair them, then remove the "
                               "line, and the check is an error again.\nchecks:\n");
        has_checks = true;
        Str name = diag_rule_name((DiagRule)i);
        buf_add_format(&out, "  %.*s: warning # %zu\n", STR_FMT(name), init->found[i]);
    }
    return buf_str(&out);
}

/* Builds the site in memory and counts what would fail it. Each error gets a line of the settings:
 * what a repository holds today must not stand in the way of its first site. */
static bool try_settings(Init *init) {
    extern char **environ;
    Arena *arena = init->arena;
    Diags *diags = diags_new(arena);
    ConfigFlags given = {0};
    const Source *file = source_new(arena, SETTINGS, settings_of(init));
    const Config *config = config_read(file, &given, (const char *const *)environ, arena, diags);
    if (!config) {
        complain(str_format(arena, "no settings fit this folder: %.*s",
                            STR_FMT(diags_get(diags, 0)->message)));
        return false;
    }
    BuildJob job = {.config = config, .fs = init->fs, .worker_count = 1};
    Str why;
    Site *site = site_build(&job, arena, &why);
    if (!site) {
        complain(why);
        return false;
    }
    checks_run(site, site->diags);
    check_markup(site, site->diags);
    diags_sort(site->diags);
    memset(init->found, 0, sizeof init->found);
    bool has_html = false;
    for (size_t i = 0; i < diags_count(site->diags); i++) {
        DiagRule rule = diags_get(site->diags, i)->rule;
        init->found[rule] += diag_rule_severity(rule) == DIAG_ERROR;
        has_html = has_html || rule == DIAG_PAGE_RAW_HTML;
    }
    site_free(site);
    if (has_html && !init->raw_html) {
        init->raw_html = true;
        return try_settings(init);
    }
    return true;
}

/* Says what a person has to know or do; nothing is asked. */
static void print_advice(const Init *init) {
    if (init->flags->is_quiet)
        return;
    const Survey *survey = &init->survey;
    size_t rules = 0;
    for (size_t i = 0; i < DIAG_RULE_COUNT; i++)
        rules += init->found[i] > 0;
    if (rules)
        fprintf(stderr,
                "%zu %s found in the pages and are warnings for now: see checks in docsgen.yml\n",
                rules, rules == 1 ? "sort of errors was" : "sorts of errors were");
    if (survey->has_root_tracker)
        fprintf(
            stderr,
            "PROGRESS_TRACKER.md: left out; trackers are found in folders, for example roadmap/\n");
    if (init->keeps_ignore)
        fprintf(stderr, "keep the site out of version control: add /%.*s/ to .gitignore\n",
                STR_FMT(survey->output));
    if (init->flags->has_github_pages)
        fprintf(
            stderr,
            ".github/workflows/docs.yml: put the owner of docsgen's repository in place of OWNER\n");
    Str folder = init->flags->operand_count
                     ? str_format(init->arena, " -C %.*s", STR_FMT(init->flags->operands[0]))
                     : STR("");
    fprintf(stderr, "next: docsgen%.*s build, then open %.*s/index.html\n", STR_FMT(folder),
            STR_FMT(survey->output));
}

/* With settings of its own the project knows where its site goes. */
static bool read_output(Init *init) {
    Flags flags = *init->flags;
    flags.directory = fs_root(init->fs);
    Project project;
    if (project_open(&flags, init->arena, &project) != EXIT_CLEAN)
        return false;
    init->survey.output = project.config->output;
    return true;
}

static bool set_up(Init *init) {
    Arena *arena = init->arena;
    bool has_settings = fs_kind(init->fs, SETTINGS) != FS_ABSENT;
    if (has_settings) {
        if (!read_output(init) || !put(init, SETTINGS, STR("")))
            return false;
    } else {
        init->is_new = init->survey.source.size == 0;
        init->keeps_ignore = fs_kind(init->fs, STR(".gitignore")) != FS_ABSENT;
        Str ignore = str_format(arena, "/%.*s/\n", STR_FMT(init->survey.output));
        if ((init->is_new && !put_site(init)) || (init->survey.page_count && !put_index(init)) ||
            !try_settings(init) || !put(init, SETTINGS, settings_of(init)) ||
            !put(init, STR(".gitignore"), ignore))
            return false;
    }
    if (!init->flags->has_github_pages)
        return true;
    Str workflow = fill(asset_get("init/docs.yml"), STR("{output}"), init->survey.output, arena);
    return put(init, STR(".github/workflows/docs.yml"), workflow);
}

ExitStatus cmd_init(const Flags *flags, Arena *arena) {
    if (flags->operand_count > 1)
        return usage_error("init", STR("init takes one folder"));
    Str root = flags->directory.size ? flags->directory : STR(".");
    if (flags->operand_count) {
        Str folder = flags->operands[0];
        bool is_absolute = folder.size && folder.data[0] == '/';
        root = is_absolute || flags->directory.size == 0 ? folder : fs_join(root, folder, arena);
    }
    Init init = {.flags = flags, .arena = arena, .fs = fs_open_disk(arena, root)};
    Str why;
    if (!survey_read(init.fs, arena, &init.survey, &why)) {
        complain(why);
        return EXIT_MACHINE;
    }
    if (!set_up(&init))
        return EXIT_MACHINE;
    print_advice(&init);
    return EXIT_CLEAN;
}
