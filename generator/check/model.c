/* model.c: one system, described several times. The same id in two diagrams of the diagrams folder,
 * or on a card, is the same thing; where descriptions contradict each other, one of them is old. */
#include "base/ban.h"

#include "base/utf8.h"
#include "check/checks.h"

/* Shorter ids are letters of an example more often than names of things. */
#define NAME_ID_LEAST 3

/* A label shows a handful; the bound keeps a crafted one from taking long. */
#define LABEL_PORTS 64

/* A card under its id. */
typedef struct CardRow {
    const Card *card;
    const CardSet *set;
} CardRow;

typedef struct Cards {
    CardRow *rows; /* in byte order of the files' paths, then as written */
    size_t count, capacity;
    Map *by_id;    /* id -> first row */
    Map *by_ports; /* id -> first row that lists ports; a card without any leaves them open */
} Cards;

static void add_card(Cards *cards, CardRow row, Arena *arena) {
    ARENA_RESERVE(arena, cards->rows, cards->count, cards->capacity);
    cards->rows[cards->count++] = row;
}

/* An id that was made from a name says nothing about diagrams: a card "Roadmap" that leads to a
 * page is not the node `roadmap`. */
static Cards collect_cards(const Site *site, Arena *arena) {
    Cards cards = {.by_id = map_new(arena), .by_ports = map_new(arena)};
    for (size_t i = 0; i < site->file_count; i++) {
        const SiteFile *file = &site->files[i];
        const SiteData *data = file->kind == FILE_DATA ? file->part : NULL;
        const CardSet *set = data && data->data.kind == DATA_CARDS ? data->data.cards : NULL;
        for (size_t k = 0; set && k < set->card_count; k++)
            if (set->cards[k].id_at.source)
                add_card(&cards, (CardRow){&set->cards[k], set}, arena);
    }
    /* Rows move while they are collected, so they are indexed afterwards. */
    for (size_t i = 0; i < cards.count; i++) {
        const Card *card = cards.rows[i].card;
        if (!map_find(cards.by_id, card->id))
            map_put(cards.by_id, card->id, &cards.rows[i]);
        if (card->port_count && !map_find(cards.by_ports, card->id))
            map_put(cards.by_ports, card->id, &cards.rows[i]);
    }
    return cards;
}

/* The words of a label on one line, so that a name may be broken anywhere. */
static Str joined(Str text, Arena *arena) {
    Buf out = buf_new(arena);
    for (Str rest = text; rest.data;) {
        Str line = str_trim(str_cut_line(&rest));
        if (out.size && line.size)
            buf_add_char(&out, ' ');
        buf_add(&out, line);
    }
    return buf_str(&out);
}

static bool begins_with_words(Str text, Str words) {
    return str_starts_with(text, words) &&
           (text.size == words.size || strchr(" ,:(", text.data[words.size]));
}

/* "NAT" and "NAT gateway" are one name, shortened. */
static bool names_agree(Str name, Str label, Str other, Str other_label, Arena *arena) {
    return begins_with_words(joined(label, arena), other) ||
           begins_with_words(joined(other_label, arena), name);
}

/* The use whose name most diagrams have; of several the first. NULL when none has a name. */
static const ElementUse *find_common(const Element *element, Arena *arena) {
    Map *counts = map_new(arena);
    const ElementUse *common = NULL;
    uintptr_t most = 0;
    for (size_t i = 0; i < element->use_count; i++) {
        const ElementUse *use = &element->uses[i];
        if (use->is_group || !use->name.size)
            continue;
        uintptr_t count = (uintptr_t)map_find(counts, use->name) + 1;
        map_put(counts, use->name, (void *)count);
        most = count > most ? count : most;
    }
    for (size_t i = 0; i < element->use_count && !common; i++) {
        const ElementUse *use = &element->uses[i];
        if (!use->is_group && use->name.size && (uintptr_t)map_find(counts, use->name) == most)
            common = use;
    }
    return common;
}

