#include "base/ban.h"

#include "site/view/cost.h"

#include "base/escape.h"

/* Bars tell apart this many groups; the last shade stands for all further ones. */
#define SHADE_COUNT 6

/* How dark the groups are drawn, in hundredths of the text's colour, which suits light and dark. */
static const int shades[SHADE_COUNT] = {80, 55, 35, 22, 14, 8};

#define BAR_WIDTH  640
#define BAR_HEIGHT 14

/* What the rows ask of the whole sheet, asked once. */
typedef struct View {
    const CostSheet *sheet;
    bool has_lifecycles; /* some item says how long it lives; otherwise that column is left out */
    Str condition; /* that all items share, which is then said once below the table; may be empty */
} View;

static void add_element(Buf *out, const char *before, Str text, const char *after) {
    if (!text.size)
        return;
    buf_add_text(out, before);
    html_escape(out, text);
    buf_add_text(out, after);
}

static void add_money(Buf *out, const CostSheet *sheet, Decimal amount) {
    Buf text = buf_new(out->arena);
    money_render(amount, sheet->currency, &text);
    html_escape(out, buf_str(&text));
}

/* "requests" for anything but one: units that are words take an "s", "GB" does not. */
static void add_unit(Buf *out, Str unit, bool is_one) {
    html_escape(out, unit);
    bool is_word = unit.size > 2 && unit.data[unit.size - 1] != 's';
    for (size_t i = 0; i < unit.size; i++)
        is_word = is_word && unit.data[i] >= 'a' && unit.data[i] <= 'z';
    buf_add_text(out, is_word && !is_one ? "s" : "");
}

static const char unknown[] = "<abbr class=\"unknown\" title=\"not known\">\xE2\x80\x93</abbr>";

/* "$7.50 + –": a sum with something unknown in it must not look like the whole. */
static void add_sum(Buf *out, const CostSheet *sheet, const CostSum *sum) {
    if (sum->has_unknown && !sum->amount.digits) {
        buf_add_text(out, unknown);
        return;
    }
    add_money(out, sheet, sum->amount);
    if (sum->has_unknown) {
        buf_add_text(out, " + ");
        buf_add_text(out, unknown);
    }
}

static Str group_name(const CostGroup *group) {
    return group->name.size ? group->name : STR("Other");
}

static void add_caption(Buf *out, const CostSheet *sheet, Str caption) {
    Str title = caption.size ? caption : sheet->title;
    if (!title.size && !sheet->as_of.size)
        return;
    buf_add_text(out, "<caption>");
    add_element(out, "<strong>", title, "</strong> ");
    buf_add_text(out, "A month in ");
    html_escape(out, sheet->currency->code);
    if (sheet->as_of.size) {
        buf_add_text(out, ", prices of <time datetime=\"");
        html_escape(out, sheet->as_of);
        add_element(out, "\">", sheet->as_of, "</time>");
    }
    buf_add_text(out, "</caption>\n");
}

static bool has_lifecycles(const CostSheet *sheet) {
    for (size_t i = 0; i < sheet->item_count; i++)
        if (sheet->items[i].lifecycle.size)
            return true;
    return false;
}

static void add_head(Buf *out, const View *view) {
    const CostSheet *sheet = view->sheet;
    buf_add_text(out, "<thead>\n<tr><th scope=\"col\">Item</th>");
    if (view->has_lifecycles)
        buf_add_text(out, "<th scope=\"col\">Lifecycle</th>");
    buf_add_text(out, "<th scope=\"col\" class=\"num\">Price</th>");
    for (size_t i = 0; i < sheet->scenario_count; i++)
        add_element(out, "<th scope=\"col\" class=\"num\">", sheet->scenarios[i].name, "</th>");
    buf_add_text(out, "</tr>\n</thead>\n");
}

static Str common_condition(const CostSheet *sheet) {
    Str condition = sheet->item_count ? sheet->items[0].condition : (Str){NULL, 0};
    for (size_t i = 1; i < sheet->item_count; i++)
        if (!str_equal(condition, sheet->items[i].condition))
            return (Str){NULL, 0};
    return condition;
}

/* The price when all scenarios agree on it. NULL when they do not. */
static const CostLine *common_price(const CostSheet *sheet, const CostItem *item) {
    for (size_t i = 1; i < sheet->scenario_count; i++)
        if (item->lines[i].is_known != item->lines[0].is_known ||
            decimal_compare(item->lines[i].price, item->lines[0].price) != 0)
            return NULL;
    return &item->lines[0];
}

