/* recall.h: pages as the build before left them.
 * In: pages that are read and rendered, and where the last site was written. Out, in the next
 * build: what reading gave of a page whose text is the same, and what it takes from other files;
 * what rendering gave of one to which the rest of the site is the same as well; its file itself,
 * where its shell is. The records are in the user's cache folder (base/store.h), the HTML is the
 * written site's own, the words to search for are those of the last index (search_past.h). Whatever
 * is damaged, foreign or of another program is not there, and the page is made as in a first build.
 */
#ifndef SITE_RECALL_H
#define SITE_RECALL_H

#include "base/fs_trace.h"
#include "base/proof.h"
#include "base/store.h"
#include "site/page.h"
#include "site/search_text.h"
#include "site/site.h"

/* What is known of one page. */
typedef struct PageMemory {
    Str path;
    Hash own;                  /* of its text and all that decides how it is read */
    Sight source;              /* of its own file; its hash is that of the text */
    StorePlace facts, content; /* see page_archive.h; before the facts is what the page took from
                                  other files; the second may be nothing */
    uint32_t number;           /* among the pages of the index, from 1; 0: it has no words there */
    Hash answers;              /* that content and findings go by; see answers.h */
    Hash notes;                /* behind the content, of redirects that lead here */
    Hash shell;                /* around the content */
    size_t at, size;           /* of the content in the file */
    Str *unknown;              /* as of the page, among the same files */
    size_t unknown_count;
    Proof written, twin; /* the file; its Markdown for programs */
    /* Of this build: */
    bool is_read;               /* what was read is */
    bool is_known;              /* the content is that of the build before */
    bool is_kept, is_twin_kept; /* the file is taken as it stands; the twin is */
    bool has_twin;
} PageMemory;

typedef struct RecallJob {
    CacheKey key;   /* of the project and its output */
    CacheKey words; /* likewise, for the index */
    Hash program;   /* and all else that decides about every page */
    bool is_blind;  /* nothing is taken from the build before */
    Fs *project;    /* traced */
    Fs *parent;     /* the folder that holds the output */
    Str name;       /* of the output in it */
} RecallJob;

typedef struct Recall Recall;

/* NULL when there is no place for it: every page is made then. Lies in `arena`; ends with
 * recall_close or recall_abandon, and with recall_free. */
Recall *recall_open(const RecallJob *job, unsigned worker_count, Arena *arena);

/* The page's own file without reading it, when it surely is the one that was read then; else NULL.
 * What anybody wants of its text is read later. */
Source *recall_source(Recall *recall, Str path, Arena *arena);

/* Before pages are read, when all files of the site are known. */
void recall_files(Recall *recall, const Site *site);

/* Targets of links that were unknown among the same files; false when those are others now. */
bool recall_unknown(const Recall *recall, Page *page);

/* Before pages are rendered: `world` is what answers_prepare gives, `frame` what shell_world does.
 */
void recall_world(Recall *recall, Hash world, Hash frame);

/* Fills a page as reading would, but for the stencil; false when that is not known: the page is to
 * be read. For several threads, as all below. */
bool recall_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools);

/* Remembers a page that has just been read, and what it took from other files. */
void recall_keep_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools);

/* Fills the page as rendering its content would, findings and all, when it would give the same
 * again and the page's file still stands as it was written; `json` is what page_json_parts gives.
 */
bool recall_content(Recall *recall, unsigned worker, const Site *site, Page *page,
                    const PageTools *tools, Str *json);

/* Is the shell around such a page what it was, whatever it is? */
bool recall_has_same_shell(const Recall *recall, Page *page);

/* Is the file of such a page, with this hash of its shell, the one that stands there? It is then
 * taken as it is. */
bool recall_stands(Page *page, Hash shell);

/* The content of such a page, out of its file; false when it cannot be read. */
bool recall_html(const Recall *recall, const Page *page, Arena *tmp, Str *html);

/* A page that has been rendered. */
typedef struct RecallPage {
    SearchPage *search; /* NULL: its words are those of the build before */
    Str json;           /* of page_json_parts */
    Str html;           /* of the content */
    size_t found;       /* in the content; whatever is found later is not remembered */
    Str whole;          /* the file */
    size_t at;          /* where in it the content stands, or STR_NONE */
    Hash shell;
} RecallPage;

/* Remembers it, unless something was found fault with in its shell: that has to be said again. */
void recall_keep_content(Recall *recall, unsigned worker, const Site *site, Page *page,
                         const PageTools *tools, const RecallPage *rendered);

/* The words of the page whose number is `index` now are those of the build before. */
void recall_keep_words(Recall *recall, const Page *page, size_t index);

/* Gives the site's index those words, and asks it for what the next build will want of all; once
 * every page is made and before the index is written. */
void recall_words(Recall *recall, Site *site);

/* What is known of a file that is no page's: a drawing, a part of the search index. */
typedef struct FileMemory {
    Str path;
    Hash own; /* of all that it depends on */
    Proof written;
    bool is_kept; /* it is taken as it stands */
} FileMemory;

/* Is the output's file, which depends on what `own` stands for, the one that stands there? It is
 * then taken as it is; remembered it is in `arena` either way. For several threads, each with its
 * outputs. */
bool recall_file(const Site *site, Output *output, Hash own, Arena *arena);

/* The same of a diagram's stand-alone file. `svg` gets its text unless it is NULL. */
bool recall_drawing(const Site *site, const SiteDiagram *diagram, unsigned worker, Arena *tmp,
                    Str *svg);

/* Is the Markdown for programs, at `path`, the one that stands there? To be asked before its path
 * is taken. */
bool recall_twin_stands(const Site *site, const Page *page, Str path);

/* The site's index is written: its words are kept for the next build, and those of the build before
 * go. */
void recall_seal_words(Recall *recall);

/* False when a file was another one when its text was wanted late: the site must not be written. */
bool recall_is_sound(const Recall *recall);

/* Writes down what is remembered, once the site is written. */
void recall_close(Recall *recall, const Site *site);

/* The site was not written; what was known before still is. */
void recall_abandon(Recall *recall);

/* The texts that were read late are gone, when nobody looks at the site or what was found any
 * longer. `recall` may be NULL. */
void recall_free(Recall *recall);

/* Forgets everything. */
void recall_drop(const RecallJob *job, Arena *arena);

#endif
