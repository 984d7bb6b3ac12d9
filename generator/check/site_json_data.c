#include "base/ban.h"

#include "check/site_json_data.h"

#include "base/escape.h"
#include "base/json.h"

/* ---- costs ---- */

/* "1234.50": as printed, without the marks between thousands. */
static void add_decimal(const char *key, Decimal value, int places, Buf *out) {
    Buf text = buf_new(out->arena);
    decimal_render(value, places, &text);
    json_key(out, key);
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ',')
            buf_add_char(out, text.data[i]);
    buf_add_char(out, '"');
}

/* A sum that leaves something out because nobody knows its price is not complete. */
static void add_sum(const char *key, const CostSum *sum, int places, Buf *out) {
    json_key(out, key);
    buf_add_char(out, '{');
    add_decimal("amount", sum->amount, places, out);
    json_bool(out, "complete", !sum->has_unknown);
    buf_add_char(out, '}');
}

static void add_scenarios(const CostSheet *sheet, Str file, Buf *out) {
    int places = sheet->currency->places;
    json_key(out, "scenarios");
    buf_add_char(out, '[');
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        const CostScenario *scenario = &sheet->scenarios[i];
        json_comma(out, i);
        buf_add_char(out, '{');
        json_optional(out, "name", scenario->name);
        json_optional(out, "note", scenario->note);
        add_decimal("hours", scenario->hours, 0, out);
        add_sum("month", &scenario->month, places, out);
        add_sum("year", &scenario->year, places, out);
        if (scenario->has_budget) {
            add_decimal("budget", scenario->budget, places, out);
        } else {
            json_key(out, "budget");
            buf_add_text(out, "null");
        }
        json_at(out, scenario->at, file);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_groups(const CostSheet *sheet, Buf *out) {
    json_key(out, "groups");
    buf_add_char(out, '[');
    for (size_t i = 0; i < sheet->group_count; i++) {
        json_comma(out, i);
        buf_add_char(out, '{');
        json_optional(out, "name", sheet->groups[i].name);
        json_key(out, "scenarios");
        buf_add_char(out, '[');
        for (size_t k = 0; k < sheet->scenario_count; k++) {
            buf_add_text(out, k ? ",{" : "{");
            add_sum("month", &sheet->groups[i].sums[k], sheet->currency->places, out);
            buf_add_char(out, '}');
        }
        buf_add_text(out, "]}");
    }
    buf_add_char(out, ']');
}

static void add_lines(const CostSheet *sheet, const CostItem *item, Buf *out) {
    json_key(out, "scenarios");
    buf_add_char(out, '[');
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        const CostLine *line = &item->lines[i];
        json_comma(out, i);
        if (!line->is_known) {
            buf_add_text(out, "null");
            continue;
        }
        buf_add_char(out, '{');
        add_decimal("quantity", line->quantity, 0, out);
        add_decimal("price", line->price, 0, out);
        add_decimal("amount", line->amount, sheet->currency->places, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_items(const CostSheet *sheet, Str file, Buf *out) {
    json_key(out, "items");
    buf_add_char(out, '[');
    for (size_t i = 0; i < sheet->item_count; i++) {
        const CostItem *item = &sheet->items[i];
        json_comma(out, i);
        buf_add_char(out, '{');
        json_text(out, "name", item->name);
        json_optional(out, "group", sheet->groups[item->group].name);
        json_text(out, "unit", item->unit);
        json_optional(out, "lifecycle", item->lifecycle);
        json_optional(out, "condition", item->condition);
        json_optional(out, "note", item->note);
        json_bool(out, "usage", item->is_usage);
        add_lines(sheet, item, out);
        json_at(out, item->at, file);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_sheet(const CostSheet *sheet, Str file, Buf *out) {
    buf_add_char(out, '{');
    json_text(out, "file", file);
    json_optional(out, "title", sheet->title);
    json_optional(out, "note", sheet->note);
    json_text(out, "currency", sheet->currency->code);
    json_optional(out, "as_of", sheet->as_of);
    add_scenarios(sheet, file, out);
    add_groups(sheet, out);
    add_items(sheet, file, out);
    buf_add_char(out, '}');
}

/* ---- cards ---- */

static void add_quantity(const char *key, const Quantity *quantity, Buf *out) {
    Buf text = buf_new(out->arena);
    quantity_render(quantity, &text);
    json_text(out, key, buf_str(&text));
}

static void add_card(const Card *card, Str file, Buf *out) {
    buf_add_char(out, '{');
    json_text(out, "id", card->id);
    json_text(out, "name", card->name);
    json_optional(out, "group", card->group);
    json_optional(out, "badge", card->badge);
    json_optional(out, "color", card->color);
    json_optional(out, "text", card->text);
    json_optional(out, "link", card->link);
    json_key(out, "ports");
    buf_add_char(out, '[');
    for (size_t i = 0; i < card->port_count; i++) {
        json_comma(out, i);
        buf_add_int(out, card->ports[i]);
    }
    buf_add_char(out, ']');
    json_key(out, "fields");
    buf_add_char(out, '[');
    for (size_t i = 0; i < card->field_count; i++) {
        json_comma(out, i);
        buf_add_char(out, '{');
        json_text(out, "name", card->fields[i].name);
        json_text(out, "text", card->fields[i].text);
        json_at(out, card->fields[i].at, file);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    json_at(out, card->at, file);
    buf_add_char(out, '}');
}

static void add_set(const CardSet *set, Str file, Buf *out) {
    buf_add_char(out, '{');
    json_text(out, "file", file);
    json_optional(out, "title", set->title);
    json_optional(out, "intro", set->intro);
    json_key(out, "cards");
    buf_add_char(out, '[');
    for (size_t i = 0; i < set->card_count; i++) {
        json_comma(out, i);
        add_card(&set->cards[i], file, out);
    }
    buf_add_char(out, ']');
    json_key(out, "budgets");
    buf_add_char(out, '[');
    for (size_t i = 0; i < set->budget_count; i++) {
        const CardBudget *budget = &set->budgets[i];
        json_comma(out, i);
        buf_add_char(out, '{');
        json_text(out, "field", budget->field);
        add_quantity("sum", &budget->sum, out);
        add_quantity("limit", &budget->limit, out);
        add_quantity("reserve", &budget->reserve, out);
        json_bool(out, "over", budget->is_over);
        json_at(out, budget->at, file);
        buf_add_char(out, '}');
    }
    buf_add_text(out, "]}");
}

/* ---- files ---- */

static const DataFile *data_of(const SiteFile *file) {
    const SiteData *data = file->kind == FILE_DATA ? file->part : NULL;
    return data ? &data->data : NULL;
}

void site_json_add_costs(const Site *site, Buf *out) {
    size_t count = 0;
    json_key(out, "costs");
    buf_add_char(out, '[');
    for (size_t i = 0; i < site->file_count; i++) {
        const DataFile *data = data_of(&site->files[i]);
        if (!data || data->kind != DATA_COST || !data->cost->currency)
            continue;
        buf_add_text(out, count++ ? ",\n" : "\n");
        add_sheet(data->cost, site->files[i].path, out);
    }
    buf_add_char(out, ']');
}

void site_json_add_cards(const Site *site, Buf *out) {
    size_t count = 0;
    json_key(out, "cards");
    buf_add_char(out, '[');
    for (size_t i = 0; i < site->file_count; i++) {
        const DataFile *data = data_of(&site->files[i]);
        if (!data || data->kind != DATA_CARDS)
            continue;
        buf_add_text(out, count++ ? ",\n" : "\n");
        add_set(data->cards, site->files[i].path, out);
    }
    buf_add_char(out, ']');
}
