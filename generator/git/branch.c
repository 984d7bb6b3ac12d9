#include "base/ban.h"

#include "git/branch.h"

#include "base/buf.h"
#include "git/run.h"

#define PATH_WORDS 64 /* of one command */

/* A branch that exists in fast-import alone: it is dropped before refs are written. */
#define NO_BRANCH "refs/docsgen/publish"

bool git_read_head(Git *git, GitHead *head) {
    const char *const log[] = {GIT_START,
                               git->root.data,
                               "log",
                               "-1",
                               "--no-show-signature",
                               "--encoding=UTF-8",
                               "--date=raw",
                               "--format=%an <%ae> %ad%n%cn <%ce> %cd%n%H%n%s",
                               NULL};
    const char *const name[] = {GIT_START, git->root.data, "symbolic-ref", "-q", "--short", "HEAD",
                                NULL};
    Str text;
    if (!git_run(git, log, STR(""), &text))
        return false;
    *head = (GitHead){.author = str_cut_line(&text)};
    head->committer = str_cut_line(&text);
    head->commit = str_cut_line(&text);
    head->subject = str_cut_line(&text);
    ProcessResult result;
    if (!git_ask(git, name, STR(""), &result))
        return false;
    if (result.status == 0)
        head->branch = str_cut_line(&result.output);
    return true;
}

/* status = { letter letter SP path NUL [ path NUL ] }, the second path of a renamed file
 * (git-status, short format version 1). */
static GitDirty read_status(Str status) {
    GitDirty dirty = {0};
    while (status.size) {
        Str entry = str_cut(&status, '\0');
        if (entry.size < 4)
            continue;
        if (entry.data[0] == 'R' || entry.data[0] == 'C')
            str_cut(&status, '\0');
        if (dirty.count++ == 0)
            dirty.first = str_from_offset(entry, 3);
    }
    return dirty;
}

bool git_find_dirty(Git *git, const GitPlaces *places, GitDirty *dirty) {
    const char *words[PATH_WORDS] = {GIT_START, git->root.data,          "status", "--porcelain=v1",
                                     "-z",      "--untracked-files=all", "--",     NULL};
    size_t used = 0;
    while (words[used])
        used++;
    for (size_t i = 0; i < places->count && used + 2 < PATH_WORDS; i++) {
        Str path = places->paths[i].size ? places->paths[i] : STR(".");
        words[used++] = str_format(git->arena, ":(literal)%.*s", STR_FMT(path)).data;
    }
    if (places->except.size)
        words[used++] =
            str_format(git->arena, ":(exclude,literal)%.*s", STR_FMT(places->except)).data;
    Str status;
    if (!git_run(git, words, STR(""), &status))
        return false;
    *dirty = read_status(status);
    return true;
}

/* A word that begins with a dash would be an option of git's. */
static bool is_name(Str name) {
    return name.size && name.data[0] != '-';
}

static char *ref_of(const Git *git, Str branch) {
    return str_cstr(git->arena, str_format(git->arena, "refs/heads/%.*s", STR_FMT(branch)));
}

bool git_check_target(Git *git, GitTarget target) {
    const char *const format[] = {GIT_START, git->root.data, "check-ref-format",
                                  ref_of(git, target.branch), NULL};
    const char *const url[] = {GIT_START, git->root.data, "remote",
                               "get-url", "--",           str_cstr(git->arena, target.remote),
                               NULL};
    ProcessResult result;
    if (!git_ask(git, format, STR(""), &result))
        return false;
    if (result.status || !is_name(target.branch)) {
        git->why =
            str_format(git->arena, "no branch can be called \"%.*s\"", STR_FMT(target.branch));
        return false;
    }
    bool is_address = str_find_char(target.remote, '/', 0) != STR_NONE ||
                      str_find_char(target.remote, ':', 0) != STR_NONE;
    if (is_name(target.remote) && is_address)
        return true;
    if (!git_ask(git, url, STR(""), &result))
        return false;
    if (result.status == 0 && is_name(target.remote))
        return true;
    git->why = str_format(git->arena,
                          "there is no remote \"%.*s\"; name one with --remote, or add it: "
                          "git remote add %.*s URL",
                          STR_FMT(target.remote), STR_FMT(target.remote));
    return false;
}

