/* tag.h: HTML cut into tags, comments and the text between them.
 * In: any bytes; out: pieces that together are those bytes. Follows the tokenizer of the HTML
 * standard (13.2.5) as far as tags go; what has no end is text. Knows no element's meaning but of
 * those whose content is never markup. */
#ifndef MARKDOWN_TAG_H
#define MARKDOWN_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define TAG_ATTRIBUTE_LIMIT 32 /* more of them in one tag are left out */

typedef enum TagKind {
    TAG_TEXT,
    TAG_OPEN,
    TAG_CLOSE,
    TAG_COMMENT, /* also <!DOCTYPE>, <?php ?> and CDATA, which no browser shows */
} TagKind;

typedef struct TagAttribute {
    Str name;
    Str value; /* as written, without quotes; data NULL for a name alone */
} TagAttribute;

typedef struct Tag {
    TagKind kind;
    Str text; /* the whole piece as written */
    Str name; /* OPEN, CLOSE: as written, case and all */
    TagAttribute attributes[TAG_ATTRIBUTE_LIMIT];
    size_t attribute_count;
} Tag;

/* Cuts the next piece off the front of `rest`; false at the end. The text inside of <script>,
 * <style> and their like is one piece of text: `inside` is the name of the element opened last, or
 * the empty Str. */
bool tag_next(Str *rest, Str inside, Tag *tag);

/* Is the content of the element text up to its closing tag, as that of <script> is? */
bool tag_is_text_only(Str name);

/* The attribute, its name compared without case, or NULL. */
const TagAttribute *tag_attribute(const Tag *tag, const char *name);

#endif
