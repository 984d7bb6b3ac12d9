#include "base/ban.h"

#include "diagram/model/rules_form.h"

/* How each kind is written. */
static const struct {
    Str word, sign;
    bool may_pass; /* may end with `via` and names */
    const char *example;
} forms[RULE_KIND_COUNT] = {
    [RULE_FORBID] = {{"forbid", 6}, {"->", 2}, false, "forbid: internet -> database"},
    [RULE_REQUIRE] = {{"require", 7}, {"->", 2}, true, "require: browser -> app via proxy"},
    [RULE_CONTAIN] = {{"contain", 7}, {"=", 1}, false, "contain: vpc = [app, database]"},
    [RULE_ONLY] = {{"only", 4}, {"->", 2}, false, "only: app, backup -> database"},
};

typedef struct RuleParser {
    const Graph *graph;
    const RuleRow *row;
    RuleKind kind;
    size_t place; /* in row->text */
    Arena *arena;
    Diags *diags;
} RuleParser;

/* The bytes of the file from which a part of the rule's text was read. Text with escapes or folded
 * lines is not found again; the whole rule is shown then. */
static Span span_at(const RuleParser *parser, size_t start, size_t size) {
    Span at = parser->row->at;
    size_t found = str_find(span_text(at), parser->row->text, 0);
    return found == STR_NONE ? at : span_of(at.source, at.start + found + start, size);
}

static bool fail(const RuleParser *parser, Span at, const char *wanted) {
    diag_add(parser->diags, DIAG_MODEL_RULE, at, "expected %s", wanted);
    diag_hint(parser->diags, "write a rule like \"%s\"", forms[parser->kind].example);
    return false;
}

static bool fail_here(const RuleParser *parser, const char *wanted) {
    return fail(parser, span_at(parser, parser->place, 0), wanted);
}

static void skip_spaces(RuleParser *parser) {
    Str text = parser->row->text;
    while (parser->place < text.size && strchr(" \t\r\n", text.data[parser->place]))
        parser->place++;
}

/* Takes `word` when it comes next. */
static bool take(RuleParser *parser, Str word) {
    skip_spaces(parser);
    if (!str_starts_with(str_from_offset(parser->row->text, parser->place), word))
        return false;
    parser->place += word.size;
    return true;
}

/* The end of the bare name at `start`: a space, a mark of the rule, or the arrow. */
static size_t find_name_end(Str text, size_t start) {
    size_t end = start;
    while (end < text.size && !strchr(" \t\r\n,[]=\"", text.data[end]) &&
           !str_starts_with(str_from_offset(text, end), STR("->")))
        end++;
    return end;
}

/* name := '"' anything '"' | letters other than spaces , [ ] = " and the arrow */
static bool parse_word(RuleParser *parser, RuleName *name) {
    Str text = parser->row->text;
    if (take(parser, STR("\""))) {
        size_t end = str_find_char(text, '"', parser->place);
        if (end == STR_NONE)
            return fail_here(parser, "a closing quote");
        name->text = str_slice(text, parser->place, end);
        name->at = span_at(parser, parser->place, name->text.size);
        parser->place = end + 1;
    } else {
        size_t start = parser->place;
        parser->place = find_name_end(text, start);
        name->text = str_slice(text, start, parser->place);
        name->at = span_at(parser, start, name->text.size);
    }
    return name->text.size > 0 || fail(parser, name->at, "the name of a node or group");
}

static bool report_unknown(const RuleParser *parser, const RuleName *name) {
    const Graph *graph = parser->graph;
    Str *candidates = ARENA_ARRAY(parser->arena, Str, graph->node_count + graph->group_count);
    size_t count = 0;
    for (size_t i = 0; i < graph->node_count; i++)
        candidates[count++] = graph->nodes[i].id;
    for (size_t i = 0; i < graph->group_count; i++)
        candidates[count++] = graph->groups[i].id;
    diag_add(parser->diags, DIAG_MODEL_UNKNOWN, name->at, "no node or group \"%.*s\"",
             STR_FMT(name->text));
    diag_hint_nearest(parser->diags, name->text, candidates, count);
    return false;
}

/* An id that is a group's is the group wherever it stands, as in the connections. */
static bool find_end(const RuleParser *parser, RuleName *name) {
    GroupId group = graph_find_group(parser->graph, name->text);
    NodeId node = graph_find(parser->graph, name->text);
    name->end = group != GRAPH_NONE ? (EdgeEnd){true, group} : (EdgeEnd){false, node};
    return name->end.index != GRAPH_NONE || report_unknown(parser, name);
}

/* names := list | "[" list "]" ; list := name ( "," name )* */
static bool parse_names(RuleParser *parser, RuleNames *names) {
    bool has_bracket = take(parser, STR("["));
    do {
        RuleName name;
        skip_spaces(parser);
        if (names->count == LIMIT_RULE_NAMES) {
            diag_add(parser->diags, DIAG_DIAGRAM_LIMIT, parser->row->at,
                     "a rule may have %zu names on each side", LIMIT_RULE_NAMES);
            diag_hint(parser->diags, "put the nodes into a group and name that");
            return false;
        }
        if (!parse_word(parser, &name) || !find_end(parser, &name))
            return false;
        names->items[names->count++] = name;
    } while (take(parser, STR(",")));
    return !has_bracket || take(parser, STR("]")) || fail_here(parser, "\",\" or \"]\"");
}

static bool check_group(const RuleParser *parser, const RuleNames *names) {
    const RuleName *name = &names->items[0];
    if (names->count > 1)
        return fail(parser, names->items[1].at, "one group");
    if (name->end.is_group)
        return true;
    diag_add(parser->diags, DIAG_MODEL_RULE, name->at, "\"%.*s\" is a node, not a group",
             STR_FMT(name->text));
    diag_hint(parser->diags, "write a rule like \"%s\"", forms[parser->kind].example);
    return false;
}

/* rule := names ( "->" | "=" ) names ( "via" names )? */
bool rule_parse(const Graph *graph, const RuleRow *row, Arena *arena, Rule *rule, Diags *diags) {
    RuleParser parser = {.graph = graph, .row = row, .arena = arena, .diags = diags};
    while (parser.kind < RULE_KIND_COUNT && !str_equal(forms[parser.kind].word, row->kind))
        parser.kind++;
    if (parser.kind == RULE_KIND_COUNT)
        return false; /* front matter with another key was found fault with when it was read */
    rule->kind = parser.kind;
    rule->at = row->at;
    rule->left.count = rule->right.count = rule->via.count = 0;
    if (!parse_names(&parser, &rule->left))
        return false;
    if (!take(&parser, forms[parser.kind].sign))
        return fail_here(&parser, parser.kind == RULE_CONTAIN ? "\"=\"" : "\"->\"");
    if (!parse_names(&parser, &rule->right))
        return false;
    if (take(&parser, STR("via "))) {
        if (!forms[parser.kind].may_pass)
            return fail(&parser, span_at(&parser, parser.place - 4, 3), "the end of the rule");
        if (!parse_names(&parser, &rule->via))
            return false;
    }
    skip_spaces(&parser);
    if (parser.place < row->text.size)
        return fail_here(&parser, forms[parser.kind].may_pass && !rule->via.count
                                      ? "\",\", \"via\" or the end of the rule"
                                      : "\",\" or the end of the rule");
    return parser.kind != RULE_CONTAIN || check_group(&parser, &rule->left);
}
