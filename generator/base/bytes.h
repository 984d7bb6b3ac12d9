/* bytes.h: eight bytes of text at a time.
 * In: text; out: one bit for each byte that is what was asked for, in the byte's highest bit. Plain
 * arithmetic on 64 bits, so that no processor is asked for more (H. Warren, Hacker's Delight, 6-1);
 * the first byte is always the lowest. Whoever asks sees to it that there are eight to load. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BYTES_HIGH ((uint64_t)0x8080808080808080)

/* Eight times the byte. */
static inline uint64_t bytes_all(unsigned char c) {
    return (uint64_t)0x0101010101010101 * c;
}

static inline uint64_t bytes_ordered(uint64_t bytes) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(bytes);
#else
    return bytes;
#endif
}

static inline uint64_t bytes_load(const char *at) {
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes_ordered(bytes);
}

static inline void bytes_store(char *at, uint64_t bytes) {
    bytes = bytes_ordered(bytes);
    memcpy(at, &bytes, sizeof bytes);
}

/* The first `size` bytes, at most eight, and then zeros; no more than these are looked at. */
static inline uint64_t bytes_load_some(const char *at, size_t size) {
    if (size >= 8)
        return bytes_load(at);
    uint64_t bytes = 0;
    for (size_t i = 0; i < size; i++)
        bytes |= (uint64_t)(unsigned char)at[i] << 8 * i;
    return bytes;
}

/* Of the next questions each byte must be below 0x80: nothing may run over into its neighbour. */
static inline uint64_t bytes_low(uint64_t bytes) {
    return bytes & ~BYTES_HIGH;
}

/* Those from `first` on; the bits below the highest mean nothing. */
static inline uint64_t bytes_from(uint64_t low, unsigned char first) {
    return low + bytes_all((unsigned char)(0x80 - first));
}

/* Those from `first` to `last`. */
static inline uint64_t bytes_between(uint64_t low, unsigned char first, unsigned char last) {
    return bytes_from(low, first) & ~bytes_from(low, (unsigned char)(last + 1));
}

/* Those that are `c`. */
static inline uint64_t bytes_are(uint64_t low, unsigned char c) {
    return ~((low ^ bytes_all(c)) + bytes_all(0x7F));
}

/* How many bytes stand before the first of which the highest bit is set; none may be but the
 * highest, and one must be. */
static inline size_t bytes_before(uint64_t marks) {
    return (size_t)__builtin_ctzll(marks) / 8;
}

/* How many bytes from the first on are marked, one after the other. */
static inline size_t bytes_run(uint64_t marks) {
    uint64_t others = ~marks & BYTES_HIGH;
    return others ? bytes_before(others) : 8;
}

/* How many bytes have their highest bit set; no other bit may be. */
static inline unsigned bytes_count(uint64_t marks) {
    return (unsigned)((marks >> 7) * bytes_all(1) >> 56);
}

#endif
