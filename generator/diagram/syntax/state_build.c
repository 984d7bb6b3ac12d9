/* What a state diagram's statements mean, as Mermaid works it out: a state is one wherever it is
 * mentioned, `[*]` belongs to the document around it, and `--` cuts a document into regions. */
#include "base/ban.h"

#include <assert.h>

#include "base/limits.h"
#include "diagram/syntax/state.h"

#define NONE GRAPH_NONE

/* A state as known so far; braces make a group of it. */
typedef struct Item {
    Str id;
    Span at;
    StateType type;
    StateRole role;
    Label *lines; /* descriptions in order */
    size_t line_count, line_capacity;
    StrList classes;
    StyleList style;
    Str link, tooltip;
    Span link_at;
    bool is_group, is_region, is_note;
    Label note;
    GraphDirection direction;
    uint32_t parent; /* item, or NONE */
    uint32_t index;  /* NodeId or GroupId once made, else NONE */
} Item;

/* A transition, or the line between a state and its note. */
typedef struct Joint {
    uint32_t from, to; /* items */
    Label label;
    bool is_note;
    Span at;
} Joint;

typedef struct Builder {
    Reader *reader;
    Map *index; /* id -> item + 1 */
    Item *items;
    size_t count, capacity;
    Joint *joints;
    size_t joint_count, joint_capacity;
    size_t region_count, note_count;
    StrList lost; /* ids of `state name` without more */
    Span *lost_at;
    size_t lost_capacity;
} Builder;

static Item *get_item(const Builder *builder, uint32_t index) {
    assert(builder->items && index < builder->count);
    return &builder->items[index];
}

static uint32_t find_item(const Builder *builder, Str id) {
    uintptr_t value = (uintptr_t)map_find(builder->index, id);
    return value ? (uint32_t)(value - 1) : NONE;
}

static uint32_t intern_item(Builder *builder, Str id, const StateMention *mention) {
    uint32_t found = find_item(builder, id);
    if (found != NONE)
        return found;
    ARENA_RESERVE(builder->reader->arena, builder->items, builder->count, builder->capacity);
    builder->items[builder->count] = (Item){.id = id,
                                            .at = mention->at,
                                            .type = mention->type,
                                            .role = mention->role,
                                            .direction = GRAPH_INHERIT,
                                            .parent = NONE,
                                            .index = NONE};
    map_put(builder->index, id, (void *)(uintptr_t)(builder->count + 1));
    return (uint32_t)builder->count++;
}

/* The last mention inside of another state decides where a state lies; nothing lies in itself. */
static void set_parent(Builder *builder, uint32_t child, uint32_t parent) {
    uint32_t at = parent;
    while (at != NONE && at != child)
        at = get_item(builder, at)->parent;
    if (parent != NONE && at == NONE)
        builder->items[child].parent = parent;
}

static void add_joint(Builder *builder, Joint joint) {
    ARENA_RESERVE(builder->reader->arena, builder->joints, builder->joint_count,
                  builder->joint_capacity);
    builder->joints[builder->joint_count++] = joint;
}

/* A note is a node beside its state. */
static void add_note(Builder *builder, uint32_t owner, const StateMention *mention) {
    Arena *arena = builder->reader->arena;
    Str id = str_format(arena, "%.*s----note-%zu", STR_FMT(builder->items[owner].id),
                        builder->note_count++);
    uint32_t note = intern_item(builder, id, mention);
    builder->items[note].is_note = true;
    builder->items[note].note = mention->note;
    builder->items[note].parent = builder->items[owner].parent;
    add_joint(builder, (Joint){.from = mention->is_note_left ? note : owner,
                               .to = mention->is_note_left ? owner : note,
                               .is_note = true,
                               .at = mention->at});
}

static void walk_document(Builder *builder, const StateDoc *doc, uint32_t parent);

static Str name_of(const Builder *builder, const StateMention *mention, uint32_t parent) {
    if (!str_equal(mention->id, STR("[*]")))
        return mention->id;
    Str scope = parent == NONE ? STR("root") : builder->items[parent].id;
    return str_format(builder->reader->arena, "%.*s_%s", STR_FMT(scope),
                      mention->role == STATE_ROLE_END ? "end" : "start");
}

