#include "base/ban.h"

#include "site/search_text.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"

#define WORD_MAX    40  /* bytes; longer ones are hashes and the like */
#define EXCERPT_MAX 120 /* bytes */
#define OFTEN       3   /* times */
#define SHORT       2   /* words of a title or heading */
#define FEW_HITS    64  /* of a section whose heading is still at its beginning */
#define PIECES_MAX  8   /* of a word that is made of words; more is no name that anybody wrote */

/* What a page mostly has; for more there is room as well. */
#define USUAL_WORDS 256
#define USUAL_HITS  1024

/* A word of the page while the page is read. */
typedef struct Word {
    uint64_t begins;  /* its first eight bytes: of most words all */
    SearchWord word;  /* in Reading.words */
    uint32_t section; /* the last one it was met in, counted from 1 */
    uint32_t hit;     /* its place in Reading.hits for that section */
    uint32_t times;   /* in that section */
} Word;

/* A word as it is read: in lower case, with zeros behind. */
typedef struct Letters {
    char text[WORD_MAX + 8];
    size_t size;
    uint32_t hash;
} Letters;

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
    const char *end;           /* of what is read */
    Buf word;                  /* the one that is being read */
    size_t pieces[PIECES_MAX]; /* where its parts begin: loki|write, Faro|Error */
    size_t piece_count;
    Arena *arena;
} Reading;

/* Twice as many slots, and all words in them anew. */
static void grow_slots(Reading *reading) {
    reading->slot_count = reading->slot_count ? reading->slot_count * 2 : 2 * USUAL_WORDS;
    reading->slots = ARENA_ARRAY(reading->arena, uint32_t, reading->slot_count);
    for (size_t i = 0; i < reading->found_count; i++) {
        size_t slot = reading->found[i].word.hash & (reading->slot_count - 1);
        while (reading->slots[slot])
            slot = (slot + 1) & (reading->slot_count - 1);
        reading->slots[slot] = (uint32_t)i + 1;
    }
}

/* Eight bytes at a time, and at last the upper half, which all bytes have a part in: two rounds of
 * multiplying and shifting (D. Knuth, The Art of Computer Programming 3, 6.4). */
