#include "base/ban.h"

#include "site/search_text.h"

#include "base/bytes.h"
#include "site/search_plain.h"

/* Where the reader is, as far as it matters. */
typedef struct Reading {
    SearchPage *page;
    PageWords words;
    size_t hidden; /* depth of pictures: their words are found but not shown in excerpts */
    Buf heading, excerpt;
    const char *end; /* of what is read */
    Arena *arena;
} Reading;

static void open_section(Reading *reading, Str anchor) {
    SearchPage *page = reading->page;
    ARENA_RESERVE(reading->arena, page->sections, page->section_count, page->section_capacity);
    page->sections[page->section_count++] =
        (SearchSection){.anchor = str_copy(reading->arena, anchor)};
    page_words_open(&reading->words);
}

/* Keeps what was gathered for the section that ends. */
static void close_section(Reading *reading) {
    SearchSection *section = &reading->page->sections[reading->page->section_count - 1];
    section->hit_count = reading->words.section_hits;
    section->heading = str_copy(reading->arena, str_trim(buf_str(&reading->heading)));
    section->excerpt =
        str_copy(reading->arena, search_cut_excerpt(str_trim(buf_str(&reading->excerpt))));
    reading->heading.size = reading->excerpt.size = 0;
}

static void add_text(Reading *reading, Str text) {
    page_words_add(&reading->words, text, reading->end);
    if (reading->words.weight == SEARCH_HEADING)
        search_add_plain(&reading->heading, text);
    else if (reading->hidden == 0 && reading->excerpt.size < SEARCH_EXCERPT_MAX)
        search_add_plain(&reading->excerpt, str_slice(text, 0,
                                                      text.size < 2 * (size_t)SEARCH_EXCERPT_MAX
                                                          ? text.size
                                                          : 2 * (size_t)SEARCH_EXCERPT_MAX));
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

/* What a tag means for the search, but for headings. */
typedef enum TagRole {
    TAG_PLAIN,
    TAG_PICTURE, /* its words are not shown */
    TAG_LINK,
    TAG_FOREIGN, /* what stands in it is no text */
    TAG_APART,   /* words at its two sides do not touch */
} TagRole;

static inline bool ends_name(char c) {
    return c == ' ' || c == '/' || c == '>' || c == '\n';
}

/* Is the tag's name `name`? Inline, so that a literal costs one comparison. */
static inline bool is_tag(Str tag, Str name) {
    return str_starts_with(tag, name) && (tag.size == name.size || ends_name(tag.data[name.size]));
}

static TagRole role_of(Str tag) {
    switch (tag.size ? tag.data[0] : '\0') {
    case 'a': return is_tag(tag, STR("a")) ? TAG_LINK : TAG_PLAIN;
    case 'p': return is_tag(tag, STR("p")) ? TAG_APART : TAG_PLAIN;
    case 'b': return is_tag(tag, STR("br")) ? TAG_APART : TAG_PLAIN;
    case 'l': return is_tag(tag, STR("li")) ? TAG_APART : TAG_PLAIN;
    case 't': return is_tag(tag, STR("td")) || is_tag(tag, STR("th")) ? TAG_APART : TAG_PLAIN;
    case 'd': return is_tag(tag, STR("dd")) || is_tag(tag, STR("dt")) ? TAG_APART : TAG_PLAIN;
    case 'f': return is_tag(tag, STR("figure")) ? TAG_PICTURE : TAG_PLAIN;
    case 's':
        if (is_tag(tag, STR("svg")))
            return TAG_PICTURE;
        return is_tag(tag, STR("style")) || is_tag(tag, STR("script")) ? TAG_FOREIGN : TAG_PLAIN;
    default: return TAG_PLAIN;
    }
}

/* The tag decides where words count as what. Gives where reading goes on: behind a part that is
 * passed over as a whole. */
static size_t enter_tag(Reading *reading, Str html, Str tag, size_t end) {
    bool is_closing = tag.size && tag.data[0] == '/';
    Str name = str_from_offset(tag, is_closing);
    if (name.size >= 2 && name.data[0] == 'h' && name.data[1] >= '1' && name.data[1] <= '6' &&
        (name.size == 2 || name.data[2] == ' ')) {
        if (is_closing && reading->words.weight == SEARCH_HEADING)
            page_words_weigh_short(&reading->words, SEARCH_HEADING);
        if (!is_closing && name.data[1] != '1') {
            close_section(reading);
            open_section(reading, attribute(tag, " id=\""));
        }
        reading->words.weight = is_closing ? SEARCH_TEXT : SEARCH_HEADING;
        return end;
    }
    TagRole role = role_of(name);
    size_t close = STR_NONE;
    if (role == TAG_PICTURE) {
        reading->hidden += !is_closing;
        reading->hidden -= is_closing && reading->hidden > 0;
    } else if (role == TAG_LINK && !is_closing &&
               str_find(tag, STR("class=\"anchor\""), 0) != STR_NONE) {
        close = str_find(html, STR("</a>"), end);
    } else if (role == TAG_FOREIGN && !is_closing) {
        close = str_find(html, STR("</s"), end);
        close = close == STR_NONE ? html.size : close;
    } else if (role == TAG_APART && reading->excerpt.size &&
               reading->excerpt.data[reading->excerpt.size - 1] != ' ') {
        buf_add_char(&reading->excerpt, ' ');
    }
    return close == STR_NONE ? end : close;
}

/* What was found, as it is asked for. */
static void keep_words(Reading *reading) {
    const PageWords *words = &reading->words;
    SearchPage *page = reading->page;
    SearchWord *list = ARENA_ARRAY(reading->arena, SearchWord, words->found_count + 1);
    for (size_t i = 0; i < words->found_count; i++)
        list[i] = words->found[i].word;
    page->list = list;
    page->word_count = words->found_count;
    page->words = buf_str(&words->text);
    page->hits = (uint8_t *)arena_bytes(reading->arena, words->hit_count * SEARCH_NUMBER_MAX + 1);
    size_t size = 0;
    for (size_t i = 0; i < words->hit_count; i++)
        size += search_put_number(page->hits + size, words->hits[i]);
}

/* Tags and what stands between them are short: the first bytes are looked at here. */
static inline size_t find_sign(Str html, size_t at, char sign) {
    for (size_t end = at + 16; at < end && at + 8 <= html.size; at += 8) {
        uint64_t bytes = bytes_load(html.data + at);
        uint64_t marks = bytes_are(bytes_low(bytes), (unsigned char)sign) & ~bytes & BYTES_HIGH;
        if (marks)
            return at + bytes_before(marks);
    }
    return str_find_char(html, sign, at);
}

/* One that is empty may stand nowhere, and what is nowhere has no place behind it. */
static const char *end_of(Str text) {
    return text.data ? text.data + text.size : NULL;
}

SearchPage *search_read(Str title, Str html, Arena *arena) {
    Reading reading = {.page = ARENA_NEW(arena, SearchPage),
                       .words = page_words_new(arena),
                       .heading = buf_new(arena),
                       .excerpt = buf_new(arena),
                       .end = end_of(html),
                       .arena = arena};
    open_section(&reading, (Str){NULL, 0});
    page_words_add(&reading.words, title, end_of(title));
    page_words_end_title(&reading.words);
    size_t at = 0;
    while (at < html.size) {
        size_t open = find_sign(html, at, '<');
        size_t text_end = open == STR_NONE ? html.size : open;
        if (text_end > at)
            add_text(&reading, str_slice(html, at, text_end));
        if (open == STR_NONE)
            break;
        size_t close = find_sign(html, open, '>');
        size_t end = close == STR_NONE ? html.size : close + 1;
        at = enter_tag(&reading, html,
                       str_slice(html, open + 1, close == STR_NONE ? html.size : close), end);
    }
    close_section(&reading);
    keep_words(&reading);
    return reading.page;
}

const SearchWord *search_words(const SearchPage *page, Arena *arena) {
    return page->list ? page->list : search_word_list(page->words, page->word_count, arena);
}
