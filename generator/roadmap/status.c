#include "base/ban.h"

#include "roadmap/status.h"

#include "base/utf8.h"

typedef struct StatusWord {
    const char *word; /* lower case; words are parted by one space */
    RoadmapStatus status;
} StatusWord;

/* Longer phrases come before their own beginnings. */
static const StatusWord words[] = {
    {"not started", ROADMAP_NOT_STARTED}, {"not begun", ROADMAP_NOT_STARTED},
    {"not complete", ROADMAP_OTHER},      {"not completed", ROADMAP_OTHER},
    {"not done", ROADMAP_OTHER},          {"not merged", ROADMAP_OTHER},
    {"incomplete", ROADMAP_OTHER},        {"pending", ROADMAP_NOT_STARTED},
    {"planned", ROADMAP_NOT_STARTED},     {"planning", ROADMAP_NOT_STARTED},
    {"to do", ROADMAP_NOT_STARTED},       {"to-do", ROADMAP_NOT_STARTED},
    {"todo", ROADMAP_NOT_STARTED},        {"backlog", ROADMAP_NOT_STARTED},
    {"queued", ROADMAP_NOT_STARTED},      {"open", ROADMAP_NOT_STARTED},
    {"in progress", ROADMAP_IN_PROGRESS}, {"in-progress", ROADMAP_IN_PROGRESS},
    {"in review", ROADMAP_IN_PROGRESS},   {"partial", ROADMAP_IN_PROGRESS},
    {"partially", ROADMAP_IN_PROGRESS},   {"starting", ROADMAP_IN_PROGRESS},
    {"started", ROADMAP_IN_PROGRESS},     {"active", ROADMAP_IN_PROGRESS},
    {"ongoing", ROADMAP_IN_PROGRESS},     {"wip", ROADMAP_IN_PROGRESS},
    {"blocked", ROADMAP_BLOCKED},         {"on hold", ROADMAP_BLOCKED},
    {"skipped", ROADMAP_CANCELLED},       {"superseded", ROADMAP_CANCELLED},
    {"deferred", ROADMAP_CANCELLED},      {"cancelled", ROADMAP_CANCELLED},
    {"canceled", ROADMAP_CANCELLED},      {"dropped", ROADMAP_CANCELLED},
    {"won't do", ROADMAP_CANCELLED},      {"wont do", ROADMAP_CANCELLED},
    {"n/a", ROADMAP_CANCELLED},           {"completed", ROADMAP_COMPLETE},
    {"complete", ROADMAP_COMPLETE},       {"done", ROADMAP_COMPLETE},
    {"merged", ROADMAP_COMPLETE},         {"created", ROADMAP_COMPLETE},
    {"shipped", ROADMAP_COMPLETE},        {"released", ROADMAP_COMPLETE},
    {"closed", ROADMAP_COMPLETE},         {"implemented", ROADMAP_COMPLETE},
    {"finished", ROADMAP_COMPLETE},
};

static const struct {
    uint32_t point;
    RoadmapStatus status;
} signs[] = {
    {0x2705, ROADMAP_COMPLETE},     /* white heavy check mark */
    {0x1F7E2, ROADMAP_COMPLETE},    /* green circle */
    {0x2714, ROADMAP_COMPLETE},     /* heavy check mark */
    {0x2611, ROADMAP_COMPLETE},     /* ballot box with check */
    {0x1F7E1, ROADMAP_IN_PROGRESS}, /* yellow circle */
    {0x1F504, ROADMAP_IN_PROGRESS}, /* arrows in a circle */
    {0x1F6A7, ROADMAP_IN_PROGRESS}, /* construction sign */
    {0x1F534, ROADMAP_NOT_STARTED}, /* red circle */
    {0x23F3, ROADMAP_NOT_STARTED},  /* hourglass */
    {0x2B1C, ROADMAP_NOT_STARTED},  /* white square */
    {0x26AA, ROADMAP_NOT_STARTED},  /* white circle */
    {0x1F535, ROADMAP_BLOCKED},     /* blue circle */
    {0x26AB, ROADMAP_CANCELLED},    /* black circle */
    {0x23ED, ROADMAP_CANCELLED},    /* next track button */
    {0x274C, ROADMAP_CANCELLED},    /* cross mark */
};

