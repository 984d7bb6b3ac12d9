#include "base/ban.h"

#include "site/discover.h"

#include "base/limits.h"
#include "base/pool.h"
#include "site/recall.h"

typedef struct Suffix {
    Str end;
    FileKind kind;
} Suffix;

/* A name without one of these ends is an asset. */
static const Suffix suffixes[] = {
    {{".md", 3}, FILE_PAGE},         {{".markdown", 9}, FILE_PAGE}, {{".mmd", 4}, FILE_DIAGRAM},
    {{".mermaid", 8}, FILE_DIAGRAM}, {{".yml", 4}, FILE_DATA},      {{".yaml", 5}, FILE_DATA},
    {{".json", 5}, FILE_DATA},       {{".csv", 4}, FILE_TABLE},
};

static const size_t size_limits[] = {
    [FILE_PAGE] = LIMIT_PAGE_SIZE,   [FILE_DIAGRAM] = LIMIT_DIAGRAM_SIZE,
    [FILE_DATA] = LIMIT_YAML_SIZE,   [FILE_TABLE] = LIMIT_YAML_SIZE,
    [FILE_ASSET] = LIMIT_ASSET_SIZE,
};

static FileKind kind_of(Str path) {
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_ends_with(path, suffixes[i].end))
            return suffixes[i].kind;
    return FILE_ASSET;
}

/* `path` as seen from the source folder, or from the root for files elsewhere. */
static Str below_source(const Site *site, Str path) {
    Str folder = site->config->source;
    bool is_below =
        path.size > folder.size && str_starts_with(path, folder) && path.data[folder.size] == '/';
    if (folder.size == 0 || !is_below)
        return path;
    return str_from_offset(path, folder.size + 1);
}

/* guide/index.md -> guide/index.html; README.md of a folder stands for its index, as on GitHub. */
static Str page_url(const Site *site, Str path) {
    Str below = below_source(site, path);
    Str stem = str_slice(below, 0, str_find_last(below, '.'));
    Str name = fs_name_of(stem);
    Str index = fs_join(fs_folder_of(path), STR("index.md"), site->arena);
    if (str_equal(name, STR("README")) && !map_find(site->file_index, index))
        stem = fs_join(fs_folder_of(stem), STR("index"), site->arena);
    return str_join(site->arena, stem, STR(".html"));
}

static Str file_url(const Site *site, const SiteFile *file) {
    Str below = below_source(site, file->path);
    switch (file->kind) {
    case FILE_PAGE: return page_url(site, file->path);
    case FILE_DIAGRAM:
        return str_format(site->arena, "%.*s.svg",
                          STR_FMT(str_slice(below, 0, str_find_last(below, '.'))));
    case FILE_DATA:
    case FILE_TABLE:
    case FILE_ASSET: return below;
    }
    return below;
}

static void add_file(Site *site, FsEntry entry, FileKind kind) {
    ARENA_RESERVE(site->arena, site->files, site->file_count, site->file_capacity);
    site->files[site->file_count++] = (SiteFile){.path = entry.path, .kind = kind};
}

/* Why nothing may be made of a file, or the empty Str. */
static Str why_left_out(FsEntry entry) {
    if (entry.kind == FS_OUTSIDE)
        return STR("the link on disk leaves the project");
    if (entry.kind == FS_SPECIAL)
        return STR("it is not a regular file");
    return fs_find_fault(entry.path);
}

/* Reads what is read as text; false with a reason. */
static bool read_file(const Site *site, Fs *fs, SiteFile *file, unsigned worker, Str *why) {
    FsText text;
    if (file->kind == FILE_ASSET)
        return true;
    Arena *arena = file->kind == FILE_PAGE ? site->colds[worker] : site->workers[worker];
    if (!fs_read(fs, file->path, size_limits[file->kind], arena, &text)) {
        *why = text.why;
        return false;
    }
    file->source = source_new_apart(site->workers[worker], arena, file->path, text.content);
    arena_settle(arena, false);
    return true;
}

/* A file that cannot be read stays known by name, so that links to it say the right thing. */
static void leave_unread(Site *site, SiteFile *file, Str why) {
    diag_add(site->diags, DIAG_PAGE_LIMIT, (Span){0}, "\"%.*s\" cannot be read: %.*s",
             STR_FMT(file->path), STR_FMT(why));
    file->kind = FILE_ASSET;
}

typedef struct Reading {
    Site *site;
    Fs *fs;
    Str *whys; /* of the files that could not be read */
} Reading;

static void read_one(void *context, size_t index, unsigned worker) {
    const Reading *reading = context;
    SiteFile *file = &reading->site->files[index];
    if (!file->source) /* not known from the build before */
        read_file(reading->site, reading->fs, file, worker, &reading->whys[index]);
}

