/* ignore.h: comments in which an author says that a finding is meant to be so.
 * In: a document as parsed. Out: which rules are left out where, and why. Removes
 * nothing: check/ignore.c does. */
#ifndef MARKDOWN_IGNORE_H
#define MARKDOWN_IGNORE_H

#include "markdown/md.h"

typedef struct MdIgnore {
    Str rule;    /* as written: a rule or an area; never empty */
    Span at;     /* the rule in the comment */
    Span covers; /* findings that begin in here */
    Str reason;  /* empty: none is given */
} MdIgnore;

typedef struct MdIgnores {
    MdIgnore *items;
    size_t count, capacity;
} MdIgnores;

/* Appends one item for every rule that `text`, the inside of a comment, names. Nothing when it is a
 * comment about something else. `text` must be a slice of the source. */
void md_ignore_parse(const Source *source, Str text, Span covers, MdIgnores *into, Arena *arena);

/* Is the finding one that the comment is about, and does the comment say why? */
bool md_ignore_covers(const MdIgnore *ignore, const Diag *diag);

/* The comments of `doc` itself, not those of files that it includes. */
MdIgnores md_ignores(const MdDoc *doc, Arena *arena);

#endif
