#include "base/ban.h"

#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static Hash hash_bytes(const void *bytes, size_t size, uint64_t seed) {
    XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, seed);
    return (Hash){hash.low64, hash.high64};
}

Hash hash_of(Str text) {
    return hash_bytes(text.size ? text.data : "", text.size, 0);
}

Hash hash_add_hash(Hash hash, Hash other) {
    const uint64_t parts[] = {hash.low, hash.high, other.low, other.high};
    return hash_bytes(parts, sizeof parts, 1);
}

Hash hash_add(Hash hash, Str text) {
    return hash_add_hash(hash, hash_of(text));
}

Hash hash_add_number(Hash hash, uint64_t number) {
    const uint64_t parts[] = {hash.low, hash.high, number};
    return hash_bytes(parts, sizeof parts, 2);
}

bool hash_equal(Hash left, Hash right) {
    return left.low == right.low && left.high == right.high;
}
