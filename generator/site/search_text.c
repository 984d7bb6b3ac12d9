#include "base/ban.h"

#include "site/search_text.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"

#define WORD_MAX    40  /* bytes; longer ones are hashes and the like */
#define EXCERPT_MAX 140 /* bytes */
#define OFTEN       3   /* times */

/* Where the reader is, as far as it matters. */
typedef struct Reading {
    SearchPage *page;
    Map *terms;
    SearchWeight weight; /* of words here: HEADING inside of a heading */
    size_t hidden;       /* depth of pictures: their words are found but not shown in excerpts */
    Buf heading, excerpt, word;
    Arena *arena;
} Reading;

static SearchSection *open_section(Reading *reading, Str anchor) {
    SearchPage *page = reading->page;
    ARENA_RESERVE(reading->arena, page->sections, page->section_count, page->section_capacity);
    SearchSection *section = &page->sections[page->section_count++];
    *section = (SearchSection){.anchor = anchor};
    return section;
}

/* Keeps what was gathered for the section that ends. */
static void close_section(Reading *reading) {
    SearchSection *section = &reading->page->sections[reading->page->section_count - 1];
    section->heading = str_copy(reading->arena, str_trim(buf_str(&reading->heading)));
    section->excerpt = str_copy(reading->arena, str_trim(buf_str(&reading->excerpt)));
    reading->heading.size = reading->excerpt.size = 0;
}

static SearchTerm *find_term(Reading *reading, Str word) {
    SearchTerm *term = map_find(reading->terms, word);
    if (term)
        return term;
    term = ARENA_NEW(reading->arena, SearchTerm);
    term->word = str_copy(reading->arena, word);
    map_put(reading->terms, term->word, term);
    SearchPage *page = reading->page;
    ARENA_RESERVE(reading->arena, page->terms, page->term_count, page->term_capacity);
    page->terms[page->term_count++] = term;
    return term;
}

static void add_word(Reading *reading, Str word) {
    SearchTerm *term = find_term(reading, word);
    uint32_t section = (uint32_t)reading->page->section_count - 1;
    SearchHit *last = term->hit_count ? &term->hits[term->hit_count - 1] : NULL;
    if (!last || last->section != section) {
        ARENA_RESERVE(reading->arena, term->hits, term->hit_count, term->hit_capacity);
        last = &term->hits[term->hit_count++];
        *last = (SearchHit){section, reading->weight, 0};
    }
    last->times++;
    if (reading->weight > last->weight)
        last->weight = reading->weight;
    else if (last->weight == SEARCH_TEXT && last->times >= OFTEN)
        last->weight = SEARCH_OFTEN;
}

