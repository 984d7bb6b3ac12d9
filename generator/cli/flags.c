#include "base/ban.h"

#include "cli/flags.h"

#include "base/limits.h"
#include "base/num.h"

typedef enum OptionKind {
    OPTION_BOOL,
    OPTION_TEXT,
    OPTION_NUMBER
} OptionKind;

typedef struct Option {
    char letter;          /* 0: none */
    const char *name;     /* without dashes */
    const char *argument; /* NULL for OPTION_BOOL */
    OptionKind kind;
    size_t field; /* offset in Flags */
    int commands; /* of CommandBit */
    const char *help;
} Option;

#define FIELD(name) offsetof(Flags, name)

static const Option options[] = {
    {'o', "output", "DIR", OPTION_TEXT, FIELD(output), COMMAND_BUILD | COMMAND_MERGE,
     "write the site there instead of to output/"},
    {'o', "output", "FILE", OPTION_TEXT, FIELD(output), COMMAND_DIAGRAM,
     "write there instead of to standard output"},
    {'o', "output", "FILE", OPTION_TEXT, FIELD(output), COMMAND_ROADMAP,
     "what only prints: write there instead"},
    {0, "strict", NULL, OPTION_BOOL, FIELD(is_strict), COMMAND_BUILD | COMMAND_MERGE,
     "warnings fail the build as well"},
    {0, "drafts", NULL, OPTION_BOOL, FIELD(has_drafts),
     COMMAND_BUILD | COMMAND_MERGE | COMMAND_CHECK | COMMAND_SERVE,
     "publish pages with draft: true"},
    {'j', "jobs", "N", OPTION_NUMBER, FIELD(jobs),
     COMMAND_BUILD | COMMAND_MERGE | COMMAND_CHECK | COMMAND_PUBLISH | COMMAND_SERVE,
     "threads; default: all processors"},
    {0, "clean", NULL, OPTION_BOOL, FIELD(is_clean), COMMAND_BUILD,
     "take over nothing from the last build"},
    {0, "print", NULL, OPTION_BOOL, FIELD(prints), COMMAND_BUILD,
     "also write print.html, the whole site as one document"},
    {0, "pdf", NULL, OPTION_BOOL, FIELD(prints_pdf), COMMAND_BUILD,
     "the same, and print.pdf, which an installed Chromium makes of it"},
    {0, "shard", "K/N", OPTION_TEXT, FIELD(shard), COMMAND_BUILD,
     "render the K-th of N slices of the pages, for docsgen merge"},
    {0, "show-config", NULL, OPTION_BOOL, FIELD(shows_config), COMMAND_BUILD,
     "print the settings in force and stop"},
    {0, "timings", NULL, OPTION_BOOL, FIELD(shows_timings), COMMAND_BUILD | COMMAND_MERGE,
     "print what each stage and the slowest pages took"},
    {'p', "port", "N", OPTION_TEXT, FIELD(port), COMMAND_SERVE,
     "default: 8000, or the next one that is free; 0: any"},
    {0, "host", "HOST", OPTION_TEXT, FIELD(host), COMMAND_SERVE,
     "listen there; default: 127.0.0.1, this machine alone"},
    {0, "open", NULL, OPTION_BOOL, FIELD(opens), COMMAND_SERVE, "open the site in a browser"},
    {0, "only", "AREA,...", OPTION_TEXT, FIELD(only), COMMAND_CHECK | COMMAND_ROADMAP,
     "report only these areas or rules: link,diagram/syntax"},
    {0, "fail-on", "LEVEL", OPTION_TEXT, FIELD(fail_on), COMMAND_CHECK | COMMAND_ROADMAP,
     "error (default) or warning"},
    {0, "max", "N", OPTION_NUMBER, FIELD(max), COMMAND_CHECK | COMMAND_ROADMAP,
     "print at most N findings, the worst first"},
    {0, "list-external", NULL, OPTION_BOOL, FIELD(lists_external), COMMAND_CHECK,
     "print every link to another site with its place; follows none"},
    {0, "format", "FORMAT", OPTION_TEXT, FIELD(format),
     COMMAND_CHECK | COMMAND_BUILD | COMMAND_MERGE | COMMAND_ROADMAP,
     "findings as text, json, github or sarif"},
    {0, "format", "FORMAT", OPTION_TEXT, FIELD(format), COMMAND_DIAGRAM,
     "svg (default), png, pdf, json, layout or text"},
    {0, "theme", "THEME", OPTION_TEXT, FIELD(theme), COMMAND_DIAGRAM, "light (default) or dark"},
    {0, "tracker", "PATH", OPTION_TEXT, FIELD(tracker), COMMAND_ROADMAP, "this tracker only"},
    {0, "status", "STATUS", OPTION_TEXT, FIELD(status), COMMAND_ROADMAP,
     "list: only PRs with this status"},
    {0, "ready", NULL, OPTION_BOOL, FIELD(is_ready), COMMAND_ROADMAP,
     "list: only PRs that can be started"},
    {0, "blocked", NULL, OPTION_BOOL, FIELD(is_blocked), COMMAND_ROADMAP,
     "list: only PRs that wait for others"},
    {0, "commit", "SHA", OPTION_TEXT, FIELD(commit), COMMAND_ROADMAP,
     "done: the commit that finished the PR"},
    {0, "pr", "N", OPTION_NUMBER, FIELD(github_pr), COMMAND_ROADMAP,
     "done: the pull request's number on the forge"},
    {0, "note", "TEXT", OPTION_TEXT, FIELD(note), COMMAND_ROADMAP,
     "edits: put this behind the PR's notes"},
    {0, "by", "ID", OPTION_TEXT, FIELD(by), COMMAND_ROADMAP, "block: the PR that is waited for"},
    {0, "force", NULL, OPTION_BOOL, FIELD(is_forced), COMMAND_ROADMAP,
     "done: also with open items and dependencies; ticks the items"},
    {0, "fix", NULL, OPTION_BOOL, FIELD(is_fix), COMMAND_ROADMAP,
     "check: repair what takes no thought"},
    {0, "dry-run", NULL, OPTION_BOOL, FIELD(is_dry_run), COMMAND_ROADMAP,
     "edits and --fix: print a diff and write nothing"},
    {0, "github-pages", NULL, OPTION_BOOL, FIELD(has_github_pages), COMMAND_INIT,
     "add .github/workflows/docs.yml, which publishes the site"},
    {0, "branch", "NAME", OPTION_TEXT, FIELD(branch), COMMAND_PUBLISH,
     "the branch that holds the site; default: gh-pages"},
    {0, "remote", "NAME", OPTION_TEXT, FIELD(remote), COMMAND_PUBLISH,
     "a remote, an address or a folder; default: origin"},
    {'m', "message", "TEXT", OPTION_TEXT, FIELD(message), COMMAND_PUBLISH,
     "the commit's message; default: one that names the source's commit"},
    {0, "cname", "HOST", OPTION_TEXT, FIELD(cname), COMMAND_PUBLISH,
     "the site's own host name; default: the one on the branch"},
    {0, "dry-run", NULL, OPTION_BOOL, FIELD(is_dry_run), COMMAND_PUBLISH,
     "print what would change and push nothing"},
    {0, "force", NULL, OPTION_BOOL, FIELD(is_forced), COMMAND_PUBLISH,
     "also from a detached HEAD, also onto a branch with sources"},
    {0, "json", NULL, OPTION_BOOL, FIELD(wants_json), COMMAND_ALL, "short for --format json"},
    {'C', "directory", "DIR", OPTION_TEXT, FIELD(directory), COMMAND_ALL,
     "work on the project in DIR"},
    {'c', "config", "FILE", OPTION_TEXT, FIELD(config), COMMAND_ALL,
     "settings file; default: docsgen.yml"},
    {'q', "quiet", NULL, OPTION_BOOL, FIELD(is_quiet), COMMAND_ALL, "print errors only"},
    {'v', "verbose", NULL, OPTION_BOOL, FIELD(is_verbose), COMMAND_ALL, "print notes as well"},
    {0, "color", "WHEN", OPTION_TEXT, FIELD(color), COMMAND_ALL,
     "auto (default), always or never; NO_COLOR is honoured"},
    {'h', "help", NULL, OPTION_BOOL, FIELD(wants_help), COMMAND_ALL, "print this help"},
    {'V', "version", NULL, OPTION_BOOL, FIELD(wants_version), COMMAND_ALL, "print the version"},
};

