#include "base/ban.h"

#include "base/diag.h"
#include "cli/man_page.h"
#include "cli/project.h"

/* What stands for a value in the tables, and what a shell offers for it. */
typedef struct Value {
    const char *name;
    int commands;      /* of CommandBit; 0: all */
    const char *words; /* "" for a file, "/" for a folder */
} Value;

static const Value values[] = {
    {"DIR", 0, "/"},
    {"FILE", 0, ""},
    {"PATH", 0, ""},
    {"WHEN", 0, "auto always never"},
    {"LEVEL", 0, "error warning"},
    {"THEME", 0, "light dark"},
    {"FORMAT", COMMAND_DIAGRAM, "svg png pdf json layout text"},
    {"FORMAT", COMMAND_CHECK | COMMAND_BUILD, "text json github sarif"},
    {"FORMAT", COMMAND_ROADMAP, "text json github sarif"},
};

/* The words for a value, or NULL: nothing is known about it. */
static const char *words_for(CommandBit command, Str name) {
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (str_equal(str_from(values[i].name), name) &&
            (values[i].commands == 0 || (values[i].commands & (int)command)))
            return values[i].words;
    return NULL;
}

static void add_word(Buf *words, Str word) {
    if (words->size)
        buf_add_char(words, ' ');
    buf_add(words, word);
}

/* "[status" -> "status", "RULE]" -> "RULE", "show ID" -> "show". */
static Str bare_word(Str part) {
    if (str_starts_with(part, STR("[")))
        part = str_from_offset(part, 1);
    if (str_ends_with(part, STR("]")))
        part.size--;
    return str_slice(part, 0, str_find_char(part, ' ', 0));
}

/* What may follow the command, from its usage: "[status|show ID|next]" gives words, "[DIR]" a
 * folder, "[RULE]" the names of the rules. NULL: nothing. */
static const char *operand_words(const Command *command, Arena *arena) {
    Buf words = buf_new(arena);
    Str rest = str_from(command->operands);
    while (rest.size) {
        Str word = bare_word(str_cut(&rest, '|'));
        const char *known = words_for(command->bit, word);
        if (known)
            return known;
        if (word.size && word.data[0] >= 'a' && word.data[0] <= 'z')
            add_word(&words, word);
        for (int i = 0; str_equal(word, STR("RULE")) && i < DIAG_RULE_COUNT; i++)
            add_word(&words, diag_rule_name((DiagRule)i));
    }
    return words.size ? str_cstr(arena, buf_str(&words)) : NULL;
}

/* One line of bash that offers the words. */
static void add_bash_reply(Buf *out, const char *words) {
    if (!words)
        return;
    if (*words == '\0' || *words == '/')
        buf_add_format(out,
                       "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -%c -- \"$cur\")",
                       *words ? 'd' : 'f');
    else
        buf_add_format(out, "mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\")", words);
}

static void add_bash_command(Buf *out, const Command *command, Arena *arena) {
    FlagInfo info;
    Buf names = buf_new(arena);
    for (size_t index = 0; flags_next(command->bit, &index, &info);) {
        buf_add_format(&names, "%s--%s", names.size ? " " : "", info.name);
        if (!info.argument)
            continue;
        buf_add_format(out, "    %s:--%s", command->name, info.name);
        if (info.letter)
            buf_add_format(out, " | %s:-%c", command->name, info.letter);
        buf_add_text(out, ") ");
        add_bash_reply(out, words_for(command->bit, str_from(info.argument)));
        buf_add_text(out, " ;;\n");
    }
    buf_add_format(out, "    %s:*)\n        if [[ $cur == -* ]]; then ", command->name);
    add_bash_reply(out, str_cstr(arena, buf_str(&names)));
    const char *words = operand_words(command, arena);
    if (words)
        buf_add_text(out, "; else ");
    add_bash_reply(out, words);
    buf_add_text(out, "; fi ;;\n");
}

/* bash 4: the first word that is no option is the command; what stands before the word to be
 * completed decides between a value and everything else. */
static void render_bash(Buf *out, Arena *arena) {
    size_t count;
    const Command *commands = commands_all(&count);
    buf_add_text(out, "# bash completion for docsgen\n_docsgen() {\n"
                      "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} "
                      "command= i\n    COMPREPLY=()\n"
                      "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                      "        case ${COMP_WORDS[i]} in\n"
                      "        -C | -c | --directory | --config | --color) ((++i)) ;;\n"
                      "        -*) ;;\n        *) command=${COMP_WORDS[i]}; break ;;\n"
                      "        esac\n    done\n    case $command:$prev in\n");
    for (size_t i = 0; i < count; i++)
        add_bash_command(out, &commands[i], arena);
    Buf names = buf_new(arena);
    for (size_t i = 0; i < count; i++)
        buf_add_format(&names, "%s ", commands[i].name);
    buf_add_text(&names, "--help --version");
    buf_add_text(out, "    :*) ");
    add_bash_reply(out, str_cstr(arena, buf_str(&names)));
    buf_add_text(out, " ;;\n    esac\n}\ncomplete -F _docsgen docsgen\n");
}

