#include "base/ban.h"

#include "base/archive.h"

#define HASH_SIZE  ((size_t)16)
#define NUMBER_MAX ((size_t)10) /* bytes of 64 bits, seven in each */

Archive archive_to(Buf *out) {
    return (Archive){.out = out};
}

Archive archive_from(Str in) {
    return (Archive){.in = in};
}

/* number = { byte with bit 7 } byte: seven bits each, the lowest first (LEB128). */
void archive_number(Archive *archive, uint64_t *value) {
    if (archive->out) {
        uint64_t rest = *value;
        buf_reserve(archive->out, NUMBER_MAX);
        char *at = archive->out->data + archive->out->size;
        for (; rest >= 0x80; rest >>= 7)
            *at++ = (char)(rest | 0x80);
        *at++ = (char)rest;
        archive->out->size = (size_t)(at - archive->out->data);
        return;
    }
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && archive->in.size; shift += 7) {
        unsigned char byte = (unsigned char)archive->in.data[0];
        archive->in = str_from_offset(archive->in, 1);
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *value = number;
            return;
        }
    }
    archive->is_bad = true;
    archive->in.size = 0;
    *value = 0;
}

/* What is written is only looked at, also below: other threads may look at it as well.
 * Small numbers of either sign stay small: 0, -1, 1, -2 become 0, 1, 2, 3. */
void archive_signed(Archive *archive, int64_t *value) {
    uint64_t number = ((uint64_t)*value << 1) ^ (*value < 0 ? UINT64_MAX : 0);
    archive_number(archive, &number);
    if (!archive->out)
        *value = (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

void archive_size(Archive *archive, size_t *value) {
    uint64_t number = *value;
    archive_number(archive, &number);
    if (!archive->out)
        *value = (size_t)number;
}

void archive_u32(Archive *archive, uint32_t *value) {
    uint64_t number = *value;
    archive_number(archive, &number);
    if (!archive->out)
        *value = (uint32_t)number;
}

void archive_bool(Archive *archive, bool *value) {
    uint64_t number = *value;
    archive_number(archive, &number);
    if (!archive->out)
        *value = number != 0;
}

void archive_count(Archive *archive, size_t *count) {
    archive_size(archive, count);
    if (archive->out || *count <= archive->in.size)
        return;
    archive->is_bad = true;
    *count = 0;
}

void archive_str(Archive *archive, Str *value) {
    size_t size = value->size;
    archive_count(archive, &size);
    if (archive->out) {
        buf_add(archive->out, *value);
        return;
    }
    *value = str_slice(archive->in, 0, size);
    archive->in = str_from_offset(archive->in, size);
}

static void archive_bytes(Archive *archive, uint64_t *value) {
    if (!archive->out && archive->in.size < sizeof *value) {
        archive->is_bad = true;
        *value = 0;
        return;
    }
    if (archive->out) {
        for (unsigned i = 0; i < sizeof *value; i++)
            buf_add_char(archive->out, (char)(*value >> (8 * i) & 0xFF));
        return;
    }
    *value = 0;
    for (unsigned i = 0; i < sizeof *value; i++)
        *value |= (uint64_t)(unsigned char)archive->in.data[i] << (8 * i);
    archive->in = str_from_offset(archive->in, sizeof *value);
}

void archive_hash(Archive *archive, Hash *value) {
    archive_bytes(archive, &value->low);
    archive_bytes(archive, &value->high);
}

void archive_begin(Str kind, Buf *out) {
    buf_add(out, kind);
    buf_add_char(out, '\n');
    Archive archive = archive_to(out);
    archive_hash(&archive, &(Hash){0});
}

Hash archive_end(Str kind, Buf *out) {
    size_t head = kind.size + 1 + HASH_SIZE, size = out->size;
    Hash hash = hash_of(str_from_offset(buf_str(out), head)), written = hash;
    out->size = head - HASH_SIZE;
    Archive archive = archive_to(out);
    archive_hash(&archive, &written);
    out->size = size;
    return hash;
}

Str archive_seal(Str kind, Str content, Arena *arena) {
    Buf out = buf_new(arena);
    buf_reserve(&out, kind.size + 1 + HASH_SIZE + content.size);
    archive_begin(kind, &out);
    buf_add(&out, content);
    archive_end(kind, &out);
    return buf_str(&out);
}

bool archive_open(Str kind, Str sealed, Str *content) {
    if (!str_starts_with(sealed, kind) || sealed.size < kind.size + 1 + HASH_SIZE ||
        sealed.data[kind.size] != '\n')
        return false;
    Archive archive = archive_from(str_from_offset(sealed, kind.size + 1));
    Hash hash = {0};
    archive_hash(&archive, &hash);
    *content = archive.in;
    return hash_equal(hash, hash_of(*content));
}