/* One mention of a state; gives its item, or NONE for a name that Mermaid passes over. */
static uint32_t visit(Builder *builder, StateMention mention, uint32_t parent) {
    Reader *reader = builder->reader;
    if (!str_equal(mention.id, STR("[*]")))
        mention.role = STATE_ROLE_NONE;
    Str id = name_of(builder, &mention, parent);
    if (id.size == 0)
        return NONE;
    uint32_t index = intern_item(builder, id, &mention);
    Item *item = get_item(builder, index);
    for (size_t i = 0; i < mention.description_count; i++) {
        if (mention.descriptions[i].text.size == 0)
            continue;
        ARENA_RESERVE(reader->arena, item->lines, item->line_count, item->line_capacity);
        item->lines[item->line_count++] = mention.descriptions[i];
    }
    /* Mermaid draws what the first mention says; who writes <<choice>> below means it as well. */
    if (mention.type != STATE_PLAIN && item->type == STATE_PLAIN)
        item->type = mention.type;
    if (mention.class_name.size)
        reader_push(reader, &item->classes, mention.class_name);
    if (mention.doc && !item->is_group) {
        item->is_group = true;
        item->is_region = mention.type == STATE_DIVIDER;
        item->direction = mention.doc->direction;
    }
    set_parent(builder, index, parent);
    if (mention.has_note)
        add_note(builder, index, &mention);
    if (mention.doc)
        walk_document(builder, mention.doc, index);
    return index;
}

static void keep_lost(Builder *builder, const StateMention *mention) {
    Arena *arena = builder->reader->arena;
    ARENA_RESERVE(arena, builder->lost_at, builder->lost.count, builder->lost_capacity);
    builder->lost_at[builder->lost.count] = mention->at;
    reader_push(builder->reader, &builder->lost, mention->id);
}

static void walk_statement(Builder *builder, const StateStmt *stmt, uint32_t parent) {
    StateMention from = stmt->from, to = stmt->to;
    if (stmt->kind == STATE_STMT_LOST) {
        keep_lost(builder, &from);
        return;
    }
    from.role = STATE_ROLE_START;
    to.role = STATE_ROLE_END;
    uint32_t begin = visit(builder, from, parent);
    if (stmt->kind != STATE_STMT_RELATION || begin == NONE)
        return;
    uint32_t end = visit(builder, to, parent);
    if (end != NONE)
        add_joint(builder, (Joint){begin, end, stmt->label, false, from.at});
}

static bool is_divider(const StateStmt *stmt) {
    return stmt->kind == STATE_STMT_STATE && stmt->from.type == STATE_DIVIDER;
}

/* The statements from `first` up to `end`, as a region of their own. */
static void walk_region(Builder *builder, const StateDoc *doc, size_t first, size_t end,
                        uint32_t parent) {
    StateDoc part = {doc->stmts + first, end - first, 0, doc->direction};
    StateMention region = {.type = STATE_DIVIDER, .doc = &part};
    region.at = end > first ? doc->stmts[first].from.at : doc->stmts[end].from.at;
    region.id = str_format(builder->reader->arena, "divider-id-%zu", ++builder->region_count);
    visit(builder, region, parent);
}

static void walk_document(Builder *builder, const StateDoc *doc, uint32_t parent) {
    size_t first = 0, dividers = 0, last = doc->count;
    for (size_t i = 0; i < doc->count; i++)
        dividers += is_divider(&doc->stmts[i]);
    /* Nothing behind the last `--`: then there is nothing to part. */
    bool has_regions = dividers > 0 && !is_divider(&doc->stmts[last - 1]);
    for (size_t i = 0; i < doc->count; i++) {
        bool is_cut = is_divider(&doc->stmts[i]);
        if (!has_regions && !is_cut)
            walk_statement(builder, &doc->stmts[i], parent);
        if (has_regions && is_cut) {
            walk_region(builder, doc, first, i, parent);
            first = i + 1;
        }
    }
    if (has_regions)
        walk_region(builder, doc, first, last, parent);
}

/* ---- From items to the graph ---- */

