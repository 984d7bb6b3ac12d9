#include "base/ban.h"

#include "cli/man_page.h"

#include "base/version.h"
#include "cli/commands.h"

typedef struct Term {
    const char *name, *meaning;
} Term;

static const Term statuses[] = {
    {"0", "Clean."},
    {"1", "Findings at or above the level that fails."},
    {"2", "Wrong usage: unknown command, option or value."},
    {"3", "Settings, disk or network."},
    {NULL, NULL},
};

static const Term variables[] = {
    {"NO_COLOR", "Set to anything: no colours."},
    {"XDG_CACHE_HOME",
     "Where roadmap reopen finds what done changed, and build the cards it has drawn; otherwise "
     "~/.cache."},
    {"DOCSGEN_SANDBOX", "off: build and check do not close other files to themselves."},
    {"CHROMIUM", "The browser that build --pdf runs; otherwise one that is found."},
    {"SOURCE_DATE_EPOCH", "The date that a PDF says it was made."},
    {"DOCSGEN_OUTPUT, DOCSGEN_SOURCE, DOCSGEN_DIAGRAMS, DOCSGEN_SITE_TITLE ...",
     "Override the settings of the same name."},
    {NULL, NULL},
};

static const Term files[] = {
    {"docsgen.yml", "The settings of a project."},
    {"output/", "The site; the setting output names another folder."},
    {NULL, NULL},
};

/* A dash is a minus, a backslash is itself, and a dot or quote that begins a line is no request
 * (groff(7), escape sequences). */
static void add_text(Buf *out, const char *text) {
    bool begins = out->size == 0 || out->data[out->size - 1] == '\n';
    if (begins && (*text == '.' || *text == '\''))
        buf_add_text(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            buf_add_text(out, "\\e");
        else if (*text == '-')
            buf_add_text(out, "\\-");
        else
            buf_add_char(out, *text);
    }
}

static void add_terms(Buf *out, const char *heading, const Term *terms) {
    buf_add_format(out, ".SH %s\n", heading);
    for (; terms->name; terms++) {
        buf_add_text(out, ".TP\n");
        add_text(out, terms->name);
        buf_add_char(out, '\n');
        add_text(out, terms->meaning);
        buf_add_char(out, '\n');
    }
}

static void add_option(Buf *out, const FlagInfo *info) {
    buf_add_text(out, ".TP\n");
    if (info->letter)
        buf_add_format(out, "\\fB\\-%c\\fR, ", info->letter);
    buf_add_text(out, "\\fB\\-\\-");
    add_text(out, info->name);
    buf_add_text(out, "\\fR");
    if (info->argument)
        buf_add_format(out, " \\fI%s\\fR", info->argument);
    buf_add_char(out, '\n');
    add_text(out, info->help);
    buf_add_char(out, '\n');
}

/* Options of `command` that only some commands take, or those that all do. */
static void add_options(Buf *out, CommandBit command, bool is_global) {
    FlagInfo info;
    for (size_t index = 0; flags_next(command, &index, &info);)
        if (info.is_global == is_global)
            add_option(out, &info);
}

void man_page_render(Buf *out) {
    size_t count;
    const Command *commands = commands_all(&count);
    buf_add_format(out, ".TH DOCSGEN 1 \"\" \"docsgen %s\" \"User Commands\"\n", docsgen_version);
    buf_add_text(out, ".SH NAME\ndocsgen \\- a checked documentation site from Markdown, diagrams, "
                      "data and roadmap trackers\n"
                      ".SH SYNOPSIS\n.B docsgen\n.I COMMAND\n[options]\n"
                      ".SH DESCRIPTION\nReads the Markdown pages, Mermaid diagrams, data files and "
                      "roadmap trackers of a project, checks\nthat they are consistent, and makes "
                      "a static site of them.\n.SH COMMANDS\n");
    for (size_t i = 0; i < count; i++) {
        buf_add_format(out, ".SS docsgen %s", commands[i].name);
        buf_add_text(out, *commands[i].operands ? " " : "");
        add_text(out, commands[i].operands);
        buf_add_char(out, '\n');
        add_text(out, commands[i].summary);
        buf_add_char(out, '\n');
        add_options(out, commands[i].bit, false);
    }
    buf_add_text(out, ".SH OPTIONS OF EVERY COMMAND\n");
    add_options(out, COMMAND_ALL, true);
    add_terms(out, "EXIT STATUS", statuses);
    add_terms(out, "ENVIRONMENT", variables);
    add_terms(out, "FILES", files);
}
