#include "base/ban.h"

#include "cli/survey.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/process.h"
#include "markdown/md.h"

#define TRACKER_NAME STR("PROGRESS_TRACKER.md")

/* Where people keep pages, the likeliest first. */
static const char *const source_folders[] = {"site-src", "docs", "doc", "documentation", NULL};

/* Where a site may be written, when nothing is there yet. */
static const char *const output_folders[] = {"output", "_site", "docsgen-site", NULL};

/* What others wrote, or programs. */
static const char *const foreign_folders[] = {"node_modules", "vendor", "third_party", "target",
                                              "dist",         "build",  "venv",        NULL};

static bool is_foreign(Str path) {
    for (Str rest = path; rest.data;) {
        Str part = str_cut(&rest, '/');
        if (part.size && part.data[0] == '.' && !str_equal(part, STR(".roadmap")))
            return true;
        for (size_t i = 0; foreign_folders[i]; i++)
            if (str_equal(part, str_from(foreign_folders[i])))
                return true;
    }
    return false;
}

static bool is_page(Str path) {
    return str_ends_with(path, STR(".md")) || str_ends_with(path, STR(".markdown"));
}

static bool is_below(Str path, Str folder) {
    return folder.size && path.size > folder.size && str_starts_with(path, folder) &&
           path.data[folder.size] == '/';
}

static void find_source(const FsList *list, Survey *survey) {
    for (size_t i = 0; source_folders[i] && survey->source.size == 0; i++) {
        Str folder = str_from(source_folders[i]);
        for (size_t k = 0; k < list->count && survey->source.size == 0; k++)
            if (is_page(list->entries[k].path) && is_below(list->entries[k].path, folder) &&
                !is_foreign(list->entries[k].path))
                survey->source = folder;
    }
}

/* A site needs a first page; without one the others are kept for a list of them. */
static void find_pages(const FsList *list, Fs *fs, Arena *arena, Survey *survey) {
    if (survey->source.size == 0 ||
        fs_kind(fs, fs_join(survey->source, STR("index.md"), arena)) != FS_ABSENT ||
        fs_kind(fs, fs_join(survey->source, STR("README.md"), arena)) != FS_ABSENT)
        return;
    for (size_t i = 0; i < list->count; i++) {
        Str path = list->entries[i].path;
        if (!is_page(path) || !is_below(path, survey->source) || is_foreign(path))
            continue;
        ARENA_RESERVE(arena, survey->pages, survey->page_count, survey->page_capacity);
        survey->pages[survey->page_count++] = str_from_offset(path, survey->source.size + 1);
    }
}

/* "planning/roadmap/done/login/PROGRESS_TRACKER.md" -> "planning/roadmap": the folder called so,
 * otherwise the outermost one. Empty for a file in the root. */
static Str tracker_folder(Str path) {
    Str folder = fs_folder_of(path);
    for (size_t start = 0; start < folder.size;) {
        size_t end = str_find_char(folder, '/', start);
        end = end == STR_NONE ? folder.size : end;
        Str part = str_slice(folder, start, end);
        if (str_equal(part, STR("roadmap")) || str_equal(part, STR(".roadmap")))
            return str_slice(folder, 0, end);
        start = end + 1;
    }
    return str_slice(folder, 0, str_find_char(folder, '/', 0));
}

static void find_trackers(const FsList *list, Arena *arena, Survey *survey) {
    for (size_t i = 0; i < list->count; i++) {
        Str path = list->entries[i].path;
        if (!str_equal(fs_name_of(path), TRACKER_NAME) || is_foreign(path))
            continue;
        Str folder = tracker_folder(path);
        survey->has_root_tracker = survey->has_root_tracker || folder.size == 0;
        survey->has_trackers = survey->has_trackers || folder.size > 0;
        bool is_known = folder.size == 0 || is_below(path, survey->source);
        for (size_t k = 0; k < survey->tracker_count && !is_known; k++)
            is_known = str_equal(survey->trackers[k], folder);
        if (is_known)
            continue;
        ARENA_RESERVE(arena, survey->trackers, survey->tracker_count, survey->tracker_capacity);
        survey->trackers[survey->tracker_count++] = folder;
    }
}

/* The text of a heading without its pictures: badges are no part of a name. */
static Str words_of(const MdNode *heading, Arena *arena) {
    Buf out = buf_new(arena);
    for (const MdNode *node = md_next(heading, heading); node; node = md_next(heading, node)) {
        bool is_picture = false;
        for (const MdNode *up = node; up && up != heading; up = up->parent)
            is_picture = is_picture || up->kind == MD_IMAGE;
        if (!is_picture && (node->kind == MD_TEXT || node->kind == MD_CODE))
            buf_add(&out, node->text);
    }
    return str_trim(buf_str(&out));
}

