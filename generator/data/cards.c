#include "base/ban.h"

#include "data/cards.h"

#include "base/limits.h"
#include "base/map.h"
#include "data/schema.h"

static const char *const set_keys[] = {"kind", "title", "intro", "budget", "cards", NULL};
static const char *const card_keys[] = {"id",   "name", "group", "badge",  "color",
                                        "link", "text", "ports", "fields", NULL};
static const char *const budget_keys[] = {"limit", "reserve", NULL};
static const char *const colors[] = {"blue",  "amber", "purple", "green", "red",
                                     "slate", "teal",  "pink",   NULL};

/* "Node exporter" -> "node-exporter": an id as diagrams have them. */
static Str id_from_name(Arena *arena, Str name) {
    Str id = str_lower(arena, name);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < id.size; i++) {
        unsigned char c = (unsigned char)id.data[i];
        bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
        if (is_kept)
            buf_add_char(&out, (char)c);
        else if (out.size && out.data[out.size - 1] != '-')
            buf_add_char(&out, '-');
    }
    while (out.size && out.data[out.size - 1] == '-')
        out.size--;
    return out.size ? buf_str(&out) : name;
}

/* ports ::= port | port*. */
static void read_ports(const Schema *schema, const YamlNode *map, Card *card) {
    YamlNode *node = yaml_find(map, "ports");
    if (!node || node->kind == YAML_NULL)
        return;
    bool is_list = node->kind == YAML_LIST;
    size_t count = is_list ? node->count : 1;
    card->ports_at = node->at;
    card->ports = ARENA_ARRAY(schema->arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const YamlNode *item = is_list ? node->values[i] : node;
        if (item->kind == YAML_INT && item->integer >= 1 && item->integer <= 65535) {
            card->ports[card->port_count++] = item->integer;
            continue;
        }
        diag_add(schema->diags, DIAG_DATA_SCHEMA, item->at, "\"%.*s\" is no port",
                 STR_FMT(span_text(item->at)));
        diag_hint(schema->diags, "a port is a number from 1 to 65535");
    }
}

/* fields ::= ( name ":" scalar )*. */
static void read_fields(const Schema *schema, const YamlNode *map, Card *card) {
    const YamlNode *fields = schema_find(schema, map, "fields", YAML_MAP);
    if (!fields)
        return;
    card->fields = ARENA_ARRAY(schema->arena, CardField, fields->count + 1);
    for (size_t i = 0; i < fields->count; i++) {
        const YamlNode *value = fields->values[i];
        if (!schema_is_scalar(value)) {
            diag_add(schema->diags, DIAG_DATA_SCHEMA, value->at,
                     "the field \"%.*s\" must be text, not %.*s", STR_FMT(fields->keys[i]->text),
                     STR_FMT(yaml_kind_name(value->kind)));
            continue;
        }
        CardField *field = &card->fields[card->field_count++];
        *field = (CardField){.name = fields->keys[i]->text, .text = value->text, .at = value->at};
        field->is_quantity = quantity_parse(value->text, &field->quantity);
    }
}

/* card ::= "{" name [ id group badge color link text ports fields ] "}". False when there is
 * nothing to show. */
static bool read_card(const Schema *schema, const YamlNode *map, Card *card) {
    if (map->kind != YAML_MAP) {
        diag_add(schema->diags, DIAG_DATA_SCHEMA, map->at, "a card must be a map of keys, not %.*s",
                 STR_FMT(yaml_kind_name(map->kind)));
        return false;
    }
    yaml_check_keys(map, card_keys, DIAG_DATA_SCHEMA, schema->diags);
    const YamlNode *color, *link, *id;
    *card = (Card){
        .name = schema_require_text(schema, map, "name", "this card"),
        .id = schema_text(schema, map, "id", &id),
        .group = schema_text(schema, map, "group", NULL),
        .badge = schema_text(schema, map, "badge", NULL),
        .text = schema_text(schema, map, "text", NULL),
        .link = schema_text(schema, map, "link", &link),
    };
    schema_text(schema, map, "color", &color);
    card->color = schema_choice(schema, color, "color", colors);
    if (link)
        card->link_at = link->at;
    read_ports(schema, map, card);
    read_fields(schema, map, card);
    if (!card->name.size)
        return false;
    card->at = yaml_find(map, "name")->at;
    if (card->id.size)
        card->id_at = id->at;
    else
        card->id = id_from_name(schema->arena, card->name);
    return true;
}

