/* data.h: what a .yml or .json file among the sources holds.
 * In: the file's text; out: the typed document that its `kind:` names, or that Infracost wrote. The
 * only header that site/ needs to read a data file; cards.h and cost.h say what is in it. */
#ifndef DATA_DATA_H
#define DATA_DATA_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "data/cards.h"
#include "data/cost.h"
#include "data/yaml.h"

typedef enum DataKind {
    DATA_NONE, /* not YAML, after a finding: nothing to show */
    DATA_CARDS,
    DATA_COST,
    DATA_PLAIN, /* YAML without a kind: values for pages, nothing to draw */
} DataKind;

typedef struct DataFile {
    DataKind kind;
    YamlNode *root;  /* NULL for DATA_NONE */
    CardSet *cards;  /* for DATA_CARDS */
    CostSheet *cost; /* for DATA_COST */
} DataFile;

/* Reads a data file. An unknown `kind:` is a finding (data/schema) and gives DATA_NONE. */
DataFile data_read(const Source *source, Arena *arena, Diags *diags);

#endif
