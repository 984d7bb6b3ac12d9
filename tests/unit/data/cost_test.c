#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "data/data.h"
#include "unit/data/print.h"

static void print_sum(Buf *out, const CostSheet *sheet, const CostSum *sum) {
    buf_add_char(out, ' ');
    money_render(sum->amount, sheet->currency, out);
    buf_add_text(out, sum->has_unknown ? "?" : "");
}

static void print_line(Buf *out, const CostSheet *sheet, const CostLine *line) {
    buf_add_char(out, ' ');
    if (!line->is_known) {
        buf_add_char(out, '?');
        return;
    }
    decimal_render(line->quantity, 0, out);
    buf_add_char(out, 'x');
    decimal_render(line->price, 0, out);
    buf_add_char(out, '=');
    money_render(line->amount, sheet->currency, out);
}

/* A line per item: name, quantity x price = amount for each scenario; then groups, months, years.
 */
static void print_sheet(Buf *out, const CostSheet *sheet) {
    for (size_t i = 0; i < sheet->item_count; i++) {
        const CostItem *item = &sheet->items[i];
        buf_add_format(out, "%.*s%s:", STR_FMT(item->name), item->is_usage ? "*" : "");
        for (size_t j = 0; j < sheet->scenario_count; j++)
            print_line(out, sheet, &item->lines[j]);
        buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < sheet->group_count; i++) {
        buf_add_format(out, "[%.*s]", STR_FMT(sheet->groups[i].name));
        for (size_t j = 0; j < sheet->scenario_count; j++)
            print_sum(out, sheet, &sheet->groups[i].sums[j]);
        buf_add_char(out, '\n');
    }
    for (size_t j = 0; j < sheet->scenario_count; j++) {
        const CostScenario *scenario = &sheet->scenarios[j];
        buf_add_format(out, "%.*s:", STR_FMT(scenario->name));
        print_sum(out, sheet, &scenario->month);
        print_sum(out, sheet, &scenario->year);
        buf_add_text(out, scenario->is_over ? " over\n" : "\n");
    }
}

