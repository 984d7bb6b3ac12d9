#include "base/ban.h"

#include "site/shell/template.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/escape.h"
#include "base/limits.h"
#include "site/shell/template_op.h"

/* ---- values ---- */

#define DRAWERS 32u

/* Multiplied, every byte has a part in the upper bits (D. Knuth, The Art of Computer Programming 3,
 * 6.4). */
static TemplateValue **drawer_of(const TemplateValue *map, uint64_t begin) {
    return &map->drawers[begin * 0x9E3779B97F4A7C15u >> 59];
}

static void value_init(TemplateValue *value, TemplateKind kind, Arena *arena) {
    value->kind = kind;
    value->arena = arena;
    if (kind == TEMPLATE_MAP)
        value->drawers = ARENA_ARRAY(arena, TemplateValue *, DRAWERS);
}

static TemplateValue *value_add(TemplateValue *parent, TemplateKind kind, const char *name) {
    TemplateValue *value = ARENA_NEW(parent->arena, TemplateValue);
    value_init(value, kind, parent->arena);
    value->name = str_from(name);
    value->name_begin = bytes_load_some(value->name.data, value->name.size);
    if (parent->last)
        parent->last->next = value;
    else
        parent->first = value;
    parent->last = value;
    if (parent->kind == TEMPLATE_MAP) {
        TemplateValue **drawer = drawer_of(parent, value->name_begin);
        value->below = *drawer;
        *drawer = value;
    }
    return value;
}

/* All there is of a value, one after the other; sizes keep apart what is next to each other. */
static void value_spell(const TemplateValue *value, Buf *out) {
    const uint64_t head[] = {value->kind, value->is_true, value->name.size, value->text.size};
    buf_add(out, (Str){(const char *)head, sizeof head});
    buf_add(out, value->name);
    buf_add(out, value->text);
    for (const TemplateValue *item = value->first; item; item = item->next)
        value_spell(item, out);
    /* What follows is not part of it. */
    buf_add_char(out, '.');
}

/* Hashing one text is far cheaper than hashing its hundred parts. */
Hash template_hash_value(const TemplateValue *value, Arena *tmp) {
    Buf all = buf_new(tmp);
    value_spell(value, &all);
    return hash_of(buf_str(&all));
}

/* `begin` is that of the name. */
static const TemplateValue *map_get(const TemplateValue *map, Str name, uint64_t begin) {
    if (!map || map->kind != TEMPLATE_MAP)
        return NULL;
    for (const TemplateValue *value = *drawer_of(map, begin); value; value = value->below)
        if (value->name_begin == begin && str_equal(value->name, name))
            return value;
    return NULL;
}

static const TemplateValue *map_find_name(const TemplateValue *map, Str name) {
    return map_get(map, name, bytes_load_some(name.data, name.size));
}

static TemplateValue *map_add(TemplateValue *map, TemplateKind kind, const char *name) {
    assert(map->kind == TEMPLATE_MAP && !map_find_name(map, str_from(name)));
    return value_add(map, kind, name);
}

TemplateValue *template_map_new(Arena *arena) {
    TemplateValue *map = ARENA_NEW(arena, TemplateValue);
    value_init(map, TEMPLATE_MAP, arena);
    return map;
}

TemplateValue *template_set_text(TemplateValue *map, const char *name, Str text) {
    TemplateValue *value = map_add(map, TEMPLATE_TEXT, name);
    value->text = text;
    return value;
}

void template_set_bool(TemplateValue *map, const char *name, bool is_true) {
    map_add(map, TEMPLATE_BOOL, name)->is_true = is_true;
}

TemplateValue *template_set_list(TemplateValue *map, const char *name) {
    return map_add(map, TEMPLATE_LIST, name);
}

TemplateValue *template_set_map(TemplateValue *map, const char *name) {
    return map_add(map, TEMPLATE_MAP, name);
}

void template_add_text(TemplateValue *list, Str text) {
    assert(list->kind == TEMPLATE_LIST);
    value_add(list, TEMPLATE_TEXT, "")->text = text;
}

TemplateValue *template_add_map(TemplateValue *list) {
    assert(list->kind == TEMPLATE_LIST);
    return value_add(list, TEMPLATE_MAP, "");
}

/* Whether a section shows itself for this value. */
static bool value_is_true(const TemplateValue *value) {
    if (!value)
        return false;
    switch (value->kind) {
    case TEMPLATE_TEXT: return value->text.size > 0;
    case TEMPLATE_BOOL: return value->is_true;
    case TEMPLATE_LIST: return value->first != NULL;
    case TEMPLATE_MAP: return true;
    }
    return false;
}

