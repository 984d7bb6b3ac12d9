/* discover.h: which files a project has.
 * In: the project's folder and settings. Out: Site.files with the bytes of everything that is read
 * as text. The only file of site/ that touches the disk; it parses nothing. */
#ifndef SITE_DISCOVER_H
#define SITE_DISCOVER_H

#include "base/fs.h"
#include "site/site.h"

/* Fills site->files and site->file_index from the source and diagram folders. Files that cannot be
 * read are findings. False with a reason when the source folder itself cannot be read. */
bool discover_files(Site *site, Fs *fs, Str *why);

/* Adds the file at `path`, which lies outside of both folders, when it exists in the project; a
 * page linked to it. */
SiteFile *discover_file(Site *site, Fs *fs, Str path);

#endif
