#include "base/ban.h"

#include "site/include.h"

#include "base/limits.h"
#include "markdown/splice.h"
#include "site/region.h"
#include "site/twin.h"
#include "site/value.h"

/* What all includes of one page share. */
typedef struct Work {
    Parts *parts;
    Arena *arena;
    Diags *diags;
    Map *hints;        /* for files that are not there */
    size_t cost;       /* bytes read and steps made so far */
    size_t steps;      /* of these */
    size_t part_count; /* of the page and of the Markdown in it so far; see md_count_parts */
    size_t count;      /* includes so far */
    bool is_full;      /* more than a page may have: nothing is brought in any longer */
    MdNode notes;      /* footnotes of included files */
} Work;

/* One file while its tree is walked. */
typedef struct Frame {
    Work *work;
    const struct Frame *outer; /* the file that includes this one, or NULL */
    Str path, region;
    size_t depth;
    uint32_t level; /* of the last heading met */
    Twin *twin;     /* of this file */
} Frame;

/* include = "{{" "include:" path [ "#" region ] "}}" */
typedef struct Include {
    Str url; /* path and region as written */
    Str path, region;
    Span at; /* the url */
} Include;

static const Str include_word = {"include:", 8};

/* Reads a line that is an include and nothing else. `source` is what the line is a slice of. */
static bool read_include(const Source *source, Str line, Include *include) {
    line = str_trim(line);
    if (!str_starts_with(line, STR("{{")) || !str_ends_with(line, STR("}}")) || line.size < 4)
        return false;
    Str inner = str_trim(str_slice(line, 2, line.size - 2));
    if (!str_starts_with(inner, include_word) || str_find(inner, STR("}}"), 0) != STR_NONE)
        return false;
    include->url = str_trim(str_from_offset(inner, include_word.size));
    size_t hash = str_find_char(include->url, '#', 0);
    include->path = str_slice(include->url, 0, hash);
    include->region = hash == STR_NONE ? (Str){NULL, 0} : str_from_offset(include->url, hash + 1);
    /* The excerpt that a fence is goes with the page; a finding stays. */
    include->at = span_resolve(span_of_str(source, include->url));
    return true;
}

/* True when the page may take `size` more; the one finding is said when it may not any longer. */
static bool pay(Work *work, size_t size, Span at, DiagRule rule) {
    if (work->is_full)
        return false;
    work->cost += size;
    if (work->cost <= LIMIT_INCLUDE_SIZE && work->count <= LIMIT_INCLUDE_COUNT &&
        work->part_count <= LIMIT_PAGE_PARTS)
        return true;
    work->is_full = true;
    if (work->part_count > LIMIT_PAGE_PARTS)
        diag_add(work->diags, rule, at,
                 "the page has more lines, brackets and other marks from files than would fit in "
                 "memory");
    else if (work->count > LIMIT_INCLUDE_COUNT)
        diag_add(work->diags, rule, at, "the page has more than the limit of %zu includes",
                 LIMIT_INCLUDE_COUNT);
    else
        diag_add(work->diags, rule, at, "the page takes more than the limit of %zu MiB from files",
                 LIMIT_INCLUDE_SIZE >> 20);
    diag_hint(work->diags, "split it into several pages");
    return false;
}

/* --- the file and the region -------------------------------------------------------------- */

/* A part of a file that an include means. */
typedef struct Piece {
    const PartFile *file;
    MdDoc *doc; /* of a Markdown file, else NULL */
    Span at;
} Piece;

static bool is_markdown(Str path) {
    return str_ends_with(path, STR(".md")) || str_ends_with(path, STR(".markdown"));
}

static void report_region(Work *work, const Include *include, const Region *region) {
    Span at = include->at;
    if (at.size == include->url.size) /* the caret goes under the region's name */
        at = span_of(at.source, at.start + (at.size - include->region.size), include->region.size);
    if (region->is_found) {
        diag_add(work->diags, DIAG_PAGE_INCLUDE, at, "region \"%.*s\" has no end",
                 STR_FMT(include->region));
        diag_hint(work->diags, "end it with a comment \"#endregion\"");
        diag_relate(work->diags, region->mark, "it begins here");
        return;
    }
    diag_add(work->diags, DIAG_PAGE_INCLUDE, at, "no region \"%.*s\" in %.*s",
             STR_FMT(include->region), STR_FMT(include->path));
    Str nearest = str_nearest(include->region, region->names, region->name_count);
    if (nearest.size)
        diag_hint(work->diags, "did you mean \"%.*s\"?", STR_FMT(nearest));
    else
        diag_hint(work->diags, "mark it there by comments \"#region %.*s\" and \"#endregion\"",
                  STR_FMT(include->region));
}

