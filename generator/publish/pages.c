#include "base/ban.h"

#include "publish/pages.h"

#include <time.h>

#include "base/limits.h"

#define TRIES 6 /* against others who publish at the same time */

/* Letters of a hash: the same in every clone, unlike git's own shortening. */
#define HASH_SHOWN 12

static bool fail(PagesResult *result, Str why) {
    result->why = why;
    return false;
}

/* "Publish 0123456789ab" with the commit's subject, and the whole hash for programs. */
static Str message_of(const PagesJob *job) {
    if (job->message.size)
        return job->message;
    Str shown = str_slice(job->head->commit, 0, HASH_SHOWN);
    return str_format(job->arena, "Publish %.*s%s\n\n%.*s\n\nSource: %.*s\n", STR_FMT(shown),
                      job->is_dirty ? " with uncommitted changes" : "", STR_FMT(job->head->subject),
                      STR_FMT(job->head->commit));
}

/* The site's files. A CNAME comes from the command line, from the site, or from the branch, where
 * GitHub's settings page writes it. */
static bool collect(const PagesJob *job, Str parent, GitCommit *commit, PagesResult *result) {
    const Outputs *outputs = job->outputs;
    GitEntry *entries = ARENA_ARRAY(job->arena, GitEntry, outputs->count + 1);
    size_t count = 0;
    bool has_cname = false;
    for (size_t i = 0; i < outputs->count; i++) {
        const Output *output = &outputs->items[i];
        bool is_cname = str_equal(output->path, STR("CNAME"));
        if (is_cname && job->cname.size)
            continue;
        FsText text = {.content = output->content};
        if (output->copy_of.size &&
            !fs_read(job->project, output->copy_of, LIMIT_ASSET_SIZE, job->arena, &text))
            return fail(result, str_format(job->arena, "cannot read \"%.*s\": %.*s",
                                           STR_FMT(output->copy_of), STR_FMT(text.why)));
        entries[count++] = (GitEntry){output->path, text.content};
        has_cname = has_cname || is_cname;
    }
    Str cname;
    if (job->cname.size)
        entries[count++] =
            (GitEntry){STR("CNAME"), str_format(job->arena, "%.*s\n", STR_FMT(job->cname))};
    else if (!has_cname && parent.size && git_read_entry(job->git, parent, STR("CNAME"), &cname))
        entries[count++] = (GitEntry){STR("CNAME"), cname};
    commit->entries = entries;
    commit->entry_count = count;
    return true;
}

static void count_changes(PagesResult *result) {
    result->added = result->changed = result->removed = 0;
    for (Str rest = result->changes; rest.size;) {
        Str letter = str_cut(&rest, '\0');
        str_cut(&rest, '\0');
        result->added += str_equal(letter, STR("A"));
        result->removed += str_equal(letter, STR("D"));
        result->changed += !str_equal(letter, STR("A")) && !str_equal(letter, STR("D"));
    }
}

/* A branch that shares its past with the sources holds somebody's work, not a site. */
static bool is_refused(const PagesJob *job, Str tip, PagesResult *result) {
    bool is_source = str_equal(job->target.branch, job->head->branch);
    if (job->is_forced || (!is_source && (tip.size == 0 || !git_is_related(job->git, tip))))
        return false;
    fail(result, str_format(job->arena,
                            "the branch \"%.*s\" holds sources, which the site would replace; name "
                            "another with --branch, or say --force",
                            STR_FMT(job->target.branch)));
    return true;
}

/* Writes the commit on top of `tip` and finds what it changes. */
static bool prepare(const PagesJob *job, Str tip, PagesResult *result) {
    GitCommit commit = {.parent = tip,
                        .author = job->head->author,
                        .committer = job->head->committer,
                        .message = message_of(job)};
    if (is_refused(job, tip, result) || !collect(job, tip, &commit, result))
        return false;
    if (!git_write_commit(job->git, &commit, &result->commit) ||
        !git_read_changes(job->git, result->commit, &result->changes))
        return fail(result, job->git->why);
    count_changes(result);
    return true;
}

/* Lets the faster one finish; longer each time. */
static void pause_for(size_t tries) {
    struct timespec pause = {.tv_nsec = 50000000L * (long)tries};
    nanosleep(&pause, NULL);
}

bool pages_publish(const PagesJob *job, PagesResult *result) {
    *result = (PagesResult){0};
    if (!git_check_target(job->git, job->target))
        return fail(result, job->git->why);
    for (; result->late < TRIES; pause_for(++result->late)) {
        Str tip;
        if (!git_fetch_tip(job->git, job->target, &tip))
            return fail(result, job->git->why);
        if (!prepare(job, tip, result))
            return false;
        if (result->changes.size == 0 || job->is_dry_run)
            return true;
        GitPush push = git_push(job->git, job->target, result->commit, tip);
        if (push == GIT_PUSH_DONE)
            return true;
        if (push == GIT_PUSH_REFUSED)
            return fail(result, job->git->why);
    }
    return fail(result, str_format(job->arena,
                                   "others were faster %d times in a row; try again later", TRIES));
}
