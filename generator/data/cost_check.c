#include "base/ban.h"

#include "data/cost_check.h"

/* amount ::= quantity, bare or in the sheet's currency. A bare number is taken for the currency
 * because a column of "$" in a file that says USD on top tells nobody anything. */
bool cost_check_amount(const Schema *schema, const CostSheet *sheet, const YamlNode *node,
                       Decimal *amount) {
    Quantity quantity;
    if (!schema_quantity(schema, node, &quantity))
        return false;
    bool is_money = quantity.kind == UNIT_MONEY && str_equal(quantity.unit, sheet->currency->code);
    if (!is_money && quantity.kind != UNIT_NONE) {
        diag_add(schema->diags, DIAG_COST_UNIT, node->at, "\"%.*s\" is no amount in %.*s",
                 STR_FMT(node->text), STR_FMT(sheet->currency->code));
        diag_hint(schema->diags, "one file has one currency; convert it, or use a second file");
        return false;
    }
    *amount = quantity.value;
    return true;
}

/* value ::= scalar | "{" ( scenario ":" scalar )* "}". */
const YamlNode *cost_check_pick(const YamlNode *node, const CostScenario *scenario) {
    if (!node || node->kind != YAML_MAP)
        return node;
    for (size_t i = 0; i < node->count; i++)
        if (str_equal(node->keys[i]->text, scenario->name))
            return node->values[i];
    return NULL;
}

/* A misspelt scenario would otherwise be a value that silently applies to nothing. */
void cost_check_scenario_keys(const Schema *schema, const CostSheet *sheet, const YamlNode *node) {
    if (!node || node->kind != YAML_MAP)
        return;
    Str *names = ARENA_ARRAY(schema->arena, Str, sheet->scenario_count);
    for (size_t i = 0; i < sheet->scenario_count; i++)
        names[i] = sheet->scenarios[i].name;
    for (size_t i = 0; i < node->count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < sheet->scenario_count && !is_known; j++)
            is_known = str_equal(node->keys[i]->text, names[j]);
        if (is_known)
            continue;
        diag_add(schema->diags, DIAG_DATA_SCHEMA, node->keys[i]->at,
                 "no scenario is called \"%.*s\"", STR_FMT(node->keys[i]->text));
        diag_hint_nearest(schema->diags, node->keys[i]->text, names, sheet->scenario_count);
    }
}

static Str render(Arena *arena, Decimal amount, const Currency *currency) {
    Buf out = buf_new(arena);
    money_render(amount, currency, &out);
    return buf_str(&out);
}

/* Digits behind the point as typed: 2 for "$31.00", which says more than "$31". */
static int places_of(Str text) {
    size_t at = str_find_char(text, '.', 0);
    int places = 0;
    while (at != STR_NONE && ++at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
        places++;
    return places;
}

/* Sentences say "about $31 a month", so a total is compared at the precision it is typed with: the
 * claim $31 holds for 30.95, the claim $31.00 does not. What is typed is never shown in the table.
 */
void cost_check_totals(const Schema *schema, const CostSheet *sheet, const YamlNode *root) {
    const YamlNode *total = yaml_find(root, "total");
    cost_check_scenario_keys(schema, sheet, total);
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        const CostScenario *scenario = &sheet->scenarios[i];
        const YamlNode *node = cost_check_pick(total, scenario);
        Decimal typed;
        if (!node || node->kind == YAML_NULL || !cost_check_amount(schema, sheet, node, &typed))
            continue;
        Decimal computed = decimal_round(scenario->month.amount, places_of(node->text));
        if (decimal_compare(typed, computed) == 0)
            continue;
        diag_add(schema->diags, DIAG_COST_TOTAL, node->at,
                 "the total of \"%.*s\" is typed as %.*s, but the items sum up to %.*s",
                 STR_FMT(scenario->name), STR_FMT(node->text),
                 STR_FMT(render(schema->arena, scenario->month.amount, sheet->currency)));
        if (scenario->month.has_unknown)
            diag_hint(schema->diags, "items without a price count as nothing");
    }
}

/* A budget is kept in its scenario even where it is held, for the page shows how much of it is
 * used.
 */
void cost_check_budgets(const Schema *schema, CostSheet *sheet, const YamlNode *root) {
    const YamlNode *budget = yaml_find(root, "budget");
    cost_check_scenario_keys(schema, sheet, budget);
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        CostScenario *scenario = &sheet->scenarios[i];
        const YamlNode *node = cost_check_pick(budget, scenario);
        if (!node || node->kind == YAML_NULL ||
            !cost_check_amount(schema, sheet, node, &scenario->budget))
            continue;
        scenario->has_budget = true;
        scenario->budget_at = node->at;
        Decimal excess;
        scenario->is_over = decimal_compare(scenario->month.amount, scenario->budget) > 0;
        if (!scenario->is_over ||
            !decimal_add(scenario->month.amount, decimal_negate(scenario->budget), &excess))
            continue;
        diag_add(schema->diags, DIAG_COST_BUDGET, node->at,
                 "\"%.*s\" costs %.*s a month, %.*s over the budget of %.*s",
                 STR_FMT(scenario->name),
                 STR_FMT(render(schema->arena, scenario->month.amount, sheet->currency)),
                 STR_FMT(render(schema->arena, excess, sheet->currency)),
                 STR_FMT(render(schema->arena, scenario->budget, sheet->currency)));
    }
}