#define OPTION_COUNT (sizeof options / sizeof *options)

static const Option *find_option(CommandBit command, Str name, char letter) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        bool is_named =
            letter ? options[i].letter == letter : str_equal(str_from(options[i].name), name);
        if ((options[i].commands & (int)command) && is_named)
            return &options[i];
    }
    return NULL;
}

static Str unknown_option(CommandBit command, Str written, Str name, Arena *arena) {
    Str candidates[OPTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].commands & (int)command)
            candidates[count++] = str_from(options[i].name);
    Str nearest = str_nearest(name, candidates, count);
    if (nearest.size)
        return str_format(arena, "unknown option %.*s; did you mean --%.*s?", STR_FMT(written),
                          STR_FMT(nearest));
    return str_format(arena, "unknown option %.*s", STR_FMT(written));
}

/* Stores `value`; false with a message when it does not fit the option. */
static bool set_option(const Option *option, Str value, Arena *arena, Flags *flags) {
    char *field = (char *)flags + option->field;
    switch (option->kind) {
    case OPTION_BOOL: *(bool *)(void *)field = true; return true;
    case OPTION_TEXT: *(Str *)(void *)field = value; return true;
    case OPTION_NUMBER:
        if (num_parse_range(value, 1, 1000000, (int64_t *)(void *)field))
            return true;
        flags->mistake = str_format(arena, "--%s wants a number from 1 on, not \"%.*s\"",
                                    option->name, STR_FMT(value));
        return false;
    }
    return false;
}

