/* diag.h: findings about what authors wrote, collected, never thrown.
 * Takes a rule, a place and a sentence; gives them back in one order whatever thread found them.
 * Does not print: check/report.c does. Severities from the settings are laid over the defaults
 * here. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rules.h"
#include "base/source.h"
#include "base/str.h"

typedef enum DiagSeverity {
    DIAG_OFF,
    DIAG_NOTE,
    DIAG_WARNING,
    DIAG_ERROR,
} DiagSeverity;

typedef enum DiagRule {
#define X(id, name, severity, summary) DIAG_##id,
    DIAG_RULES(X)
#undef X
    DIAG_RULE_COUNT,
} DiagRule;

/* A piece of text to be replaced; `at` may be empty (something is put in), and so may `text`. */
typedef struct DiagFix {
    Span at;
    Str text;
} DiagFix;

typedef struct Diag {
    DiagRule rule;
    Span at;        /* where; source NULL for a finding about the whole project */
    Str message;    /* one line, no full stop, names in double quotes */
    Str hint;       /* the way out, printed behind the caret; may be empty */
    Span related;   /* the other place of a contradiction; source NULL when there is none */
    Str related_as; /* what is there: "declared here" */
    DiagFix *fixes; /* together they repair it; NULL where only the author can */
    size_t fix_count, fix_capacity;
} Diag;

typedef struct Diags Diags;

/* An empty list in `arena`. One list belongs to one thread. */
Diags *diags_new(Arena *arena);

/* Adds a finding; those beyond LIMIT_FINDINGS in a row for one file are left out. The message says
 * what is wrong and names the thing: `no page "vpc.md"`. */
void diag_add(Diags *diags, DiagRule rule, Span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Gives the finding added last its way out: `did you mean "subnet-plan"?`. */
void diag_hint(Diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As diag_hint, `did you mean "NAME"?`, when a candidate is near `name`; else nothing. Candidates
 * as in str_nearest. */
void diag_hint_nearest(Diags *diags, Str name, const Str *candidates, size_t count);

/* Looking for the name that was meant takes `count` comparisons: false when this list has had its
 * share, and the search should be left out. */
bool diags_may_compare(Diags *diags, size_t count);

/* Gives the finding added last its other place. */
void diag_relate(Diags *diags, Span at, const char *what);

/* Gives the finding added last one more replacement of those that repair it; nothing when the text
 * is there already. */
void diag_fix(Diags *diags, Span at, Str text);

/* Adds a finding as it is; its texts must live as long as the list. */
void diags_put(Diags *diags, Diag diag);

/* Copies the findings of `from` behind those of `into`; texts are copied as well. */
void diags_merge(Diags *into, const Diags *from);

/* Orders by path, place, rule, message, and drops exact repeats. */
void diags_sort(Diags *diags);

/* Removes the findings for which `is_kept` says no; the others keep their order. */
void diags_keep(Diags *diags, bool (*is_kept)(const Diag *diag, void *context), void *context);

size_t diags_count(const Diags *diags);
const Diag *diags_get(const Diags *diags, size_t index);

/* Is the rule one of `names`, by its own name ("link/page") or its area's ("link")? Commas part
 * them; an empty list has every rule. */
bool diag_rule_is_in(Str names, DiagRule rule);

/* Name ("link/page"), default severity and one-line meaning of a rule. */
Str diag_rule_name(DiagRule rule);
DiagSeverity diag_rule_severity(DiagRule rule);
Str diag_rule_summary(DiagRule rule);

/* The rule called `name`, or DIAG_RULE_COUNT. */
DiagRule diag_rule_find(Str name);

/* "error", "warning", "note", "off". */
Str diag_severity_name(DiagSeverity severity);

#endif