static void report_name(const ElementUse *use, Str id, Str other, Diags *diags) {
    diag_add(diags, DIAG_MODEL_NAME, use->at, "\"%.*s\" is \"%.*s\" here and \"%.*s\" elsewhere",
             STR_FMT(id), STR_FMT(use->name), STR_FMT(other));
    diag_hint(diags, "one id is one thing: give it one name, or two ids");
}

/* Titles of groups say more than a name ("base: about 25 resources"), so only nodes are compared.
 */
static void check_element(const Element *element, const CardRow *row, Arena *arena, Diags *diags) {
    const ElementUse *common = row ? NULL : find_common(element, arena);
    if (!row && (!common || utf8_count(element->id) < NAME_ID_LEAST))
        return;
    Str name = row ? row->card->name : common->name;
    Str label = row ? row->card->name : common->label->text;
    for (size_t i = 0; i < element->use_count; i++) {
        const ElementUse *use = &element->uses[i];
        if (use->is_group || !use->name.size || use == common ||
            names_agree(use->name, use->label->text, name, label, arena))
            continue;
        report_name(use, element->id, name, diags);
        if (row)
            diag_relate(diags, row->card->at, "the card's name");
        else
            diag_relate(diags, common->at, "the other name");
    }
}

void check_names(const Site *site, Diags *diags) {
    Arena *arena = arena_new();
    Cards cards = collect_cards(site, arena);
    for (size_t i = 0; i < cards.count; i++) {
        const Card *card = cards.rows[i].card;
        const CardRow *first = map_find(cards.by_id, card->id);
        if (str_equal(first->card->name, card->name))
            continue;
        diag_add(diags, DIAG_MODEL_NAME, card->at,
                 "the card \"%.*s\" is \"%.*s\" here and \"%.*s\" elsewhere", STR_FMT(card->id),
                 STR_FMT(card->name), STR_FMT(first->card->name));
        diag_relate(diags, first->card->at, "the other card");
    }
    Arena *tmp = arena_new();
    for (size_t i = 0; i < site->element_count; i++) {
        arena_reset(tmp);
        check_element(&site->elements[i], map_find(cards.by_id, site->elements[i].id), tmp, diags);
    }
    arena_free(tmp);
    arena_free(arena);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word_char(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || (c & 0x80);
}

/* Does what stands before `start` make a number a port, whatever follows? */
static bool has_port_mark(Str text, size_t start) {
    Str before = str_slice(text, 0, start);
    if (str_ends_with(before, STR(":")))
        return before.size < 2 || !is_digit(before.data[before.size - 2]); /* not a time */
    return before.size >= 5 &&
           str_equal_nocase(str_from_offset(before, before.size - 5), STR("port "));
}

/* Is the number all that stands between two separators? */
static bool stands_alone(Str text, size_t start, size_t end) {
    Str behind = str_from_offset(text, end);
    while (start > 0 && text.data[start - 1] == ' ')
        start--;
    bool is_first = start == 0 || strchr(",/(\n", text.data[start - 1]);
    bool is_last = behind.size == 0 || strchr(",/)\n", behind.data[0]);
    return is_first && (is_last || str_starts_with(behind, STR(" on ")));
}

/* The value of a word of digits, if it can be a port; else 0. */
static int64_t port_value(Str word) {
    int64_t value = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (!is_digit(word.data[i]) || i == 5)
            return 0;
        value = value * 10 + (word.data[i] - '0');
    }
    return value <= 65535 ? value : 0;
}

typedef struct PortScan {
    Str text;
    size_t place;
    int64_t port; /* what was found last */
    Str digits;
} PortScan;

/* Finds the next port; false when there is none. Numbers are everywhere, so only these are ports:
 * ":9009" and "port 9009" anywhere, and a number from 1024 on that stands alone between commas,
 * slashes or line ends ("logs, 3100"), or before "on" ("3001 on localhost"). */