/* The words still to be read. */
typedef struct Words {
    char **at, **end;
} Words;

/* Reads one word that begins with a dash: --name, --name=value, --name value, -x, -xvalue, -x
 * value. */
static bool parse_option(Words *words, CommandBit command, Arena *arena, Flags *flags) {
    Str word = str_from(*words->at++);
    bool is_long = str_starts_with(word, STR("--"));
    size_t equals = is_long ? str_find_char(word, '=', 0) : STR_NONE;
    Str name = str_slice(word, is_long ? 2 : 1, equals);
    const Option *option = find_option(command, name, is_long ? 0 : word.data[1]);
    if (!option) {
        flags->mistake = unknown_option(command, word, name, arena);
        return false;
    }
    bool has_value = equals != STR_NONE || (!is_long && word.size > 2);
    Str value = is_long ? str_from_offset(word, equals == STR_NONE ? word.size : equals + 1)
                        : str_from_offset(word, 2);
    if (option->kind == OPTION_BOOL) {
        if (has_value)
            flags->mistake = str_format(arena, "--%s takes no value", option->name);
        return !has_value && set_option(option, value, arena, flags);
    }
    if (!has_value && words->at == words->end) {
        flags->mistake = str_format(arena, "--%s wants a value: --%s %s", option->name,
                                    option->name, option->argument);
        return false;
    }
    if (!has_value)
        value = str_from(*words->at++);
    return set_option(option, value, arena, flags);
}

bool flags_parse(int argc, char **argv, CommandBit command, Arena *arena, Flags *flags) {
    *flags = (Flags){.operands = ARENA_ARRAY(arena, Str, argc)};
    Words words = {argv, argv + argc};
    bool only_operands = false;
    while (words.at < words.end) {
        Str word = str_from(*words.at);
        /* A dash alone is standard input. */
        if (only_operands || word.size < 2 || word.data[0] != '-') {
            flags->operands[flags->operand_count++] = word;
            words.at++;
        } else if (str_equal(word, STR("--"))) {
            only_operands = true;
            words.at++;
        } else if (!parse_option(&words, command, arena, flags)) {
            return false;
        }
    }
    if (flags->wants_json)
        flags->format = STR("json");
    return true;
}

void flags_help(CommandBit command, Buf *out) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const Option *option = &options[i];
        if (!(option->commands & (int)command))
            continue;
        size_t start = out->size;
        if (option->letter)
            buf_add_format(out, "  -%c, --%s", option->letter, option->name);
        else
            buf_add_format(out, "      --%s", option->name);
        if (option->argument)
            buf_add_format(out, " %s", option->argument);
        size_t width = out->size - start;
        buf_add_repeat(out, ' ', width < 28 ? 28 - width : 2);
        buf_add_format(out, "%s\n", option->help);
    }
}

bool flags_next(CommandBit command, size_t *index, FlagInfo *info) {
    while (*index < OPTION_COUNT) {
        const Option *option = &options[(*index)++];
        if (!(option->commands & (int)command))
            continue;
        *info = (FlagInfo){option->letter, option->name, option->argument, option->help,
                           option->commands == COMMAND_ALL};
        return true;
    }
    return false;
}
