#include "base/ban.h"

#include "base/utf8.h"
#include "roadmap/editor.h"
#include "roadmap/reader.h"
#include "roadmap/status.h"

/* More samples do not make a habit clearer, and they are compared each with each. */
#define SAMPLE_LIMIT ((size_t)500)

/* The signs of the common manners; a document mixes them seldom. */
static const struct {
    const char *circle, *mark, *word;
} manners[ROADMAP_STATUS_COUNT] = {
    [ROADMAP_OTHER] = {"", "", "Other"},
    [ROADMAP_NOT_STARTED] = {"\xF0\x9F\x94\xB4", "\xE2\x8F\xB3", "Not Started"},
    [ROADMAP_IN_PROGRESS] = {"\xF0\x9F\x9F\xA1", "\xF0\x9F\x94\x84", "In Progress"},
    [ROADMAP_COMPLETE] = {"\xF0\x9F\x9F\xA2", "\xE2\x9C\x85", "Complete"},
    [ROADMAP_BLOCKED] = {"\xF0\x9F\x94\xB5", "\xF0\x9F\x94\xB5", "Blocked"},
    [ROADMAP_CANCELLED] = {"\xE2\x9A\xAB", "\xE2\x8F\xAD\xEF\xB8\x8F", "Cancelled"},
};

Str words_most_common(const Str *texts, size_t count) {
    if (count > SAMPLE_LIMIT)
        count = SAMPLE_LIMIT;
    Str best = {0};
    size_t best_votes = 0;
    for (size_t i = 0; i < count; i++) {
        size_t votes = 0;
        for (size_t k = 0; k < count; k++)
            votes += str_equal(texts[i], texts[k]);
        if (votes > best_votes) {
            best = texts[i];
            best_votes = votes;
        }
    }
    return best;
}

/* A status text without its sign and the space behind it. */
static Str behind_sign(Str text) {
    Str sign = status_sign(text);
    if (sign.size == 0 || sign.data != text.data)
        return text;
    text = str_from_offset(text, sign.size);
    if (str_starts_with(text, STR("\xEF\xB8\x8F")))
        text = str_from_offset(text, 3);
    return str_trim(text);
}

static bool is_upper(Str text) {
    bool has_letter = false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] >= 'a' && text.data[i] <= 'z')
            return false;
        has_letter = has_letter || (text.data[i] >= 'A' && text.data[i] <= 'Z');
    }
    return has_letter;
}

