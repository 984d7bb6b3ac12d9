#include "base/ban.h"

#include "diagram/syntax/front.h"

#include "data/yaml.h"

static Str scalar_text(const YamlNode *node) {
    bool is_scalar =
        node && node->kind != YAML_MAP && node->kind != YAML_LIST && node->kind != YAML_NULL;
    return is_scalar ? node->text : (Str){NULL, 0};
}

/* False, with a finding, when `node` is there and of another kind. */
static bool is_kind(const YamlNode *node, YamlKind kind, const char *expected, Diags *diags) {
    if (!node || node->kind == YAML_NULL)
        return false;
    if (node->kind == kind)
        return true;
    Str name = yaml_kind_name(node->kind);
    diag_add(diags, DIAG_DATA_SCHEMA, node->at, "expected %s, found %.*s", expected, STR_FMT(name));
    return false;
}

/* legend := map of class or edge to its meaning, in the order in which it is drawn. */
static void read_legend(const YamlNode *node, Graph *graph, Arena *arena, Diags *diags) {
    if (!is_kind(node, YAML_MAP, "names with their meaning", diags))
        return;
    graph->legend = ARENA_ARRAY(arena, LegendRow, node->count);
    for (size_t i = 0; i < node->count; i++)
        graph->legend[graph->legend_count++] =
            (LegendRow){.key = node->keys[i]->text, .text = scalar_text(node->values[i])};
    if (node->count)
        graph->legend_at = node->keys[0]->at;
}

/* rules := list of ( "forbid" | "require" | "contain" | "only" ) ":" text
 * What the text says is read by model/rules_parse.c. */
static void read_rules(const YamlNode *node, Graph *graph, Arena *arena, Diags *diags) {
    static const char *const kinds[] = {"forbid", "require", "contain", "only", NULL};
    if (!is_kind(node, YAML_LIST, "a list of rules", diags))
        return;
    graph->rules = ARENA_ARRAY(arena, RuleRow, node->count);
    for (size_t i = 0; i < node->count; i++) {
        const YamlNode *row = node->values[i];
        if (!is_kind(row, YAML_MAP, "a rule such as `forbid: a -> b`", diags) ||
            !yaml_check_keys(row, kinds, DIAG_DATA_SCHEMA, diags) || row->count == 0)
            continue;
        const YamlNode *value = row->values[0];
        bool is_scalar = value->kind != YAML_LIST && value->kind != YAML_MAP;
        if (!is_scalar && !is_kind(value, YAML_STRING, "text such as `a -> b`", diags))
            continue;
        if (row->count > 1) {
            diag_add(diags, DIAG_DATA_SCHEMA, row->keys[1]->at, "a second rule in one item");
            diag_hint(diags, "begin it with \"- \" on a line of its own");
        }
        graph->rules[graph->rule_count++] = (RuleRow){
            .kind = row->keys[0]->text,
            .text = scalar_text(value),
            .at = value->at,
        };
    }
}

static void read_docsgen(const YamlNode *node, Graph *graph, Arena *arena, Diags *diags) {
    static const char *const keys[] = {"caption", "legend", "rules", NULL};
    if (!is_kind(node, YAML_MAP, "settings such as `caption: ...`", diags))
        return;
    yaml_check_keys(node, keys, DIAG_DATA_SCHEMA, diags);
    graph->caption = scalar_text(yaml_find(node, "caption"));
    read_legend(yaml_find(node, "legend"), graph, arena, diags);
    read_rules(yaml_find(node, "rules"), graph, arena, diags);
}

/* What Mermaid calls the colours of nodes and lines, and what a classDef calls them. */
static const struct {
    const char *variable, *property;
    bool is_line;
} theme_variables[] = {
    {"primaryColor", "fill", false},         {"mainBkg", "fill", false},
    {"primaryTextColor", "color", false},    {"nodeTextColor", "color", false},
    {"primaryBorderColor", "stroke", false}, {"nodeBorder", "stroke", false},
    {"lineColor", "stroke", true},
};

static void add_rule(StyleList *list, const char *property, Str value, Arena *arena) {
    ARENA_RESERVE(arena, list->rules, list->count, list->capacity);
    list->rules[list->count++] = (StyleRule){str_from(property), value};
}

/* Colours of nodes work like a `classDef default` above all others, those of lines like a
 * `linkStyle default`. */
static void read_variable(Str name, Str value, StyleClass *base, Graph *graph, Arena *arena) {
    for (size_t i = 0; i < sizeof theme_variables / sizeof *theme_variables; i++) {
        if (!str_equal(name, str_from(theme_variables[i].variable)))
            continue;
        StyleList *list = theme_variables[i].is_line ? &graph->default_edge_style : &base->style;
        add_rule(list, theme_variables[i].property, value, arena);
        return;
    }
    StrList *unused = &graph->unused_theme;
    ARENA_RESERVE(arena, unused->items, unused->count, unused->capacity);
    unused->items[unused->count++] = name;
}

static void read_theme(const YamlNode *config, Graph *graph, Arena *arena) {
    const YamlNode *theme = yaml_find(config, "theme");
    const YamlNode *variables = yaml_find(config, "themeVariables");
    if (scalar_text(theme).size) {
        graph->theme = scalar_text(theme);
        graph->theme_at = theme->at;
    }
    if (!variables || variables->kind != YAML_MAP || variables->count == 0)
        return;
    graph->theme_at = variables->at;
    StyleClass base = {.name = STR("default"), .at = variables->at};
    for (size_t i = 0; i < variables->count; i++)
        read_variable(variables->keys[i]->text, scalar_text(variables->values[i]), &base, graph,
                      arena);
    if (base.style.count == 0)
        return;
    ARENA_RESERVE(arena, graph->classes, graph->class_count, graph->class_capacity);
    graph->classes[graph->class_count++] = base;
}

bool front_read(const CleanText *clean, Graph *graph, Arena *arena, Diags *diags) {
    const YamlNode *yaml = NULL;
    if (clean->front_matter.source) {
        yaml = yaml_parse(clean->front_matter, DIAG_DIAGRAM_SYNTAX, arena, diags);
        if (!yaml)
            return false;
    }
    graph->title = graph->heading.text = scalar_text(yaml_find(yaml, "title"));
    read_theme(yaml_find(yaml, "config"), graph, arena);
    read_docsgen(yaml_find(yaml, "docsgen"), graph, arena, diags);

    /* Mermaid passes over a directive that it cannot read, so nobody hears of it here either. */
    Diags *unheard = diags_new(arena);
    for (size_t i = 0; i < clean->directive_count; i++) {
        const YamlNode *init =
            yaml_parse(clean->directives[i], DIAG_DIAGRAM_SYNTAX, arena, unheard);
        read_theme(init, graph, arena);
    }
    return true;
}

void front_refuse_graph(const Graph *front, Str kind, Diags *diags) {
    if (front->legend_count) {
        diag_add(diags, DIAG_DIAGRAM_UNSUPPORTED, front->legend_at, "a %.*s has no legend",
                 STR_FMT(kind));
        diag_hint(diags, "say it in docsgen.caption, or in a note within the diagram");
    }
    if (front->rule_count) {
        diag_add(diags, DIAG_MODEL_RULE, front->rules[0].at,
                 "a %.*s has no connections that rules could be proved on", STR_FMT(kind));
        diag_hint(diags, "write the rules in a flowchart, state, class or ER diagram");
    }
}