/* The part of a file that `include` names; false after a finding. */
static bool find_piece(Frame *frame, const Include *include, Piece *piece) {
    Work *work = frame->work;
    work->count++;
    if (!pay(work, 0, include->at, DIAG_PAGE_INCLUDE))
        return false;
    PartUse use = {work->parts,       frame->path, include->at,
                   DIAG_PAGE_INCLUDE, work->diags, work->hints};
    PartFile *file = parts_file(&use, include->path);
    if (!file)
        return false;
    parts_take(work->parts, file);
    if (is_markdown(file->path))
        work->part_count += md_count_parts(file->source->text);
    if (!pay(work, file->source->text.size, include->at, DIAG_PAGE_INCLUDE))
        return false;
    *piece = (Piece){.file = file, .at = span_of(file->source, 0, file->source->text.size)};
    if (is_markdown(file->path))
        piece->doc = md_parse(file->source, work->arena, work->diags);
    if (include->region.size == 0)
        return true;
    Region region = region_find(file->source, piece->doc, include->region, work->arena);
    if (region.is_found && !region.is_open) {
        piece->at = region.at;
        return true;
    }
    report_region(work, include, &region);
    return false;
}

/* --- Markdown in Markdown ----------------------------------------------------------------- */

/* False after a finding: the file is being included already, or too deep inside of others. */
static bool may_enter(const Frame *frame, const Include *include, const PartFile *file) {
    Diags *diags = frame->work->diags;
    if (frame->depth >= LIMIT_INCLUDE_DEPTH) {
        diag_add(diags, DIAG_PAGE_INCLUDE, include->at, "files are included more than %zu deep",
                 LIMIT_INCLUDE_DEPTH);
        diag_hint(diags, "include the last of them directly");
        return false;
    }
    const Frame *same = frame;
    while (same && !(str_equal(same->path, file->path) && str_equal(same->region, include->region)))
        same = same->outer;
    if (!same)
        return true;
    Str chain = file->path;
    for (const Frame *at = frame; at != same->outer; at = at->outer)
        chain = str_format(frame->work->arena, "%.*s > %.*s", STR_FMT(at->path), STR_FMT(chain));
    diag_add(diags, DIAG_PAGE_INCLUDE, include->at, "\"%.*s\" includes itself: %.*s",
             STR_FMT(include->path), STR_FMT(chain));
    diag_hint(diags, "remove one of these includes");
    return false;
}

/* Takes the blocks of the piece, and every footnote, out of their document. */
static void pick_blocks(const Piece *piece, MdNode *picked) {
    MdNode *next;
    for (MdNode *node = piece->doc->root->first; node; node = next) {
        next = node->next;
        size_t start = node->at.start;
        bool is_inside = start >= piece->at.start && start < piece->at.start + piece->at.size;
        if (is_inside || node->kind == MD_FOOTNOTE)
            md_move(picked, node);
    }
}

/* A page has one title and leaves no level out: headings keep their levels where that is so, else
 * all of them move as one. */
static void fit_headings(Frame *frame, MdNode *picked) {
    uint32_t top = 0;
    for (const MdNode *node = picked; node; node = md_next(picked, node))
        if (node->kind == MD_HEADING && (!top || node->number < top))
            top = node->number;
    if (!top)
        return;
    uint32_t wanted = top;
    if (frame->level && top == 1)
        wanted = 2;
    else if (frame->level && top > frame->level + 1)
        wanted = frame->level + 1;
    for (MdNode *node = picked; node; node = md_next(picked, node)) {
        if (node->kind != MD_HEADING)
            continue;
        uint32_t level = node->number + wanted - top;
        node->number = level > 6 ? 6 : level;
        frame->level = node->number;
    }
}

