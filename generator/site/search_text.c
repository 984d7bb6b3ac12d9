#include "base/ban.h"

#include "site/search_text.h"

#include "base/buf.h"
#include "base/utf8.h"

#define WORD_MAX    40  /* bytes; longer ones are hashes and the like */
#define EXCERPT_MAX 120 /* bytes */
#define OFTEN       3   /* times */
#define SHORT       2   /* words of a title or heading */
#define FEW_HITS    64  /* of a section whose heading is still at its beginning */
#define PIECES_MAX  8   /* of a word that is made of words; more is no name that anybody wrote */

/* A word of the page while the page is read. */
typedef struct Word {
    uint32_t hash;
    uint32_t start, size; /* in Reading.words */
    uint32_t section;     /* the last one it was met in, counted from 1 */
    uint32_t hit;         /* its place in Reading.hits for that section */
    uint32_t times;       /* in that section */
} Word;

/* Where the reader is, as far as it matters. */
typedef struct Reading {
    SearchPage *page;
    Word *found; /* by first use; the first `title_count` are the title's */
    size_t found_count, found_capacity, title_count;
    uint32_t *slots; /* index in `found` + 1 by hash, with linear probing; 0 is free */
    size_t slot_count;
    uint32_t *hits;
    uint32_t hit_count;
    size_t hit_capacity;
    SearchWeight weight; /* of words here: HEADING inside of a heading */
    size_t hidden;       /* depth of pictures: their words are found but not shown in excerpts */
    Buf heading, excerpt, words;
    Buf word;                  /* the one that is being read */
    size_t pieces[PIECES_MAX]; /* where its parts begin: loki|write, Faro|Error */
    size_t piece_count;
    Arena *arena; /* of what is kept */
    Arena *tmp;
} Reading;

/* Twice as many slots, and all words in them anew. */
static void grow_slots(Reading *reading) {
    reading->slot_count = reading->slot_count ? reading->slot_count * 2 : 512;
    reading->slots = ARENA_ARRAY(reading->tmp, uint32_t, reading->slot_count);
    for (size_t i = 0; i < reading->found_count; i++) {
        size_t slot = reading->found[i].hash & (reading->slot_count - 1);
        while (reading->slots[slot])
            slot = (slot + 1) & (reading->slot_count - 1);
        reading->slots[slot] = (uint32_t)i + 1;
    }
}

/* FNV-1a, letter by letter: of a few letters nothing is faster, and it can be had while a word's
 * end is looked for. */
#define HASH_FIRST ((uint32_t)2166136261)

static inline uint32_t hash_letter(uint32_t hash, char letter) {
    return (hash ^ (unsigned char)letter) * 16777619u;
}

static uint32_t hash_word(Str word) {
    uint32_t hash = HASH_FIRST;
    for (size_t i = 0; i < word.size; i++)
        hash = hash_letter(hash, word.data[i]);
    return hash;
}

/* `hash` is that of the text by hash_letter. */
static Word *find_word(Reading *reading, Str text, uint32_t hash) {
    hash ^= hash >> 15;
    if (reading->found_count * 2 >= reading->slot_count)
        grow_slots(reading);
    size_t slot = hash & (reading->slot_count - 1);
    for (; reading->slots[slot]; slot = (slot + 1) & (reading->slot_count - 1)) {
        Word *word = &reading->found[reading->slots[slot] - 1];
        if (word->hash == hash && word->size == text.size &&
            memcmp(reading->words.data + word->start, text.data, text.size) == 0)
            return word;
    }
    ARENA_RESERVE(reading->tmp, reading->found, reading->found_count, reading->found_capacity);
    Word *word = &reading->found[reading->found_count++];
    *word =
        (Word){.hash = hash, .start = (uint32_t)reading->words.size, .size = (uint32_t)text.size};
    reading->slots[slot] = (uint32_t)reading->found_count;
    buf_add(&reading->words, text);
    buf_add_char(&reading->words, '\n');
    return word;
}

static void add_hit(Reading *reading, Word *word, SearchWeight weight) {
    SearchPage *page = reading->page;
    if (word->section != page->section_count) {
        ARENA_RESERVE(reading->tmp, reading->hits, reading->hit_count, reading->hit_capacity);
        word->section = (uint32_t)page->section_count;
        word->times = 0;
        word->hit = reading->hit_count++;
        reading->hits[word->hit] = (uint32_t)(word - reading->found) * SEARCH_WEIGHTS;
        page->sections[page->section_count - 1].hit_count++;
    }
    uint32_t *hit = &reading->hits[word->hit], before = *hit % SEARCH_WEIGHTS;
    word->times++;
    if (before == SEARCH_TEXT && word->times >= OFTEN)
        before = SEARCH_OFTEN;
    *hit += (weight > before ? weight : before) - *hit % SEARCH_WEIGHTS;
}

