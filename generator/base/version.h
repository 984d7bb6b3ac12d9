/* version.h: which docsgen this is.
 * In: nothing. Out: two texts that scripts/version.sh writes during make, so that a new commit
 * compiles one small file and not the program. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* "0.1.0". */
extern const char docsgen_version[];

/* What `git describe` says: "1a2b3c4d5e6f", "v0.1.0-3-g1a2b3c4d5e6f", with "-dirty" behind it when
 * files differ from that commit; empty for a build from an archive. */
extern const char docsgen_commit[];

#endif
