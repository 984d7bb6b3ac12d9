/* site.h: the whole site as data: where Markdown, diagrams, data and trackers meet.
 * In: the project's files as discover.c found them. Out: pages with resolved links, finished bytes,
 * findings. Read by check/, publish/ and serve/, which change nothing in it. */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/proof.h"
#include "base/source.h"
#include "base/str.h"
#include "config/config.h"
#include "data/csv.h"
#include "data/data.h"
#include "diagram/diagram.h"
#include "markdown/ignore.h"
#include "markdown/md.h"
#include "roadmap/history.h"
#include "roadmap/roadmap.h"
#include "site/search_index.h"
#include "site/taken.h"

typedef enum FileKind {
    FILE_PAGE,    /* *.md in the source folder */
    FILE_DIAGRAM, /* *.mmd, *.mermaid */
    FILE_DATA,    /* *.yml, *.yaml, *.json in the source folder */
    FILE_TABLE,   /* *.csv */
    FILE_ASSET,   /* everything else in the source folder, and files elsewhere that a page names */
} FileKind;

/* A file of the project. Pages, diagrams, data and tables are read; assets are only known by name.
 */
typedef struct SiteFile {
    Str path; /* relative to the project root */
    FileKind kind;
    const Source *source; /* NULL for an asset */
    Str url;              /* where it will stand in the output; empty: not published by itself */
    bool is_wanted; /* published because a page links to it; set by the serial stage after rendering
                     */
    void *part;     /* Page, SiteDiagram or SiteData, by kind; of an asset that is an SVG file shown
                       in a page its Source; NULL for others */
    uint32_t width, height; /* of a picture that a page shows, in px; 0: not known */
    bool is_measured;       /* somebody has looked */
    Hash state; /* of all that a page which shows it or leads there depends on; see answers.h */
} SiteFile;

/* A diagram file or a mermaid fence. */
typedef struct SiteDiagram {
    const Source *source;
    Str url;     /* the stand-alone SVG in the output */
    Str prefix;  /* for ids inside the SVG; unique in the site */
    Str section; /* of a fence: the heading that it stands below, as text */
    Diagram *diagram;
    size_t output; /* the stand-alone file; OUTPUT_NONE: it is not made */
    Str svg;       /* the same, where cards are drawn of it; else empty */
    Diags *diags;
    struct Drawing *kept; /* that `diagram` belongs to; NULL: it belongs to this build */
} SiteDiagram;

/* One place where a file of the diagrams folder shows an element. */
typedef struct ElementUse {
    const SiteDiagram *diagram;
    const Label *label; /* of the node or group */
    Str name;           /* the first line of the label, without marks; empty: shown by its id */
    Span at;            /* the name; without one the first mention */
    bool is_group;
} ElementUse;

/* What the diagrams show under one id: the same id in two of them is the same thing. */
typedef struct Element {
    Str id;
    ElementUse *uses; /* in byte order of the diagrams' paths */
    size_t use_count, use_capacity;
} Element;

/* A data file that a page shows. */
typedef struct SiteData {
    DataFile data;
    CsvTable *table; /* for a .csv; NULL for others */
} SiteData;

/* A tracker with the plan beside it. */
typedef struct SiteTracker {
    struct Page *page;
    struct Page *plan_page; /* NULL without a PR_BREAKDOWN.md */
    Roadmap *roadmap;
    Diags *findings;               /* what the checks say about it; its page's list has them too */
    const RoadmapHistory *history; /* NULL: nothing is known of the past */
    Str tag;                       /* the newest tag of the repository; empty: none */
    int64_t tagged;                /* when it was made, in seconds since 1970 */
    Hash state;                    /* of all that pages can show of it; see answers.h */
    SiteDiagram
        graph; /* dependencies, coloured by status; drawn from a Graph, so without a source */
} SiteTracker;

/* A place in a text as people count, from 1, noted while the text is at hand; 0: nowhere. */
typedef struct Spot {
    uint32_t line, column;
} Spot;