static void check(const char *input, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    DataFile file = data_read(source_new(arena, STR("in.yml"), str_from(input)), arena, diags);
    Buf out = buf_new(arena);
    if (file.cost)
        print_sheet(&out, file.cost);
    print_findings(&out, diags);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

#define HEAD "kind: cost\ncurrency: USD\nas_of: 2025-10-01\n"

static void test_one_scenario(void **state) {
    (void)state;
    check(HEAD "items:\n"
               "- {name: EC2, unit: hour, price: $0.0416}\n"
               "- {name: S3, unit: GB, quantity: 500 MB, price: 0.023}\n"
               "- {name: Rule, unit: month, quantity: 2, price: 0}\n",
          "EC2: 730x0.0416=$30.37\n"
          "S3: 0.5x0.023=$0.01\n"
          "Rule: 2x0=$0.00\n"
          "[] $30.38\n"
          "Per month: $30.38 $364.56\n");
}

/* The rows must add up to the total as printed: three times 0.004 is 0.00 here, not 0.01. */
static void test_rows_add_up(void **state) {
    (void)state;
    check(HEAD "items:\n"
               "- {name: A, unit: month, price: 0.004}\n"
               "- {name: B, unit: month, price: 0.004}\n"
               "- {name: C, unit: month, price: 0.005}\n",
          "A: 1x0.004=$0.00\nB: 1x0.004=$0.00\nC: 1x0.005=$0.01\n[] $0.01\n"
          "Per month: $0.01 $0.12\n");
}

#define TWO "scenarios: [{name: On}, {name: Night, hours: 5/day}]\n"

static void test_hours(void **state) {
    (void)state;
    check(HEAD TWO
          "items:\n"
          "- {name: plain hour, unit: hour, price: 1}\n"
          "- {name: ephemeral hour, unit: hour, price: 1, lifecycle: ephemeral}\n"
          "- {name: persistent hour, unit: hour, price: 1, lifecycle: persistent}\n"
          "- {name: permanent hour, unit: hour, price: 1, lifecycle: permanent}\n"
          "- {name: just so, unit: hour, quantity: 2 days, price: 1}\n"
          "- {name: month, unit: month, price: 1}\n"
          "- {name: ephemeral GB, unit: GB, quantity: 20, price: 1, lifecycle: ephemeral}\n"
          "- {name: persistent GB, unit: GB, quantity: 20, price: 1, lifecycle: persistent}\n",
          "plain hour: 730x1=$730.00 152.083333333333x1=$152.08\n"
          "ephemeral hour: 730x1=$730.00 152.083333333333x1=$152.08\n"
          "persistent hour: 730x1=$730.00 730x1=$730.00\n"
          "permanent hour: 730x1=$730.00 730x1=$730.00\n"
          "just so: 48x1=$48.00 48x1=$48.00\n"
          "month: 1x1=$1.00 1x1=$1.00\n"
          "ephemeral GB: 20x1=$20.00 4.166666666667x1=$4.17\n"
          "persistent GB: 20x1=$20.00 20x1=$20.00\n"
          "[] $3,009.00 $1,837.33\n"
          "On: $3,009.00 $36,108.00\n"
          "Night: $1,837.33 $22,047.96\n");
}

static void test_scenario_values_and_unknown(void **state) {
    (void)state;
    check(HEAD TWO "items:\n"
                   "- {name: A, group: G, unit: GB, quantity: {On: 2, Night: 1 GB}, price: 3}\n"
                   "- {name: B, group: H, unit: GB, usage: true, price: {On: 2, Night: unknown}}\n"
                   "- {name: C, group: G, unit: GB, price: -0.5}\n",
          "A: 2x3=$6.00 1x3=$3.00\n"
          "B*: 1x2=$2.00 ?\n"
          "C: 1x-0.5=-$0.50 1x-0.5=-$0.50\n"
          "[G] $5.50 $2.50\n"
          "[H] $2.00 $0.00?\n"
          "On: $7.50 $90.00\n"
          "Night: $2.50? $30.00?\n"
          "cost/unknown-price \"B\" has no price\n");
}

static void test_currency_without_coins(void **state) {
    (void)state;
    check("kind: cost\ncurrency: JPY\nas_of: 2025-10-01\n"
          "items: [{name: A, unit: hour, price: \xC2\xA5"
          "6.2}]\n",
          "A: 730x6.2=\xC2\xA5"
          "4,526\n[] \xC2\xA5"
          "4,526\nPer month: \xC2\xA5"
          "4,526 \xC2\xA5"
          "54,312\n");
}

/* The figures of the documented stack: always on, and up five hours a day. */
static void test_stack(void **state) {
    (void)state;
    check(HEAD TWO "budget: {On: $33, Night: 9}\n"
                   "total: {On: $31, Night: $7}\n"
                   "items:\n"
                   "- {name: t3.medium, unit: hour, price: $0.0416, lifecycle: ephemeral}\n"
                   "- {name: S3, unit: GB, quantity: 25, price: $0.023, usage: true}\n"
                   "- {name: ALB rule, unit: rule, quantity: 2, price: 0}\n",
          "t3.medium: 730x0.0416=$30.37 152.083333333333x0.0416=$6.33\n"
          "S3*: 25x0.023=$0.58 25x0.023=$0.58\n"
          "ALB rule: 2x0=$0.00 2x0=$0.00\n"
          "[] $30.95 $6.91\n"
          "On: $30.95 $371.40\n"
          "Night: $6.91 $82.92\n");
}

static const char infracost[] =
    "{\"version\": \"0.2\", \"currency\": \"USD\", \"timeGenerated\": \"2025-10-01T12:30:00Z\",\n"
    "\t\"totalMonthlyCost\": \"105.268\", \"projects\": [{\"name\": \"infra\", \"breakdown\": {\n"
    "\t\"resources\": [\n"
    "  {\"name\": \"aws_instance.web\", \"monthlyCost\": \"70.268\", \"costComponents\": [\n"
    "    {\"name\": \"Linux (on-demand, t3.medium)\", \"unit\": \"hours\",\n"
    "     \"monthlyQuantity\": \"730\", \"price\": \"0.0416\", \"monthlyCost\": \"30.368\"},\n"
    "    {\"name\": \"Detailed monitoring\", \"unit\": \"metrics\", \"monthlyQuantity\": \"7\",\n"
    "     \"price\": \"0.3\", \"monthlyCost\": null, \"usageBased\": true}],\n"
    "   \"subresources\": [{\"name\": \"root_block_device\", \"costComponents\": [\n"
    "     {\"name\": \"Storage (gp3)\", \"unit\": \"GB\", \"monthlyQuantity\": \"20\",\n"
    "      \"price\": \"0.08\", \"monthlyCost\": \"1.6\"},\n"
    "     {\"name\": \"Lost\", \"unit\": \"GB\", \"monthlyQuantity\": \"20\", \"price\": \"0\",\n"
    "      \"monthlyCost\": \"0\", \"priceNotFound\": true}],\n"
    "     \"subresources\": [{\"name\": \"snapshot\", \"costComponents\": [{\"name\": \"Copy\",\n"
    "      \"unit\": \"GB\", \"monthlyQuantity\": \"1.5\", \"price\": \"0.2\",\n"
    "      \"monthlyCost\": \"0.3\"}]}]}]},\n"
    "  {\"name\": \"aws_s3_bucket.logs\", \"monthlyCost\": null, \"costComponents\": [\n"
    "    {\"name\": \"Storage\", \"unit\": \"GB\", \"monthlyQuantity\": null, \"price\": \"0.023\",\n"
    "     \"monthlyCost\": null, \"usageBased\": true}]},\n"
    "  {\"name\": \"aws_kms_key.main\", \"costComponents\": [{\"name\": \"Key\",\n"
    "    \"unit\": \"months\", \"monthlyQuantity\": \"1\", \"price\": \"73\",\n"
    "    \"monthlyCost\": \"73\"}]},\n"
    "  {\"name\": \"aws_iam_role.free\"}\n"
    "]}}]}\n";

static void test_infracost(void **state) {
    (void)state;
    check(infracost, "Linux (on-demand, t3.medium): 730x0.0416=$30.37\n"
                     "Detailed monitoring*: ?\n"
                     "root_block_device: Storage (gp3): 20x0.08=$1.60\n"
                     "root_block_device: Lost: ?\n"
                     "root_block_device: snapshot: Copy: 1.5x0.2=$0.30\n"
                     "Storage*: ?\n"
                     "Key: 1x73=$73.00\n"
                     "[aws_instance.web] $32.27?\n"
                     "[aws_s3_bucket.logs] $0.00?\n"
                     "[aws_kms_key.main] $73.00\n"
                     "Per month: $105.27? $1,263.24?\n");
    Arena *arena = arena_new();
    DataFile file =
        data_read(source_new(arena, STR("in.json"), str_from(infracost)), arena, diags_new(arena));
    assert_true(str_equal(file.cost->as_of, STR("2025-10-01")));
    assert_true(file.cost->has_usage);
    arena_free(arena);
}

static void test_kinds(void **state) {
    (void)state;
    static const struct {
        const char *text;
        DataKind kind;
    } rows[] = {
        {"a: 1", DATA_PLAIN},      {"- a", DATA_PLAIN},          {"", DATA_PLAIN},
        {"kind: x", DATA_NONE},    {"a: [", DATA_NONE},          {"kind: cards", DATA_CARDS},
        {"kind: cost", DATA_COST}, {"projects: []", DATA_PLAIN},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Source *source = source_new(arena, STR("x.yml"), str_from(rows[i].text));
        assert_int_equal(data_read(source, arena, diags_new(arena)).kind, rows[i].kind);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_scenario),
        cmocka_unit_test(test_rows_add_up),
        cmocka_unit_test(test_hours),
        cmocka_unit_test(test_scenario_values_and_unknown),
        cmocka_unit_test(test_currency_without_coins),
        cmocka_unit_test(test_stack),
        cmocka_unit_test(test_infracost),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
