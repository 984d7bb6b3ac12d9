#include "base/ban.h"

#include "data/cost.h"

#include "base/limits.h"
#include "base/num.h"
#include "data/cost_check.h"
#include "data/schema.h"

static const char *const sheet_keys[] = {"kind",  "title",  "note",      "currency",
                                         "as_of", "period", "scenarios", "budget",
                                         "total", "items",  NULL};
static const char *const scenario_keys[] = {"name", "hours", "note", NULL};
static const char *const item_keys[] = {"name",      "group",     "unit",  "quantity", "price",
                                        "lifecycle", "condition", "usage", "note",     NULL};
static const char *const lifecycles[] = {"permanent", "persistent", "ephemeral", NULL};
static const char *const periods[] = {"month", NULL};

/* currency ::= ISO 4217 code of those that money.c knows. */
static void read_currency(const Schema *schema, const YamlNode *root, CostSheet *sheet) {
    Str code = schema_require_text(schema, root, "currency", "this file");
    sheet->currency = currency_find(code);
    if (sheet->currency)
        return;
    sheet->currency = currency_find(STR("USD")); /* so that the rest can be checked as well */
    if (!code.size)
        return;
    diag_add(schema->diags, DIAG_DATA_SCHEMA, yaml_find(root, "currency")->at,
             "no currency is called \"%.*s\"", STR_FMT(code));
    diag_hint(schema->diags, "write its ISO code: USD, EUR, GBP");
}

/* date ::= year "-" month "-" day, in the calendar. */
static bool is_date(Str s) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year, month, day;
    if (s.size != 10 || s.data[4] != '-' || s.data[7] != '-' ||
        !num_parse_range(str_slice(s, 0, 4), 1000, 9999, &year) ||
        !num_parse_range(str_slice(s, 5, 7), 1, 12, &month) ||
        !num_parse_range(str_slice(s, 8, 10), 1, days[month - 1], &day))
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day != 29 || is_leap;
}

/* as_of ::= date. Prices without a day cannot be told from stale ones, so it is not optional. */
static void read_as_of(const Schema *schema, const YamlNode *root, CostSheet *sheet) {
    Str date = schema_require_text(schema, root, "as_of", "this file");
    if (!date.size)
        return;
    sheet->as_of_at = yaml_find(root, "as_of")->at;
    if (is_date(date)) {
        sheet->as_of = date;
        return;
    }
    diag_add(schema->diags, DIAG_DATA_SCHEMA, sheet->as_of_at, "\"%.*s\" is no date",
             STR_FMT(date));
    diag_hint(schema->diags, "write the day the prices were looked up as YYYY-MM-DD");
}

/* hours ::= number [ "/day" ]. A month has 730 / 24 days, so 5/day is 152.083333333333.
 */
static bool parse_hours(Str text, Decimal *hours) {
    bool is_daily = str_ends_with(text, STR("/day"));
    if (is_daily)
        text.size -= 4;
    Decimal limit = decimal_of(is_daily ? 24 : 744);
    if (!decimal_parse(str_trim(text), hours) || hours->digits < 0 ||
        decimal_compare(*hours, limit) > 0)
        return false;
    return !is_daily || (decimal_multiply(*hours, decimal_of(COST_HOURS_PER_MONTH), hours) &&
                         decimal_divide(*hours, 24, hours));
}