static void expand(Frame *frame, MdNode *root);

/* Where the text of a piece begins: behind the front matter. */
static Span body_of(const Piece *piece) {
    const Span *front = &piece->doc->front_matter;
    size_t end = piece->at.start + piece->at.size;
    if (!front->source || front->start + front->size < piece->at.start)
        return piece->at;
    size_t close = str_find(piece->at.source->text, STR("---"), front->start + front->size);
    size_t line = close == STR_NONE ? STR_NONE : str_find_char(piece->at.source->text, '\n', close);
    return line >= end ? piece->at : span_of(piece->at.source, line + 1, end - line - 1);
}

static bool include_markdown(Frame *frame, const Include *include, const Piece *piece, MdNode *into,
                             Buf *twin) {
    if (!may_enter(frame, include, piece->file))
        return false;
    Work *work = frame->work;
    Twin own = {.source = piece->file->source, .arena = work->arena};
    MdNode picked = {.kind = MD_DOCUMENT};
    pick_blocks(piece, &picked);
    md_shift_footnotes(&work->notes, &picked);
    Frame inner = {work, frame, piece->file->path, include->region, frame->depth + 1, 0, &own};
    expand(&inner, &picked);
    buf_add(twin, str_trim(twin_text(&own, body_of(piece), work->arena)));
    md_move_footnotes(&work->notes, &picked);
    fit_headings(frame, &picked);
    md_append_all(into, &picked);
    return true;
}

/* --- other files -------------------------------------------------------------------------- */

/* The language of a file by its name, where it is not the name's end. */
static Str language_of(Str path) {
    static const Str languages[][2] = {
        {{".mmd", 4}, {"mermaid", 7}},
        {{".mermaid", 8}, {"mermaid", 7}},
        {{".tf", 3}, {"hcl", 3}},
        {{".yml", 4}, {"yaml", 4}},
        {{"Makefile", 8}, {"make", 4}},
        {{".mk", 3}, {"make", 4}},
        {{"Dockerfile", 10}, {"dockerfile", 10}},
        {{".h", 2}, {"c", 1}},
    };
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_ends_with(path, languages[i][0]))
            return languages[i][1];
    Str name = fs_name_of(path);
    size_t dot = str_find_last(name, '.');
    return dot == STR_NONE ? (Str){NULL, 0} : str_from_offset(name, dot + 1);
}

/* A file that is no Markdown stands on the page as code. */
static void include_code(Frame *frame, const Piece *piece, MdNode *into, Buf *twin) {
    MdNode *code = ARENA_NEW(frame->work->arena, MdNode);
    twin_add_fence(language_of(piece->file->path), span_text(piece->at), twin);
    *code = (MdNode){.kind = MD_CODE_BLOCK,
                     .at = piece->at,
                     .text = span_text(piece->at),
                     .title = language_of(piece->file->path),
                     .is_fenced = true};
    md_move(into, code);
}

/* --- paragraphs --------------------------------------------------------------------------- */

/* Bytes at the start of a line that belong to the quotes around it. */
static size_t quote_size(Str line) {
    size_t size = 0;
    while (size < line.size && strchr("> \t", line.data[size]))
        size++;
    return size;
}

/* A paragraph of includes, one on each line. */
static bool is_include_paragraph(const MdNode *node) {
    Str text = str_trim(span_text(node->at));
    if (!str_starts_with(text, STR("{{")))
        return false;
    while (text.data) {
        Include include;
        Str line = str_cut_line(&text);
        if (!read_include(node->at.source, str_from_offset(line, quote_size(line)), &include))
            return false;
    }
    return true;
}

/* An include that failed is shown as it is written. */
static void show_line(Frame *frame, const Include *include, const MdNode *paragraph, MdNode *into) {
    Arena *arena = frame->work->arena;
    MdNode *shown = ARENA_NEW(arena, MdNode), *text = ARENA_NEW(arena, MdNode);
    *text = (MdNode){.kind = MD_TEXT, .at = include->at, .parent = shown};
    text->text = str_format(arena, "{{ include: %.*s }}", STR_FMT(include->url));
    *shown = (MdNode){.kind = MD_PARAGRAPH, .at = paragraph->at, .first = text, .last = text};
    md_move(into, shown);
}