/* What a title or heading was read to its end for: one of few words is about just these. */
static void weigh_short(Reading *reading, SearchWeight weight) {
    const SearchSection *section = &reading->page->sections[reading->page->section_count - 1];
    /* Behind so much text it is none of few words; and looking through it takes time. A title of
     * signs alone has none. */
    if (section->hit_count == 0 || section->hit_count > FEW_HITS)
        return;
    uint32_t *first = reading->hits + reading->hit_count - section->hit_count, count = 0;
    for (uint32_t i = 0; i < section->hit_count; i++)
        count += first[i] % SEARCH_WEIGHTS == weight;
    for (uint32_t i = 0; count <= SHORT && i < section->hit_count; i++)
        first[i] += first[i] % SEARCH_WEIGHTS == weight;
}

/* A section is also found by the title of its page: "grafana memory" means the part on memory of
 * the page on Grafana. */
static void open_section(Reading *reading, Str anchor) {
    SearchPage *page = reading->page;
    ARENA_RESERVE(reading->arena, page->sections, page->section_count, page->section_capacity);
    page->sections[page->section_count++] =
        (SearchSection){.anchor = str_copy(reading->arena, anchor)};
    for (size_t i = 0; i < reading->title_count; i++)
        add_hit(reading, &reading->found[i], SEARCH_OFTEN);
}

/* Cuts at a blank, so that no word is shown in half. */
static Str cut_excerpt(Str excerpt) {
    if (excerpt.size <= EXCERPT_MAX)
        return excerpt;
    size_t end = EXCERPT_MAX;
    while (end > 0 && excerpt.data[end] != ' ')
        end--;
    for (end = end ? end : EXCERPT_MAX; end > 0; end--)
        if (((unsigned char)excerpt.data[end] & 0xC0) != 0x80)
            break;
    /* Bytes of a data file that are no letters: cut anywhere. */
    end = end ? end : EXCERPT_MAX;
    return str_trim(str_slice(excerpt, 0, end));
}

/* Keeps what was gathered for the section that ends. */
static void close_section(Reading *reading) {
    SearchSection *section = &reading->page->sections[reading->page->section_count - 1];
    section->heading = str_copy(reading->arena, str_trim(buf_str(&reading->heading)));
    section->excerpt = str_copy(reading->arena, cut_excerpt(str_trim(buf_str(&reading->excerpt))));
    reading->heading.size = reading->excerpt.size = 0;
}

static inline void add_word(Reading *reading, Str word, uint32_t hash) {
    /* A single letter is hardly ever what anybody looks for. */
    if (word.size > 1 || (word.size == 1 && word.data[0] >= '0' && word.data[0] <= '9'))
        add_hit(reading, find_word(reading, word, hash), reading->weight);
}

/* The word that was read, and where it is made of several (loki_write, FaroErrorBoundary) each of
 * them. */
static void add_read_word(Reading *reading) {
    Str word = buf_str(&reading->word);
    add_word(reading, word, hash_word(word));
    for (size_t i = 0; reading->piece_count && i <= reading->piece_count; i++) {
        size_t start = i ? reading->pieces[i - 1] : 0;
        Str piece =
            str_slice(word, start, i < reading->piece_count ? reading->pieces[i] : word.size);
        while (piece.size && piece.data[piece.size - 1] == '_')
            piece.size--;
        if (piece.size < word.size)
            add_word(reading, piece, hash_word(piece));
    }
}