/* Text inside of '...' and, for zsh, between [ and ]: there brackets and colons have a meaning. */
static void add_quoted(Buf *out, const char *text, const char *escaped) {
    for (; *text; text++) {
        if (*text == '\'')
            buf_add_text(out, "'\\'");
        else if (strchr(escaped, *text))
            buf_add_char(out, '\\');
        buf_add_char(out, *text);
    }
}

static void add_zsh_action(Buf *out, const char *words) {
    if (!words)
        return;
    if (*words == '\0' || *words == '/')
        buf_add_text(out, *words ? "_files -/" : "_files");
    else
        buf_add_format(out, "(%s)", words);
}

static void add_zsh_option(Buf *out, CommandBit command, const FlagInfo *info) {
    if (info->letter)
        buf_add_format(out, " \\\n            '(-%c --%s)'{-%c,--%s}'[", info->letter, info->name,
                       info->letter, info->name);
    else
        buf_add_format(out, " \\\n            '--%s[", info->name);
    add_quoted(out, info->help, "[]:\\");
    buf_add_char(out, ']');
    if (info->argument) {
        buf_add_char(out, ':');
        add_quoted(out, info->argument, ":");
        buf_add_char(out, ':');
        add_zsh_action(out, words_for(command, str_from(info->argument)));
    }
    buf_add_char(out, '\'');
}

static void render_zsh(Buf *out, Arena *arena) {
    size_t count;
    const Command *commands = commands_all(&count);
    buf_add_text(out,
                 "#compdef docsgen\n_docsgen() {\n    local line state\n    local -a commands\n"
                 "    _arguments -C '1:command:->command' '*::argument:->argument'\n"
                 "    case $state in\n    command)\n        commands=(");
    for (size_t i = 0; i < count; i++) {
        buf_add_format(out, "\n            '%s:", commands[i].name);
        add_quoted(out, commands[i].summary, ":");
        buf_add_char(out, '\'');
    }
    buf_add_text(out, ")\n        _describe command commands ;;\n    argument)\n"
                      "        case $line[1] in\n");
    for (size_t i = 0; i < count; i++) {
        FlagInfo info;
        const char *words = operand_words(&commands[i], arena);
        buf_add_format(out, "        %s) _arguments", commands[i].name);
        for (size_t index = 0; flags_next(commands[i].bit, &index, &info);)
            add_zsh_option(out, commands[i].bit, &info);
        if (words) {
            buf_add_text(out, " \\\n            '*:argument:");
            add_zsh_action(out, words);
            buf_add_char(out, '\'');
        }
        buf_add_text(out, " ;;\n");
    }
    buf_add_text(out, "        esac ;;\n    esac\n}\n_docsgen \"$@\"\n");
}

static void add_fish_words(Buf *out, const char *words) {
    if (!words)
        return;
    if (*words == '\0')
        buf_add_text(out, " -F");
    else if (*words == '/')
        buf_add_text(out, " -a '(__fish_complete_directories)'");
    else
        buf_add_format(out, " -a '%s'", words);
}

static void add_fish_command(Buf *out, const Command *command, Arena *arena) {
    buf_add_format(out, "complete -c docsgen -n __fish_use_subcommand -a %s -d '", command->name);
    add_quoted(out, command->summary, "\\");
    buf_add_text(out, "'\n");
    FlagInfo info;
    for (size_t index = 0; flags_next(command->bit, &index, &info);) {
        buf_add_format(out, "complete -c docsgen -n '__fish_seen_subcommand_from %s'",
                       command->name);
        if (info.letter)
            buf_add_format(out, " -s %c", info.letter);
        buf_add_format(out, " -l %s%s -d '", info.name, info.argument ? " -r" : "");
        add_quoted(out, info.help, "\\");
        buf_add_char(out, '\'');
        if (info.argument)
            add_fish_words(out, words_for(command->bit, str_from(info.argument)));
        buf_add_char(out, '\n');
    }
    const char *words = operand_words(command, arena);
    if (!words)
        return;
    buf_add_format(out, "complete -c docsgen -n '__fish_seen_subcommand_from %s'", command->name);
    add_fish_words(out, words);
    buf_add_char(out, '\n');
}

static void render_fish(Buf *out, Arena *arena) {
    size_t count;
    const Command *commands = commands_all(&count);
    buf_add_text(out, "# fish completion for docsgen\ncomplete -c docsgen -f\n");
    for (size_t i = 0; i < count; i++)
        add_fish_command(out, &commands[i], arena);
}

static void render_man(Buf *out, Arena *arena) {
    (void)arena;
    man_page_render(out);
}

static const struct {
    const char *name;
    void (*render)(Buf *out, Arena *arena);
} forms[] = {
    {"bash", render_bash}, {"zsh", render_zsh}, {"fish", render_fish}, {"man", render_man}};

ExitStatus cmd_completions(const Flags *flags, Arena *arena) {
    Buf out = buf_new(arena);
    for (size_t i = 0; flags->operand_count == 1 && i < sizeof forms / sizeof *forms; i++) {
        if (!str_equal(flags->operands[0], str_from(forms[i].name)))
            continue;
        forms[i].render(&out, arena);
        return write_result(STR(""), buf_str(&out), arena) ? EXIT_CLEAN : EXIT_MACHINE;
    }
    return usage_error("completions", STR("completions takes one of bash, zsh, fish and man"));
}