static void expand_paragraph(Frame *frame, MdNode *node) {
    MdNode all = {.kind = MD_DOCUMENT};
    Str text = str_trim(span_text(node->at));
    Buf twin = buf_new(frame->work->arena);
    while (text.data) {
        Include include;
        Piece piece;
        buf_add_text(&twin, twin.size ? "\n\n" : "");
        Str line = str_cut_line(&text);
        read_include(node->at.source, str_from_offset(line, quote_size(line)), &include);
        bool is_done = find_piece(frame, &include, &piece);
        if (is_done && piece.doc)
            is_done = include_markdown(frame, &include, &piece, &all, &twin);
        else if (is_done)
            include_code(frame, &piece, &all, &twin);
        if (is_done)
            continue;
        show_line(frame, &include, node, &all);
        buf_add_format(&twin, "{{ include: %.*s }}", STR_FMT(include.url));
    }
    twin_add(frame->twin, node->at, buf_str(&twin));
    md_splice(node, &all);
}

/* --- code --------------------------------------------------------------------------------- */

static void expand_code(Frame *frame, MdNode *code) {
    if (!code->is_fenced || str_find(code->text, include_word, 0) == STR_NONE ||
        str_find(code->title, STR("verbatim"), 0) != STR_NONE)
        return;
    const Source *source = md_code_source(code, frame->work->arena);
    Buf out = buf_new(frame->work->arena);
    Str rest = source->text;
    Span only = {0}; /* what a fence of one line has brought in */
    while (rest.data && rest.size) {
        size_t start = source->text.size - rest.size;
        Str line = str_cut_line(&rest);
        size_t end = rest.data ? source->text.size - rest.size : source->text.size;
        Include include;
        Piece piece;
        if (!read_include(source, line, &include) || !find_piece(frame, &include, &piece)) {
            buf_add(&out, str_slice(source->text, start, end));
            continue;
        }
        Str text = span_text(piece.at);
        buf_add(&out, text);
        if (text.size && text.data[text.size - 1] != '\n')
            buf_add_char(&out, '\n');
        if (start == 0 && end == source->text.size)
            only = piece.at;
    }
    code->text = buf_str(&out);
    Str old = span_text(code->at), text = code->text;
    bool has_line_end = old.size && old.data[old.size - 1] == '\n';
    twin_add(frame->twin, code->at, str_slice(text, 0, text.size - (!has_line_end && text.size)));
    if (only.source)
        code->at = only;
}

/* --- values ------------------------------------------------------------------------------- */

/* The place of `part`, a slice of the tag's inner text. */
static Span part_at(const MdNode *node, const MdTag *tag, Str part) {
    if (tag->at.size != tag->end - tag->start)
        return tag->at;
    size_t offset = (size_t)(part.data - (node->text.data + tag->start));
    return span_of(tag->at.source, tag->at.start + offset, part.size);
}

/* Braces belong to many programs: `{{ name }}` to Jinja, `{{ .Values.x }}` to Helm, `{{#each}}` to
 * Handlebars, `{{TITLE}}` to whoever fills in a form. A value is meant where there is a file in
 * them: its name ends as one of a data file, or a "#" stands between two words. */
static bool means_value(Str inner) {
    static const Str ends[] = {{".yml", 4}, {".yaml", 5}, {".json", 5}};
    if (str_starts_with(inner, include_word))
        return true;
    size_t hash = str_find_char(inner, '#', 0);
    Str path = str_trim(str_slice(inner, 0, hash));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends_with(path, ends[i]))
            return true;
    return hash != STR_NONE && path.size && hash + 1 < inner.size &&
           str_find_char(inner, ' ', 0) == STR_NONE;
}