static bool next_port(PortScan *scan) {
    Str text = scan->text;
    while (scan->place < text.size) {
        size_t start = scan->place, end = start;
        while (end < text.size && is_word_char(text.data[end]))
            end++;
        scan->place = end > start ? end : start + 1;
        scan->digits = str_slice(text, start, end);
        scan->port = port_value(scan->digits);
        bool goes_on = end + 1 < text.size && strchr(".:", text.data[end]) &&
                       is_digit(text.data[end + 1]); /* 10.0.1.0, 03:00 */
        if (scan->port > 0 && !goes_on &&
            (has_port_mark(text, start) || (scan->port >= 1024 && stands_alone(text, start, end))))
            return true;
    }
    return false;
}

static bool has_port(const Card *card, int64_t port) {
    for (size_t i = 0; i < card->port_count; i++)
        if (card->ports[i] == port)
            return true;
    return false;
}

static void check_label(const Label *label, const Card *card, Diags *diags) {
    PortScan scan = {.text = label->text};
    for (int count = 0; count < LABEL_PORTS && next_port(&scan); count++) {
        if (has_port(card, scan.port))
            continue;
        Span at = label->at;
        size_t found = str_find(span_text(at), scan.digits, 0);
        if (found != STR_NONE)
            at = span_of(at.source, at.start + found, scan.digits.size);
        diag_add(diags, DIAG_MODEL_PORT, at, "the card of \"%.*s\" does not list port %d",
                 STR_FMT(card->id), (int)scan.port);
        diag_hint(diags, "correct the label or the card");
        diag_relate(diags, card->ports_at, "the card's ports");
    }
}

void check_ports(const Site *site, Diags *diags) {
    Arena *arena = arena_new();
    Cards cards = collect_cards(site, arena);
    for (size_t i = 0; i < site->element_count; i++) {
        const Element *element = &site->elements[i];
        const CardRow *row = map_find(cards.by_ports, element->id);
        for (size_t k = 0; row && k < element->use_count; k++)
            if (element->uses[k].label->at.source)
                check_label(element->uses[k].label, row->card, diags);
    }
    arena_free(arena);
}

/* Every id that a diagram of the site shows, fences included. */
static Map *collect_shown(const Site *site, Arena *arena) {
    Map *shown = map_new(arena);
    for (size_t i = 0; i < site->diagram_count; i++) {
        site_rest(site, i);
        const Diagram *diagram = site->diagrams[i]->diagram;
        const Graph *graph = diagram->is_drawn ? diagram->graph : NULL;
        for (size_t k = 0; graph && k < graph->node_count; k++)
            map_put(shown, graph->nodes[k].id, arena);
        for (size_t k = 0; graph && k < graph->group_count; k++)
            map_put(shown, graph->groups[k].id, arena);
    }
    return shown;
}

/* A set describes what diagrams show when they show one of its cards; pages that lead elsewhere are
 * often cards as well. The cards of a set are neighbours. */
void check_unused(const Site *site, Diags *diags) {
    Arena *arena = arena_new();
    Cards cards = collect_cards(site, arena);
    Map *shown = collect_shown(site, arena);
    for (size_t start = 0, end; start < cards.count; start = end) {
        bool is_shown = false;
        for (end = start; end < cards.count && cards.rows[end].set == cards.rows[start].set; end++)
            is_shown = is_shown || map_find(shown, cards.rows[end].card->id);
        for (size_t i = start; is_shown && i < end; i++) {
            const Card *card = cards.rows[i].card;
            if (map_find(shown, card->id))
                continue;
            diag_add(diags, DIAG_MODEL_UNUSED, card->id_at, "no diagram shows \"%.*s\"",
                     STR_FMT(card->id));
            diag_hint(diags, "other cards of this file are shown");
        }
    }
    arena_free(arena);
}
