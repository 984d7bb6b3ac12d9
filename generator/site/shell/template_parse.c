#include "base/ban.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "base/map.h"
#include "site/shell/template.h"
#include "site/shell/template_op.h"

#define TAG_SIZE_MAX ((size_t)256) /* bytes from the name to the closing braces */

typedef struct Tag {
    char sigil;        /* one of # ? ^ / + > !, '{' for raw, 0 for a plain value */
    Str name;          /* trimmed */
    size_t start, end; /* in the source; `end` is behind the closing braces */
} Tag;

typedef struct Parser {
    const Source *source;
    Arena *arena;
    Diags *diags;
    Template *template;
    struct {
        uint32_t op; /* the section, condition or part that is open */
        Tag tag;
    } open[LIMIT_NESTING];
    size_t depth;
} Parser;

static Span tag_span(const Parser *p, const Tag *tag) {
    return span_of(p->source, tag->start, tag->end - tag->start);
}

static uint32_t op_add(Parser *p, OpKind kind, Str text) {
    Template *t = p->template;
    ARENA_RESERVE(p->arena, t->ops, t->op_count, t->op_capacity);
    t->ops[t->op_count] = (Op){.kind = kind,
                               .target = TEMPLATE_NO_TARGET,
                               .text = text,
                               .begin = bytes_load_some(text.data, text.size)};
    return (uint32_t)t->op_count++;
}

static void text_add(Parser *p, size_t start, size_t end) {
    if (end > start)
        op_add(p, OP_TEXT, str_slice(p->source->text, start, end));
}

/* name ::= "." | "."? word ("." word)*     word ::= [A-Za-z0-9_-]+ */
static bool name_is_valid(Str name) {
    if (str_equal(name, STR(".")))
        return true;
    if (str_starts_with(name, STR(".")))
        name = str_from_offset(name, 1);
    if (name.size == 0 || str_ends_with(name, STR(".")))
        return false;
    for (Str rest = name; rest.data;) {
        Str word = str_cut(&rest, '.');
        if (word.size == 0)
            return false;
        for (size_t i = 0; i < word.size; i++) {
            char c = word.data[i];
            bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!is_letter && !(c >= '0' && c <= '9') && c != '_' && c != '-')
                return false;
        }
    }
    return true;
}

/* tag ::= "{{{" name "}}}" | "{{!" any "}}" | "{{" [#?^/+>]? name "}}"
 * Only a comment may span lines: otherwise one forgotten brace would swallow the next tag. The end
 * of others is looked for nearby, so that a file of nothing but "{{" takes linear time. */
static bool tag_read(const Parser *p, size_t start, Tag *tag) {
    Str text = p->source->text;
    size_t inner = start + 2;
    char sigil = '\0';
    if (inner < text.size && text.data[inner] != '\0' && strchr("#?^/+>!{", text.data[inner]))
        sigil = text.data[inner];
    inner += sigil != '\0';
    if (sigil != '!') {
        text = str_slice(text, 0, inner + TAG_SIZE_MAX);
        size_t line_end = str_find_char(text, '\n', inner);
        text = str_slice(text, 0, line_end == STR_NONE ? text.size : line_end);
    }
    Str closer = sigil == '{' ? STR("}}}") : STR("}}");
    size_t closed = str_find(text, closer, inner);
    if (closed == STR_NONE)
        return false;
    *tag = (Tag){sigil, str_trim(str_slice(text, inner, closed)), start, closed + closer.size};
    return true;
}

/* For a tag that writes nothing itself and stands alone on its line: `from` and `to` become the
 * bounds of the whole line. */
static void tag_widen(const Parser *p, const Tag *tag, size_t *from, size_t *to) {
    Str text = p->source->text;
    if (tag->sigil == '\0' || tag->sigil == '{')
        return;
    size_t before = str_find_last(str_slice(text, 0, tag->start), '\n');
    size_t line_start = before == STR_NONE ? 0 : before + 1;
    size_t line_end = str_find_char(text, '\n', tag->end);
    if (line_end == STR_NONE)
        line_end = text.size;
    if (!str_is_blank(str_slice(text, line_start, tag->start)) ||
        !str_is_blank(str_slice(text, tag->end, line_end)))
        return;
    *from = line_start;
    *to = line_end < text.size ? line_end + 1 : line_end;
}

