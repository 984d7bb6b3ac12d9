/* text_form.h: what the files of text/ share.
 * In: labels; out: plain text with a face per byte, and advances per byte.
 * For this folder only; everyone else reads text.h. */
#ifndef DIAGRAM_TEXT_TEXT_FORM_H
#define DIAGRAM_TEXT_TEXT_FORM_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "diagram/text/text.h"

/* A label without its markup. Spaces are single; lines are parted by '\n' and have no space at
 * their ends. */
typedef struct TextMarkup {
    Str text;
    const uint8_t *marks; /* TextMark flags per byte of text */
} TextMarkup;

/* Advances are summed in 1/65536 px, so that rounding to Coord happens once per width. */
typedef int64_t TextAdvance;
#define TEXT_ADVANCE_PER_COORD (65536 / COORD_PER_PX)

/* Makes spaces single, and reads **bold**, *italic* and `code` when the style says so. HTML is
 * text here: syntax/ has worked it out, and what it meant is in the style's marks. */
TextMarkup text_markup(Str label, TextStyle style, Arena *arena);

/* The face and size that marks give to text of a style. Bold wins over italic: there is no font
 * that is both. */
TextStyle text_marked(TextStyle style, uint8_t marks);

/* Width of text[start..end) in one face. The text around the part counts for kerning. When
 * `advances` is not NULL, the advance of every character is also added to the element of its first
 * byte (there are text.size of them, all zero at first). */
TextAdvance text_advances(Str text, size_t start, size_t end, TextStyle style,
                          TextAdvance *advances);

/* The font of a face as a whole; lives as long as the program. */
struct hb_face_t *text_font_face(TextFace face);

#endif