/* cards ::= card+. A second card with the same id is dropped, for diagrams could not tell which of
 * them they show. */
static void read_cards(const Schema *schema, const YamlNode *root, CardSet *set) {
    const YamlNode *list = schema_find(schema, root, "cards", YAML_LIST);
    if (!list || !list->count) {
        YamlNode *node = yaml_find(root, "cards");
        if (!node || schema_is_scalar(node) || list)
            diag_add(schema->diags, DIAG_DATA_SCHEMA, node ? node->at : root->keys[0]->at,
                     "the file has no cards");
        return;
    }
    Map *ids = map_new(schema->arena);
    size_t count = schema_limit(schema, list, LIMIT_DATA_ITEMS);
    set->cards = ARENA_ARRAY(schema->arena, Card, count);
    for (size_t i = 0; i < count; i++) {
        Card *card = &set->cards[set->card_count];
        if (!read_card(schema, list->values[i], card))
            continue;
        const Card *other = map_find(ids, card->id);
        if (other) {
            diag_add(schema->diags, DIAG_DATA_SCHEMA, card->at, "two cards have the id \"%.*s\"",
                     STR_FMT(card->id));
            diag_relate(schema->diags, other->at, "the other one");
            continue;
        }
        map_put(ids, card->id, card);
        set->card_count++;
    }
}

static const CardField *find_field(const Card *card, Str name) {
    for (size_t i = 0; i < card->field_count; i++)
        if (str_equal(card->fields[i].name, name))
            return &card->fields[i];
    return NULL;
}

/* The names of all fields of all cards are what the author may have meant. */
static void report_unknown_field(const Schema *schema, const CardSet *set, const YamlNode *key) {
    size_t count = 0, capacity = 0;
    Str *names = NULL;
    for (size_t i = 0; i < set->card_count; i++)
        for (size_t j = 0; j < set->cards[i].field_count; j++) {
            ARENA_RESERVE(schema->arena, names, count, capacity);
            names[count++] = set->cards[i].fields[j].name;
        }
    diag_add(schema->diags, DIAG_DATA_SCHEMA, key->at, "no card has a field \"%.*s\"",
             STR_FMT(key->text));
    diag_hint_nearest(schema->diags, key->text, names, count);
}

static Str render(Arena *arena, const Quantity *quantity) {
    Buf out = buf_new(arena);
    quantity_render(quantity, &out);
    return buf_str(&out);
}

/* False after a finding: the field is no quantity, or not one of the budget's sort. */
static bool check_field(const Schema *schema, const CardBudget *budget, const CardField *field) {
    if (field->is_quantity && quantity_is_alike(&field->quantity, &budget->limit))
        return true;
    diag_add(schema->diags, DIAG_DATA_UNIT, field->at,
             "\"%.*s\" cannot be summed up against \"%.*s\"", STR_FMT(field->text),
             STR_FMT(span_text(budget->at)));
    diag_relate(schema->diags, budget->at, "the limit");
    return false;
}

/* The subtotal of a card's group, made on first mention. `parts` has room for one per card. */
static Quantity *subtotal(CardBudget *budget, const Card *card, const Quantity *like) {
    for (size_t i = 0; i < budget->part_count; i++)
        if (str_equal(budget->parts[i].group, card->group))
            return &budget->parts[i].sum;
    CardSubtotal *part = &budget->parts[budget->part_count++];
    *part = (CardSubtotal){card->group, *like};
    part->sum.value = decimal_of(0);
    return &part->sum;
}

/* Adds the field up over all cards. False when that cannot be done, after a finding. */
static bool sum_field(const Schema *schema, const CardSet *set, const YamlNode *key,
                      CardBudget *budget) {
    bool has_sum = false, is_whole = true;
    budget->parts = ARENA_ARRAY(schema->arena, CardSubtotal, set->card_count + 1);
    for (size_t i = 0; i < set->card_count; i++) {
        const CardField *field = find_field(&set->cards[i], budget->field);
        if (!field)
            continue;
        if (!check_field(schema, budget, field)) {
            is_whole = false;
            continue;
        }
        if (!has_sum) {
            budget->sum = field->quantity;
            budget->sum.value = decimal_of(0);
            has_sum = true;
        }
        if (!quantity_add(&budget->sum, &field->quantity) ||
            !quantity_add(subtotal(budget, &set->cards[i], &budget->sum), &field->quantity)) {
            diag_add(schema->diags, DIAG_DATA_UNIT, field->at, "the sum is too large from here on");
            return false;
        }
    }
    if (!has_sum && is_whole)
        report_unknown_field(schema, set, key);
    if (budget->part_count == 1)
        budget->part_count = 0; /* the part would be the whole */
    return has_sum && is_whole;
}