/* A link, image or address in HTML as its author wrote it, and what has become of it. */
typedef struct PageLink {
    MdKind kind;    /* LINK, IMAGE or ADDRESS */
    Str url, title; /* as written */
    Span at;        /* the destination */
    Spot spot;      /* the same */
    Str from; /* path of the file that it is written in: of an included one, if it comes from there
               */
    struct SiteFile *known; /* the file with just this path, where links_collect has found one */
    /* Set while the page is rendered, valid until the next one is. */
    const SiteFile *file; /* where it leads on this site; NULL: nowhere, or it was embedded */
    Str fragment;         /* without '#' */
    bool is_external, is_broken;
} PageLink;

typedef struct PageHeading {
    Str text; /* plain */
    Str id;
    uint32_t level;
    Span at;
    Spot spot; /* the same */
} PageHeading;

/* A place in a stencil where a link or a mermaid fence begins or ends. */
typedef struct StencilHole {
    uint32_t at;    /* offset in the text */
    uint32_t index; /* in Page.links, or Page.fences */
    bool is_fence;
    bool is_end;
} StencilHole;

/* The content of a page as HTML but for the tags of its links; mermaid fences are code in it. */
typedef struct PageStencil {
    Str text;
    StencilHole *holes; /* in order */
    size_t hole_count;
} PageStencil;

typedef struct Page {
    SiteFile *file;
    Str path;   /* as the file's: relative to the project root */
    Str url;    /* in the output: "guide/index.html" */
    MdDoc *doc; /* only of trackers, plans and docsgen's own pages; others go when they are read */
    PageStencil
        *stencil; /* NULL: the page shows something that is put in later and is parsed again */
    Str title, nav_title, description, updated, template_name;
    Span template_at; /* in front matter */
    Span title_at;    /* where the title comes from; source NULL when it is the file name */
    int64_t order;    /* front matter `order`; INT64_MAX without */
    bool is_draft;
    bool is_second;    /* its output path is taken by a page before it */
    bool is_generated; /* docsgen wrote it: there is no file to edit, no entry it has to be in */
    Str *aliases;      /* output paths that forward to this page */
    size_t alias_count;
    Map *anchors; /* id -> anything, for pages with many of them; NULL: those of the headings */
    PageHeading *headings; /* in order */
    Str *ids;              /* of the headings, kept apart: links from everywhere look at them */
    size_t heading_count;
    PageLink *links; /* links and images in order */
    size_t link_count;
    Span html_at;         /* the first raw HTML but for comments; source NULL without */
    bool has_html_title;  /* an <h1> in it */
    struct Hero *hero;    /* what it opens with, on a landing page; else NULL */
    SiteTracker *tracker; /* this page is a tracker, else NULL */
    SiteDiagram *fences;  /* its mermaid fences, in order */
    size_t fence_count;
    const SiteDiagram *card_diagram; /* the first on the page, for its card; NULL: none */
    struct NavEntry *nav;            /* first place in the navigation; NULL: an orphan */
    struct Page *previous, *next;
    Str *unknown; /* link targets that discovery has not seen; looked up on disk before links are
                     resolved */
    size_t unknown_count, unknown_capacity;
    SiteFile **wanted; /* files other than pages that it links to */
    size_t want_count, want_capacity;
    Str json;          /* what docsgen.json says about it; empty when nobody asks */
    struct Twin *twin; /* what its Markdown for programs exchanges, while that is being found out */
    Str twin_text;     /* the outcome; without data: it is the source */
    MdIgnores ignores; /* what its author does not want to be told again */
    Diags *diags;      /* of its own, so that pages can be worked on by several threads */
    Str html;          /* the finished page; empty when the sink took it */
    Str content;       /* what stands in it, without the shell; kept only for print.c */
    Str card;          /* its picture for link previews, a PNG; empty: none */
    bool is_rendered;
    struct PageMemory *memory; /* what the next build will know of it; NULL: nothing */
    uint64_t cpu_ns;           /* that reading and rendering took; 0 when nobody asks */
} Page;

/* The navigation as a tree. A section may itself be a page (the index of its folder). */
typedef struct NavEntry {
    Str title;
    Page *page; /* NULL for a section without a page of its own */
    struct NavEntry *parent;
    struct NavEntry *entries;
    size_t entry_count;
} NavEntry;

