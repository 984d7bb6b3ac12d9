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

static void print_card(Buf *out, const Card *card) {
    buf_add_format(out, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", STR_FMT(card->id),
                   STR_FMT(card->name), STR_FMT(card->group), STR_FMT(card->badge),
                   STR_FMT(card->color), STR_FMT(card->link), STR_FMT(card->text));
    for (size_t i = 0; i < card->port_count; i++)
        buf_add_format(out, " :%d", (int)card->ports[i]);
    for (size_t i = 0; i < card->field_count; i++) {
        const CardField *field = &card->fields[i];
        buf_add_format(out, " %.*s=%.*s", STR_FMT(field->name), STR_FMT(field->text));
        if (field->is_quantity) {
            buf_add_char(out, '(');
            quantity_render(&field->quantity, out);
            buf_add_char(out, ')');
        }
    }
    buf_add_char(out, '\n');
}

static void print_budget(Buf *out, const CardBudget *budget) {
    buf_add_format(out, "%.*s: ", STR_FMT(budget->field));
    quantity_render(&budget->sum, out);
    buf_add_text(out, " of ");
    quantity_render(&budget->limit, out);
    buf_add_format(out, " = %d%s", (int)budget->per_mille, budget->is_over ? " over" : "");
    for (size_t i = 0; i < budget->part_count; i++) {
        buf_add_format(out, ", %.*s ", STR_FMT(budget->parts[i].group));
        quantity_render(&budget->parts[i].sum, out);
    }
    buf_add_char(out, '\n');
}

static void check(const char *input, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    DataFile file = data_read(source_new(arena, STR("in.yml"), str_from(input)), arena, diags);
    Buf out = buf_new(arena);
    for (size_t i = 0; file.cards && i < file.cards->card_count; i++)
        print_card(&out, &file.cards->cards[i]);
    for (size_t i = 0; file.cards && i < file.cards->budget_count; i++)
        print_budget(&out, &file.cards->budgets[i]);
    print_findings(&out, diags);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void test_cards(void **state) {
    (void)state;
    check("kind: cards\n"
          "cards:\n"
          "- {name: A, id: a1, group: G, badge: B, color: red, link: 'x.md#y', text: T}\n"
          "- name: Node-Exporter (host)\n"
          "  ports: 9100\n"
          "  fields:\n"
          "    Memory: 64 MB\n"
          "    Port: 9100\n"
          "    Runs as: UID 10001\n"
          "    Nothing:\n"
          "- {name: '\xC3\x9C' , ports: [4317, 4318]}\n"
          "- {name: '***'}\n",
          "a1|A|G|B|red|x.md#y|T\n"
          "node-exporter-host|Node-Exporter (host)||||| :9100 Memory=64 MB(64 MB) Port=9100(9,100) "
          "Runs as=UID 10001 Nothing=\n"
          "\xC3\x9C|\xC3\x9C||||| :4317 :4318\n"
          "***|***|||||\n");
}

/* The memory of the documented stack: 2,688 MB in six services, 2,880 MB in all eight. */
static void test_stack(void **state) {
    (void)state;
    check("kind: cards\n"
          "budget:\n"
          "  Memory: {limit: 4 GB, reserve: 512 MB}\n"
          "cards:\n"
          "- {name: Grafana, group: Services, fields: {Memory: 384 MB}}\n"
          "- {name: Mimir, group: Services, fields: {Memory: 768 MB}}\n"
          "- {name: Loki, group: Services, fields: {Memory: 384 MB}}\n"
          "- {name: Tempo, group: Services, fields: {Memory: 384 MB}}\n"
          "- {name: Pyroscope, group: Services, fields: {Memory: 384 MB}}\n"
          "- {name: Alloy, group: Services, fields: {Memory: 0.384 GB}}\n"
          "- {name: node-exporter, group: Exporters, fields: {Memory: 64 MB}}\n"
          "- {name: cAdvisor, group: Exporters, fields: {Memory: 128 MB}}\n"
          "- {name: S3}\n",
          "grafana|Grafana|Services|||| Memory=384 MB(384 MB)\n"
          "mimir|Mimir|Services|||| Memory=768 MB(768 MB)\n"
          "loki|Loki|Services|||| Memory=384 MB(384 MB)\n"
          "tempo|Tempo|Services|||| Memory=384 MB(384 MB)\n"
          "pyroscope|Pyroscope|Services|||| Memory=384 MB(384 MB)\n"
          "alloy|Alloy|Services|||| Memory=0.384 GB(0.384 GB)\n"
          "node-exporter|node-exporter|Exporters|||| Memory=64 MB(64 MB)\n"
          "cadvisor|cAdvisor|Exporters|||| Memory=128 MB(128 MB)\n"
          "s3|S3|||||\n"
          "Memory: 2,880 MB of 4 GB = 720, Services 2,688 MB, Exporters 192 MB\n");
}

static void test_over(void **state) {
    (void)state;
    check("kind: cards\n"
          "budget: {Cost: $10}\n"
          "cards:\n"
          "- {name: A, fields: {Cost: $7.50}}\n"
          "- {name: B, fields: {Cost: 3 USD}}\n",
          "a|A||||| Cost=$7.50($7.50)\n"
          "b|B||||| Cost=3 USD($3.00)\n"
          "Cost: $10.50 of $10.00 = 1050 over\n"
          "model/budget Cost of all cards is $10.50, $0.50 over the limit of $10.00\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cards),
        cmocka_unit_test(test_stack),
        cmocka_unit_test(test_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
