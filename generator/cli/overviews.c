#include "base/ban.h"

#include "cli/overviews.h"

#include "base/limits.h"
#include "cli/undo.h"
#include "roadmap/edit.h"

static const Source *read_list(const OverviewEdit *edit, Str path, Arena *arena) {
    FsText text;
    if (fs_kind(edit->tracker->fs, path) != FS_FILE ||
        !fs_read(edit->tracker->fs, path, LIMIT_PAGE_SIZE, arena, &text))
        return NULL;
    return source_new(arena, path, text.content);
}

static void work_out(OverviewEdit *edit, Arena *arena) {
    UndoKey key = {edit->source->text, edit->id};
    Str before;
    edit->text = edit->is_restoring && undo_find(&key, arena, &before)
                     ? before
                     : roadmap_edit_overview(edit->source, edit->before, edit->after, arena);
}

void overview_edit(OverviewEdit *edit, Arena *arena) {
    edit->path = (Str){0};
    for (Str folder = fs_folder_of(edit->tracker->fs_path);; folder = fs_folder_of(folder)) {
        Str path = fs_join(folder, STR("ROADMAP.md"), arena);
        edit->source = read_list(edit, path, arena);
        if (edit->source && !str_equal(path, edit->tracker->fs_path) &&
            roadmap_is_listed(edit->source, edit->before, arena)) {
            edit->path = path;
            work_out(edit, arena);
            return;
        }
        if (folder.size == 0)
            return;
    }
}

/* Reads and edits the list once more, now that nobody else does. */
static bool write_now(OverviewEdit *edit, Arena *arena, Str *why) {
    overview_edit(edit, arena);
    if (edit->path.size == 0 || str_equal(edit->source->text, edit->text))
        return true;
    FsSwap swap = {edit->path, edit->source->text, edit->text};
    UndoKey key = {edit->text, edit->id};
    if (!fs_replace(edit->tracker->fs, &swap, 1, why))
        return false;
    if (!edit->is_restoring)
        undo_keep(&key, edit->source->text, arena);
    return true;
}

bool overview_edit_write(OverviewEdit *edit, Arena *arena) {
    if (edit->path.size == 0 || str_equal(edit->source->text, edit->text))
        return true;
    Str path = edit->path, why = {0};
    /* The tracker's own folder is locked already. Locks are taken from below upwards, so that no
     * two runs wait for each other. */
    bool is_here = str_equal(fs_folder_of(path), fs_folder_of(edit->tracker->fs_path));
    int lock = -1;
    bool is_locked = is_here || fs_lock(edit->tracker->fs, path, &lock, &why);
    bool is_written = is_locked && write_now(edit, arena, &why);
    if (is_locked && !is_here)
        fs_unlock(edit->tracker->fs, lock);
    if (!is_written)
        complain(str_format(arena, "cannot write \"%.*s\": %.*s", STR_FMT(path), STR_FMT(why)));
    return is_written;
}