static inline uint64_t hash_eight(uint64_t hash, uint64_t bytes) {
    hash = (hash ^ bytes) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static inline uint32_t hash_end(uint64_t hash) {
    return (uint32_t)(hash * 0xD6E8FEB86659FD93u >> 32);
}

/* As take_letters does it, which sees where a word ends when it has looked behind it. */
static uint32_t hash_word(Str word) {
    uint64_t hash = 0;
    for (size_t at = 0; at <= word.size; at += 8)
        hash = hash_eight(hash, bytes_load_some(word.data + at, word.size - at));
    return hash_end(hash);
}

static bool is_word(const Reading *reading, const Word *word, const Letters *letters,
                    uint64_t begins) {
    return word->begins == begins && word->word.size == letters->size &&
           (letters->size <= 8 || memcmp(reading->words.data + word->word.start + 8,
                                         letters->text + 8, letters->size - 8) == 0);
}

static Word *find_word(Reading *reading, const Letters *letters) {
    uint64_t begins = bytes_load(letters->text);
    if (reading->found_count * 2 >= reading->slot_count)
        grow_slots(reading);
    size_t slot = letters->hash & (reading->slot_count - 1);
    for (; reading->slots[slot]; slot = (slot + 1) & (reading->slot_count - 1)) {
        Word *word = &reading->found[reading->slots[slot] - 1];
        if (is_word(reading, word, letters, begins))
            return word;
    }
    ARENA_RESERVE(reading->arena, reading->found, reading->found_count, reading->found_capacity);
    Word *word = &reading->found[reading->found_count++];
    *word = (Word){.begins = begins,
                   .word = {(uint32_t)reading->words.size, (uint32_t)letters->size, letters->hash}};
    reading->slots[slot] = (uint32_t)reading->found_count;
    buf_add(&reading->words, (Str){letters->text, letters->size});
    buf_add_char(&reading->words, '\n');
    return word;
}

static void add_hit(Reading *reading, Word *word, SearchWeight weight) {
    SearchPage *page = reading->page;
    if (word->section != page->section_count) {
        ARENA_RESERVE(reading->arena, reading->hits, reading->hit_count, reading->hit_capacity);
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

static inline void add_word(Reading *reading, const Letters *word) {
    /* A single letter is hardly ever what anybody looks for. */
    if (word->size > 1 || (word->size == 1 && word->text[0] >= '0' && word->text[0] <= '9'))
        add_hit(reading, find_word(reading, word), reading->weight);
}

static void add_letters(Reading *reading, Str text) {
    Letters letters = {.size = text.size, .hash = hash_word(text)};
    memcpy(letters.text, text.data, text.size);
    add_word(reading, &letters);
}

/* The word that was read, and where it is made of several (loki_write, FaroErrorBoundary) each of
 * them. */
static void add_read_word(Reading *reading) {
    Str word = buf_str(&reading->word);
    add_letters(reading, word);
    for (size_t i = 0; reading->piece_count && i <= reading->piece_count; i++) {
        size_t start = i ? reading->pieces[i - 1] : 0;
        Str piece =
            str_slice(word, start, i < reading->piece_count ? reading->pieces[i] : word.size);
        while (piece.size && piece.data[piece.size - 1] == '_')
            piece.size--;
        if (piece.size && piece.size < word.size)
            add_letters(reading, piece);
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

/* Up to eight bytes at `at`; behind the end of what may be looked at there are zeros. */
static inline uint64_t eight_at(const Reading *reading, const char *at) {
    size_t left = (size_t)(reading->end - at);
    return left >= 8 ? bytes_load(at) : bytes_load_some(at, left);
}

/* Takes the ASCII letters and digits that stand at `at`, eight at a time, in lower case, and the
 * sign behind them with the blanks and signs that follow it there: gives how many bytes that is. 0
 * when the word asks for another look: it is too long, or made of several, or not of ASCII alone.
 */
static inline size_t take_letters(const Reading *reading, const char *at, Letters *word) {
    uint64_t hash = 0, others = 0, bytes = 0, small_before = 0;
    size_t size = 0;
    do {
        bytes = eight_at(reading, at + size);
        /* Small letters differ from capitals by one bit. */
        uint64_t low = bytes_low(bytes), is_small = low << 2,
                 letters = bytes_between(low | bytes_all(0x20), 'a', 'z');
        others = (~(letters | bytes_between(low, '0', '9')) | bytes) & BYTES_HIGH;
        uint64_t taken = others ? (others & (~others + 1)) / 0x80 - 1 : ~(uint64_t)0;
        uint64_t small = letters & is_small, capitals = letters & ~is_small & taken & BYTES_HIGH;
        if (capitals & (small << 8 | small_before))
            return 0;
        bytes_store(word->text + size, (bytes | capitals >> 2) & taken);
        hash = hash_eight(hash, (bytes | capitals >> 2) & taken);
        small_before = small >> 56 & 0x80;
        size += others ? bytes_before(others) : 8;
    } while (!others && size < WORD_MAX);
    word->size = size;
    word->hash = hash_end(hash);
    uint64_t low = bytes_low(bytes), first = size % 8 * 8;
    if (!others || (bytes | bytes_are(low, '_')) >> first & 0x80)
        return 0;
    uint64_t signs = others & ~bytes & ~bytes_are(low, '_') & ~bytes_are(low, '&');
    return size + bytes_run(signs >> first);
}

/* Nearly every word is of letters and digits alone and ends with a blank or sign. */
static void add_words(Reading *reading, Str text) {
    for (size_t at = 0; at < text.size;) {
        Letters letters;
        size_t size = take_letters(reading, text.data + at, &letters);
        if (size) {
            add_word(reading, &letters);
            at += size;
            continue;
        }
        Str rest = str_from_offset(text, at);
        if (take_word(&rest, reading))
            add_read_word(reading);
        size_t start = at;
        at = text.size - rest.size;
        if (at == start)
            at += text.data[at] == '&' ? entity_size(rest) : 1;
    }
}

/* Copies eight bytes at a time up to what is not to stay as it is: entities, line ends and a second
 * blank. Gives how many bytes. */
static size_t copy_plain(Buf *out, Str text, bool was_blank) {
    size_t size = 0, count = 8;
    for (uint64_t before = was_blank ? 0x80 : 0; count == 8 && size + 8 <= text.size;
         size += count) {
        uint64_t bytes = bytes_load(text.data + size), low = bytes_low(bytes),
                 blanks = bytes_are(low, ' ') & ~bytes & BYTES_HIGH,
                 marks = ~bytes_from(low, ' ') | bytes_are(low, '&');
        marks = ((marks & ~bytes) | (blanks & (blanks << 8 | before))) & BYTES_HIGH;
        bytes_store(out->data + out->size + size, bytes);
        before = blanks >> 56;
        count = marks ? bytes_before(marks) : 8;
    }
    out->size += size;
    return size;
}

/* The few entities that html_escape writes; any other stays as it is. */
static void add_plain(Buf *out, Str text) {
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    bool was_blank = out->size == 0 || out->data[out->size - 1] == ' ';
    buf_reserve(out, text.size + 8);
    for (size_t i = 0; i < text.size; i++) {
        size_t plain = copy_plain(out, str_from_offset(text, i), was_blank);
        if (plain) {
            was_blank = out->data[out->size - 1] == ' ';
            i += plain - 1;
            continue;
        }
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

/* What was found, as it is asked for. */
static void keep_words(Reading *reading) {
    SearchPage *page = reading->page;
    SearchWord *list = ARENA_ARRAY(reading->arena, SearchWord, reading->found_count + 1);
    for (size_t i = 0; i < reading->found_count; i++)
        list[i] = reading->found[i].word;
    page->list = list;
    page->word_count = reading->found_count;
    page->words = buf_str(&reading->words);
    page->hits = (uint8_t *)arena_bytes(reading->arena, reading->hit_count * SEARCH_NUMBER_MAX + 1);
    size_t size = 0;
    for (size_t i = 0; i < reading->hit_count; i++)
        size += search_put_number(page->hits + size, reading->hits[i]);
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
                       .weight = SEARCH_TITLE,
                       .found = ARENA_ARRAY(arena, Word, USUAL_WORDS),
                       .found_capacity = USUAL_WORDS,
                       .hits = ARENA_ARRAY(arena, uint32_t, USUAL_HITS),
                       .hit_capacity = USUAL_HITS,
                       .heading = buf_new(arena),
                       .excerpt = buf_new(arena),
                       .words = buf_new(arena),
                       .word = buf_new(arena),
                       .end = end_of(title),
                       .arena = arena};
    buf_reserve(&reading.words, USUAL_WORDS * 8);
    open_section(&reading, (Str){NULL, 0});
    add_words(&reading, title);
    weigh_short(&reading, SEARCH_TITLE);
    reading.title_count = reading.found_count;
    reading.weight = SEARCH_TEXT;
    reading.end = end_of(html);
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
    if (page->list)
        return page->list;
    SearchWord *words = ARENA_ARRAY(arena, SearchWord, page->word_count + 1);
    Str rest = page->words;
    for (size_t i = 0; i < page->word_count; i++) {
        Str word = str_cut(&rest, '\n');
        words[i] = (SearchWord){(uint32_t)(word.data - page->words.data), (uint32_t)word.size,
                                hash_word(word)};
    }
    return words;
}
