#include "base/ban.h"

#include "data/infracost.h"

#include "base/limits.h"
#include "data/schema.h"

/* A resource whose sub-resources are walked: `group` is shown above its lines, `prefix` before the
 * names of lines of a sub-resource. */
typedef struct Walk {
    Schema schema;
    CostSheet *sheet;
    size_t item_capacity, group_capacity;
    Str group;
    Decimal exact; /* the sum before rounding, to compare with Infracost's own */
    bool has_overflow, is_full;
} Walk;

bool infracost_is(const YamlNode *root) {
    const YamlNode *projects = yaml_find(root, "projects");
    return projects && projects->kind == YAML_LIST && yaml_find(root, "totalMonthlyCost");
}

/* A decimal string, or null for "not known". False when there is none. */
static bool read_decimal(const Walk *walk, const YamlNode *map, const char *key, Decimal *value) {
    const YamlNode *node;
    Str text = schema_text(&walk->schema, map, key, &node);
    if (!node)
        return false;
    if (decimal_parse(text, value))
        return true;
    diag_add(walk->schema.diags, DIAG_DATA_UNIT, node->at, "\"%.*s\" is no decimal number",
             STR_FMT(text));
    return false;
}

static bool read_flag(const Walk *walk, const YamlNode *map, const char *key) {
    const YamlNode *node = schema_find(&walk->schema, map, key, YAML_BOOL);
    return node && node->is_true;
}

/* The group of the resource being walked. The list grows, so its room is seen to here. */
static size_t current_group(Walk *walk) {
    CostSheet *sheet = walk->sheet;
    ARENA_RESERVE(walk->schema.arena, sheet->groups, sheet->group_count, walk->group_capacity);
    return cost_intern_group(sheet, walk->group, walk->schema.arena);
}

/* A line of a resource: `{name, unit, monthlyQuantity, price, monthlyCost, usageBased}`. What
 * Infracost computed is taken, for it knows tiers and discounts; only sums are computed anew. */
static void read_component(Walk *walk, const YamlNode *map, Str prefix) {
    Arena *arena = walk->schema.arena;
    CostSheet *sheet = walk->sheet;
    Str name = schema_text(&walk->schema, map, "name", NULL);
    CostItem item = {
        .name = str_format(arena, "%.*s%s%.*s", STR_FMT(prefix), prefix.size ? ": " : "",
                           STR_FMT(name)),
        .unit = schema_text(&walk->schema, map, "unit", NULL),
        .group = current_group(walk),
        .is_usage = read_flag(walk, map, "usageBased"),
        .at = map->at,
        .lines = ARENA_NEW(arena, CostLine),
    };
    CostLine line = {0};
    bool has_quantity = read_decimal(walk, map, "monthlyQuantity", &line.quantity);
    bool has_price =
        read_decimal(walk, map, "price", &line.price) && !read_flag(walk, map, "priceNotFound");
    Decimal cost;
    if (read_decimal(walk, map, "monthlyCost", &cost) && has_quantity && has_price) {
        walk->has_overflow = !decimal_add(walk->exact, cost, &walk->exact) || walk->has_overflow;
        line.is_known = true;
        line.amount = decimal_round(cost, sheet->currency->places);
        item.lines[0] = line;
    }
    sheet->has_usage = sheet->has_usage || item.is_usage;
    ARENA_RESERVE(arena, sheet->items, sheet->item_count, walk->item_capacity);
    sheet->items[sheet->item_count++] = item;
}

/* Says so when the next line would be one too many. */
static bool has_room(Walk *walk) {
    if (walk->sheet->item_count < LIMIT_DATA_ITEMS)
        return true;
    if (!walk->is_full)
        diag_add(walk->schema.diags, DIAG_DATA_SCHEMA, walk->sheet->scenarios[0].at,
                 "more than %zu entries", LIMIT_DATA_ITEMS);
    walk->is_full = true;
    return false;
}

/* resource ::= { name, costComponents: component*, subresources: resource* }. The depth is bounded
 * by that of YAML. */
