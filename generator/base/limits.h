/* limits.h: the bound of everything that grows with input.
 * Passing one is a finding with the number in it, not a hang (SPEC section 9).
 * Sizes in bytes unless the name says otherwise. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_PAGE_SIZE ((size_t)4 << 20)
#define LIMIT_LINE_SIZE ((size_t)64 << 10)
/* What cmark makes nodes of, each of some hundred bytes: a mark counts 2, a line or # 4. */
#define LIMIT_PAGE_PARTS    ((size_t)1500000)
#define LIMIT_TABLE_COLUMNS ((size_t)200)
/* Cells that tables leave out and cmark fills in; each costs memory. */
#define LIMIT_TABLE_GAPS ((size_t)100000)
/* Files within files, and what all of them on one page may add up to. */
#define LIMIT_INCLUDE_DEPTH ((size_t)16)
#define LIMIT_INCLUDE_SIZE  ((size_t)32 << 20)
#define LIMIT_INCLUDE_COUNT ((size_t)10000)
/* Markup of diagrams, drawings and data on one page, and what stands for them in its twin. */
#define LIMIT_EMBED_SIZE ((size_t)16 << 20)
/* Steps that crafted brackets and unclosed HTML may cost in one page; below a second in all. */
#define LIMIT_INLINE_STEPS  ((size_t)200000000)
#define LIMIT_NESTING       ((size_t)100)
#define LIMIT_YAML_DEPTH    ((size_t)64)
#define LIMIT_YAML_SIZE     ((size_t)8 << 20)
#define LIMIT_DATA_ITEMS    ((size_t)10000) /* cards, cost items, rows of a table */
#define LIMIT_DATA_COLUMNS  ((size_t)20)    /* scenarios of a cost file, budgets of cards */
#define LIMIT_FRONT_MATTER  ((size_t)64 << 10)
#define LIMIT_DIAGRAM_SIZE  ((size_t)4 << 20)
#define LIMIT_DIAGRAM_NODES ((size_t)5000)
#define LIMIT_DIAGRAM_EDGES ((size_t)20000)
#define LIMIT_DIAGRAM_ROWS  ((size_t)20000)    /* members of classes, attributes of entities */
#define LIMIT_RULES         ((size_t)100)      /* of one diagram */
#define LIMIT_RULE_NAMES    ((size_t)32)       /* on one side of a rule */
#define LIMIT_PICTURE_SIZE  ((size_t)1 << 20)  /* of an SVG file that stands in a page */
#define LIMIT_CARDS_SIZE    ((size_t)1 << 30)  /* all cards of a site, where they are remembered */
#define LIMIT_MEASURED_SIZE ((size_t)32 << 20) /* of a picture whose size is looked up */
#define LIMIT_ASSET_SIZE    ((size_t)256 << 20)
#define LIMIT_FINDINGS      ((size_t)10000) /* of one file */
/* Of names, to find those that were meant: about half a second in one file. */
#define LIMIT_COMPARISONS  ((size_t)2000000)
#define LIMIT_MESSAGE_SIZE ((size_t)500)
#define LIMIT_FILES        ((size_t)1000000)
#define LIMIT_WORKERS      256u

/* Operations of one page's template; a sidebar of 10,000 entries takes about 200,000. */
#define LIMIT_TEMPLATE_STEPS ((size_t)10 << 20)

#endif
