/* cost_check.h: budgets and typed totals against what was computed.
 * In: a sheet that is added up, and its YAML; out: findings cost/total and cost/budget, and the
 * budgets in the scenarios. Not for other folders. */
#ifndef DATA_COST_CHECK_H
#define DATA_COST_CHECK_H

#include "data/cost.h"
#include "data/schema.h"

/* An amount in the sheet's currency. False after a finding. */
bool cost_check_amount(const Schema *schema, const CostSheet *sheet, const YamlNode *node,
                       Decimal *amount);

/* The value for a scenario: `node` itself, or what stands under the scenario's name in it. NULL
 * when there is none. */
const YamlNode *cost_check_pick(const YamlNode *node, const CostScenario *scenario);

/* Finds keys of a map that are no scenario. */
void cost_check_scenario_keys(const Schema *schema, const CostSheet *sheet, const YamlNode *node);

void cost_check_totals(const Schema *schema, const CostSheet *sheet, const YamlNode *root);
void cost_check_budgets(const Schema *schema, CostSheet *sheet, const YamlNode *root);

#endif
