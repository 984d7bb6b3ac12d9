/* parts.h: files that pages take parts of: includes and values.
 * In: a path as an author wrote it. Out: the text or the data of that file, read once by each
 * thread, or a finding; and a list of what one page took, by which a later build can say whether it
 * would take the same. Knows no page. */
#ifndef SITE_PARTS_H
#define SITE_PARTS_H

#include "base/fs.h"
#include "data/yaml.h"
#include "site/site.h"

/* A file that something was taken from. */
typedef struct PartFile {
    Str path;
    const Source *source; /* NULL: it cannot be used, and `why` says why */
    Str why, way_out;
    Hash hash; /* of the text, once somebody wants it */
    bool has_hash;
    YamlNode *data;  /* once it is parsed; NULL when it cannot be read */
    Diags *findings; /* of parsing; NULL: it is not parsed yet */
    bool is_told;    /* they are in somebody's list */
} PartFile;

/* What a page took: all of a file's text, or one value of it. */
typedef struct Part {
    Str path;
    Str keys;  /* of the value; without data: it is the text */
    Hash hash; /* of either */
    const Source *source;
} Part;

/* The files that one thread has read. */
typedef struct Parts {
    const Site *site;
    Fs *fs;
    Arena *arena;
    Map *files; /* path -> PartFile */
    /* Of the page that is being read: */
    Part *taken;
    size_t taken_count, taken_capacity;
    size_t cost;  /* of all that it took, but for looking for values */
    bool is_sure; /* it would read the same while what it took is the same */
} Parts;

/* One mention of a file. */
typedef struct PartUse {
    Parts *parts;
    Str from; /* path of the file it is written in */
    Span at;  /* the path */
    DiagRule rule;
    Diags *diags;
    Map *hints; /* of the page: what files that are not there may have meant */
} PartUse;

Parts *parts_new(const Site *site, Fs *fs, Arena *arena);

/* What is taken from now on is another page's. */
void parts_begin(Parts *parts);

/* Notes that the page took all of the file, or the value at `keys`, which lives as long as the
 * page does. */
void parts_take(Parts *parts, PartFile *file);
void parts_take_value(Parts *parts, const PartFile *file, Str keys, Str value);

/* Fills hash and source of what is called so now; false when it is not there or is found fault
 * with. `steps` grows by what looking for it has cost; findings go with `tmp`. */
bool parts_find(Parts *parts, Part *part, size_t *steps, Arena *tmp);

/* The text of a file by its path; NULL when there is none that can be used. */
const Source *parts_text(Parts *parts, Str path);

/* The file that `url` means, relative to the file it is written in; NULL after a finding. Its text
 * is UTF-8 without NUL. */
PartFile *parts_file(const PartUse *use, Str url);

/* The tree of a YAML or JSON file; NULL after a finding. */
const YamlNode *parts_data(const PartUse *use, PartFile *file);

#endif
