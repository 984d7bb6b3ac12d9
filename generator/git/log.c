#include "base/ban.h"

#include "git/log.h"

#include "base/num.h"

#define VERSION_LIMIT 1000 /* of one file; older ones are left out */

static void add_version(GitLog *walk, size_t file, const GitVersion *version) {
    GitFile *owner = &walk->files[file];
    GitVersion *newer = owner->version_count ? &owner->versions[owner->version_count - 1] : NULL;
    /* Walking back in time: the same content means that the older commit made it. */
    if (newer && str_equal(newer->blob, version->blob)) {
        Str path = newer->path;
        *newer = *version;
        newer->path = path;
        return;
    }
    if (owner->version_count == VERSION_LIMIT)
        return;
    ARENA_RESERVE(walk->arena, owner->versions, owner->version_count, owner->version_capacity);
    owner->versions[owner->version_count++] = *version;
}

/* change = ":" mode SP mode SP blob SP blob SP letter NUL path [ NUL path ], where the second path
 * is the new one of a renamed file (git-diff, raw output format). */
static void read_change(GitLog *walk, Str change, Str *rest, GitVersion *version) {
    for (int i = 0; i < 3; i++)
        str_cut(&change, ' ');
    version->blob = str_cut(&change, ' ');
    char letter = change.size ? change.data[0] : 'M';
    Str before = str_cut(rest, '\0');
    Str path = letter == 'R' || letter == 'C' ? str_cut(rest, '\0') : before;
    version->path = path;
    for (size_t i = 0; i < walk->count; i++) {
        if (!str_equal(walk->now[i], path) || letter == 'D')
            continue;
        add_version(walk, i, version);
        walk->now[i] = before;
    }
}

/* log = { head NUL { change } }, head = 1 hash 2 time 2 subject 3, newest commit first. */
void git_log_parse(GitLog *walk, Str text) {
    GitVersion version = {0};
    while (text.size) {
        Str part = str_cut(&text, '\0');
        if (part.size && part.data[0] == '\n')
            part = str_from_offset(part, 1);
        if (part.size && part.data[0] == '\1') {
            part = str_slice(part, 1, part.size - 1);
            version = (GitVersion){.commit = str_cut(&part, '\2')};
            num_parse(str_cut(&part, '\2'), &version.time);
            version.subject = part;
        } else if (part.size && part.data[0] == ':') {
            read_change(walk, part, &text, &version);
        }
    }
}

/* answer = hash SP type SP size LF content LF, or hash " missing" LF. */
Str git_blob_take(Str *answers) {
    Str head = str_cut_line(answers);
    str_cut(&head, ' ');
    str_cut(&head, ' ');
    int64_t size = 0;
    if (!num_parse(head, &size) || size < 0 || (size_t)size >= answers->size)
        return (Str){NULL, 0};
    Str content = str_slice(*answers, 0, (size_t)size);
    *answers = str_from_offset(*answers, (size_t)size + 1);
    return content;
}

/* log = { time NUL [ LF ] { path NUL } }, newest commit first; a time begins with the byte 1. */
void git_times_parse(const Map *wanted, Str text) {
    int64_t time = 0;
    while (text.size) {
        Str part = str_cut(&text, '\0');
        if (part.size && part.data[0] == '\n')
            part = str_from_offset(part, 1);
        if (part.size && part.data[0] == '\1') {
            num_parse(str_from_offset(part, 1), &time);
            continue;
        }
        int64_t *found = map_find(wanted, part);
        if (found && *found == 0)
            *found = time;
    }
}
