/* cards.h: a data file with `kind: cards`: things with properties, shown as a grid.
 * In: its YAML tree; out: a CardSet whose sums are computed and checked against their budgets.
 * Leaves links to site/, which fills `href`, and ports and names to check/, which compares them
 * with the diagrams.
 *
 *   kind: cards
 *   title: Observability components       # optional caption
 *   intro: Eight containers on one host.  # optional text above the grid
 *   budget:
 *     Memory:                  # a field of the cards; its sum over all of them is computed
 *       limit: 4 GB            # the sum may not be larger; `Memory: 4 GB` alone says the same
 *       reserve: 512 MB        # optional; kept free: sum and reserve may not be larger
 *   cards:
 *     - id: mimir              # as in diagrams; default: the name in lower case, with "-"
 *       name: Mimir            # the only thing that every card must have
 *       group: Services        # optional; the budget shows a subtotal for each group
 *       badge: Metrics         # optional, a word or two
 *       color: purple          # blue amber purple green red slate teal pink
 *       link: mimir.md#limits  # optional, relative to this file
 *       text: Keeps a week of metrics.
 *       ports: [9009]          # or one number
 *       fields:                # in this order; quantities are typed: 768 MB, 7d, 85 %, $30
 *         Memory: 768 MB
 *         Runs as: UID 10001   # a field without a budget may be any text
 */
#ifndef DATA_CARDS_H
#define DATA_CARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "data/money.h"
#include "data/yaml.h"

typedef struct CardField {
    Str name;
    Str text;         /* as written */
    bool is_quantity; /* `quantity` says what `text` means */
    Quantity quantity;
    Span at; /* the value */
} CardField;

typedef struct Card {
    Str id; /* never empty, unique in the set */
    Str name;
    Str group, badge, color, text; /* each may be empty; `color` is one of the eight */
    Str link;                      /* as written, relative to the data file; may be empty */
    Str href;                      /* what site/ makes of `link`; empty until then */
    Span at;                       /* the name */
    Span id_at;                    /* source NULL when the id was made from the name */
    Span link_at;
    Span ports_at;
    int64_t *ports; /* 1 to 65535 */
    size_t port_count;
    CardField *fields;
    size_t field_count;
} Card;

/* The part of a sum that the cards of one group make up. */
typedef struct CardSubtotal {
    Str group; /* empty: the cards without one */
    Quantity sum;
} CardSubtotal;

typedef struct CardBudget {
    Str field;
    Span at;      /* the limit */
    Quantity sum; /* over all cards, in the unit of the first one that has the field */
    Quantity limit;
    Quantity reserve;    /* 0 in the limit's unit when none is given */
    bool is_over;        /* sum and reserve are more than the limit */
    int64_t per_mille;   /* sum in thousandths of the limit */
    CardSubtotal *parts; /* one per group, in order of first mention; none without groups */
    size_t part_count;
} CardBudget;

typedef struct CardSet {
    Str title, intro; /* may be empty */
    Card *cards;
    size_t card_count;
    CardBudget *budgets; /* only those that could be computed */
    size_t budget_count;
} CardSet;

/* The cards in `root`, a map with `kind: cards`. What is wrong is a finding (data/schema,
 * data/unit, model/budget) and left out; never NULL. */
CardSet *cards_read(const YamlNode *root, Arena *arena, Diags *diags);

#endif