/* What git complained, each line set in: several programs may have had their say. */
static Str indented(Git *git, Str text) {
    Buf out = buf_new(git->arena);
    while (text.size) {
        Str line = str_trim(str_cut_line(&text));
        if (line.size && !str_starts_with(line, STR("hint:")))
            buf_add_format(&out, "\n  %.*s", STR_FMT(line));
    }
    return buf_str(&out);
}

/* Runs a command that talks to the remote. */
static bool run_remote(Git *git, const char *const words[], GitTarget target, Str *output) {
    ProcessResult result;
    if (!git_ask(git, words, STR(""), &result))
        return false;
    *output = result.output;
    if (result.status == 0)
        return true;
    Str said = indented(git, result.errors);
    git->why = str_format(git->arena, "cannot read the remote \"%.*s\":%.*s",
                          STR_FMT(target.remote), STR_FMT(said));
    return false;
}

/* answer = { hash TAB ref LF }; git also names refs that merely end like ours. */
static bool read_tip(Git *git, GitTarget target, Str *tip) {
    char *ref = ref_of(git, target.branch), *remote = str_cstr(git->arena, target.remote);
    const char *const list[] = {GIT_START, git->root.data, "ls-remote", "--", remote, ref, NULL};
    Str answer;
    *tip = (Str){0};
    if (!run_remote(git, list, target, &answer))
        return false;
    while (answer.size) {
        Str line = str_cut_line(&answer);
        Str hash = str_cut(&line, '\t');
        if (str_equal(line, str_from(ref)))
            *tip = hash;
    }
    return true;
}

bool git_fetch_tip(Git *git, GitTarget target, Str *tip) {
    const char *const fetch[] = {GIT_START,
                                 git->root.data,
                                 "fetch",
                                 "--quiet",
                                 "--no-tags",
                                 "--no-write-fetch-head",
                                 "--no-recurse-submodules",
                                 "--refmap=", /* leaves the remote's branches here alone */
                                 "--",
                                 str_cstr(git->arena, target.remote),
                                 ref_of(git, target.branch),
                                 NULL};
    Str output;
    return read_tip(git, target, tip) &&
           (tip->size == 0 || run_remote(git, fetch, target, &output));
}

bool git_is_related(Git *git, Str commit) {
    const char *const words[] = {
        GIT_START, git->root.data, "merge-base", "HEAD", str_cstr(git->arena, commit), NULL};
    ProcessResult result;
    return git_ask(git, words, STR(""), &result) && result.status == 0;
}

bool git_read_entry(Git *git, Str commit, Str path, Str *content) {
    Str name = str_format(git->arena, "%.*s:%.*s", STR_FMT(commit), STR_FMT(path));
    const char *const words[] = {GIT_START, git->root.data, "cat-file", "blob", name.data, NULL};
    return git_run(git, words, STR(""), content);
}

/* path = '"' { byte | "\" ( '"' | "\" | "n" ) } '"' (git-fast-import, C-style quoting). */
static void add_path(Buf *out, Str path) {
    buf_add_char(out, '"');
    for (size_t i = 0; i < path.size; i++) {
        char c = path.data[i];
        if (c == '"' || c == '\\' || c == '\n')
            buf_add_char(out, '\\');
        buf_add_char(out, c == '\n' ? 'n' : c);
    }
    buf_add_char(out, '"');
}

static void add_data(Buf *out, Str data) {
    buf_add_format(out, "data %zu\n", data.size);
    buf_add(out, data);
    buf_add_char(out, '\n');
}

/* The stream that makes the commit, tells its hash, and forgets the branch (a branch that starts
 * from nought is none). */