static void add_price(Buf *out, const CostSheet *sheet, const CostItem *item) {
    const CostLine *line = common_price(sheet, item);
    buf_add_text(out, "<td class=\"num\">");
    if (!line) {
        buf_add_text(out, "varies");
    } else if (!line->is_known) {
        buf_add_text(out, unknown);
    } else {
        add_money(out, sheet, line->price);
        add_element(out, " / ", item->unit, "");
    }
    buf_add_text(out, "</td>");
}

/* What the amount is made of: "730 hours", or "20 GB at $0.08" where prices vary. Nothing for one
 * month, and for what is free however much there is of it. */
static void add_made_of(Buf *out, const CostSheet *sheet, const CostItem *item,
                        const CostLine *line) {
    bool is_one = decimal_compare(line->quantity, decimal_of(1)) == 0;
    bool varies = !common_price(sheet, item);
    bool is_plain = is_one && str_equal(item->unit, STR("month"));
    if (is_plain || (!line->price.digits && !varies))
        return;
    /* Two places are enough to read, unless they would make something into nothing. */
    Decimal shown = decimal_round(line->quantity, 2);
    if (!shown.digits)
        shown = decimal_round(line->quantity, 6);
    buf_add_text(out, "<br><small>");
    decimal_render(shown, 0, out);
    buf_add_char(out, ' ');
    add_unit(out, item->unit, is_one);
    if (varies) {
        buf_add_text(out, " at ");
        add_money(out, sheet, line->price);
    }
    buf_add_text(out, "</small>");
}

static void add_line(Buf *out, const CostSheet *sheet, const CostItem *item, const CostLine *line) {
    buf_add_text(out, "<td class=\"num\">");
    if (!line->is_known) {
        buf_add_text(out, unknown);
    } else {
        bool is_tiny = !line->amount.digits && line->price.digits > 0 && line->quantity.digits > 0;
        Decimal coin = {1, sheet->currency->places};
        buf_add_text(out, is_tiny ? "&lt; " : "");
        add_money(out, sheet, is_tiny ? coin : line->amount);
        add_made_of(out, sheet, item, line);
    }
    buf_add_text(out, "</td>");
}

static void add_item(Buf *out, const View *view, const CostItem *item) {
    const CostSheet *sheet = view->sheet;
    buf_add_text(out, "<tr><th scope=\"row\">");
    html_escape(out, item->name);
    buf_add_text(out,
                 item->is_usage ? "<abbr title=\"an estimate that depends on use\">*</abbr>" : "");
    if (!view->condition.size)
        add_element(out, "<br><small class=\"item-note\">if ", item->condition, "</small>");
    add_element(out, "<br><small class=\"item-note\">", item->note, "</small>");
    buf_add_text(out, "</th>");
    if (view->has_lifecycles) {
        buf_add_text(out, "<td>");
        html_escape(out, item->lifecycle);
        buf_add_text(out, "</td>");
    }
    add_price(out, sheet, item);
    for (size_t i = 0; i < sheet->scenario_count; i++)
        add_line(out, sheet, item, &item->lines[i]);
    buf_add_text(out, "</tr>\n");
}

/* The columns before those of the scenarios. */
static void add_wide_head(Buf *out, const View *view, const char *scope, Str text) {
    buf_add_text(out, "<th scope=\"");
    buf_add_text(out, scope);
    buf_add_text(out, view->has_lifecycles ? "\" colspan=\"3\">" : "\" colspan=\"2\">");
    html_escape(out, text);
    buf_add_text(out, "</th>");
}

/* A group's row carries its name and subtotals; its items follow. The one group of a sheet without
 * groups has neither. */
static void add_group(Buf *out, const View *view, size_t index) {
    const CostSheet *sheet = view->sheet;
    const CostGroup *group = &sheet->groups[index];
    buf_add_text(out, "<tbody>\n");
    if (group->name.size || sheet->group_count > 1) {
        buf_add_text(out, "<tr class=\"group\">");
        add_wide_head(out, view, "rowgroup", group_name(group));
        for (size_t i = 0; i < sheet->scenario_count; i++) {
            buf_add_text(out, "<td class=\"num\">");
            add_sum(out, sheet, &group->sums[i]);
            buf_add_text(out, "</td>");
        }
        buf_add_text(out, "</tr>\n");
    }
    for (size_t i = 0; i < sheet->item_count; i++)
        if (sheet->items[i].group == index)
            add_item(out, view, &sheet->items[i]);
    buf_add_text(out, "</tbody>\n");
}

