/* sequence_chance.h: sequence diagrams made by chance, for tests.
 * In: a seed; out: text with every construct that can be drawn, which is always valid. The same
 * seed gives the same text on every machine. */
#ifndef TESTS_SEQUENCE_CHANCE_H
#define TESTS_SEQUENCE_CHANCE_H

#include "base/ban.h"

#include <stdint.h>

#include "base/buf.h"

typedef struct Chance {
    uint32_t state;
    Buf out;
    size_t people, made; /* declared at first; created later on */
    size_t active[16];
    size_t depth;
    char frames[8]; /* open ones, as an index into frame_words */
} Chance;

/* Numerical Recipes' generator; its upper bits are good enough. */
static inline uint32_t chance(Chance *chance, uint32_t below) {
    chance->state = chance->state * 1664525u + 1013904223u;
    return (chance->state >> 12) % below;
}

static inline const char *chance_pick(Chance *c, const char *const *list, uint32_t count) {
    return list[chance(c, count)];
}
#define CHANCE_PICK(c, list) chance_pick((c), (list), sizeof(list) / sizeof *(list))

static inline void chance_words(Chance *c, uint32_t most) {
    static const char *const words[] = {"get",   "the",    "items",         "of", "a",
                                        "store", "answer", "configuration", "ok", "acknowledged"};
    uint32_t count = chance(c, most + 1);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_text(&c->out, CHANCE_PICK(c, words));
        buf_add_text(&c->out, chance(c, 12) ? " " : "<br/>");
    }
}

/* Text behind a colon; some of it is not to be broken. */
static inline void chance_text(Chance *c, uint32_t most) {
    buf_add_text(&c->out, chance(c, 12) ? ": " : chance(c, 2) ? ": wrap: " : ": nowrap: ");
    chance_words(c, most);
    buf_add_char(&c->out, '\n');
}

/* A dot at either end leaves no room for a + or -. */
static inline void chance_message(Chance *c, size_t from, size_t to) {
    static const char *const usual[] = {"->>", "-->>", "->", "-->"};
    static const char *const others[] = {"-x",     "--x",   "-)",   "--)",   "<<->>",
                                         "<<-->>", "-|\\",  "--|/", "-//",   "--\\\\",
                                         "/|-",    "\\|--", "//-",  "\\\\--"};
    const char *arrow = chance(c, 2) ? CHANCE_PICK(c, usual) : CHANCE_PICK(c, others);
    bool has_origin = chance(c, 10) == 0, has_dot = chance(c, 10) == 0;
    bool is_plain = !has_origin && !has_dot;
    bool starts = is_plain && chance(c, 4) == 0;
    bool ends = is_plain && !starts && c->active[from] && chance(c, 2);
    const char *sign = has_dot ? "()" : starts ? "+" : ends ? "-" : "";
    buf_add_format(&c->out, "P%zu%s%s%sP%zu", from, has_origin ? "()" : "", arrow, sign, to);
    chance_text(c, 9);
    c->active[to] += starts;
    c->active[from] -= ends;
}

static inline void chance_note(Chance *c) {
    size_t a = chance(c, (uint32_t)c->people), b = chance(c, (uint32_t)c->people);
    switch (chance(c, 4)) {
    case 0: buf_add_format(&c->out, "Note left of P%zu", a); break;
    case 1: buf_add_format(&c->out, "Note right of P%zu", a); break;
    case 2: buf_add_format(&c->out, "Note over P%zu", a); break;
    default: buf_add_format(&c->out, "Note over P%zu,P%zu", a, b);
    }
    chance_text(c, 12);
}

static const struct {
    const char *word, *section; /* NULL: cannot be divided */
} frame_words[] = {
    {"loop", NULL},         {"alt", "else"}, {"opt", NULL},       {"par", "and"},
    {"critical", "option"}, {"break", NULL}, {"par_over", "and"}, {"rect rgb(230,240,250)", NULL},
};
#define FRAME_WORDS ((uint32_t)(sizeof frame_words / sizeof *frame_words))

