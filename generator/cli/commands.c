#include "base/ban.h"

#include "cli/commands.h"

#include "base/version.h"

static const Command commands[] = {
    {"init", COMMAND_INIT, "[DIR]", "set up a site for what a folder holds", cmd_init},
    {"build", COMMAND_BUILD, "", "make the site", cmd_build},
    {"merge", COMMAND_MERGE, "SHARD...", "join the slices of build --shard into the site",
     cmd_merge},
    {"check", COMMAND_CHECK, "", "check the sources and the written site", cmd_check},
    {"serve", COMMAND_SERVE, "", "show the site while it is written", cmd_serve},
    {"diagram", COMMAND_DIAGRAM, "FILE|-", "draw one Mermaid file", cmd_diagram},
    {"roadmap", COMMAND_ROADMAP,
     "[status|list|show ID|next|start ID|done ID|reopen ID|block ID|add TITLE|check|graph|burnup]",
     "show where the trackers stand, check and edit them", cmd_roadmap},
    {"publish", COMMAND_PUBLISH, "", "put the site on the branch gh-pages of a remote repository",
     cmd_publish},
    {"explain", COMMAND_EXPLAIN, "[RULE]", "say what a rule means and how to repair what it finds",
     cmd_explain},
    {"completions", COMMAND_COMPLETIONS, "bash|zsh|fish|man",
     "print what a shell completes, or the man page", cmd_completions},
    {"clean", COMMAND_CLEAN, "", "remove the written site", cmd_clean},
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

const Command *commands_all(size_t *count) {
    *count = COMMAND_COUNT;
    return commands;
}

static void print(FILE *stream, Buf *text) {
    fwrite(text->data, 1, text->size, stream);
}

ExitStatus usage_error(const char *command, Str message) {
    fprintf(stderr, "docsgen: %.*s\ntry \"docsgen %s%s--help\"\n", STR_FMT(message),
            command ? command : "", command ? " " : "");
    return EXIT_USAGE;
}

/* "docsgen 0.1.0 (1a2b3c4d5e6f)"; without the commit where nobody knows it. */
static void print_version(void) {
    if (*docsgen_commit)
        printf("docsgen %s (%s)\n", docsgen_version, docsgen_commit);
    else
        printf("docsgen %s\n", docsgen_version);
}

static void print_overview(FILE *stream, Arena *arena) {
    Buf text = buf_new(arena);
    buf_add_text(
        &text,
        "docsgen makes a checked documentation site from Markdown, Mermaid diagrams, data and roadmap trackers\n\n"
        "usage: docsgen COMMAND [options]\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        buf_add_format(&text, "  %-11s %s\n", commands[i].name, commands[i].summary);
    buf_add_text(&text,
                 "\n\"docsgen COMMAND --help\" lists a command's options\n"
                 "exit status: 0 clean, 1 findings, 2 wrong usage, 3 settings, disk or network\n");
    print(stream, &text);
}

static void print_help(const Command *command, Arena *arena) {
    Buf text = buf_new(arena);
    buf_add_format(&text, "docsgen %s: %s\n\nusage: docsgen %s [options]%s%s\n\n", command->name,
                   command->summary, command->name, *command->operands ? " " : "",
                   command->operands);
    flags_help(command->bit, &text);
    print(stdout, &text);
}

static const Command *find_command(Str name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (str_equal(str_from(commands[i].name), name))
            return &commands[i];
    return NULL;
}

static ExitStatus unknown_command(Str name, Arena *arena) {
    Str names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = str_from(commands[i].name);
    Str nearest = str_nearest(name, names, COMMAND_COUNT);
    Str guess =
        nearest.size ? str_format(arena, "; did you mean \"%.*s\"?", STR_FMT(nearest)) : STR("");
    return usage_error(NULL,
                       str_format(arena, "no command \"%.*s\"%.*s", STR_FMT(name), STR_FMT(guess)));
}

/* -C and -c may also stand before the command, as with git and make: the command is the first word
 * that is no option. */
static int find_command_word(int argc, char **argv) {
    int at = 1;
    while (at < argc && argv[at][0] == '-') {
        bool takes_value = strcmp(argv[at], "-C") == 0 || strcmp(argv[at], "-c") == 0 ||
                           strcmp(argv[at], "--directory") == 0 ||
                           strcmp(argv[at], "--config") == 0 || strcmp(argv[at], "--color") == 0;
        at += takes_value ? 2 : 1;
    }
    return at < argc ? at : argc;
}

ExitStatus commands_run(int argc, char **argv, Arena *arena) {
    Flags flags;
    int at = find_command_word(argc, argv);
    if (at == argc) {
        if (!flags_parse(argc - 1, argv + 1, COMMAND_ALL, arena, &flags))
            return usage_error(NULL, flags.mistake);
        if (flags.wants_version) {
            print_version();
            return EXIT_CLEAN;
        }
        print_overview(flags.wants_help ? stdout : stderr, arena);
        return flags.wants_help ? EXIT_CLEAN : EXIT_USAGE;
    }
    const Command *command = find_command(str_from(argv[at]));
    if (!command)
        return unknown_command(str_from(argv[at]), arena);
    /* The command's own word is taken out; what stood before it is read like the rest. */
    for (int i = at; i > 1; i--)
        argv[i] = argv[i - 1];
    if (!flags_parse(argc - 2, argv + 2, command->bit, arena, &flags))
        return usage_error(command->name, flags.mistake);
    if (flags.wants_help) {
        print_help(command, arena);
        return EXIT_CLEAN;
    }
    if (flags.operand_count && !*command->operands)
        return usage_error(command->name, str_format(arena, "%s takes no \"%.*s\"", command->name,
                                                     STR_FMT(flags.operands[0])));
    flags.command = command->name;
    return command->run(&flags, arena);
}