/* One file of the finished site. */
typedef struct Output {
    Str path;
    Str content;
    Str copy_of;               /* not empty: the bytes of this project file, which was never read */
    bool is_kept;              /* it is as in the site that was written last */
    Proof *proof;              /* of the written file, once it is; NULL: none is taken */
    struct FileMemory *memory; /* how the next build knows it; NULL: not by itself */
    bool is_put;               /* handed to the sink when it was made; `content` is gone */
} Output;

#define OUTPUT_NONE SIZE_MAX

typedef struct Site Site;

/* Where finished files go that nobody needs to keep. */
typedef struct OutputSink {
    /* Takes the bytes; they are gone after the call. Gives the stamp of the file that was written
     * of them, or none. Called by several threads at once, when the pages and their ids are known.
     */
    Stamp (*put)(void *context, const Site *site, unsigned worker, Str path, Str content);
    void *context;
} OutputSink;

typedef struct Outputs {
    Output *items; /* in byte order of path */
    size_t count, capacity;
} Outputs;

typedef struct Redirects Redirects;

struct Site {
    const Config *config;
    Arena *arena;    /* of what is made by one thread */
    Arena **workers; /* one for each thread of the pool */
    Spill *spill;    /* takes what is not looked at for a while; NULL: it stays in memory */
    Arena **colds;   /* of each thread, of what nobody changes: what is kept of pages, drawings */
    unsigned worker_count;
    bool has_pdf;    /* the command will make a PDF of it */
    bool has_print;  /* this build makes the one document that holds all pages */
    bool has_cards;  /* this build draws them; whether a page has one is card.h's to say */
    SiteFile *files; /* in byte order of path */
    size_t file_count, file_capacity;
    Map *file_index; /* path -> SiteFile */
    Hash names;      /* of the paths of all files; see answers.h */
    Page **pages;    /* published ones, in byte order of path */
    size_t page_count;
    Map *page_index;        /* output path -> Page */
    Taken *taken;           /* the output's paths so far */
    SiteDiagram **diagrams; /* files, then fences in page order */
    size_t diagram_count, diagram_capacity;
    SiteTracker *trackers;
    size_t tracker_count;
    Element *elements; /* in byte order of id */
    size_t element_count, element_capacity;
    NavEntry nav;               /* the root; its entries are the top level */
    size_t nav_count;           /* entries on all levels */
    const struct Theme *theme;  /* what it looks like */
    const Redirects *redirects; /* of the settings */
    SearchIndex *search;        /* what pages are found by, from rendering until it is written */
    Buf *search_kept; /* takes it for search_past_open of a later build; NULL: nobody asks */
    Outputs outputs;
    Diags *diags;           /* every finding, sorted when the build is over */
    const OutputSink *sink; /* NULL: pages are kept */
    struct Recall *recall;  /* what is known of the build before; NULL: nothing */
    bool has_model;         /* docsgen.json is wanted */
};

/* The file at `path` (relative to the project root), or NULL. */
SiteFile *site_find_file(const Site *site, Str path);

/* The hash of all files' paths and kinds, as far as they are known by now. */
Hash site_hash_names(const Site *site);

/* The published page with this output path, or NULL. */
Page *site_find_page(const Site *site, Str url);

/* Its address without ".html": what the page's other files are called after. Empty for a draft. */
Str page_stem(const Page *page);

/* Does the page have something with this id? */
bool page_has_anchor(const Page *page, Str id);

/* All ids of the page in `arena`, for hints. */
Str *page_anchors(const Page *page, size_t *count, Arena *arena);

/* For loops over all pages or diagrams, with the number of the round: what was looked at may leave
 * memory. */
void site_rest(const Site *site, size_t round);

/* The pages that somebody wrote: docsgen's own are not counted. */
size_t site_author_pages(const Site *site);

/* "index.html" of the site as seen from a page: "./", "../". Empty for pages at the root. */
Str site_root_from(Str url, Arena *arena);

#endif