/* Scripts without blanks between words: every character counts as one. */
static bool stands_alone(uint32_t c) {
    return (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

static bool is_plain(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Takes one word off the front, in lower case; false when what is there is none. */
static bool take_word(Str *text, Buf *word) {
    word->size = 0;
    bool is_too_long = false;
    while (text->size) {
        unsigned char c = (unsigned char)text->data[0];
        Str rest = *text;
        uint32_t code_point = c;
        if (c < 0x80)
            rest = str_from_offset(rest, 1);
        else
            code_point = utf8_take(&rest);
        bool is_alone = c >= 0x80 && stands_alone(code_point);
        if (!(c < 0x80 ? is_plain(c) : utf8_is_word(code_point)) || (is_alone && word->size))
            break;
        *text = rest;
        is_too_long |= word->size >= WORD_MAX;
        if (!is_too_long && c < 0x80) {
            buf_add_char(word, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
        } else if (!is_too_long) {
            utf8_add(word, utf8_lower(code_point));
        }
        if (is_alone)
            break;
    }
    return word->size > 0 && !is_too_long;
}

/* The bytes of what stands between two words: an entity is one sign. */
static size_t entity_size(Str text) {
    size_t end = text.data[0] == '&' ? str_find_char(str_slice(text, 0, 8), ';', 0) : STR_NONE;
    return end == STR_NONE ? 1 : end + 1;
}

static void add_words(Reading *reading, Str text) {
    Buf *word = &reading->word;
    while (text.size) {
        size_t before = text.size;
        bool is_word = take_word(&text, word);
        /* A single letter is hardly ever what anybody looks for. */
        if (is_word && (word->size > 1 || (word->data[0] >= '0' && word->data[0] <= '9')))
            add_word(reading, buf_str(word));
        if (text.size == before)
            text = str_from_offset(text, entity_size(text));
    }
}

/* The few entities that html_escape writes; any other stays as it is. */
static void add_plain(Buf *out, Str text) {
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    bool was_blank = out->size == 0 || out->data[out->size - 1] == ' ';
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        for (size_t k = 0; c == '&' && k < sizeof entities / sizeof *entities; k++) {
            Str name = str_from(entities[k].name);
            if (str_starts_with(str_from_offset(text, i), name)) {
                c = entities[k].c;
                i += name.size - 1;
                break;
            }
        }
        bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_blank || !was_blank)
            buf_add_char(out, is_blank ? ' ' : c);
        was_blank = is_blank;
    }
}

static void add_text(Reading *reading, Str text) {
    add_words(reading, text);
    if (reading->weight == SEARCH_HEADING)
        add_plain(&reading->heading, text);
    else if (reading->hidden == 0 && reading->excerpt.size < EXCERPT_MAX)
        add_plain(
            &reading->excerpt,
            str_slice(text, 0,
                      text.size < 2 * (size_t)EXCERPT_MAX ? text.size : 2 * (size_t)EXCERPT_MAX));
}

/* The value of an attribute as it is written in our own HTML: name="value". */
static Str attribute(Str tag, const char *name) {
    size_t at = str_find(tag, str_from(name), 0);
    if (at == STR_NONE)
        return (Str){NULL, 0};
    size_t start = at + strlen(name);
    size_t end = str_find_char(tag, '"', start);
    return str_slice(tag, start, end == STR_NONE ? tag.size : end);
}

static bool is_tag(Str tag, const char *name) {
    size_t size = strlen(name);
    return str_starts_with(tag, str_from(name)) &&
           (tag.size == size || strchr(" />\n", tag.data[size]));
}

/* The tag decides where words count as what. Gives where reading goes on: behind a part that is
 * passed over as a whole. */
static size_t enter_tag(Reading *reading, Str html, Str tag, size_t end) {
    bool is_closing = tag.size && tag.data[0] == '/';
    Str name = str_from_offset(tag, is_closing);
    if (name.size >= 2 && name.data[0] == 'h' && name.data[1] >= '1' && name.data[1] <= '6' &&
        (name.size == 2 || name.data[2] == ' ')) {
        if (!is_closing && name.data[1] != '1') {
            close_section(reading);
            open_section(reading, attribute(tag, " id=\""));
        }
        reading->weight = is_closing ? SEARCH_TEXT : SEARCH_HEADING;
    } else if (is_tag(name, "svg") || is_tag(name, "figure")) {
        reading->hidden += !is_closing;
        reading->hidden -= is_closing && reading->hidden > 0;
    } else if (!is_closing &&
               (is_tag(name, "a") && str_find(tag, STR("class=\"anchor\""), 0) != STR_NONE)) {
        size_t close = str_find(html, STR("</a>"), end);
        return close == STR_NONE ? end : close;
    } else if (!is_closing && (is_tag(name, "style") || is_tag(name, "script"))) {
        size_t close = str_find(html, STR("</s"), end);
        return close == STR_NONE ? html.size : close;
    } else if (reading->excerpt.size && reading->excerpt.data[reading->excerpt.size - 1] != ' ' &&
               (is_tag(name, "p") || is_tag(name, "br") || is_tag(name, "li") ||
                is_tag(name, "td") || is_tag(name, "th") || is_tag(name, "dd") ||
                is_tag(name, "dt"))) {
        buf_add_char(&reading->excerpt, ' ');
    }
    return end;
}

/* Cuts at a blank, so that no word is shown in half. */
static void cut_excerpts(SearchPage *page) {
    for (size_t i = 0; i < page->section_count; i++) {
        Str *excerpt = &page->sections[i].excerpt;
        if (excerpt->size <= EXCERPT_MAX)
            continue;
        size_t end = EXCERPT_MAX;
        while (end > 0 && excerpt->data[end] != ' ')
            end--;
        while (end == 0 || ((unsigned char)excerpt->data[end] & 0xC0) == 0x80)
            end = end ? end - 1 : EXCERPT_MAX;
        *excerpt = str_trim(str_slice(*excerpt, 0, end));
    }
}

SearchPage *search_read(Str title, Str html, Arena *arena) {
    Reading reading = {.page = ARENA_NEW(arena, SearchPage),
                       .terms = map_new(arena),
                       .weight = SEARCH_TITLE,
                       .heading = buf_new(arena),
                       .excerpt = buf_new(arena),
                       .word = buf_new(arena),
                       .arena = arena};
    open_section(&reading, (Str){NULL, 0});
    add_words(&reading, title);
    reading.weight = SEARCH_TEXT;
    size_t at = 0;
    while (at < html.size) {
        size_t open = str_find_char(html, '<', at);
        size_t text_end = open == STR_NONE ? html.size : open;
        if (text_end > at)
            add_text(&reading, str_slice(html, at, text_end));
        if (open == STR_NONE)
            break;
        size_t close = str_find_char(html, '>', open);
        size_t end = close == STR_NONE ? html.size : close + 1;
        at = enter_tag(&reading, html,
                       str_slice(html, open + 1, close == STR_NONE ? html.size : close), end);
    }
    close_section(&reading);
    cut_excerpts(reading.page);
    return reading.page;
}