/* scenario ::= "{" name [ hours note ] "}". False when it cannot be a column. */
static bool read_scenario(const Schema *schema, const YamlNode *map, CostScenario *scenario) {
    if (map->kind != YAML_MAP) {
        diag_add(schema->diags, DIAG_DATA_SCHEMA, map->at, "a scenario must be a map of keys");
        diag_hint(schema->diags, "write \"- name: Always on\"");
        return false;
    }
    yaml_check_keys(map, scenario_keys, DIAG_DATA_SCHEMA, schema->diags);
    const YamlNode *hours;
    *scenario = (CostScenario){.hours = decimal_of(COST_HOURS_PER_MONTH)};
    scenario->name = schema_require_text(schema, map, "name", "this scenario");
    scenario->note = schema_text(schema, map, "note", NULL);
    schema_text(schema, map, "hours", &hours);
    if (hours && !parse_hours(hours->text, &scenario->hours)) {
        diag_add(schema->diags, DIAG_DATA_UNIT, hours->at, "\"%.*s\" is no number of hours",
                 STR_FMT(hours->text));
        diag_hint(schema->diags, "write hours a month (152) or a day (5/day)");
    }
    if (scenario->name.size)
        scenario->at = yaml_find(map, "name")->at;
    return scenario->name.size > 0;
}

static const CostScenario *find_scenario(const CostSheet *sheet, Str name) {
    for (size_t i = 0; i < sheet->scenario_count; i++)
        if (str_equal(sheet->scenarios[i].name, name))
            return &sheet->scenarios[i];
    return NULL;
}

/* scenarios ::= scenario*. There is always one, so that nothing else need ask. */
static void read_scenarios(const Schema *schema, const YamlNode *root, CostSheet *sheet) {
    const YamlNode *list = schema_find(schema, root, "scenarios", YAML_LIST);
    size_t count = list ? schema_limit(schema, list, LIMIT_DATA_COLUMNS) : 0;
    sheet->scenarios = ARENA_ARRAY(schema->arena, CostScenario, count + 1);
    for (size_t i = 0; i < count; i++) {
        CostScenario *scenario = &sheet->scenarios[sheet->scenario_count];
        if (!read_scenario(schema, list->values[i], scenario))
            continue;
        const CostScenario *other = find_scenario(sheet, scenario->name);
        if (other) {
            diag_add(schema->diags, DIAG_DATA_SCHEMA, scenario->at,
                     "two scenarios are called \"%.*s\"", STR_FMT(scenario->name));
            diag_relate(schema->diags, other->at, "the other one");
            continue;
        }
        sheet->scenario_count++;
    }
    if (sheet->scenario_count == 0)
        sheet->scenarios[sheet->scenario_count++] =
            (CostScenario){.name = STR("Per month"),
                           .hours = decimal_of(COST_HOURS_PER_MONTH),
                           .at = root->keys[0]->at};
}

size_t cost_intern_group(CostSheet *sheet, Str name, Arena *arena) {
    for (size_t i = 0; i < sheet->group_count; i++)
        if (str_equal(sheet->groups[i].name, name))
            return i;
    CostGroup *group = &sheet->groups[sheet->group_count];
    group->name = name;
    group->sums = ARENA_ARRAY(arena, CostSum, sheet->scenario_count);
    return sheet->group_count++;
}

/* "GB" of "GB-month" and "GB/month": what a quantity of it is written in. */
static Str base_unit(Str unit) {
    if (str_ends_with(unit, STR("-month")) || str_ends_with(unit, STR("/month")))
        unit.size -= 6;
    return unit;
}

/* How many units a quantity is. `is_absolute`: a time was written, which no hours multiply. */
static bool read_quantity(const Schema *schema, const CostItem *item, const YamlNode *node,
                          Decimal *value, bool *is_absolute) {
    Quantity quantity, like;
    *is_absolute = false;
    *value = decimal_of(1);
    if (!node)
        return true;
    if (!schema_quantity(schema, node, &quantity))
        return false;
    *value = quantity.value;
    if (quantity.kind == UNIT_NONE)
        return true;
    Str one = str_format(schema->arena, "1 %.*s", STR_FMT(base_unit(item->unit)));
    if (!quantity_parse(one, &like) || !quantity_is_alike(&quantity, &like)) {
        diag_add(schema->diags, DIAG_COST_UNIT, node->at,
                 "\"%.*s\" is no quantity of the unit \"%.*s\"", STR_FMT(node->text),
                 STR_FMT(item->unit));
        return false;
    }
    *is_absolute = like.kind == UNIT_TIME;
    return quantity_convert(&quantity, &like, value);
}