/* ---- rendering ---- */

/* One entered section or part. The frames are a stack of fixed size instead of recursion, so that
 * no template and no tree of values can exhaust the machine's stack. */
typedef struct Frame {
    const TemplateValue *context; /* NULL: brings no names, as the section of a bool does */
    bool is_loop;                 /* `context` is an item, and its `next` comes after it */
    size_t resume;                /* for a part: where to go on after it */
} Frame;

typedef struct Renderer {
    Frame frames[LIMIT_NESTING];
    size_t depth;
    Buf *out;
} Renderer;

/* The innermost context, or the innermost map. */
static const TemplateValue *context_innermost(const Renderer *r, bool is_map) {
    for (size_t i = r->depth; i-- > 0;) {
        const TemplateValue *context = r->frames[i].context;
        if (context && (!is_map || context->kind == TEMPLATE_MAP))
            return context;
    }
    return NULL;
}

static const TemplateValue *value_find(const Renderer *r, const Op *op) {
    Str name = op->text, rest = name;
    if (str_equal(name, STR(".")))
        return context_innermost(r, false);
    const TemplateValue *value = NULL;
    if (name.data[0] == '.') {
        rest = str_from_offset(name, 1);
        value = context_innermost(r, true);
    } else {
        Str word = str_cut(&rest, '.');
        uint64_t begin = rest.data ? bytes_load_some(word.data, word.size) : op->begin;
        for (size_t i = r->depth; i-- > 0 && !value;)
            value = map_get(r->frames[i].context, word, begin);
    }
    while (rest.data && value)
        value = map_find_name(value, str_cut(&rest, '.'));
    return value;
}

static bool frame_push(Renderer *r, Frame frame) {
    if (r->depth == LIMIT_NESTING)
        return false;
    r->frames[r->depth++] = frame;
    return true;
}

/* Enters a section; `next` is the operation to go on with. */
static bool section_enter(Renderer *r, const Op *op, size_t *next) {
    const TemplateValue *value = value_find(r, op);
    if (!value_is_true(value)) {
        *next = op->target;
        return true;
    }
    if (value->kind == TEMPLATE_LIST)
        return frame_push(r, (Frame){.context = value->first, .is_loop = true});
    return frame_push(r, (Frame){.context = value->kind == TEMPLATE_BOOL ? NULL : value});
}

/* At the end of a section: the next item, or out. */
static void section_loop(Renderer *r, const Op *op, size_t *next) {
    Frame *frame = &r->frames[r->depth - 1];
    if (frame->is_loop && frame->context->next) {
        frame->context = frame->context->next;
        *next = op->target;
    } else {
        r->depth--;
    }
}

static void value_write(Renderer *r, const Op *op) {
    const TemplateValue *value = value_find(r, op);
    if (!value || value->kind != TEMPLATE_TEXT)
        return;
    if (op->kind == OP_RAW && value->place)
        *value->place = r->out->size;
    if (op->kind == OP_RAW)
        buf_add(r->out, value->text);
    else
        html_escape(r->out, value->text);
}

/* Does one operation and sets `next`. False when frames run out. */
static bool op_run(Renderer *r, const Op *op, size_t *next) {
    size_t behind = *next;
    switch (op->kind) {
    case OP_TEXT: buf_add(r->out, op->text); return true;
    case OP_VALUE:
    case OP_RAW: value_write(r, op); return true;
    case OP_SECTION: return section_enter(r, op, next);
    case OP_IF:
    case OP_UNLESS:
        if (value_is_true(value_find(r, op)) == (op->kind == OP_UNLESS))
            *next = op->target;
        return true;
    case OP_LOOP: section_loop(r, op, next); return true;
    case OP_PART: *next = op->target; return true;
    case OP_CALL:
        if (op->target == TEMPLATE_NO_TARGET)
            return true; /* reported when parsed */
        *next = op->target;
        return frame_push(r, (Frame){.resume = behind});
    case OP_RETURN: *next = r->frames[--r->depth].resume; return true;
    case OP_END: return true; /* the loop around ends with it */
    }
    return false;
}

bool template_render(const Template *template, size_t source, const TemplateValue *root, Buf *out) {
    Renderer r = {.out = out};
    r.frames[r.depth++] = (Frame){.context = root};
    size_t steps = 0, next = template->starts[source];
    while (template->ops[next].kind != OP_END) {
        const Op *op = &template->ops[next++];
        if (++steps > LIMIT_TEMPLATE_STEPS || !op_run(&r, op, &next))
            return false;
    }
    return true;
}