/* Scripts without blanks between words: every character counts as one. */
static bool stands_alone(uint32_t c) {
    return (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

static bool is_upper(unsigned char c) {
    return c >= 'A' && c <= 'Z';
}

/* What words are made of below 0x80: 1 for what stays as it is, 2 for capitals and "_", which ask
 * for another look. Every letter of the site passes here, so a table it is. */
static const unsigned char plain_class[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
    ['8'] = 1, ['9'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1,
    ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
    ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1,
    ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['A'] = 2, ['B'] = 2, ['C'] = 2, ['D'] = 2,
    ['E'] = 2, ['F'] = 2, ['G'] = 2, ['H'] = 2, ['I'] = 2, ['J'] = 2, ['K'] = 2, ['L'] = 2,
    ['M'] = 2, ['N'] = 2, ['O'] = 2, ['P'] = 2, ['Q'] = 2, ['R'] = 2, ['S'] = 2, ['T'] = 2,
    ['U'] = 2, ['V'] = 2, ['W'] = 2, ['X'] = 2, ['Y'] = 2, ['Z'] = 2, ['_'] = 2};

/* Takes the ASCII part of a word off the front of `text` and adds it to the word. */
static void take_plain(Str *text, Reading *reading) {
    Buf *word = &reading->word;
    size_t size = 0, at = word->size;
    unsigned char seen = 0;
    for (unsigned char class; size < text->size; size++) {
        class = plain_class[(unsigned char)text->data[size]];
        if (!class)
            break;
        seen |= class;
    }
    /* What is too long already need not be kept whole. */
    buf_add(word, str_slice(*text, 0, size <= WORD_MAX ? size : WORD_MAX + 1));
    *text = str_from_offset(*text, size);
    if (seen < 2)
        return;
    for (unsigned char before = 0; at < word->size; at++) {
        unsigned char c = (unsigned char)word->data[at];
        bool is_piece = before == '_' ? c != '_' : is_upper(c) && before >= 'a' && before <= 'z';
        if (is_piece && reading->piece_count < PIECES_MAX)
            reading->pieces[reading->piece_count++] = at;
        if (is_upper(c))
            word->data[at] = (char)(c - 'A' + 'a');
        before = c;
    }
}

/* Takes one word off the front, in lower case; false when what is there is none. */
static bool take_word(Str *text, Reading *reading) {
    Buf *word = &reading->word;
    word->size = reading->piece_count = 0;
    while (text->size) {
        take_plain(text, reading);
        if (text->size == 0 || (unsigned char)text->data[0] < 0x80)
            break;
        Str rest = *text;
        uint32_t code_point = utf8_take(&rest);
        bool is_alone = stands_alone(code_point);
        if (!utf8_is_word(code_point) || (is_alone && word->size))
            break;
        *text = rest;
        if (word->size <= WORD_MAX)
            utf8_add(word, utf8_lower(code_point));
        if (is_alone)
            break;
    }
    return word->size > 0 && word->size <= WORD_MAX;
}

/* The bytes of what begins with `&`: an entity is one sign. */
static size_t entity_size(Str text) {
    size_t end = str_find_char(str_slice(text, 0, 8), ';', 0);
    return end == STR_NONE ? 1 : end + 1;
}

/* Nearly every word is of small letters and ends with a blank or sign: it is taken as it stands,
 * and that sign with it. */
static void add_words(Reading *reading, Str text) {
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t hash = HASH_FIRST;
        for (; at < text.size && plain_class[(unsigned char)text.data[at]] == 1; at++)
            hash = hash_letter(hash, text.data[at]);
        unsigned char c = at < text.size ? (unsigned char)text.data[at] : ' ';
        if (c < 0x80 && !plain_class[c]) {
            if (at - start <= WORD_MAX)
                add_word(reading, (Str){text.data + start, at - start}, hash);
            at += c == '&' ? entity_size(str_from_offset(text, at)) : 1;
            continue;
        }
        Str rest = str_from_offset(text, start);
        if (take_word(&rest, reading))
            add_read_word(reading);
        at = text.size - rest.size;
        if (at == start)
            at++;
    }
}

/* The few entities that html_escape writes; any other stays as it is. */
static void add_plain(Buf *out, Str text) {
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    bool was_blank = out->size == 0 || out->data[out->size - 1] == ' ';
    buf_reserve(out, text.size);
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
            out->data[out->size++] = is_blank ? ' ' : c;
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

/* What a tag means for the search, but for headings. */
typedef enum TagRole {
    TAG_PLAIN,
    TAG_PICTURE, /* its words are not shown */
    TAG_LINK,
    TAG_FOREIGN, /* what stands in it is no text */
    TAG_APART,   /* words at its two sides do not touch */
} TagRole;

/* Is the tag's name `name`? Inline, so that a literal costs one comparison. */
static inline bool is_tag(Str tag, Str name) {
    return str_starts_with(tag, name) &&
           (tag.size == name.size || strchr(" />\n", tag.data[name.size]));
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
        if (is_closing && reading->weight == SEARCH_HEADING)
            weigh_short(reading, SEARCH_HEADING);
        if (!is_closing && name.data[1] != '1') {
            close_section(reading);
            open_section(reading, attribute(tag, " id=\""));
        }
        reading->weight = is_closing ? SEARCH_TEXT : SEARCH_HEADING;
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

size_t search_put_number(uint8_t *to, uint32_t number) {
    size_t size = 0;
    for (; number >= 0x80; number >>= 7)
        to[size++] = (uint8_t)(number | 0x80);
    to[size++] = (uint8_t)number;
    return size;
}

/* Moves what was found from `tmp` to where it stays, as tightly as it goes: ten thousand pages are
 * kept until the index is written. */
static void keep_words(Reading *reading) {
    SearchPage *page = reading->page;
    page->word_count = reading->found_count;
    page->words = str_copy(reading->arena, buf_str(&reading->words));
    uint8_t *bytes =
        (uint8_t *)arena_bytes(reading->tmp, reading->hit_count * SEARCH_NUMBER_MAX + 1);
    size_t size = 0;
    for (size_t i = 0; i < reading->hit_count; i++)
        size += search_put_number(bytes + size, reading->hits[i]);
    page->hits = (uint8_t *)arena_bytes(reading->arena, size + 1);
    memcpy(page->hits, bytes, size);
}

SearchPage *search_read(Str title, Str html, Arena *arena) {
    Arena *tmp = arena_new();
    Reading reading = {.page = ARENA_NEW(arena, SearchPage),
                       .weight = SEARCH_TITLE,
                       .heading = buf_new(tmp),
                       .excerpt = buf_new(tmp),
                       .words = buf_new(tmp),
                       .word = buf_new(tmp),
                       .arena = arena,
                       .tmp = tmp};
    open_section(&reading, (Str){NULL, 0});
    add_words(&reading, title);
    weigh_short(&reading, SEARCH_TITLE);
    reading.title_count = reading.found_count;
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
    keep_words(&reading);
    arena_free(tmp);
    return reading.page;
}