/* Ends the innermost section or part. */
static void open_close(Parser *p) {
    uint32_t start = p->open[--p->depth].op;
    OpKind kind = p->template->ops[start].kind;
    if (kind == OP_SECTION || kind == OP_PART) {
        uint32_t end = op_add(p, kind == OP_PART ? OP_RETURN : OP_LOOP, (Str){0});
        p->template->ops[end].target = start + 1;
    }
    p->template->ops[start].target = (uint32_t)p->template->op_count;
}

static void tag_close(Parser *p, const Tag *tag) {
    if (p->depth == 0) {
        diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, tag_span(p, tag),
                 "nothing is open that \"%.*s\" could close", STR_FMT(tag->name));
        return;
    }
    const Tag *open = &p->open[p->depth - 1].tag;
    if (!str_equal(open->name, tag->name)) {
        diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, tag_span(p, tag),
                 "\"%.*s\" is closed, but \"%.*s\" is open", STR_FMT(tag->name),
                 STR_FMT(open->name));
        diag_hint(p->diags, "write {{/%.*s}} first", STR_FMT(open->name));
        diag_relate(p->diags, tag_span(p, open), "opened here");
    }
    open_close(p); /* most likely it was the name that was wrong */
}

/* False when sections are nested too deep to go on. */
static bool tag_open(Parser *p, const Tag *tag, OpKind kind) {
    if (p->depth == LIMIT_NESTING) {
        diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, tag_span(p, tag),
                 "sections are nested more than %zu deep", LIMIT_NESTING);
        return false;
    }
    p->open[p->depth].op = op_add(p, kind, tag->name);
    p->open[p->depth++].tag = *tag;
    return true;
}

/* False when the rest of the template has to be left out. */
static bool tag_compile(Parser *p, const Tag *tag) {
    if (tag->sigil == '!')
        return true;
    if (!name_is_valid(tag->name)) {
        diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, tag_span(p, tag), "\"%.*s\" is not a name",
                 STR_FMT(tag->name));
        diag_hint(p->diags, "names are letters, digits, \"_\", \"-\" and dots between them");
        return true;
    }
    switch (tag->sigil) {
    case '#': return tag_open(p, tag, OP_SECTION);
    case '?': return tag_open(p, tag, OP_IF);
    case '^': return tag_open(p, tag, OP_UNLESS);
    case '+': return tag_open(p, tag, OP_PART);
    case '/': tag_close(p, tag); return true;
    case '>': op_add(p, OP_CALL, tag->name); return true;
    case '{': op_add(p, OP_RAW, tag->name); return true;
    default: op_add(p, OP_VALUE, tag->name); return true;
    }
}

/* The source that operation `index` is from. */
static size_t source_of(const Template *t, size_t index) {
    size_t i = 0;
    while (i + 1 < t->source_count && index >= t->starts[i + 1])
        i++;
    return i;
}

/* Parts by name, as "0/name" for those of source 0, and as "name" for the first of all. */
static Map *parts_index(const Parser *p) {
    const Template *t = p->template;
    Map *parts = map_new(p->arena);
    for (size_t i = 0; i < t->op_count; i++) {
        Op *op = &t->ops[i];
        if (op->kind != OP_PART)
            continue;
        size_t source = source_of(t, i);
        if (map_put(parts, str_format(p->arena, "%zu/%.*s", source, STR_FMT(op->text)), op))
            diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, span_of_str(t->sources[source], op->text),
                     "there are two parts called \"%.*s\"", STR_FMT(op->text));
        if (!map_find(parts, op->text))
            map_put(parts, op->text, op);
    }
    return parts;
}

static void report_call(const Parser *p, size_t source, Str name, const Map *parts) {
    Str *names = ARENA_ARRAY(p->arena, Str, map_count(parts));
    size_t count = 0;
    for (size_t i = 0; i < map_count(parts); i++)
        if (str_find_char(map_key(parts, i), '/', 0) == STR_NONE)
            names[count++] = map_key(parts, i);
    diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, span_of_str(p->template->sources[source], name),
             "no part is called \"%.*s\"", STR_FMT(name));
    diag_hint_nearest(p->diags, name, names, count);
}