static void read_resource(Walk *walk, const YamlNode *map, Str prefix) {
    const YamlNode *components = schema_find(&walk->schema, map, "costComponents", YAML_LIST);
    const YamlNode *parts = schema_find(&walk->schema, map, "subresources", YAML_LIST);
    for (size_t i = 0; components && i < components->count && has_room(walk); i++)
        read_component(walk, components->values[i], prefix);
    for (size_t i = 0; parts && i < parts->count; i++) {
        Str name = schema_text(&walk->schema, parts->values[i], "name", NULL);
        if (prefix.size)
            name = str_format(walk->schema.arena, "%.*s: %.*s", STR_FMT(prefix), STR_FMT(name));
        read_resource(walk, parts->values[i], name);
    }
}

/* project ::= { name, breakdown: { resources: resource* } }. */
static void read_project(Walk *walk, const YamlNode *project, bool is_only_one) {
    const YamlNode *breakdown = schema_find(&walk->schema, project, "breakdown", YAML_MAP);
    const YamlNode *resources = schema_find(&walk->schema, breakdown, "resources", YAML_LIST);
    Str project_name = schema_text(&walk->schema, project, "name", NULL);
    for (size_t i = 0; resources && i < resources->count; i++) {
        const YamlNode *resource = resources->values[i];
        walk->group = schema_text(&walk->schema, resource, "name", NULL);
        if (!is_only_one)
            walk->group = str_format(walk->schema.arena, "%.*s: %.*s", STR_FMT(project_name),
                                     STR_FMT(walk->group));
        read_resource(walk, resource, (Str){NULL, 0});
    }
}

/* Infracost adds exact amounts, we add rounded ones; what is compared is the exact sum, to a
 * hundredth, because its own figures are cut there by some versions. */
static void check_total(Walk *walk, const YamlNode *root) {
    Decimal typed, difference;
    if (!read_decimal(walk, root, "totalMonthlyCost", &typed) || walk->has_overflow ||
        walk->is_full || !decimal_add(typed, decimal_negate(walk->exact), &difference))
        return;
    const Decimal tolerance = {1, 2};
    if (decimal_compare(difference, tolerance) <= 0 &&
        decimal_compare(decimal_negate(difference), tolerance) <= 0)
        return;
    Buf stated = buf_new(walk->schema.arena), computed = buf_new(walk->schema.arena);
    money_render(typed, walk->sheet->currency, &stated);
    money_render(decimal_round(walk->exact, walk->sheet->currency->places), walk->sheet->currency,
                 &computed);
    diag_add(walk->schema.diags, DIAG_COST_TOTAL, yaml_find(root, "totalMonthlyCost")->at,
             "the total is stated as %.*s, but the items sum up to %.*s", STR_FMT(buf_str(&stated)),
             STR_FMT(buf_str(&computed)));
}

CostSheet *infracost_read(const YamlNode *root, Arena *arena, Diags *diags) {
    CostSheet *sheet = ARENA_NEW(arena, CostSheet);
    Walk walk = {.schema = {arena, diags}, .sheet = sheet};
    const YamlNode *currency;
    Str code = schema_text(&walk.schema, root, "currency", &currency);
    sheet->currency = currency_find(currency ? code : STR("USD"));
    if (!sheet->currency && currency) {
        sheet->currency = currency_find(STR("USD"));
        diag_add(diags, DIAG_DATA_SCHEMA, currency->at, "no currency is called \"%.*s\"",
                 STR_FMT(code));
    }
    const YamlNode *time;
    Str generated = schema_text(&walk.schema, root, "timeGenerated", &time);
    if (time) { /* 2025-10-01T12:30:45.123Z */
        sheet->as_of = str_slice(generated, 0, 10);
        sheet->as_of_at = time->at;
    }
    sheet->scenarios = ARENA_NEW(arena, CostScenario);
    sheet->scenario_count = 1;
    sheet->scenarios[0] = (CostScenario){.name = STR("Per month"),
                                         .hours = decimal_of(COST_HOURS_PER_MONTH),
                                         .at = root->keys[0]->at};
    const YamlNode *projects = yaml_find(root, "projects");
    for (size_t i = 0; i < projects->count; i++)
        read_project(&walk, projects->values[i], projects->count == 1);
    cost_add_up(sheet, diags);
    check_total(&walk, root);
    return sheet;
}