/* Applies a scenario's hours to a quantity; the rule stands in cost.h. False on overflow. */
static bool apply_hours(const CostItem *item, const CostScenario *scenario, Decimal *quantity) {
    bool is_ephemeral = str_equal(item->lifecycle, STR("ephemeral"));
    if (str_equal(item->unit, STR("hour"))) {
        bool is_always = item->lifecycle.size && !is_ephemeral;
        Decimal hours = is_always ? decimal_of(COST_HOURS_PER_MONTH) : scenario->hours;
        return decimal_multiply(*quantity, hours, quantity);
    }
    return !is_ephemeral || (decimal_multiply(*quantity, scenario->hours, quantity) &&
                             decimal_divide(*quantity, COST_HOURS_PER_MONTH, quantity));
}

/* Unknown is a statement of its own; 0 means free. */
static bool is_unknown(const YamlNode *price) {
    return !price || price->kind == YAML_NULL || str_equal(price->text, STR("unknown"));
}

/* One item in one scenario, as its key says or as the map below the key says for this scenario. */
static void read_line(const Schema *schema, const CostSheet *sheet, const YamlNode *map,
                      CostItem *item, size_t scenario_index) {
    const CostScenario *scenario = &sheet->scenarios[scenario_index];
    CostLine *line = &item->lines[scenario_index], result = {0};
    const YamlNode *all = yaml_find(map, "quantity");
    const YamlNode *quantity = cost_check_pick(all, scenario);
    const YamlNode *price = cost_check_pick(yaml_find(map, "price"), scenario);
    if (all && !quantity) {
        diag_add(schema->diags, DIAG_DATA_SCHEMA, all->at, "no quantity is given for \"%.*s\"",
                 STR_FMT(scenario->name));
        return;
    }
    bool is_absolute;
    bool has_price = !is_unknown(price);
    if (!read_quantity(schema, item, quantity, &result.quantity, &is_absolute) ||
        (has_price && !cost_check_amount(schema, sheet, price, &result.price)))
        return;
    Decimal exact;
    if ((!is_absolute && !apply_hours(item, scenario, &result.quantity)) ||
        !decimal_multiply(result.quantity, result.price, &exact)) {
        diag_add(schema->diags, DIAG_DATA_UNIT, item->at, "the amount is too large");
        return;
    }
    result.is_known = has_price;
    result.amount = decimal_round(exact, sheet->currency->places);
    *line = result;
}

/* One note per item, however many scenarios lack the price. */
static void report_unknown_price(const Schema *schema, const CostSheet *sheet, const YamlNode *map,
                                 const CostItem *item) {
    for (size_t i = 0; i < sheet->scenario_count; i++)
        if (is_unknown(cost_check_pick(yaml_find(map, "price"), &sheet->scenarios[i]))) {
            diag_add(schema->diags, DIAG_COST_UNKNOWN_PRICE, item->at, "\"%.*s\" has no price",
                     STR_FMT(item->name));
            diag_hint(schema->diags, "write \"price: 0\" if it is free");
            return;
        }
}