/* All threads read, in the order in which the pages will be worked on. */
static void read_files(Site *site, Fs *fs) {
    Reading reading = {site, fs, ARENA_ARRAY(site->arena, Str, site->file_count + 1)};
    for (size_t i = 0; i < site->file_count && site->recall; i++)
        if (site->files[i].kind == FILE_PAGE)
            site->files[i].source = recall_source(site->recall, site->files[i].path, site->arena);
    pool_run(site->worker_count, site->file_count, read_one, &reading);
    for (size_t i = 0; i < site->file_count; i++)
        if (reading.whys[i].size)
            leave_unread(site, &site->files[i], reading.whys[i]);
}

static void take_entry(Site *site, FsEntry entry) {
    Str why = why_left_out(entry);
    if (why.size == 0)
        add_file(site, entry, kind_of(entry.path));
    else
        diag_add(site->diags, DIAG_LINK_OUTSIDE, (Span){0}, "\"%.*s\" is left out: %.*s",
                 STR_FMT(entry.path), STR_FMT(why));
}

static bool discover_folder(Site *site, Fs *fs, Str folder, bool only_pages, Str *why) {
    FsList list = {.arena = site->arena};
    if (!fs_walk(fs, (FsWalk){.folder = folder, .skip = site->config->output}, &list, why))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!only_pages || kind_of(list.entries[i].path) == FILE_PAGE)
            take_entry(site, list.entries[i]);
    return true;
}

static void index_files(Site *site) {
    site->file_index = map_new(site->arena);
    for (size_t i = 0; i < site->file_count; i++)
        map_put(site->file_index, site->files[i].path, &site->files[i]);
}

static bool is_below(const Site *site, Str folder, Str outer) {
    return outer.size == 0 || str_equal(folder, outer) ||
           str_starts_with(folder, str_format(site->arena, "%.*s/", STR_FMT(outer)));
}

/* Diagrams and trackers may lie outside of the source folder; of trackers' folders only the
 * documents are taken. */
static bool discover_others(Site *site, Fs *fs, Str *why) {
    const Config *config = site->config;
    if (!is_below(site, config->diagrams, config->source) &&
        fs_kind(fs, config->diagrams) == FS_FOLDER &&
        !discover_folder(site, fs, config->diagrams, false, why))
        return false;
    for (size_t i = 0; i < config->roadmap_count; i++)
        if (!is_below(site, config->roadmap[i], config->source) &&
            fs_kind(fs, config->roadmap[i]) == FS_FOLDER &&
            !discover_folder(site, fs, config->roadmap[i], true, why))
            return false;
    return true;
}

static int file_compare(const void *left, const void *right) {
    const SiteFile *a = left, *b = right;
    return str_compare(a->path, b->path);
}

bool discover_files(Site *site, Fs *fs, Str *why) {
    Str source = site->config->source;
    if (!discover_folder(site, fs, source, false, why)) {
        bool is_absent = fs_kind(fs, source) == FS_ABSENT;
        *why = str_format(site->arena, "cannot read the source folder \"%.*s\": %.*s%s",
                          STR_FMT(source), STR_FMT(*why),
                          is_absent ? "; docsgen init makes one, or fitting settings for the pages "
                                      "that are here"
                                    : "");
        return false;
    }
    if (!discover_others(site, fs, why))
        return false;
    if (site->file_count)
        qsort(site->files, site->file_count, sizeof *site->files, file_compare);
    read_files(site, fs);
    index_files(site);
    for (size_t i = 0; i < site->file_count; i++)
        site->files[i].url = file_url(site, &site->files[i]);
    return true;
}

SiteFile *discover_file(Site *site, Fs *fs, Str path) {
    SiteFile *known = map_find(site->file_index, path);
    if (known || path.size == 0 || fs_kind(fs, path) != FS_FILE)
        return known;
    /* Only embeds are read from elsewhere: a Markdown file outside of the source folder is no page.
     */
    FileKind kind = kind_of(path);
    /* A file made alone, so that pointers to the others stay valid. */
    SiteFile *file = ARENA_NEW(site->arena, SiteFile);
    *file = (SiteFile){.path = str_copy(site->arena, path),
                       .kind = kind == FILE_PAGE ? FILE_ASSET : kind};
    file->url = str_format(site->arena, "files/%.*s", STR_FMT(path));
    if (file->kind == FILE_DIAGRAM)
        file->url = file_url(site, file);
    Str why;
    if (!read_file(site, fs, file, 0, &why))
        leave_unread(site, file, why);
    map_put(site->file_index, file->path, file);
    return file;
}