/* Compares the sum and what is reserved with the limit. */
static void check_limit(const Schema *schema, CardBudget *budget) {
    Quantity used = budget->sum, excess;
    Decimal limit;
    if (!quantity_add(&used, &budget->reserve) ||
        !quantity_convert(&budget->limit, &budget->sum, &limit)) {
        diag_add(schema->diags, DIAG_DATA_UNIT, budget->at, "the sum is too large");
        return;
    }
    budget->per_mille = decimal_ratio(budget->sum.value, limit, 1000);
    budget->is_over = decimal_compare(used.value, limit) > 0;
    if (!budget->is_over)
        return;
    excess = used;
    decimal_add(used.value, decimal_negate(limit), &excess.value);
    Arena *arena = schema->arena;
    Str reserve = {NULL, 0};
    if (budget->reserve.value.digits)
        reserve =
            str_format(arena, ", with %.*s in reserve", STR_FMT(render(arena, &budget->reserve)));
    diag_add(schema->diags, DIAG_MODEL_BUDGET, budget->at,
             "%.*s of all cards is %.*s%.*s%s%.*s over the limit of %.*s", STR_FMT(budget->field),
             STR_FMT(render(arena, &budget->sum)), STR_FMT(reserve), reserve.size ? " " : ", ",
             STR_FMT(render(arena, &excess)), STR_FMT(render(arena, &budget->limit)));
}

/* limits ::= quantity | "{" limit ":" quantity [ reserve ":" quantity ] "}". False after a finding.
 */
static bool read_limit(const Schema *schema, const YamlNode *value, CardBudget *budget) {
    const YamlNode *limit = value, *reserve = NULL;
    if (value->kind == YAML_MAP) {
        yaml_check_keys(value, budget_keys, DIAG_DATA_SCHEMA, schema->diags);
        if (!schema_require_text(schema, value, "limit", "this budget").size)
            return false;
        limit = yaml_find(value, "limit");
        schema_text(schema, value, "reserve", &reserve);
    }
    budget->at = limit->at;
    if (!schema_quantity(schema, limit, &budget->limit))
        return false;
    budget->reserve = budget->limit;
    budget->reserve.value = decimal_of(0);
    if (!reserve)
        return true;
    if (!schema_quantity(schema, reserve, &budget->reserve))
        return false;
    if (quantity_is_alike(&budget->reserve, &budget->limit))
        return true;
    diag_add(schema->diags, DIAG_DATA_UNIT, reserve->at,
             "the reserve \"%.*s\" is of another sort than the limit", STR_FMT(reserve->text));
    diag_relate(schema->diags, limit->at, "the limit");
    return false;
}

/* budget ::= ( field ":" limits )*. A budget that cannot be computed is not shown: a wrong sum is
 * worse than none. */
static void read_budgets(const Schema *schema, const YamlNode *root, CardSet *set) {
    const YamlNode *map = schema_find(schema, root, "budget", YAML_MAP);
    if (!map)
        return;
    size_t count = schema_limit(schema, map, LIMIT_DATA_COLUMNS);
    set->budgets = ARENA_ARRAY(schema->arena, CardBudget, count + 1);
    for (size_t i = 0; i < count; i++) {
        CardBudget *budget = &set->budgets[set->budget_count];
        *budget = (CardBudget){.field = map->keys[i]->text};
        if (!read_limit(schema, map->values[i], budget) ||
            !sum_field(schema, set, map->keys[i], budget))
            continue;
        check_limit(schema, budget);
        set->budget_count++;
    }
}

CardSet *cards_read(const YamlNode *root, Arena *arena, Diags *diags) {
    Schema schema = {arena, diags};
    CardSet *set = ARENA_NEW(arena, CardSet);
    yaml_check_keys(root, set_keys, DIAG_DATA_SCHEMA, diags);
    set->title = schema_text(&schema, root, "title", NULL);
    set->intro = schema_text(&schema, root, "intro", NULL);
    read_cards(&schema, root, set);
    read_budgets(&schema, root, set);
    return set;
}
