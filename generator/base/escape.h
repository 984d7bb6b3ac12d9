/* escape.h: author text made harmless, one function per target.
 * Takes any bytes, appends text that means those bytes there; bad UTF-8 and forbidden control
 * characters become U+FFFD. SVG's own function stands in diagram/svg, because only that folder
 * spells SVG. */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/buf.h"
#include "base/str.h"

/* HTML text and double-quoted attribute values: & < > " are escaped. */
void html_escape(Buf *buf, Str text);

/* A JSON string with its quotes (RFC 8259). */
void json_string(Buf *buf, Str text);

/* A URL for an attribute: bytes outside of RFC 3986's set are percent-encoded, existing %XX kept,
 * then html_escape. */
void url_escape(Buf *buf, Str url);

#endif
