/* archive.h: data as bytes and back, by one and the same function.
 * A function that calls archive_… for every field writes them or reads them, as the archive was
 * opened; so the two cannot drift apart. What is read may be anything: a text that is cut short or
 * damaged makes the archive bad and gives empty values, never a crash. Texts that are read are
 * views of the archive's own. */
#ifndef BASE_ARCHIVE_H
#define BASE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"

typedef struct Archive {
    Buf *out; /* NULL: it is read */
    Str in;   /* what is still to be read */
    bool is_bad;
} Archive;

Archive archive_to(Buf *out);
Archive archive_from(Str in);

static inline bool archive_reads(const Archive *archive) {
    return !archive->out;
}

void archive_number(Archive *archive, uint64_t *value);
void archive_signed(Archive *archive, int64_t *value);
void archive_size(Archive *archive, size_t *value);
void archive_u32(Archive *archive, uint32_t *value);
void archive_bool(Archive *archive, bool *value);
void archive_str(Archive *archive, Str *value);
void archive_hash(Archive *archive, Hash *value);

/* The number of things that follow; of one that is read no more than the text can hold, each taking
 * at least a byte. */
void archive_count(Archive *archive, size_t *count);

/* Puts a head before the content: what it is, and its hash. */
Str archive_seal(Str kind, Str content, Arena *arena);

/* The same without a copy: `out`, which must be empty, gets room for the head; whoever calls
 * appends the content. */
void archive_begin(Str kind, Buf *out);

/* Fills the head. Gives the hash of the content. */
Hash archive_end(Str kind, Buf *out);

/* The content, when `sealed` is whole and of this kind. */
bool archive_open(Str kind, Str sealed, Str *content);

#endif
