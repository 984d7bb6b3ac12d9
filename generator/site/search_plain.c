#include "base/ban.h"

#include "site/search_plain.h"

#include "base/bytes.h"

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
void search_add_plain(Buf *out, Str text) {
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

Str search_cut_excerpt(Str excerpt) {
    if (excerpt.size <= SEARCH_EXCERPT_MAX)
        return excerpt;
    size_t end = SEARCH_EXCERPT_MAX;
    while (end > 0 && excerpt.data[end] != ' ')
        end--;
    for (end = end ? end : SEARCH_EXCERPT_MAX; end > 0; end--)
        if (((unsigned char)excerpt.data[end] & 0xC0) != 0x80)
            break;
    /* Bytes of a data file that are no letters: cut anywhere. */
    end = end ? end : SEARCH_EXCERPT_MAX;
    return str_trim(str_slice(excerpt, 0, end));
}
