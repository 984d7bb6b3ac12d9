#include "base/ban.h"

#include "site/search_words.h"

#include "base/bytes.h"
#include "base/utf8.h"

#define WORD_MAX 40 /* bytes; longer ones are hashes and the like */
#define OFTEN    3  /* times */
#define SHORT    2  /* words of a title or heading */
#define FEW_HITS 64 /* of a section whose heading is still at its beginning */

/* What a page mostly has; for more there is room as well. */
#define USUAL_WORDS 256
#define USUAL_HITS  1024

/* A word as it is read: in lower case, with zeros behind. */
typedef struct Letters {
    char text[WORD_MAX + 8];
    size_t size;
    uint32_t hash;
} Letters;

/* Twice as many slots, and all words in them anew. */
static void grow_slots(PageWords *words) {
    words->slot_count = words->slot_count ? words->slot_count * 2 : 2 * USUAL_WORDS;
    words->slots = ARENA_ARRAY(words->arena, uint32_t, words->slot_count);
    for (size_t i = 0; i < words->found_count; i++) {
        size_t slot = words->found[i].word.hash & (words->slot_count - 1);
        while (words->slots[slot])
            slot = (slot + 1) & (words->slot_count - 1);
        words->slots[slot] = (uint32_t)i + 1;
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

static bool is_word(const PageWords *words, const PageWord *word, const Letters *letters,
                    uint64_t begins) {
    return word->begins == begins && word->word.size == letters->size &&
           (letters->size <= 8 || memcmp(words->text.data + word->word.start + 8, letters->text + 8,
                                         letters->size - 8) == 0);
}

static PageWord *find_word(PageWords *words, const Letters *letters) {
    uint64_t begins = bytes_load(letters->text);
    if (words->found_count * 2 >= words->slot_count)
        grow_slots(words);
    size_t slot = letters->hash & (words->slot_count - 1);
    for (; words->slots[slot]; slot = (slot + 1) & (words->slot_count - 1)) {
        PageWord *word = &words->found[words->slots[slot] - 1];
        if (is_word(words, word, letters, begins))
            return word;
    }
    ARENA_RESERVE(words->arena, words->found, words->found_count, words->found_capacity);
    PageWord *word = &words->found[words->found_count++];
    *word =
        (PageWord){.begins = begins,
                   .word = {(uint32_t)words->text.size, (uint32_t)letters->size, letters->hash}};
    words->slots[slot] = (uint32_t)words->found_count;
    buf_add(&words->text, (Str){letters->text, letters->size});
    buf_add_char(&words->text, '\n');
    return word;
}

static void add_hit(PageWords *words, PageWord *word, SearchWeight weight) {
    if (word->section != words->section) {
        ARENA_RESERVE(words->arena, words->hits, words->hit_count, words->hit_capacity);
        word->section = words->section;
        word->times = 0;
        word->hit = words->hit_count++;
        words->hits[word->hit] = (uint32_t)(word - words->found) * SEARCH_WEIGHTS;
        words->section_hits++;
    }
    uint32_t *hit = &words->hits[word->hit], before = *hit % SEARCH_WEIGHTS;
    word->times++;
    if (before == SEARCH_TEXT && word->times >= OFTEN)
        before = SEARCH_OFTEN;
    *hit += (weight > before ? weight : before) - *hit % SEARCH_WEIGHTS;
}

void page_words_weigh_short(PageWords *words, SearchWeight weight) {
    /* Behind so much text it is none of few words; and looking through it takes time. A title of
     * signs alone has none. */
    if (words->section_hits == 0 || words->section_hits > FEW_HITS)
        return;
    uint32_t *first = words->hits + words->hit_count - words->section_hits, count = 0;
    for (uint32_t i = 0; i < words->section_hits; i++)
        count += first[i] % SEARCH_WEIGHTS == weight;
    for (uint32_t i = 0; count <= SHORT && i < words->section_hits; i++)
        first[i] += first[i] % SEARCH_WEIGHTS == weight;
}

void page_words_open(PageWords *words) {
    words->section++;
    words->section_hits = 0;
    for (size_t i = 0; i < words->title_count; i++)
        add_hit(words, &words->found[i], SEARCH_OFTEN);
}

void page_words_end_title(PageWords *words) {
    page_words_weigh_short(words, SEARCH_TITLE);
    words->title_count = words->found_count;
    words->weight = SEARCH_TEXT;
}

static inline void add_word(PageWords *words, const Letters *word) {
    /* A single letter is hardly ever what anybody looks for. */
    if (word->size > 1 || (word->size == 1 && word->text[0] >= '0' && word->text[0] <= '9'))
        add_hit(words, find_word(words, word), words->weight);
}

static void add_letters(PageWords *words, Str text) {
    Letters letters = {.size = text.size, .hash = hash_word(text)};
    memcpy(letters.text, text.data, text.size);
    add_word(words, &letters);
}

/* The word that was read, and where it is made of several (loki_write, FaroErrorBoundary) each of
 * them. */
static void add_read_word(PageWords *words) {
    Str word = buf_str(&words->word);
    add_letters(words, word);
    for (size_t i = 0; words->piece_count && i <= words->piece_count; i++) {
        size_t start = i ? words->pieces[i - 1] : 0;
        Str piece = str_slice(word, start, i < words->piece_count ? words->pieces[i] : word.size);
        while (piece.size && piece.data[piece.size - 1] == '_')
            piece.size--;
        if (piece.size && piece.size < word.size)
            add_letters(words, piece);
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
static void take_plain(Str *text, PageWords *words) {
    Buf *word = &words->word;
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
        if (is_piece && words->piece_count < PAGE_WORD_PIECES)
            words->pieces[words->piece_count++] = at;
        if (is_upper(c))
            word->data[at] = (char)(c - 'A' + 'a');
        before = c;
    }
}

/* Takes one word off the front, in lower case; false when what is there is none. */
static bool take_word(Str *text, PageWords *words) {
    Buf *word = &words->word;
    word->size = words->piece_count = 0;
    while (text->size) {
        take_plain(text, words);
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
static inline uint64_t eight_at(const PageWords *words, const char *at) {
    size_t left = (size_t)(words->end - at);
    return left >= 8 ? bytes_load(at) : bytes_load_some(at, left);
}

/* Takes the ASCII letters and digits that stand at `at`, eight at a time, in lower case, and the
 * sign behind them with the blanks and signs that follow it there: gives how many bytes that is. 0
 * when the word asks for another look: it is too long, or made of several, or not of ASCII alone.
 */
static inline size_t take_letters(const PageWords *words, const char *at, Letters *word) {
    uint64_t hash = 0, others = 0, bytes = 0, small_before = 0;
    size_t size = 0;
    do {
        bytes = eight_at(words, at + size);
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
void page_words_add(PageWords *words, Str text, const char *end) {
    words->end = end;
    for (size_t at = 0; at < text.size;) {
        Letters letters;
        size_t size = take_letters(words, text.data + at, &letters);
        if (size) {
            add_word(words, &letters);
            at += size;
            continue;
        }
        Str rest = str_from_offset(text, at);
        if (take_word(&rest, words))
            add_read_word(words);
        size_t start = at;
        at = text.size - rest.size;
        if (at == start)
            at += text.data[at] == '&' ? entity_size(rest) : 1;
    }
}

PageWords page_words_new(Arena *arena) {
    PageWords words = {.found = ARENA_ARRAY(arena, PageWord, USUAL_WORDS),
                       .found_capacity = USUAL_WORDS,
                       .hits = ARENA_ARRAY(arena, uint32_t, USUAL_HITS),
                       .hit_capacity = USUAL_HITS,
                       .weight = SEARCH_TITLE,
                       .text = buf_new(arena),
                       .word = buf_new(arena),
                       .arena = arena};
    buf_reserve(&words.text, USUAL_WORDS * 8);
    return words;
}

const SearchWord *search_word_list(Str words, size_t count, Arena *arena) {
    SearchWord *list = ARENA_ARRAY(arena, SearchWord, count + 1);
    Str rest = words;
    for (size_t i = 0; i < count; i++) {
        Str word = str_cut(&rest, '\n');
        list[i] =
            (SearchWord){(uint32_t)(word.data - words.data), (uint32_t)word.size, hash_word(word)};
    }
    return list;
}
