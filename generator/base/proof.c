#include "base/ban.h"

#include "base/proof.h"

#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>

#include "base/limits.h"

/* Asked of each file of a site, more than once: snprintf would take longer than the system. */
static bool place_of(const Fs *fs, Str path, char *text) {
    Str root = fs_root(fs);
    size_t slash = path.size > 0;
    if (root.size >= PATH_MAX || path.size >= PATH_MAX - root.size - slash)
        return false;
    memcpy(text, root.data, root.size);
    if (slash) {
        text[root.size] = '/';
        memcpy(text + root.size + 1, path.data, path.size);
    }
    text[root.size + slash + path.size] = '\0';
    return true;
}

Stamp proof_stamp(const Fs *fs, Str path) {
    char text[PATH_MAX];
    return place_of(fs, path, text) ? stamp_of(text) : (Stamp){0};
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

/* Which names a folder has for which files, in whatever order the system lists them. */
static bool hash_names(const Fs *fs, Str path, Hash *hash) {
    char text[PATH_MAX];
    DIR *stream = place_of(fs, path, text) ? opendir(text) : NULL;
    struct dirent *entry;
    *hash = (Hash){0};
    while (stream && (entry = readdir(stream))) {
        Str name = str_from(entry->d_name);
        if (str_equal(name, STR(".")) || str_equal(name, STR("..")))
            continue;
        Hash one = hash_add_number(hash_of(name), (uint64_t)entry->d_ino);
        hash->low += one.low;
        hash->high += one.high;
    }
    if (stream)
        closedir(stream);
    return stream != NULL;
}

static bool hash_content(Fs *fs, Str path, const Stamp *stamp, Hash *hash) {
    return S_ISDIR((mode_t)stamp->mode) ? hash_names(fs, path, hash)
                                        : proof_hash(fs, path, LIMIT_ASSET_SIZE, hash);
}

/* Could the content be changed without the stamp telling? When the name was made does not matter.
 */
static bool is_racy(const Stamp *stamp, int64_t now) {
    Stamp content = *stamp;
    content.placed = content.written;
    return stamp_is_fresh(&content, now);
}

void proof_complete(Proof *proof, Fs *fs, Str path, int64_t now) {
    if (proof->stamp.inode == 0)
        proof->stamp = proof_stamp(fs, path);
    proof->has_hash = is_racy(&proof->stamp, now);
    if (proof->has_hash && !hash_content(fs, path, &proof->stamp, &proof->hash))
        proof->stamp.inode = 0;
}

Proof proof_take(Fs *fs, Str path, int64_t now) {
    Proof proof = {0};
    proof_complete(&proof, fs, path, now);
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
            (hash_content(fs, path, &now, &hash) && hash_equal(hash, proof->hash)));
}

void archive_proof(Archive *archive, Proof *proof) {
    archive_stamp(archive, &proof->stamp);
    archive_bool(archive, &proof->has_hash);
    if (proof->has_hash)
        archive_hash(archive, &proof->hash);
}
