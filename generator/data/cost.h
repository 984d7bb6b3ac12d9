/* cost.h: a data file with `kind: cost`: what something costs a month, computed.
 * In: its YAML tree (or Infracost's JSON, infracost.h); out: a CostSheet with one amount per item
 * and scenario, subtotals and totals. Totals that somebody typed are checked, never used. Knows no
 * exchange rates and no clock: how old `as_of` is, is check/'s question.
 *
 *   kind: cost
 *   title: What the stack costs      # optional caption
 *   note: Prices of us-west-2.       # optional text below the table
 *   currency: USD                    # one for the whole file
 *   as_of: 2025-10-01                # the day the prices were looked up
 *   period: month                    # the only one; may be left out
 *   scenarios:                       # one column each; without them there is one
 *     - name: Always on              # 730 hours a month
 *     - name: Nightly teardown
 *       hours: 5/day                 # or hours a month: 152
 *       note: up from 03:00 to 08:00 UTC
 *   budget: $35                      # a limit; or one per scenario: {Always on: $35}
 *   total: {Always on: $31}          # a typed claim, checked at the precision it is typed with
 *   items:
 *     - name: EC2 t3.medium          # a name and a unit are all that an item must have
 *       group: Compute               # groups have subtotals, in order of first mention
 *       unit: hour                   # what the price is for: hour, month, GB, request ...
 *       quantity: 1                  # how many; default 1; "500 MB" where the unit is GB;
 *                                    #   or one per scenario: {Always on: 2, Nightly teardown: 1}
 *       price: $0.0416               # of one unit; 0 is free; left out or "unknown": not known
 *                                    #   and shown as such; or one per scenario
 *       lifecycle: ephemeral         # permanent, persistent or ephemeral
 *       condition: enable_observability = true
 *       usage: true                  # an estimate that depends on use: marked with *
 *       note: on demand
 *
 * What the hours of a scenario do: `unit: hour` is paid quantity x hours times a month, unless the
 * item is persistent or permanent, which always run 730 hours. (`quantity: 100 h` is just that many
 * hours.) Any other unit is paid `quantity` times a month; when the item is ephemeral that is
 * scaled by hours / 730, for what is destroyed every night is paid while it exists.
 *
 * Every amount is rounded to the currency's places before it is added up, so that the columns add
 * up as they are printed. A year is twelve months. */
#ifndef DATA_COST_H
#define DATA_COST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "data/decimal.h"
#include "data/money.h"
#include "data/yaml.h"

#define COST_HOURS_PER_MONTH 730

/* Amounts added up. Unknown ones count nothing and are remembered. */
typedef struct CostSum {
    Decimal amount;
    bool has_unknown;
} CostSum;

/* One item in one scenario. */
typedef struct CostLine {
    bool is_known;    /* false: no price or no quantity; the numbers are 0 then */
    Decimal quantity; /* a month, in the item's unit */
    Decimal price;    /* of one unit */
    Decimal amount;   /* rounded to the currency's places */
} CostLine;

typedef struct CostItem {
    Str name;
    size_t group; /* index in CostSheet.groups */
    Str unit;
    Str lifecycle, condition, note; /* may be empty */
    bool is_usage;                  /* depends on use */
    Span at;                        /* the name */
    CostLine *lines;                /* one per scenario */
} CostItem;

typedef struct CostGroup {
    Str name;      /* empty: the items without one */
    CostSum *sums; /* one per scenario */
} CostGroup;

typedef struct CostScenario {
    Str name;
    Str note;      /* may be empty */
    Decimal hours; /* a month */
    Span at;       /* the name */
    CostSum month, year;
    bool has_budget, is_over;
    Decimal budget; /* a month */
    Span budget_at;
} CostScenario;

typedef struct CostSheet {
    Str title, note; /* may be empty */
    const Currency *currency;
    Str as_of; /* YYYY-MM-DD; empty after a finding */
    Span as_of_at;
    CostScenario *scenarios; /* at least one */
    size_t scenario_count;
    CostGroup *groups;
    size_t group_count;
    CostItem *items; /* as in the file */
    size_t item_count;
    bool has_usage; /* some item depends on use */
} CostSheet;

/* The sheet in `root`, a map with `kind: cost`. What is wrong is a finding (data/schema, data/unit,
 * cost/unit, cost/total, cost/budget, cost/unknown-price) and left out; never NULL. */
CostSheet *cost_read(const YamlNode *root, Arena *arena, Diags *diags);

/* The group called `name`, made on first mention. */
size_t cost_intern_group(CostSheet *sheet, Str name, Arena *arena);

/* Adds the lines up: subtotals, months and years. */
void cost_add_up(CostSheet *sheet, Diags *diags);

#endif