static Str upper(Str text, Arena *arena) {
    char *data = arena_bytes(arena, text.size);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        data[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return (Str){data, text.size};
}

static bool is_circle(Str sign) {
    static const char *const circles[] = {"\xF0\x9F\x94\xB4", "\xF0\x9F\x9F\xA1",
                                          "\xF0\x9F\x9F\xA2", "\xF0\x9F\x94\xB5"};
    for (size_t i = 0; i < sizeof circles / sizeof *circles; i++) {
        if (str_equal(sign, str_from(circles[i])))
            return true;
    }
    return false;
}

Str words_like(Str old, RoadmapStatus status, Arena *arena) {
    Str sign = status_sign(old);
    Str word = behind_sign(old);
    Str new_sign = str_from(is_circle(sign) ? manners[status].circle : manners[status].mark);
    Str new_word = str_from(manners[status].word);
    if (is_upper(word))
        new_word = upper(new_word, arena);
    if (sign.size == 0)
        return new_word;
    if (word.size == 0)
        return new_sign;
    return str_format(arena, "%.*s %.*s", STR_FMT(new_sign), STR_FMT(new_word));
}

/* legend = [ sign ] status [ ( ":" | " -" | " (" | "=" ) explanation ] ; the part before it */
static Str legend_spelling(const Roadmap *map, RoadmapStatus status) {
    for (size_t i = 0; i < map->legend_count; i++) {
        const RoadmapLegend *row = &map->legend[i];
        if (row->status != status)
            continue;
        Str text = row->text.text;
        static const char *const ends[] = {":", " - ", " (", " = ", " \xE2\x80\x93"};
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            text = str_slice(text, 0, str_find(text, str_from(ends[k]), 0));
        text = str_trim(text);
        if (status_is_bare(text) && text.size > 0)
            return text;
    }
    return (Str){0};
}

Str words_status(const Editor *editor, RoadmapStatus status) {
    const Roadmap *map = editor->before;
    Str *texts = ARENA_ARRAY(editor->arena, Str, map->pr_count + 1);
    size_t count = 0;
    Str sample = {0};
    for (uint32_t i = 0; i < map->pr_count; i++) {
        Str raw = text_strip(span_text(map->prs[i].cells[ROADMAP_COLUMN_STATUS]));
        if (!status_is_bare(raw) || raw.size == 0)
            continue;
        sample = sample.size > 0 && i != editor->index ? sample : raw;
        if (map->prs[i].status == status && i != editor->index)
            texts[count++] = raw;
    }
    if (count > 0)
        return words_most_common(texts, count);
    Str legend = legend_spelling(map, status);
    if (legend.size == 0)
        return words_like(sample, status, editor->arena);
    /* The legend explains signs to people; a column of bare words or bare signs stays one. */
    bool has_sign = sample.size == 0 || status_sign(sample).size > 0;
    bool has_word = sample.size == 0 || behind_sign(sample).size > 0;
    if (!has_sign)
        return behind_sign(legend).size > 0 ? behind_sign(legend) : legend;
    if (!has_word)
        return status_sign(legend).size > 0 ? status_sign(legend) : legend;
    return status_sign(legend).size > 0 ? legend : words_like(sample, status, editor->arena);
}

Str words_id_like(Str sample, Str id, Arena *arena) {
    size_t digits = 0;
    while (digits < sample.size && (sample.data[digits] < '0' || sample.data[digits] > '9'))
        digits++;
    return str_format(arena, "%.*s%.*s", STR_FMT(str_slice(sample, 0, digits)), STR_FMT(id));
}

static Str row_title(const RoadmapPr *pr, Arena *arena) {
    Str raw = pr->cells[ROADMAP_COLUMN_TITLE].source ? span_text(pr->cells[ROADMAP_COLUMN_TITLE])
                                                     : pr->title.text;
    if (raw.size > 4 && str_starts_with(raw, STR("**")) && str_ends_with(raw, STR("**")))
        raw = str_slice(raw, 2, raw.size - 2);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < raw.size; i++) {
        if (raw.data[i] == '\\' && i + 1 < raw.size && raw.data[i + 1] == '|')
            continue;
        buf_add_char(&out, raw.data[i]);
    }
    return buf_str(&out);
}

static Str section_title(const RoadmapPr *pr) {
    for (size_t i = 0; i < pr->section_count; i++) {
        if (pr->sections[i].is_primary)
            return pr->sections[i].title.text;
    }
    return (Str){0};
}

static Str plan_title(const Editor *editor, const RoadmapPr *pr) {
    bool has_plan = editor->other && editor->before->kind == ROADMAP_TRACKER;
    if (!has_plan || pr->plan == ROADMAP_NONE)
        return (Str){0};
    return editor->other->prs[pr->plan].title.text;
}

/* Titles are shortened in tables and written out in sections and plans; a document takes the one
 * it repeats from the same place each time. */
Str words_title(const Editor *editor, uint32_t index, uint32_t old_index, Str old) {
    const RoadmapPr *pr = &editor->after->prs[index];
    Str row = row_title(pr, editor->arena);
    if (old_index == ROADMAP_NONE || old.size == 0)
        return row;
    const RoadmapPr *before = &editor->before->prs[old_index];
    if (str_equal(row_title(before, editor->arena), old))
        return row;
    Str section = section_title(pr);
    if (section.size > 0 && str_equal(section_title(before), old))
        return section;
    Str plan = plan_title(editor, pr);
    return plan.size > 0 && str_equal(plan_title(editor, before), old) ? plan : row;
}

Str words_branch(const Editor *editor, uint32_t index) {
    if (index == ROADMAP_NONE)
        return (Str){0};
    return editor->before->prs[index].branch.text;
}

Str words_one_line(Str text, Arena *arena) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < text.size; i++)
        buf_add_char(&out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
    return str_trim(buf_str(&out));
}
