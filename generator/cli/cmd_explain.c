#include "base/ban.h"

#include "base/asset.h"
#include "cli/project.h"

/* The part of the manual's page on rules that belongs to `rule`: from its heading to the next one.
 * The backtick tells it from a heading in an example. */
static Str find_section(Str manual, Str rule, Arena *arena) {
    Str heading = str_format(arena, "\n## `%.*s`\n", STR_FMT(rule));
    size_t start = str_find(manual, heading, 0);
    if (start == STR_NONE)
        return (Str){NULL, 0};
    size_t end = str_find(manual, STR("\n## `"), start + heading.size - 1);
    return str_trim(str_slice(manual, start + heading.size, end));
}

static void list_rules(Arena *arena) {
    Buf out = buf_new(arena);
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++) {
        Str name = diag_rule_name((DiagRule)rule),
            severity = diag_severity_name(diag_rule_severity((DiagRule)rule));
        buf_add_format(&out, "%-24.*s %-8.*s %.*s\n", STR_FMT(name), STR_FMT(severity),
                       STR_FMT(diag_rule_summary((DiagRule)rule)));
    }
    write_result(STR(""), buf_str(&out), arena);
}

static ExitStatus unknown_rule(Str name, Arena *arena) {
    Str names[DIAG_RULE_COUNT];
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++)
        names[rule] = diag_rule_name((DiagRule)rule);
    Str nearest = str_nearest(name, names, DIAG_RULE_COUNT);
    Str guess =
        nearest.size ? str_format(arena, "; did you mean \"%.*s\"?", STR_FMT(nearest)) : STR("");
    return usage_error("explain",
                       str_format(arena, "no rule \"%.*s\"%.*s", STR_FMT(name), STR_FMT(guess)));
}

ExitStatus cmd_explain(const Flags *flags, Arena *arena) {
    if (flags->operand_count == 0) {
        list_rules(arena);
        return EXIT_CLEAN;
    }
    Str name = flags->operands[0];
    DiagRule rule = diag_rule_find(name);
    if (rule == DIAG_RULE_COUNT)
        return unknown_rule(name, arena);
    Buf out = buf_new(arena);
    buf_add_format(&out, "%.*s (%.*s): %.*s\n\n", STR_FMT(name),
                   STR_FMT(diag_severity_name(diag_rule_severity(rule))),
                   STR_FMT(diag_rule_summary(rule)));
    buf_add(&out, find_section(asset_get("docsgen/rules.md"), name, arena));
    buf_add_char(&out, '\n');
    return write_result(STR(""), buf_str(&out), arena) ? EXIT_CLEAN : EXIT_MACHINE;
}
