#include "base/ban.h"

#include "site/view/cards.h"

#include "base/escape.h"

/* `before`, the text escaped, `after`; nothing at all without a text. */
static void add_element(Buf *out, const char *before, Str text, const char *after) {
    if (!text.size)
        return;
    buf_add_text(out, before);
    html_escape(out, text);
    buf_add_text(out, after);
}

static void add_quantity(Buf *out, const Quantity *quantity) {
    Buf text = buf_new(out->arena);
    quantity_render(quantity, &text);
    html_escape(out, buf_str(&text));
}

static void add_title(Buf *out, const Card *card) {
    buf_add_text(out, "<p class=\"card-title\">");
    if (card->href.size) {
        buf_add_text(out, "<a href=\"");
        url_escape(out, card->href);
        buf_add_text(out, "\">");
    }
    html_escape(out, card->name);
    buf_add_text(out, card->href.size ? "</a>" : "");
    add_element(out, " <span class=\"badge\">", card->badge, "</span>");
    buf_add_text(out, "</p>\n");
}

static void add_ports(Buf *out, const Card *card) {
    if (!card->port_count)
        return;
    buf_add_text(out, card->port_count > 1 ? "<dt>Ports</dt><dd>" : "<dt>Port</dt><dd>");
    for (size_t i = 0; i < card->port_count; i++) {
        buf_add_text(out, i ? ", " : "");
        buf_add_int(out, card->ports[i]);
    }
    buf_add_text(out, "</dd>\n");
}

static void add_fields(Buf *out, const Card *card) {
    if (!card->field_count && !card->port_count)
        return;
    buf_add_text(out, "<dl class=\"fields\">\n");
    add_ports(out, card);
    for (size_t i = 0; i < card->field_count; i++) {
        buf_add_text(out, "<dt>");
        html_escape(out, card->fields[i].name);
        buf_add_text(out, "</dt><dd>");
        html_escape(out, card->fields[i].text);
        buf_add_text(out, "</dd>\n");
    }
    buf_add_text(out, "</dl>\n");
}

static void add_card(Buf *out, const Card *card) {
    buf_add_text(out, "<li class=\"card");
    add_element(out, " card-", card->color, "");
    buf_add_text(out, "\">\n");
    add_title(out, card);
    add_element(out, "<p>", card->text, "</p>\n");
    add_fields(out, card);
    buf_add_text(out, "</li>\n");
}

/* "Services 2,688 MB + Exporters 192 MB = ": how the sum comes about. */
static void add_parts(Buf *out, const CardBudget *budget) {
    for (size_t i = 0; i < budget->part_count; i++) {
        const CardSubtotal *part = &budget->parts[i];
        buf_add_text(out, i ? " + " : "");
        html_escape(out, part->group.size ? part->group : STR("others"));
        buf_add_char(out, ' ');
        add_quantity(out, &part->sum);
    }
    buf_add_text(out, budget->part_count ? " = " : "");
}

/* A meter shows the share without a style of its own; its text is for whoever has none. */
static void add_budget(Buf *out, const CardBudget *budget) {
    int64_t shown = budget->per_mille > 1000 ? 1000 : budget->per_mille;
    shown = shown < 0 ? 0 : shown;
    buf_add_text(out, budget->is_over ? "<p class=\"budget is-over\">" : "<p class=\"budget\">");
    add_element(out, "<strong>", budget->field, "</strong> ");
    add_parts(out, budget);
    add_quantity(out, &budget->sum);
    buf_add_text(out, " of ");
    add_quantity(out, &budget->limit);
    if (budget->reserve.value.digits) {
        buf_add_text(out, ", ");
        add_quantity(out, &budget->reserve);
        buf_add_text(out, " in reserve");
    }
    buf_add_text(out,
                 " <meter class=\"budget-bar\" min=\"0\" low=\"900\" high=\"999\" max=\"1000\" "
                 "optimum=\"0\" value=\"");
    buf_add_int(out, shown);
    add_element(out, "\" aria-label=\"", budget->field, ", share of its limit");
    buf_add_text(out, "\">");
    buf_add_fixed(out, budget->per_mille, 10, 0);
    buf_add_text(out, " %</meter> ");
    buf_add_fixed(out, budget->per_mille, 10, 0);
    buf_add_text(out, " %</p>\n");
}

void view_cards(const CardSet *cards, Str name, Buf *out) {
    /* Only a grid with words around it is a figure; one alone is simply a list of the page. */
    bool is_figure = cards->title.size || cards->intro.size || cards->budget_count;
    if (is_figure)
        buf_add_text(out, "<figure class=\"card-set\">\n");
    add_element(out, "<p class=\"card-set-intro\">", cards->intro, "</p>\n");
    buf_add_text(out, "<ul class=\"cards\"");
    add_element(out, " aria-label=\"", name.size ? name : cards->title, "\"");
    buf_add_text(out, ">\n");
    for (size_t i = 0; i < cards->card_count; i++)
        add_card(out, &cards->cards[i]);
    buf_add_text(out, "</ul>\n");
    for (size_t i = 0; i < cards->budget_count; i++)
        add_budget(out, &cards->budgets[i]);
    add_element(out, "<figcaption>", cards->title, "</figcaption>\n");
    buf_add_text(out, is_figure ? "</figure>\n" : "");
}