/* value = "{{" path "#" key { "." key } "}}". NULL after a finding. */
static const YamlNode *find_value(Frame *frame, const MdNode *node, const MdTag *tag) {
    Work *work = frame->work;
    if (str_starts_with(tag->inner, include_word)) {
        diag_add(work->diags, DIAG_PAGE_INCLUDE, tag->at,
                 "an include stands alone on its line, in a paragraph of includes");
        diag_hint(work->diags, "put an empty line before and behind it");
        return NULL;
    }
    size_t hash = str_find_char(tag->inner, '#', 0);
    Str path = str_trim(str_slice(tag->inner, 0, hash));
    Str keys = hash == STR_NONE ? (Str){NULL, 0} : str_trim(str_from_offset(tag->inner, hash + 1));
    if (path.size == 0 || keys.size == 0) {
        diag_add(work->diags, DIAG_PAGE_VALUE, tag->at, "\"{{ %.*s }}\" names no value",
                 STR_FMT(tag->inner));
        diag_hint(work->diags, "write {{ file.yml#key }}, or \\{{ for plain braces");
        return NULL;
    }
    if (work->is_full)
        return NULL;
    PartUse use = {work->parts,     frame->path, part_at(node, tag, path),
                   DIAG_PAGE_VALUE, work->diags, work->hints};
    PartFile *file = parts_file(&use, path);
    if (!file)
        return NULL;
    const YamlNode *root = parts_data(&use, file);
    if (!root) {
        parts_take(work->parts, file);
        return NULL;
    }
    size_t steps = 0;
    const YamlNode *value = value_find(root, keys, part_at(node, tag, keys), &steps, work->diags);
    work->steps += steps;
    bool is_paid = pay(work, steps + (value ? value->text.size : 0), tag->at, DIAG_PAGE_VALUE);
    if (value)
        parts_take_value(work->parts, file, keys, value->text);
    else /* what is there instead stands in the finding */
        parts_take(work->parts, file);
    return is_paid ? value : NULL;
}

static void expand_text(Frame *frame, MdNode *node) {
    if (str_find(node->text, STR("{{"), 0) == STR_NONE)
        return;
    Buf out = buf_new(frame->work->arena);
    MdTags tags = md_tags_begin(node);
    MdTag tag;
    size_t done = 0;
    while (md_tags_next(&tags, &tag)) {
        const YamlNode *value = means_value(tag.inner) ? find_value(frame, node, &tag) : NULL;
        if (!value)
            continue;
        buf_add(&out, str_slice(node->text, done, tag.start));
        buf_add(&out, value->text);
        if (tag.at.size == tag.end - tag.start)
            twin_add(frame->twin, tag.at, value->text);
        done = tag.end;
    }
    if (done == 0)
        return;
    buf_add(&out, str_from_offset(node->text, done));
    node->text = buf_str(&out);
}

/* --- the walk ----------------------------------------------------------------------------- */

/* The node behind `node` and everything below it. */
static MdNode *behind(const MdNode *top, MdNode *node) {
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

static void expand(Frame *frame, MdNode *root) {
    MdNode *node = root;
    while (node) {
        if (node->kind == MD_PARAGRAPH && is_include_paragraph(node)) {
            /* What was brought in has been walked already. */
            MdNode *next = behind(root, node);
            expand_paragraph(frame, node);
            node = next;
            continue;
        }
        if (node->kind == MD_HEADING)
            frame->level = node->number;
        else if (node->kind == MD_CODE_BLOCK)
            expand_code(frame, node);
        else if (node->kind == MD_TEXT)
            expand_text(frame, node);
        node = md_next(root, node);
    }
}

void include_into(Page *page, Parts *parts, Arena *arena) {
    MdDoc *doc = page->doc;
    if (str_find(doc->source->text, STR("{{"), 0) == STR_NONE || roadmap_is_document(page->path))
        return;
    Work work = {.parts = parts,
                 .arena = arena,
                 .diags = page->diags,
                 .hints = map_new(arena),
                 .part_count = md_count_parts(doc->source->text)};
    MdNode *last = doc->root->last;
    work.notes = (MdNode){.kind = MD_DOCUMENT,
                          .number = last && last->kind == MD_FOOTNOTE ? last->number : 0};
    Twin *twin = ARENA_NEW(arena, Twin);
    *twin = (Twin){.source = doc->source, .arena = arena};
    Frame frame = {.work = &work, .path = page->path, .twin = twin};
    expand(&frame, doc->root);
    parts->cost = work.cost - work.steps;
    parts->is_sure = parts->is_sure && !work.is_full;
    page->twin = twin->count ? twin : NULL;
    md_append_all(doc->root, &work.notes);
    md_renumber_footnotes(doc, arena);
    md_relist(doc, arena);
}
