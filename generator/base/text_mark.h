/* text_mark.h: how a piece of a label is set apart from the rest of it.
 * In: what an author wrote, `<b>` or `**`; out: a byte of these flags for every byte of the text.
 * The model keeps them, text/ measures by them; neither needs to know of the other. */
#ifndef BASE_TEXT_MARK_H
#define BASE_TEXT_MARK_H

typedef enum TextMark {
    TEXT_MARK_BOLD = 1,
    TEXT_MARK_ITALIC = 2,
    TEXT_MARK_CODE = 4,
    TEXT_MARK_SMALL = 8,
    TEXT_MARK_UNDERLINE = 16,
    TEXT_MARK_STRIKE = 32,
    TEXT_MARK_SUB = 64, /* set lower, and smaller */
    TEXT_MARK_SUP = 128,
} TextMark;

#endif
