#include "base/ban.h"

#include "diagram/syntax/modal.h"

#include "diagram/syntax/letters.h"

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of one letter beyond ASCII at `at`, or 0. */
static size_t letter_size(Str text, size_t at) {
    Str rest = str_from_offset(text, at);
    if (!rest.size || (unsigned char)rest.data[0] < 0x80)
        return 0;
    size_t before = rest.size;
    return letters_is_id(utf8_take(&rest)) ? before - rest.size : 0;
}

/* Bytes that the class `%c` takes at `at`, or 0. */
static size_t class_size(Str text, size_t at, char c) {
    if (at >= text.size)
        return 0;
    char found = text.data[at];
    switch (c) {
    case 's': return letters_space_size(text, at);
    case 'w': return letters_is_word(found);
    case 'd': return found >= '0' && found <= '9';
    case '.': return found != '\n';
    case 'l': return letter_size(text, at);
    default: return found == c;
    }
}

/* Bytes that the set behind `[` takes at `at`, or 0; `*end` is behind its `]`. */
static size_t set_size(Str text, size_t at, const char *set, const char **end, bool is_nocase) {
    bool is_negative = *set == '^';
    size_t size = 0;
    for (set += is_negative; *set != ']'; set++) {
        bool is_class = *set == '%';
        set += is_class;
        if (is_class && size == 0)
            size = class_size(text, at, *set);
        else if (at < text.size &&
                 (text.data[at] == *set || (is_nocase && lower(text.data[at]) == lower(*set))))
            size = 1;
    }
    *end = set + 1;
    if (is_negative)
        return at < text.size && size == 0;
    return size;
}

/* Bytes that the first item of `pattern` takes at `at`, or 0. */
static size_t item_size(Str text, size_t at, const char *pattern, const char **end,
                        bool is_nocase) {
    if (*pattern == '[')
        return set_size(text, at, pattern + 1, end, is_nocase);
    if (*pattern == '%') {
        *end = pattern + 2;
        return class_size(text, at, pattern[1]);
    }
    *end = pattern + 1;
    if (at >= text.size)
        return 0;
    char found = text.data[at];
    return found == *pattern || (is_nocase && lower(found) == lower(*pattern));
}

static bool is_boundary(Str text, size_t at) {
    bool before = at > 0 && letters_is_word(text.data[at - 1]);
    bool after = at < text.size && letters_is_word(text.data[at]);
    return before != after;
}

size_t modal_match(Str text, size_t at, const char *pattern, bool is_nocase) {
    while (*pattern) {
        if (pattern[0] == '%' && pattern[1] == 'b') {
            if (!is_boundary(text, at))
                return MODAL_NONE;
            pattern += 2;
            continue;
        }
        const char *end;
        size_t size = item_size(text, at, pattern, &end, is_nocase);
        char quantity = *end;
        if (size == 0 && quantity != '*' && quantity != '?')
            return MODAL_NONE;
        at += size;
        if (quantity == '*' || quantity == '+') {
            while (size > 0) {
                size = item_size(text, at, pattern, &end, is_nocase);
                at += size;
            }
        }
        pattern = quantity == '*' || quantity == '+' || quantity == '?' ? end + 1 : end;
    }
    return at;
}

/* The last place in the line at `at` where `pattern` fits. The answer is kept: for a place further
 * on it is the same, or there is none. */
static size_t match_in_line(Modal *modal, ModalLine *line, const char *pattern) {
    size_t at = modal->at;
    if (at < line->from || at >= line->to) {
        size_t stop = str_find_char(modal->text, '\n', at);
        *line = (ModalLine){at, stop == STR_NONE ? modal->text.size : stop, MODAL_NONE, 0};
        for (size_t i = at; i < line->to; i++) {
            size_t end = modal_match(modal->text, i, pattern, modal->is_nocase);
            if (end == MODAL_NONE)
                continue;
            line->start = i;
            line->end = end;
        }
    }
    return line->start != MODAL_NONE && line->start >= at ? line->end : MODAL_NONE;
}

static size_t match_rule(Modal *modal, size_t index) {
    const ModalRule *rule = &modal->rules[index];
    if (rule->match)
        return rule->match(modal->text, modal->at);
    if (rule->pattern[0] == '%' && rule->pattern[1] == '.' && rule->pattern[2] == '*')
        return match_in_line(modal, &modal->lines[index], rule->pattern + 3);
    return modal_match(modal->text, modal->at, rule->pattern, modal->is_nocase);
}

/* False: there is no room for another mode. */
static bool take_step(Modal *modal, const ModalRule *rule) {
    size_t pops = rule->step == MODAL_POP_TWICE                         ? 2
                  : rule->step == MODAL_POP || rule->step == MODAL_SWAP ? 1
                                                                        : 0;
    while (pops-- > 0 && modal->depth > 1)
        modal->depth--;
    if (rule->step != MODAL_PUSH && rule->step != MODAL_SWAP)
        return true;
    if (modal->depth == MODAL_DEPTH)
        return false;
    modal->modes[modal->depth++] = rule->mode;
    return true;
}

ModalToken modal_next(Modal *modal) {
    for (;;) {
        size_t start = modal->at;
        ModalToken token = {MODAL_STOP, str_slice(modal->text, start, start), start, start};
        if (modal->is_done)
            return token;
        modal->is_done = start == modal->text.size;
        size_t index = 0, end = MODAL_NONE;
        for (; index < modal->rule_count; index++)
            if ((modal->rules[index].modes >> modal_mode(modal)) & 1) {
                end = match_rule(modal, index);
                if (end != MODAL_NONE)
                    break;
            }
        token.kind = modal->is_done ? MODAL_STOP : MODAL_BAD;
        modal->is_cut = modal->is_done && end == MODAL_NONE;
        if (end == MODAL_NONE)
            return token;
        const ModalRule *rule = &modal->rules[index];
        modal->at = token.end = end;
        token.text = str_slice(modal->text, start, end);
        token.kind = rule->token;
        if (!take_step(modal, rule))
            token.kind = MODAL_BAD;
        if (token.kind != MODAL_SKIP)
            return token;
    }
}

Modal modal_new(Str clean, const ModalRule *rules, size_t count, bool is_nocase, Arena *arena) {
    return (Modal){.text = clean,
                   .rules = rules,
                   .rule_count = count,
                   .is_nocase = is_nocase,
                   .depth = 1,
                   .lines = ARENA_ARRAY(arena, ModalLine, count)};
}

void modal_restart(Modal *modal, size_t at, size_t depth) {
    modal->at = at;
    modal->is_done = false;
    if (depth < modal->depth)
        modal->depth = depth;
    memset(modal->lines, 0, modal->rule_count * sizeof *modal->lines);
}