static Str import_stream(const Git *git, const GitCommit *commit, size_t hash_size) {
    Buf out = buf_new(git->arena);
    buf_add_format(&out, "feature done\ncommit " NO_BRANCH "\nmark :1\nauthor %.*s\n",
                   STR_FMT(commit->author));
    buf_add_format(&out, "committer %.*s\n", STR_FMT(commit->committer));
    add_data(&out, commit->message);
    if (commit->parent.size)
        buf_add_format(&out, "from %.*s\n", STR_FMT(commit->parent));
    buf_add_text(&out, "deleteall\n");
    for (size_t i = 0; i < commit->entry_count; i++) {
        buf_add_text(&out, "M 100644 inline ");
        add_path(&out, commit->entries[i].path);
        buf_add_char(&out, '\n');
        add_data(&out, commit->entries[i].content);
    }
    buf_add_text(&out, "get-mark :1\nreset " NO_BRANCH "\nfrom ");
    buf_add_repeat(&out, '0', hash_size);
    buf_add_text(&out, "\n\ndone\n");
    return buf_str(&out);
}

bool git_write_commit(Git *git, const GitCommit *commit, Str *hash) {
    const char *const object[] = {GIT_START, git->root.data, "rev-parse", "HEAD", NULL};
    const char *const import[] = {GIT_START, git->root.data, "fast-import",
                                  "--quiet", "--done",       "--date-format=raw-permissive",
                                  NULL};
    Str head, answer;
    if (!git_run(git, object, STR(""), &head))
        return false;
    /* SHA-1 and SHA-256 differ in length. */
    Str stream = import_stream(git, commit, str_trim(head).size);
    if (!git_run(git, import, stream, &answer))
        return false;
    *hash = str_trim(answer);
    return true;
}

bool git_read_changes(Git *git, Str commit, Str *changes) {
    const char *const words[] = {
        GIT_START, git->root.data, "diff-tree",    "--root",        "--no-commit-id",
        "-r",      "-z",           "--no-renames", "--name-status", str_cstr(git->arena, commit),
        NULL};
    return git_run(git, words, STR(""), changes);
}

/* Two pushes that meet at the lock of one branch: the winner's commit may not be there yet. */
static bool is_lock_lost(Str said) {
    return str_find(said, STR("cannot lock ref"), 0) != STR_NONE ||
           str_find(said, STR("failed to update ref"), 0) != STR_NONE ||
           str_find(said, STR("incorrect old value"), 0) != STR_NONE;
}

/* line = "!" TAB from ":" to TAB reason (git-push, porcelain format). */
static Str refusal(Str answer) {
    while (answer.size) {
        Str line = str_cut_line(&answer);
        if (!str_starts_with(line, STR("!\t")))
            continue;
        str_cut(&line, '\t');
        str_cut(&line, '\t');
        return line;
    }
    return STR("");
}

GitPush git_push(Git *git, GitTarget target, Str commit, Str parent) {
    Str what = str_format(git->arena, "%.*s:%s", STR_FMT(commit), ref_of(git, target.branch));
    const char *const words[] = {GIT_START,
                                 git->root.data,
                                 "push",
                                 "--porcelain",
                                 "--no-follow-tags",
                                 "--recurse-submodules=no",
                                 "--",
                                 str_cstr(git->arena, target.remote),
                                 what.data,
                                 NULL};
    ProcessResult result;
    Str tip;
    if (!git_ask(git, words, STR(""), &result))
        return GIT_PUSH_REFUSED;
    if (result.status == 0)
        return GIT_PUSH_DONE;
    /* git's words for "late" depend on versions, transports and languages; the tip does not. */
    if (is_lock_lost(result.errors) || is_lock_lost(result.output) ||
        (read_tip(git, target, &tip) && !str_equal(tip, parent)))
        return GIT_PUSH_LATE;
    Str reason = refusal(result.output), said = indented(git, result.errors);
    git->why = str_format(git->arena, "the push to \"%.*s\" of \"%.*s\" was refused%s%.*s%.*s",
                          STR_FMT(target.branch), STR_FMT(target.remote), reason.size ? ": " : ":",
                          STR_FMT(reason), STR_FMT(said));
    return GIT_PUSH_REFUSED;
}
