/* hash.h: 128 bits that stand for some bytes.
 * In: texts, one after the other. Out: XXH3's 128 bits of them, the same on every machine. Made to
 * notice change, not for use against an adversary. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct Hash {
    uint64_t low, high; /* both 0: of nothing yet */
} Hash;

Hash hash_of(Str text);

/* What stands for all that was in `hash` and, behind it, `text`: "ab", "c" is not "a", "bc". */
Hash hash_add(Hash hash, Str text);
Hash hash_add_number(Hash hash, uint64_t number);
Hash hash_add_hash(Hash hash, Hash other);

bool hash_equal(Hash left, Hash right);

#endif