static inline void chance_open(Chance *c) {
    uint32_t kind = chance(c, FRAME_WORDS);
    if (c->depth == sizeof c->frames)
        return;
    c->frames[c->depth++] = (char)kind;
    buf_add_format(&c->out, "%s ", frame_words[kind].word);
    if (kind + 1 < FRAME_WORDS)
        chance_words(c, 8);
    buf_add_char(&c->out, '\n');
}

static inline void chance_divide(Chance *c) {
    const char *word = frame_words[(int)c->frames[c->depth - 1]].section;
    if (!word)
        return;
    buf_add_format(&c->out, "%s ", word);
    chance_words(c, 8);
    buf_add_char(&c->out, '\n');
}

/* Someone who comes later, and perhaps does not stay. */
static inline void chance_create(Chance *c, size_t from, size_t to) {
    buf_add_format(&c->out, "create %s N%zu\nP%zu->>N%zu", chance(c, 3) ? "participant" : "actor",
                   c->made, from, c->made);
    chance_text(c, 6);
    if (chance(c, 2))
        buf_add_format(&c->out, "destroy N%zu\nN%zu-xP%zu: done\n", c->made, c->made, to);
    c->made++;
}

static inline void chance_activity(Chance *c, size_t who) {
    if (c->active[who] && chance(c, 2)) {
        buf_add_format(&c->out, "deactivate P%zu\n", who);
        c->active[who]--;
    } else {
        buf_add_format(&c->out, "activate P%zu\n", who);
        c->active[who]++;
    }
}

static inline void chance_step(Chance *c) {
    static const char *const numbers[] = {"autonumber\n", "autonumber 100 10\n",
                                          "autonumber 1.5 0.25\n", "autonumber off\n"};
    size_t from = chance(c, (uint32_t)c->people), to = chance(c, (uint32_t)c->people);
    uint32_t kind = chance(c, 21);
    if (kind < 11) {
        chance_message(c, from, to);
    } else if (kind < 14) {
        chance_note(c);
    } else if (kind < 16) {
        chance_open(c);
    } else if (kind == 16 && c->depth) {
        chance_divide(c);
    } else if (kind == 17 && c->depth) {
        c->depth--;
        buf_add_text(&c->out, "end\n");
    } else if (kind == 18 && c->made < 3) {
        chance_create(c, from, to);
    } else if (kind == 19) {
        buf_add_text(&c->out, CHANCE_PICK(c, numbers));
    } else if (kind == 20) {
        chance_activity(c, from);
    }
}

static inline void chance_participant(Chance *c, size_t index) {
    static const char *const figures[] = {"boundary", "control",     "entity",
                                          "database", "collections", "queue"};
    bool in_box = chance(c, 5) == 0, has_figure = chance(c, 3) == 0;
    if (in_box)
        buf_add_text(&c->out, chance(c, 2) ? "box Aqua a title\n" : "box\n");
    buf_add_format(&c->out, "%s P%zu", chance(c, 4) ? "participant" : "actor", index);
    if (has_figure)
        buf_add_format(&c->out, "@{ \"type\": \"%s\" }", CHANCE_PICK(c, figures));
    buf_add_format(&c->out, " as N%zu ", index);
    chance_words(c, 4);
    buf_add_text(&c->out, in_box ? "\nend\n" : "\n");
}

static inline Str chance_sequence(uint32_t seed, Arena *arena) {
    Chance c = {.state = seed * 2654435761u + 1, .out = buf_new(arena)};
    c.people = 1 + chance(&c, 7);
    buf_add_text(&c.out, "sequenceDiagram\n");
    if (chance(&c, 4) == 0)
        buf_add_text(&c.out, "title: What happens, and in which order\n");
    for (size_t i = 0; i < c.people; i++)
        chance_participant(&c, i);
    if (chance(&c, 4) == 0)
        buf_add_text(&c.out, "link P0: Wiki @ https://example.org\n");
    size_t steps = chance(&c, 40);
    for (size_t i = 0; i < steps; i++)
        chance_step(&c);
    while (c.depth--)
        buf_add_text(&c.out, "end\n");
    return buf_str(&c.out);
}

#endif
