#include "base/ban.h"

#include "roadmap/editor.h"

static size_t count_rule(const Diags *diags, DiagRule rule) {
    size_t count = 0;
    for (size_t i = 0; i < diags_count(diags); i++)
        count += diags_get(diags, i)->rule == rule;
    return count;
}

static bool has_message(const Diags *diags, const Diag *diag) {
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *other = diags_get(diags, i);
        if (other->rule == diag->rule && str_equal(other->message, diag->message))
            return true;
    }
    return false;
}

void edit_report(const Roadmap *before, const Roadmap *after, RoadmapRemarks *left, Arena *arena) {
    Diags *old = diags_new(arena);
    Diags *now = diags_new(arena);
    roadmap_lint(before, arena, old);
    roadmap_lint(after, arena, now);
    for (size_t i = 0; i < diags_count(now); i++) {
        const Diag *diag = diags_get(now, i);
        if (count_rule(now, diag->rule) > count_rule(old, diag->rule) && !has_message(old, diag))
            remarks_add(left, arena, diag->at,
                        str_format(arena, "%.*s [%.*s]", STR_FMT(diag->message),
                                   STR_FMT(diag_rule_name(diag->rule))));
    }
}