/* False when there is nothing to show. */
static bool read_item(const Schema *schema, CostSheet *sheet, const YamlNode *map, CostItem *item) {
    if (map->kind != YAML_MAP) {
        diag_add(schema->diags, DIAG_DATA_SCHEMA, map->at,
                 "an item must be a map of keys, not %.*s", STR_FMT(yaml_kind_name(map->kind)));
        return false;
    }
    yaml_check_keys(map, item_keys, DIAG_DATA_SCHEMA, schema->diags);
    const YamlNode *lifecycle;
    schema_text(schema, map, "lifecycle", &lifecycle);
    *item = (CostItem){
        .name = schema_require_text(schema, map, "name", "this item"),
        .unit = schema_require_text(schema, map, "unit", "this item"),
        .lifecycle = schema_choice(schema, lifecycle, "lifecycle", lifecycles),
        .condition = schema_text(schema, map, "condition", NULL),
        .note = schema_text(schema, map, "note", NULL),
        .lines = ARENA_ARRAY(schema->arena, CostLine, sheet->scenario_count),
    };
    const YamlNode *usage = schema_find(schema, map, "usage", YAML_BOOL);
    item->is_usage = usage && usage->is_true;
    Str group = schema_text(schema, map, "group", NULL);
    if (!item->name.size)
        return false;
    item->at = yaml_find(map, "name")->at;
    item->group = cost_intern_group(sheet, group, schema->arena);
    sheet->has_usage = sheet->has_usage || item->is_usage;
    cost_check_scenario_keys(schema, sheet, yaml_find(map, "quantity"));
    cost_check_scenario_keys(schema, sheet, yaml_find(map, "price"));
    report_unknown_price(schema, sheet, map, item);
    for (size_t i = 0; i < sheet->scenario_count; i++)
        read_line(schema, sheet, map, item, i);
    return true;
}

/* items ::= item+. */
static void read_items(const Schema *schema, const YamlNode *root, CostSheet *sheet) {
    const YamlNode *list = schema_find(schema, root, "items", YAML_LIST);
    if (!list || !list->count) {
        YamlNode *node = yaml_find(root, "items");
        if (!node || schema_is_scalar(node) || list)
            diag_add(schema->diags, DIAG_DATA_SCHEMA, node ? node->at : root->keys[0]->at,
                     "the file has no items");
        return;
    }
    size_t count = schema_limit(schema, list, LIMIT_DATA_ITEMS);
    sheet->items = ARENA_ARRAY(schema->arena, CostItem, count);
    sheet->groups = ARENA_ARRAY(schema->arena, CostGroup, count);
    for (size_t i = 0; i < count; i++)
        if (read_item(schema, sheet, list->values[i], &sheet->items[sheet->item_count]))
            sheet->item_count++;
}

/* False on overflow. */
static bool add_line(CostSum *sum, const CostLine *line) {
    sum->has_unknown = sum->has_unknown || !line->is_known;
    return decimal_add(sum->amount, line->amount, &sum->amount);
}

/* Lines are rounded already, so months, groups and years agree with what is printed to the last
 * coin.
 */
void cost_add_up(CostSheet *sheet, Diags *diags) {
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        CostScenario *scenario = &sheet->scenarios[i];
        bool fits = true;
        for (size_t j = 0; j < sheet->item_count; j++) {
            CostItem *item = &sheet->items[j];
            fits = add_line(&scenario->month, &item->lines[i]) &&
                   add_line(&sheet->groups[item->group].sums[i], &item->lines[i]) && fits;
        }
        scenario->year.has_unknown = scenario->month.has_unknown;
        if (!decimal_multiply(scenario->month.amount, decimal_of(12), &scenario->year.amount) ||
            !fits)
            diag_add(diags, DIAG_DATA_UNIT, scenario->at, "the total is too large");
    }
}

CostSheet *cost_read(const YamlNode *root, Arena *arena, Diags *diags) {
    Schema schema = {arena, diags};
    CostSheet *sheet = ARENA_NEW(arena, CostSheet);
    yaml_check_keys(root, sheet_keys, DIAG_DATA_SCHEMA, diags);
    sheet->title = schema_text(&schema, root, "title", NULL);
    sheet->note = schema_text(&schema, root, "note", NULL);
    const YamlNode *period;
    schema_text(&schema, root, "period", &period);
    schema_choice(&schema, period, "period", periods);
    read_currency(&schema, root, sheet);
    read_as_of(&schema, root, sheet);
    read_scenarios(&schema, root, sheet);
    read_items(&schema, root, sheet);
    cost_add_up(sheet, diags);
    cost_check_budgets(&schema, sheet, root);
    cost_check_totals(&schema, sheet, root);
    return sheet;
}
