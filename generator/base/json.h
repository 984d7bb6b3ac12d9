/* json.h: members of JSON objects.
 * In: values; out: `"key":value` with a comma where one belongs. Whoever writes a document opens
 * and closes its objects and lists; strings are escaped by escape.h. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/source.h"
#include "base/str.h"

/* `"key":`, with a comma in front unless it is the first of its object. */
void json_key(Buf *out, const char *key);

void json_text(Buf *out, const char *key, Str text);
void json_int(Buf *out, const char *key, int64_t value);
void json_bool(Buf *out, const char *key, bool value);

/* Empty text is absent, and absent is null. */
void json_optional(Buf *out, const char *key, Str text);

/* A comma, unless this is the first item of a list. */
void json_comma(Buf *out, size_t index);

/* `"at":{"line":3,"column":5}`, or null where the line is 0, for a Span without a source. A place
 * in another file than `file` begins with that file's path. */
void json_place(Buf *out, const Place *place, Str file);
void json_at(Buf *out, Span at, Str file);

#endif