static void add_budget(Buf *out, const View *view) {
    const CostSheet *sheet = view->sheet;
    bool has_budget = false;
    for (size_t i = 0; i < sheet->scenario_count; i++)
        has_budget = has_budget || sheet->scenarios[i].has_budget;
    if (!has_budget)
        return;
    buf_add_text(out, "<tr class=\"budget\">");
    add_wide_head(out, view, "row", STR("Budget a month"));
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        const CostScenario *scenario = &sheet->scenarios[i];
        buf_add_text(out, scenario->is_over ? "<td class=\"num is-over\">" : "<td class=\"num\">");
        if (scenario->has_budget) {
            add_money(out, sheet, scenario->budget);
            buf_add_text(out, "<br><small>");
            buf_add_int(out, decimal_ratio(scenario->month.amount, scenario->budget, 100));
            buf_add_text(out, " % used</small>");
        }
        buf_add_text(out, "</td>");
    }
    buf_add_text(out, "</tr>\n");
}

/* Totals stand in the table's foot, so that they are read as such and repeat on a printed page. */
static void add_foot(Buf *out, const View *view) {
    const CostSheet *sheet = view->sheet;
    buf_add_text(out, "<tfoot>\n<tr class=\"total\">");
    add_wide_head(out, view, "row", STR("Total a month"));
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        buf_add_text(out, "<td class=\"num\">");
        add_sum(out, sheet, &sheet->scenarios[i].month);
        buf_add_text(out, "</td>");
    }
    buf_add_text(out, "</tr>\n<tr>");
    add_wide_head(out, view, "row", STR("Total a year"));
    for (size_t i = 0; i < sheet->scenario_count; i++) {
        buf_add_text(out, "<td class=\"num\">");
        add_sum(out, sheet, &sheet->scenarios[i].year);
        buf_add_text(out, "</td>");
    }
    buf_add_text(out, "</tr>\n");
    add_budget(out, view);
    buf_add_text(out, "</tfoot>\n");
}

static Decimal highest_total(const CostSheet *sheet) {
    Decimal highest = decimal_of(0);
    for (size_t i = 0; i < sheet->scenario_count; i++)
        if (decimal_compare(sheet->scenarios[i].month.amount, highest) > 0)
            highest = sheet->scenarios[i].month.amount;
    return highest;
}

static int shade_of(size_t group_index) {
    return shades[group_index < SHADE_COUNT ? group_index : SHADE_COUNT - 1];
}

static void add_swatch(Buf *out, size_t group_index) {
    buf_add_text(out, "fill=\"currentColor\" fill-opacity=\"");
    buf_add_fixed(out, shade_of(group_index), 100, 2);
    buf_add_char(out, '"');
}

/* One scenario's bar: its groups side by side, the longest bar as wide as there is room. It is
 * stretched to the column, so the words stand in a line of HTML above it. */
static void add_bar(Buf *out, const CostSheet *sheet, size_t index, Decimal highest) {
    const CostScenario *scenario = &sheet->scenarios[index];
    add_element(out, "<p>", scenario->name, ": ");
    add_sum(out, sheet, &scenario->month);
    buf_add_format(out,
                   "</p>\n<svg width=\"100%%\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                   "preserveAspectRatio=\"none\" aria-hidden=\"true\">",
                   BAR_HEIGHT, BAR_WIDTH, BAR_HEIGHT);
    int64_t x = 0;
    for (size_t i = 0; i < sheet->group_count; i++) {
        int64_t width = decimal_ratio(sheet->groups[i].sums[index].amount, highest, BAR_WIDTH);
        if (width <= 0)
            continue;
        buf_add_format(out, "<rect x=\"%d\" width=\"%d\" height=\"%d\" ", (int)x, (int)width,
                       BAR_HEIGHT);
        add_swatch(out, i);
        buf_add_text(out, "/>");
        x += width;
    }
    buf_add_text(out, "</svg>\n");
}

/* True when some scenario's bar has a part for the group. */
static bool has_bar(const CostSheet *sheet, size_t group_index) {
    for (size_t i = 0; i < sheet->scenario_count; i++)
        if (sheet->groups[group_index].sums[i].amount.digits)
            return true;
    return false;
}