static const struct {
    const char *name, *label;
} names[ROADMAP_STATUS_COUNT] = {
    [ROADMAP_OTHER] = {"other", "Other"},
    [ROADMAP_NOT_STARTED] = {"not_started", "Not started"},
    [ROADMAP_IN_PROGRESS] = {"in_progress", "In progress"},
    [ROADMAP_COMPLETE] = {"complete", "Complete"},
    [ROADMAP_BLOCKED] = {"blocked", "Blocked"},
    [ROADMAP_CANCELLED] = {"cancelled", "Cancelled"},
};

Str roadmap_status_name(RoadmapStatus status) {
    return str_from(names[status].name);
}

Str roadmap_status_label(RoadmapStatus status) {
    return str_from(names[status].label);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The status word that stands whole at the start of `text`, or NULL. */
static const StatusWord *word_at(Str text) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if (!str_equal_nocase(str_slice(text, 0, size), str_from(words[i].word)))
            continue;
        if (text.size == size || !is_letter(text.data[size]))
            return &words[i];
    }
    return NULL;
}

/* The word that stands first in the text decides: "Complete (blocked PR 7 for a week)". */
static const StatusWord *first_word(Str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_letter(text.data[i]) || (i > 0 && is_letter(text.data[i - 1])))
            continue;
        const StatusWord *word = word_at(str_from_offset(text, i));
        if (word)
            return word;
    }
    return NULL;
}

static bool sign_meaning(uint32_t point, RoadmapStatus *status) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].point == point) {
            *status = signs[i].status;
            return true;
        }
    }
    return false;
}

Str status_sign(Str text) {
    Str rest = text;
    while (rest.size > 0) {
        Str at = rest;
        RoadmapStatus status = ROADMAP_OTHER;
        if (sign_meaning(utf8_take(&rest), &status))
            return str_slice(at, 0, at.size - rest.size);
    }
    return (Str){0};
}

bool status_parse(Str text, const Roadmap *roadmap, RoadmapStatus *status) {
    *status = ROADMAP_OTHER;
    const StatusWord *word = first_word(text);
    if (word) {
        *status = word->status;
        return true;
    }
    Str sign = status_sign(text);
    if (sign.size == 0)
        return false;
    for (size_t i = 0; roadmap && i < roadmap->legend_count; i++) {
        const RoadmapLegend *row = &roadmap->legend[i];
        if (row->status != ROADMAP_OTHER && str_equal(status_sign(row->text.text), sign)) {
            *status = row->status;
            return true;
        }
    }
    return sign_meaning(utf8_take(&sign), status);
}

/* True when `text` is a status and nothing else: "COMPLETE", "Not Started", "". */
static bool is_bare_status(Str text) {
    text = str_trim(text);
    const StatusWord *word = word_at(text);
    return text.size == 0 || (word && strlen(word->word) == text.size);
}

bool status_is_bare(Str text) {
    Str sign = status_sign(text);
    text = str_trim(text);
    if (sign.size > 0 && sign.data == text.data)
        text = str_from_offset(text, sign.size);
    /* U+FE0F asks for the coloured form of the sign before it. */
    if (str_starts_with(text, STR("\xEF\xB8\x8F")))
        text = str_from_offset(text, 3);
    return is_bare_status(text);
}

/* ending = sign [ status ] | " - " status | " (" status ")" */
void status_split(Str text, Str *title, Str *status) {
    *title = str_trim(text);
    *status = (Str){0};
    Str sign = status_sign(*title);
    if (sign.size > 0) {
        size_t at = (size_t)(sign.data - title->data);
        Str behind = str_from_offset(*title, at + sign.size);
        /* U+FE0F asks for the coloured form of the sign before it. */
        if (str_starts_with(behind, STR("\xEF\xB8\x8F")))
            behind = str_from_offset(behind, 3);
        if (at > 0 && is_bare_status(behind)) {
            *status = str_from_offset(*title, at);
            *title = str_trim(str_slice(*title, 0, at));
            return;
        }
    }
    size_t dash = str_find_last(*title, '-');
    size_t open = str_find_last(*title, '(');
    if (open != STR_NONE && open > 0 && str_ends_with(*title, STR(")"))) {
        Str inner = str_slice(*title, open + 1, title->size - 1);
        if (inner.size > 0 && is_bare_status(inner)) {
            *status = inner;
            *title = str_trim(str_slice(*title, 0, open));
        }
    } else if (dash != STR_NONE && dash > 1 && title->data[dash - 1] == ' ') {
        Str behind = str_trim(str_from_offset(*title, dash + 1));
        if (behind.size > 0 && is_bare_status(behind)) {
            *status = behind;
            *title = str_trim(str_slice(*title, 0, dash));
        }
    }
}
