/* text.h: labels measured with the fonts that the site ships.
 * In: label text; out: lines of styled runs with widths and heights in Coord.
 * Knows HarfBuzz; knows nothing of shapes, places or SVG. Safe on many threads. */
#ifndef DIAGRAM_TEXT_TEXT_H
#define DIAGRAM_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/geometry.h"
#include "base/str.h"
#include "base/text_mark.h"

typedef enum TextFace {
    TEXT_REGULAR,
    TEXT_ITALIC,
    TEXT_BOLD,
    TEXT_MONO,
    TEXT_FACE_COUNT
} TextFace;

typedef struct TextRun {
    Str text;
    TextFace face;
    uint8_t marks; /* TextMark flags; bold, italic and code are in the face already */
    int size_px;   /* that of the block, or less */
    Coord width;
} TextRun;

typedef struct TextLine {
    TextRun *runs;
    size_t run_count;
    Coord width;
} TextLine;

typedef struct TextBlock {
    TextLine *lines; /* none for an empty label */
    size_t line_count;
    int size_px;       /* font size */
    Coord width;       /* of the widest line */
    Coord height;      /* line_count * line_height */
    Coord line_height; /* distance of two baselines */
    Coord ascent;      /* from the top of a line to its baseline */
} TextBlock;

typedef struct TextStyle {
    TextFace face;    /* of plain text */
    int size_px;      /* font size */
    Coord max_width;  /* lines are broken at spaces, or inside a word that is wider, to stay within;
                         0: never */
    Coord slack;      /* lines may be wider by that much, where it saves one */
    Coord word_width; /* words are broken only when wider than this; 0: than max_width */
    bool is_markdown; /* **bold**, *italic*, `code` count */
    Str marks;        /* TextMark flags per byte of the text; empty: none */
} TextStyle;

/* Loads the compiled-in fonts. The functions below do it themselves the first time; calling it
 * early keeps that out of a measured section. */
void text_setup(void);

/* Has the shipped font every character of `text`? Others are drawn by whatever font the reader's
 * machine has. */
bool text_has_glyphs(Str text, TextFace face);

/* Appends an OpenType font with the characters of `text` and their kerning, for a drawing that
 * takes its fonts along. Characters that the shipped font lacks are left out. */
void text_subset(TextFace face, Str text, Buf *font);

/* Advance width of `text` on one line, with kerning. Characters missing from the font count as wide
 * as the widest guess (1 em for wide East Asian, 1.25 em for emoji, 0.6 em else), so that boxes are
 * never too small. */
Coord text_width(Str text, TextFace face, int size_px);

/* `text` broken into lines: at '\n', and at max_width in a balanced way (no line much shorter than
 * the others). */
TextBlock text_layout(Str text, TextStyle style, Arena *arena);

#endif
