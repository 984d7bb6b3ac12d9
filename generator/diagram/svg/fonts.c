#include "base/ban.h"

#include "diagram/svg/svg_form.h"
#include "diagram/text/text.h"

/* How a face is told from the attributes of its text, and what CSS calls it. */
static const struct {
    const char *mark, *family, *rest;
} faces[TEXT_FACE_COUNT] = {
    [TEXT_REGULAR] = {NULL, "Inter", ""},
    [TEXT_ITALIC] = {"font-style=\"italic\"", "Inter", ";font-style:italic"},
    [TEXT_BOLD] = {"font-weight=\"600\"", "Inter", ";font-weight:600"},
    [TEXT_MONO] = {"font-family=\"'JetBrains", "JetBrains Mono", ""},
};

static TextFace face_of(Str attributes, TextFace otherwise) {
    for (int face = 0; face < TEXT_FACE_COUNT; face++)
        if (faces[face].mark && str_find(attributes, str_from(faces[face].mark), 0) != STR_NONE)
            return (TextFace)face;
    return otherwise;
}

/* Sorts what stands in <text> and <tspan> by face. Read from what was written, because there no
 * text can be forgotten that a new kind of drawing brings. Escapes stay as they are: the letters of
 * "&amp;" are a few glyphs too many, and what they mean is added by the caller. */
static void collect(Str drawing, Buf texts[TEXT_FACE_COUNT]) {
    TextFace line = TEXT_REGULAR, run = TEXT_REGULAR;
    bool is_text = false;
    for (size_t at = str_find_char(drawing, '<', 0); at != STR_NONE;) {
        size_t end = str_find_char(drawing, '>', at);
        size_t next = str_find_char(drawing, '<', end);
        Str tag = str_slice(drawing, at, end);
        if (str_starts_with(tag, STR("<text"))) {
            is_text = true;
            line = run = face_of(tag, TEXT_REGULAR);
        } else if (str_starts_with(tag, STR("<tspan"))) {
            run = face_of(tag, line);
        } else {
            is_text &= str_equal(tag, STR("</tspan"));
            run = line;
        }
        if (is_text && next != STR_NONE)
            buf_add(&texts[run], str_slice(drawing, end + 1, next));
        at = next;
    }
}

/* RFC 4648, section 4. */
static void add_base64(Buf *buf, Str bytes) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    buf_reserve(buf, (bytes.size + 2) / 3 * 4);
    char *out = buf->data + buf->size;
    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t left = bytes.size - i;
        const unsigned char *in = (const unsigned char *)bytes.data + i;
        uint32_t three =
            (uint32_t)in[0] << 16 | (uint32_t)(left > 1 ? in[1] : 0) << 8 | (left > 2 ? in[2] : 0);
        *out++ = digits[three >> 18];
        *out++ = digits[three >> 12 & 63];
        *out++ = left > 1 ? digits[three >> 6 & 63] : '=';
        *out++ = left > 2 ? digits[three & 63] : '=';
    }
    buf->size += (bytes.size + 2) / 3 * 4;
}

void svg_fonts(Buf *buf, size_t start) {
    Buf texts[TEXT_FACE_COUNT];
    for (int face = 0; face < TEXT_FACE_COUNT; face++)
        texts[face] = buf_new(buf->arena);
    collect(str_from_offset(buf_str(buf), start), texts);
    bool is_open = false;
    for (int face = 0; face < TEXT_FACE_COUNT; face++) {
        if (texts[face].size == 0)
            continue;
        buf_add_text(&texts[face], "<>\"&");
        Buf font = buf_new(buf->arena);
        text_subset((TextFace)face, buf_str(&texts[face]), &font);
        if (font.size == 0)
            continue;
        buf_add_text(buf, is_open ? "" : "<style>\n");
        is_open = true;
        buf_add_format(buf, "@font-face{font-family:'%s'%s;src:url(data:font/otf;base64,",
                       faces[face].family, faces[face].rest);
        add_base64(buf, buf_str(&font));
        buf_add_text(buf, ")}\n");
    }
    buf_add_text(buf, is_open ? "</style>\n" : "");
}