/* Which shade is which group. */
static void add_key(Buf *out, const CostSheet *sheet) {
    buf_add_text(out, "<p class=\"cost-key\">");
    for (size_t i = 0; i < sheet->group_count; i++) {
        if (!has_bar(sheet, i))
            continue;
        buf_add_text(out, "<svg width=\"12\" height=\"12\" viewBox=\"0 0 12 12\" "
                          "aria-hidden=\"true\"><rect width=\"12\" height=\"12\" ");
        add_swatch(out, i);
        add_element(out, "/></svg> <span>", group_name(&sheet->groups[i]), "</span>\n");
    }
    buf_add_text(out, "</p>\n");
}

/* Bars only where there are totals to compare, and none below zero, which no bar can show. */
static void add_bars(Buf *out, const CostSheet *sheet) {
    Decimal highest = highest_total(sheet);
    bool is_positive = true;
    for (size_t i = 0; i < sheet->item_count; i++)
        for (size_t j = 0; j < sheet->scenario_count; j++)
            is_positive = is_positive && sheet->items[i].lines[j].amount.digits >= 0;
    if (sheet->scenario_count < 2 || highest.digits == 0 || !is_positive)
        return;
    buf_add_text(out, "<div class=\"cost-bars\">\n");
    for (size_t i = 0; i < sheet->scenario_count; i++)
        add_bar(out, sheet, i, highest);
    buf_add_text(out, "</div>\n");
    if (sheet->group_count > 1)
        add_key(out, sheet);
}

static void add_scenario_note(Buf *out, const CostScenario *scenario) {
    bool is_partial = decimal_compare(scenario->hours, decimal_of(COST_HOURS_PER_MONTH)) != 0;
    if (!is_partial && !scenario->note.size)
        return;
    add_element(out, "<li>", scenario->name, ": ");
    add_element(out, "", scenario->note, is_partial ? "; " : "");
    if (is_partial) {
        decimal_render(decimal_round(scenario->hours, 2), 0, out);
        buf_add_text(out, " of 730 hours a month");
    }
    buf_add_text(out, "</li>\n");
}

static void add_notes(Buf *out, const View *view, Str id_prefix) {
    const CostSheet *sheet = view->sheet;
    bool has_unknown = false;
    for (size_t i = 0; i < sheet->scenario_count; i++)
        has_unknown = has_unknown || sheet->scenarios[i].month.has_unknown;
    buf_add_text(out, "<ul class=\"cost-notes\" id=\"");
    html_escape(out, id_prefix);
    buf_add_text(out, "notes\">\n");
    if (sheet->has_usage)
        buf_add_text(out, "<li>* an estimate that depends on use</li>\n");
    if (has_unknown)
        buf_add_text(out, "<li>\xE2\x80\x93 not known, and not part of the totals</li>\n");
    add_element(out, "<li>Only if ", view->condition, "</li>\n");
    for (size_t i = 0; i < sheet->scenario_count; i++)
        add_scenario_note(out, &sheet->scenarios[i]);
    buf_add_text(out, "<li>Every amount is rounded before it is added; a month has 730 hours, a "
                      "year twelve months</li>\n");
    add_element(out, "<li>", sheet->note, "</li>\n");
    buf_add_text(out, "</ul>\n");
}

void view_cost(const CostSheet *sheet, Str name, Str caption, Str id_prefix, Buf *out) {
    const View view_of_sheet = {sheet, has_lifecycles(sheet), common_condition(sheet)};
    const View *view = &view_of_sheet;
    Str label = name.size ? name : sheet->title;
    buf_add_text(out, "<figure class=\"cost-sheet\">\n"
                      "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" aria-label=\"");
    html_escape(out, label.size ? label : STR("Cost"));
    buf_add_text(out, "\">\n<table class=\"cost\" aria-describedby=\"");
    html_escape(out, id_prefix);
    buf_add_text(out, "notes\">\n");
    add_caption(out, sheet, caption);
    add_head(out, view);
    for (size_t i = 0; i < sheet->group_count; i++)
        add_group(out, view, i);
    add_foot(out, view);
    buf_add_text(out, "</table>\n</div>\n");
    add_bars(out, sheet);
    add_notes(out, view, id_prefix);
    buf_add_text(out, "</figure>\n");
}
