#include "base/ban.h"

#include "base/proof.h"

#include <limits.h>

#include "base/limits.h"

Stamp proof_stamp(const Fs *fs, Str path) {
    char text[PATH_MAX];
    int size = snprintf(text, sizeof text, "%.*s%s%.*s", STR_FMT(fs_root(fs)), path.size ? "/" : "",
                        STR_FMT(path));
    return size > 0 && (size_t)size < sizeof text ? stamp_of(text) : (Stamp){0};
}

bool proof_hash(Fs *fs, Str path, size_t size_limit, Hash *hash) {
    Arena *tmp = arena_new();
    FsText text;
    bool is_read = fs_read(fs, path, size_limit, tmp, &text);
    if (is_read)
        *hash = hash_of(text.content);
    arena_free(tmp);
    return is_read;
}

/* Could the content be changed without the stamp telling? When the name was made does not matter.
 */
static bool is_racy(const Stamp *stamp, int64_t now) {
    Stamp content = *stamp;
    content.placed = content.written;
    return stamp_is_fresh(&content, now);
}

Proof proof_take(Fs *fs, Str path, int64_t now) {
    Proof proof = {.stamp = proof_stamp(fs, path)};
    proof.has_hash = is_racy(&proof.stamp, now);
    if (proof.has_hash && !proof_hash(fs, path, LIMIT_ASSET_SIZE, &proof.hash))
        proof.stamp.inode = 0;
    return proof;
}

void proof_settle(Proof *proof, int64_t since) {
    proof->has_hash = proof->has_hash && is_racy(&proof->stamp, since);
}

/* The time of the name is left out: it changes when a later build gives the file a second one. */
bool proof_holds(Fs *fs, Str path, const Proof *proof) {
    if (proof->stamp.inode == 0)
        return false;
    Stamp now = proof_stamp(fs, path);
    Hash hash = {0};
    return stamp_same_content(&now, &proof->stamp) &&
           (!proof->has_hash ||
            (proof_hash(fs, path, LIMIT_ASSET_SIZE, &hash) && hash_equal(hash, proof->hash)));
}

void archive_proof(Archive *archive, Proof *proof) {
    archive_stamp(archive, &proof->stamp);
    archive_bool(archive, &proof->has_hash);
    if (proof->has_hash)
        archive_hash(archive, &proof->hash);
}
