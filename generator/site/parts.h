/* parts.h: files that pages take parts of: includes and values.
 * In: a path as an author wrote it. Out: the text or the data of that file, read once by each
 * thread, or a finding. Knows no page. */
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
    YamlNode *data;    /* once parts_data was asked; NULL when it cannot be read */
    bool is_data_read; /* parts_data was asked */
} PartFile;

/* The files that one thread has read. */
typedef struct Parts {
    const Site *site;
    Fs *fs;
    Arena *arena;
    Map *files;       /* path -> PartFile */
    size_t use_count; /* how often somebody asked for one */
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

/* The file that `url` means, relative to the file it is written in; NULL after a finding. Its text
 * is UTF-8 without NUL. */
PartFile *parts_file(const PartUse *use, Str url);

/* The tree of a YAML or JSON file; NULL after a finding. */
const YamlNode *parts_data(const PartUse *use, PartFile *file);

#endif