static Label label_of(const Item *item) {
    if (item->line_count)
        return item->lines[0];
    bool has_text = item->type == STATE_PLAIN && item->role == STATE_ROLE_NONE;
    return (Label){.text = has_text ? item->id : STR("")};
}

static void make_group(Builder *builder, Item *item) {
    Reader *reader = builder->reader;
    item->index = graph_add_group(reader->graph, reader->arena, item->id, item->at);
    Group *group = &reader->graph->groups[item->index];
    group->label = label_of(item);
    if (item->line_count > 1) {
        reader->ok = false;
        diag_add(reader->diags, DIAG_DIAGRAM_SYNTAX, item->lines[1].at,
                 "the composite state \"%.*s\" has two texts", STR_FMT(item->id));
        diag_hint(reader->diags, "keep one of them: it is the title");
    }
    group->direction = item->direction;
    group->is_region = item->is_region;
    group->classes = item->classes;
    group->style = item->style;
    group->link = item->link;
    group->link_at = item->link_at;
    if (item->parent != NONE)
        group->parent = builder->items[item->parent].index;
}

/* Groups are made parents first: each time the outermost one that is still missing. */
static void make_groups(Builder *builder, uint32_t index) {
    while (builder->items[index].index == NONE) {
        uint32_t outer = index;
        for (uint32_t up = index; up != NONE && builder->items[up].index == NONE;
             up = builder->items[up].parent)
            outer = up;
        make_group(builder, &builder->items[outer]);
    }
}

static NodeShape shape_of(const Item *item) {
    if (item->is_note)
        return SHAPE_NOTE;
    if (item->role == STATE_ROLE_START)
        return SHAPE_START;
    if (item->role == STATE_ROLE_END)
        return SHAPE_STOP;
    if (item->line_count)
        return SHAPE_ROUND; /* a text needs room */
    switch (item->type) {
    case STATE_FORK:
    case STATE_JOIN: return SHAPE_BAR;
    case STATE_CHOICE: return SHAPE_CHOICE;
    case STATE_PLAIN:
    case STATE_DIVIDER: break;
    }
    return SHAPE_ROUND;
}

static void make_node(Builder *builder, Item *item) {
    Reader *reader = builder->reader;
    if (reader->graph->node_count == LIMIT_DIAGRAM_NODES) {
        reader_limit(reader, item->at, "states", LIMIT_DIAGRAM_NODES);
        return;
    }
    item->index = graph_intern(reader->graph, reader->arena, item->id, item->at);
    Node *node = &reader->graph->nodes[item->index];
    node->shape = shape_of(item);
    node->has_shape = true;
    node->label = item->is_note ? item->note : label_of(item);
    node->classes = item->classes;
    if (item->is_note)
        reader_push(reader, &node->classes, STR("amber"));
    node->style = item->style;
    node->link = item->link;
    node->link_at = item->link_at;
    node->tooltip = item->tooltip;
    if (item->parent != NONE)
        node->parent = builder->items[item->parent].index;
    for (size_t i = 1; i < item->line_count; i++) {
        ARENA_RESERVE(reader->arena, node->rows, node->row_count, node->row_capacity);
        node->rows[node->row_count++] = (NodeRow){.cells = {item->lines[i].text}};
    }
}

static EdgeEnd end_of(const Builder *builder, uint32_t index) {
    const Item *item = get_item(builder, index);
    return (EdgeEnd){item->is_group, item->index};
}

/* The side of its state on which the author put the note, `joint`, decides which end it is. */
static void anchor_note(Builder *builder, const Joint *joint, EdgeId tether) {
    bool is_left = builder->items[joint->from].is_note;
    EdgeEnd note = end_of(builder, is_left ? joint->from : joint->to);
    Node *node = &builder->reader->graph->nodes[note.index];
    node->beside = is_left ? BESIDE_LEFT : BESIDE_RIGHT;
    node->anchor = end_of(builder, is_left ? joint->to : joint->from);
    node->tether = tether;
}