/* Gives every call its part, known only now because a part may stand behind its first use. A part
 * of the same source comes before those of others. */
static void calls_resolve(Parser *p) {
    Template *t = p->template;
    Map *parts = parts_index(p);
    for (size_t i = 0; i < t->op_count; i++) {
        Op *op = &t->ops[i];
        if (op->kind != OP_CALL)
            continue;
        size_t source = source_of(t, i);
        const Op *part =
            map_find(parts, str_format(p->arena, "%zu/%.*s", source, STR_FMT(op->text)));
        part = part ? part : map_find(parts, op->text);
        if (part)
            op->target = (uint32_t)(part - t->ops) + 1;
        else
            report_call(p, source, op->text, parts);
    }
}

/* template ::= (text | tag)* */
static void source_parse(Parser *p) {
    const Source *source = p->source;
    size_t done = 0;
    size_t start = str_find(source->text, STR("{{"), 0);
    while (start != STR_NONE) {
        Tag tag;
        size_t next = start + 2;
        bool is_comment = str_starts_with(str_from_offset(source->text, next), STR("!"));
        if (tag_read(p, start, &tag)) {
            size_t from = tag.start, to = tag.end;
            tag_widen(p, &tag, &from, &to);
            text_add(p, done, from);
            done = next = to;
            if (!tag_compile(p, &tag))
                break;
        } else {
            diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, span_of(source, start, 2),
                     "this tag is never closed");
            if (is_comment)
                break; /* no tag behind it is closed either */
        }
        start = str_find(source->text, STR("{{"), next);
    }
    text_add(p, done, source->text.size);
    while (p->depth > 0) {
        const Tag *tag = &p->open[p->depth - 1].tag;
        diag_add(p->diags, DIAG_TEMPLATE_SYNTAX, tag_span(p, tag), "\"%.*s\" is never closed",
                 STR_FMT(tag->name));
        diag_hint(p->diags, "write {{/%.*s}} where it ends", STR_FMT(tag->name));
        open_close(p);
    }
    op_add(p, OP_END, (Str){NULL, 0});
}

Template *template_parse(const Source *const *sources, size_t count, Arena *arena, Diags *diags) {
    Template *template = ARENA_NEW(arena, Template);
    template->sources = sources;
    template->source_count = count;
    template->starts = ARENA_ARRAY(arena, size_t, count + 1);
    Parser *p = ARENA_NEW(arena, Parser);
    *p = (Parser){.arena = arena, .diags = diags, .template = template};
    for (size_t i = 0; i < count; i++) {
        template->starts[i] = template->op_count;
        p->source = sources[i];
        source_parse(p);
    }
    template->starts[count] = template->op_count;
    calls_resolve(p);
    return template;
}

Hash template_hash(const Template *template) {
    Hash hash = {0};
    for (size_t i = 0; i < template->source_count; i++)
        hash = hash_add(hash, template->sources[i]->text);
    return hash;
}

const Source *template_source(const Template *template, size_t source) {
    return template->sources[source];
}

void template_check_names(const Template *template, const Str *known, size_t count, Diags *diags) {
    for (size_t i = 0; i < template->op_count; i++) {
        const Op *op = &template->ops[i];
        bool is_name = op->kind == OP_VALUE || op->kind == OP_RAW || op->kind == OP_SECTION ||
                       op->kind == OP_IF || op->kind == OP_UNLESS;
        if (!is_name || str_equal(op->text, STR(".")))
            continue;
        Str rest = op->text.data[0] == '.' ? str_from_offset(op->text, 1) : op->text;
        Str word = str_cut(&rest, '.');
        bool is_known = false;
        for (size_t k = 0; k < count && !is_known; k++)
            is_known = str_equal(known[k], word);
        if (is_known)
            continue;
        const Source *source = template->sources[source_of(template, i)];
        diag_add(diags, DIAG_TEMPLATE_SYNTAX, span_of_str(source, word),
                 "there is no value \"%.*s\"", STR_FMT(word));
        diag_hint_nearest(diags, word, known, count);
    }
}
