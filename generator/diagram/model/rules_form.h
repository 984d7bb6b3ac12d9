/* rules_form.h: a rule as data, between its text and its proof.
 * In: a row of `docsgen: rules:`; out: which statement it makes about which nodes and groups.
 * For rules.c and rules_parse.c only. */
#ifndef DIAGRAM_MODEL_RULES_FORM_H
#define DIAGRAM_MODEL_RULES_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "diagram/model/graph.h"

typedef enum RuleKind {
    RULE_FORBID,  /* no way leads from one on the left to one on the right */
    RULE_REQUIRE, /* a way leads from each to each, and all ways pass through `via` */
    RULE_CONTAIN, /* what stands on the right lies in the group on the left */
    RULE_ONLY,    /* connections to the right begin on the left and nowhere else */
    RULE_KIND_COUNT,
} RuleKind;

typedef struct RuleName {
    Str text;
    Span at;
    EdgeEnd end; /* what it names */
} RuleName;

typedef struct RuleNames {
    RuleName items[LIMIT_RULE_NAMES];
    size_t count;
} RuleNames;

typedef struct Rule {
    RuleKind kind;
    RuleNames left, right, via; /* `via` may be empty */
    Span at;
} Rule;

/* Reads a row. False after a finding. */
bool rule_parse(const Graph *graph, const RuleRow *row, Arena *arena, Rule *rule, Diags *diags);

#endif