static void make_edge(Builder *builder, const Joint *joint) {
    Reader *reader = builder->reader;
    if (builder->items[joint->from].index == NONE || builder->items[joint->to].index == NONE)
        return;
    if (reader->graph->edge_count == LIMIT_DIAGRAM_EDGES) {
        reader_limit(reader, joint->at, "transitions", LIMIT_DIAGRAM_EDGES);
        return;
    }
    EdgeId index = graph_add_edge(reader->graph, reader->arena, end_of(builder, joint->from),
                                  end_of(builder, joint->to), joint->at);
    Edge *edge = &reader->graph->edges[index];
    edge->label = joint->label;
    edge->line = joint->is_note ? EDGE_DOTTED : EDGE_SOLID;
    edge->end = joint->is_note ? HEAD_NONE : HEAD_ARROW;
    if (joint->is_note)
        anchor_note(builder, joint, index);
}

/* Classes and styles reach every state of the diagram, also those first named further down. */
static void apply_look(Builder *builder, const StateLook *look) {
    Reader *reader = builder->reader;
    Str ids = look->ids;
    while (ids.data) {
        Str id = str_trim(str_cut(&ids, ','));
        uint32_t index = find_item(builder, id);
        if (index == NONE) {
            diag_add(reader->diags, DIAG_DIAGRAM_UNKNOWN_NODE, look->at, "no state \"%.*s\"",
                     STR_FMT(id));
            continue;
        }
        Item *item = get_item(builder, index);
        switch (look->kind) {
        case STATE_LOOK_CLASS: reader_push(reader, &item->classes, look->value); break;
        case STATE_LOOK_STYLE: reader_add_styles(reader, &item->style, look->value); break;
        case STATE_LOOK_LINK:
            item->link = look->value;
            item->tooltip = look->tooltip;
            item->link_at = look->at;
            break;
        }
    }
}

/* A note lies where its state lies, which a later mention may have changed. */
static void place_note(Builder *builder, const Joint *joint) {
    if (!joint->is_note)
        return;
    bool is_left = builder->items[joint->from].is_note;
    builder->items[is_left ? joint->from : joint->to].parent =
        builder->items[is_left ? joint->to : joint->from].parent;
}

/* Words behind `state` that became nothing; one finding per line, at the first of them. */
static void report_lost(const Builder *builder) {
    Diags *diags = builder->reader->diags;
    size_t told = 0; /* where the line of the last finding ends */
    for (size_t i = 0; i < builder->lost.count && builder->reader->ok; i++) {
        Str id = builder->lost.items[i], text = builder->lost_at[i].source->text;
        size_t start = builder->lost_at[i].start;
        if (find_item(builder, id) != NONE || start < told)
            continue;
        told = str_find_char(text, '\n', start);
        if (str_starts_with(id, STR("--")))
            continue; /* a transition, told about where it was read */
        diag_add(diags, DIAG_DIAGRAM_LOST_TEXT, builder->lost_at[i],
                 "Mermaid does not draw \"%.*s\", which is declared and never used", STR_FMT(id));
        if (str_find(str_slice(text, start, told), STR("<<"), 0) != STR_NONE)
            diag_hint(diags, "a state can be <<fork>>, <<join>> or <<choice>>");
        else
            diag_hint(diags, "leave out the word \"state\" to have it drawn");
    }
}

void state_build(Reader *reader, const StateDoc *root, const StateLooks *looks) {
    Builder builder = {.reader = reader, .index = map_new(reader->arena)};
    reader->graph->direction = root->direction == GRAPH_INHERIT ? GRAPH_TB : root->direction;
    walk_document(&builder, root, NONE);
    for (size_t i = 0; i < looks->count; i++)
        apply_look(&builder, &looks->items[i]);
    for (size_t i = 0; i < builder.joint_count; i++)
        place_note(&builder, &builder.joints[i]);
    for (size_t i = 0; i < builder.count; i++)
        if (builder.items[i].is_group)
            make_groups(&builder, (uint32_t)i);
    for (size_t i = 0; i < builder.count; i++)
        if (!builder.items[i].is_group)
            make_node(&builder, &builder.items[i]);
    for (size_t i = 0; i < builder.joint_count; i++)
        make_edge(&builder, &builder.joints[i]);
    report_lost(&builder);
}