/* The first heading of the file that says something. */
static Str title_of(Fs *fs, Str path, Arena *arena) {
    FsText text;
    if (path.size == 0 || fs_kind(fs, path) != FS_FILE ||
        !fs_read(fs, path, LIMIT_PAGE_SIZE, arena, &text))
        return STR("");
    MdDoc *doc = md_parse(source_new(arena, path, text.content), arena, diags_new(arena));
    for (size_t i = 0; i < doc->heading_count; i++) {
        Str words = words_of(doc->headings[i].node, arena);
        if (words.size)
            return words;
    }
    return STR("");
}

/* address = "https://" [ user "@" ] host "/" path | [ "ssh://" ] user "@" host ( ":" | "/" ) path;
 * path may end in ".git". The empty Str for anything else, a folder for example. */
static Str web_address(Str address, Arena *arena) {
    size_t scheme = str_find(address, STR("://"), 0);
    Str rest = scheme == STR_NONE ? address : str_from_offset(address, scheme + 3);
    size_t slash = str_find_char(rest, '/', 0), at = str_find_char(rest, '@', 0);
    if (at != STR_NONE && (slash == STR_NONE || at < slash))
        rest = str_from_offset(rest, at + 1);
    else if (scheme == STR_NONE || str_starts_with(address, STR("file:")))
        return STR("");
    size_t end = str_find_char(rest, scheme == STR_NONE ? ':' : '/', 0);
    if (end == STR_NONE || end == 0)
        return STR("");
    Str host = str_slice(rest, 0, end), path = str_from_offset(rest, end + 1);
    host = str_slice(host, 0, str_find_char(host, ':', 0));
    while (str_ends_with(path, STR("/")))
        path.size--;
    if (str_ends_with(path, STR(".git")))
        path.size -= 4;
    return path.size ? str_format(arena, "https://%.*s/%.*s", STR_FMT(host), STR_FMT(path))
                     : STR("");
}

/* https://github.com/owner/name -> https://owner.github.io/name/; the repository called like that
 * host is shown at its root. */
static Str pages_address(Str repository, Arena *arena) {
    Str rest = repository, prefix = STR("https://github.com/");
    if (!str_starts_with(rest, prefix))
        return STR("");
    rest = str_lower(arena, str_from_offset(rest, prefix.size));
    Str owner = str_cut(&rest, '/');
    Str host = str_format(arena, "%.*s.github.io", STR_FMT(owner));
    if (str_equal(rest, host))
        return str_format(arena, "https://%.*s/", STR_FMT(host));
    /* The host is lower case, the path is as the repository is called. */
    Str name = str_from_offset(repository, prefix.size + owner.size + 1);
    return str_format(arena, "https://%.*s/%.*s/", STR_FMT(host), STR_FMT(name));
}

/* Only for a folder that is the root of its repository: one inside of it is another project. */
static void find_repository(Fs *fs, Arena *arena, Survey *survey) {
    const char *const words[] = {"git",    "-C", str_cstr(arena, fs_root(fs)), "remote", "get-url",
                                 "origin", NULL};
    Process process = {.words = words, .output_limit = 4096};
    ProcessResult result;
    Str why;
    if (fs_kind(fs, STR(".git")) == FS_ABSENT || !process_run(&process, arena, &result, &why) ||
        result.status != 0)
        return;
    survey->repository = web_address(str_trim(result.output), arena);
    survey->url = pages_address(survey->repository, arena);
}

bool survey_read(Fs *fs, Arena *arena, Survey *survey, Str *why) {
    *survey = (Survey){0};
    FsList list = {.arena = arena};
    FsWalk walk = {.skip = STR(".git"), .with_hidden = true};
    if (fs_kind(fs, STR("")) == FS_FOLDER && !fs_walk(fs, walk, &list, why))
        return false;
    find_source(&list, survey);
    find_pages(&list, fs, arena, survey);
    find_trackers(&list, arena, survey);
    static const char *const titled[] = {"README.md", "readme.md", "README.markdown", NULL};
    for (size_t i = 0; titled[i] && survey->title.size == 0; i++)
        survey->title = title_of(fs, str_from(titled[i]), arena);
    for (size_t i = 0; output_folders[i] && survey->output.size == 0; i++)
        if (fs_kind(fs, str_from(output_folders[i])) == FS_ABSENT)
            survey->output = str_from(output_folders[i]);
    if (survey->output.size == 0)
        survey->output = STR("docsgen-output");
    find_repository(fs, arena, survey);
    return true;
}
