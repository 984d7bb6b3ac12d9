/* links.h: where links lead.
 * In: a URL as the author wrote it and the file it stands in. Out: a place in the site, or a
 * finding. Reads the site, changes only the page it works on. */
#ifndef SITE_LINKS_H
#define SITE_LINKS_H

#include "site/site.h"

typedef enum TargetKind {
    TARGET_EXTERNAL, /* another site; allowed scheme */
    TARGET_SCHEME,   /* a scheme that is not allowed */
    TARGET_OUTSIDE,  /* leaves the project */
    TARGET_FILE,     /* a path in the project; empty path: the file itself */
} TargetKind;

/* A URL taken apart. */
typedef struct Target {
    TargetKind kind;
    Str scheme;       /* SCHEME: the name without colon */
    Str path;         /* FILE: relative to the project root, percent-decoded */
    Str fragment;     /* without '#', percent-decoded */
    bool is_absolute; /* began with a slash */
    SiteFile *file;   /* FILE: what link_file gives, if that is known already, or NULL */
} Target;

/* The path of the file that `node` of the page is written in: another one, when it was included. */
Str link_from(const Page *page, const MdNode *node);

/* Takes `url`, written in the file `from` (path relative to the project root), apart. */
Target link_target(const Site *site, Str from, Str url, Arena *arena);

/* The same for one of page->links; what links_collect has found is not looked for again. */
Target link_target_of(const Site *site, const PageLink *link, Arena *arena);

/* The file that a target of kind TARGET_FILE means: of a folder its index page; NULL without one.
 */
SiteFile *link_file(const Site *site, const Target *target, Arena *arena);

/* Notes in `arena` every link target of the page that is no known file, for discovery to look up,
 * and in the links the files that are known. */
void links_collect(const Site *site, Page *page, Arena *arena, Arena *tmp);

/* Finds fault with an image that says nothing to those who cannot see it. */
void links_check_alt(Page *page, const MdNode *image, Arena *arena);

/* Gives every link and image of the page its URL in the output, relative to the page; broken ones
 * are marked and found fault with. Embeds must have been replaced before. */
void links_resolve(const Site *site, Page *page, Arena *arena);

/* The same for one of page->links, which learns what becomes of it, and the node that stands for
 * it, of which kind, URL and its place are read. */
void links_resolve_one(const Site *site, Page *page, PageLink *link, MdNode *node, Arena *arena);

/* A link outside of Markdown: of a card, of a diagram's node. */
typedef struct LinkUse {
    const Site *site;
    Str from; /* path of the file it is written in */
    Span at;
    DiagRule rule; /* whatever is wrong is found under this one */
    Arena *arena;
    Diags *diags;
} LinkUse;

/* The site-relative URL ("guide/x.html#part") of `url`, or the empty Str after a finding. External
 * URLs come back as they are. */
Str link_resolve(const LinkUse *use, Str url);

#endif
