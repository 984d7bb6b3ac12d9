/* proof.h: by what a written file is known to be the one that was written.
 * In: a file in a folder, or a folder itself. Out: its stamp, and its hash while the stamp is too
 * new to be sure of; later, whether the file still is what it was, and whether the folder has the
 * same names for the same files. */
#ifndef BASE_PROOF_H
#define BASE_PROOF_H

#include "base/fs.h"
#include "base/hash.h"
#include "base/stamp.h"

typedef struct Proof {
    Stamp stamp;   /* inode 0: there is no proof, and nothing holds */
    bool has_hash; /* the stamp is too new to be sure of */
    Hash hash;
} Proof;

/* The stamp of what stands at `path`, a file or the folder itself (""). */
Stamp proof_stamp(const Fs *fs, Str path);

/* The hash of what can be read at `path`; false when nothing can, or it is larger. */
bool proof_hash(Fs *fs, Str path, size_t size_limit, Hash *hash);

/* The proof of a file or folder that has been written; `now` is what stamp_now says then, or
 * before. */
Proof proof_take(Fs *fs, Str path, int64_t now);

/* The same of a file whose stamp was taken when it was written; without one it is taken now. */
void proof_complete(Proof *proof, Fs *fs, Str path, int64_t now);

/* The proof has held at some time after `since`: if the file was old by then, its stamp is enough
 * from now on. */
void proof_settle(Proof *proof, int64_t since);

/* Is the file or folder what it was? */
bool proof_holds(Fs *fs, Str path, const Proof *proof);

/* Writes the proof down, or fills it with one that was; a damaged archive gives one that does not
 * hold. */
void archive_proof(Archive *archive, Proof *proof);

#endif
