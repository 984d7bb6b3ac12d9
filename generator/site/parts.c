#include "base/ban.h"

#include "site/parts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "site/links.h"
#include "site/value.h"

/* A page that takes more is read anew in every build. */
#define TAKEN_LIMIT 1000

/* After so many files that are not there nobody reads what they may have meant. */
#define HINT_LIMIT 100

Parts *parts_new(const Site *site, Fs *fs, Arena *arena) {
    Parts *parts = ARENA_NEW(arena, Parts);
    *parts = (Parts){.site = site, .fs = fs, .arena = arena, .files = map_new(arena)};
    return parts;
}

/* --- what a page took --------------------------------------------------------------------- */

void parts_begin(Parts *parts) {
    parts->taken_count = 0;
    parts->cost = 0;
    parts->is_sure = true;
}

static void take(Parts *parts, Part part) {
    parts->is_sure = parts->is_sure && parts->taken_count < TAKEN_LIMIT;
    if (!parts->is_sure)
        return;
    ARENA_RESERVE(parts->arena, parts->taken, parts->taken_count, parts->taken_capacity);
    parts->taken[parts->taken_count++] = part;
}

static Hash hash_text(PartFile *file) {
    if (!file->has_hash)
        file->hash = hash_of(file->source->text);
    file->has_hash = true;
    return file->hash;
}

void parts_take(Parts *parts, PartFile *file) {
    take(parts, (Part){.path = file->path, .hash = hash_text(file), .source = file->source});
}

void parts_take_value(Parts *parts, const PartFile *file, Str keys, Str value) {
    take(parts, (Part){file->path, keys, hash_of(value), file->source});
}

/* --- the file ----------------------------------------------------------------------------- */

/* Says why a text cannot stand on a page, or takes it. */
static void accept_text(Parts *parts, PartFile *file, const Source *source) {
    size_t bad = utf8_find_invalid(source->text);
    size_t nul = str_find_char(source->text, '\0', 0);
    size_t at = nul < bad ? nul : bad;
    if (at == STR_NONE) {
        file->source = source;
        return;
    }
    file->why = str_format(parts->arena, "is not text: byte %zu is 0x%02X", at + 1,
                           (unsigned)(unsigned char)source->text.data[at]);
    file->way_out = STR("show a picture with ![what it shows](path), save a text as UTF-8");
}

/* Files that discovery has read are not read again. */
static void read_file(Parts *parts, PartFile *file) {
    const SiteFile *known = site_find_file(parts->site, file->path);
    if (known && known->source) {
        source_load(known->source);
        accept_text(parts, file, known->source);
        return;
    }
    FsText text;
    switch (fs_kind(parts->fs, file->path)) {
    case FS_ABSENT: return; /* said by report_missing, which knows who asks */
    case FS_FOLDER:
        file->why = STR("is a folder");
        file->way_out = STR("name a file in it");
        return;
    case FS_OUTSIDE:
        file->why = STR("is a link on disk that leaves the project");
        file->way_out = STR("copy the file into the project");
        return;
    case FS_SPECIAL: file->why = STR("is not a regular file"); return;
    case FS_FILE: break;
    }
    if (fs_read(parts->fs, file->path, LIMIT_YAML_SIZE, parts->arena, &text)) {
        accept_text(parts, file, source_new(parts->arena, file->path, text.content));
        return;
    }
    file->why = str_format(parts->arena, "cannot be read: %.*s", STR_FMT(text.why));
    file->way_out = STR("make it smaller and readable");
}

static PartFile *open_file(Parts *parts, Str path) {
    PartFile *file = map_find(parts->files, path);
    if (file)
        return file;
    file = ARENA_NEW(parts->arena, PartFile);
    file->path = str_copy(parts->arena, path);
    map_put(parts->files, file->path, file);
    read_file(parts, file);
    return file;
}

const Source *parts_text(Parts *parts, Str path) {
    return open_file(parts, path)->source;
}

static void read_data(Parts *parts, PartFile *file) {
    if (file->findings)
        return;
    file->findings = diags_new(parts->arena);
    file->data = yaml_parse(span_of(file->source, 0, file->source->text.size), DIAG_DATA_SYNTAX,
                            parts->arena, file->findings);
}

bool parts_find(Parts *parts, Part *part, size_t *steps, Arena *tmp) {
    PartFile *file = open_file(parts, part->path);
    part->source = file->source;
    if (!file->source)
        return false;
    if (!part->keys.data) {
        part->hash = hash_text(file);
        return true;
    }
    read_data(parts, file);
    if (!file->data || diags_count(file->findings))
        return false;
    const YamlNode *value = value_find(file->data, part->keys, (Span){0}, steps, diags_new(tmp));
    if (value)
        part->hash = hash_of(value->text);
    return value != NULL;
}

/* --- findings ----------------------------------------------------------------------------- */

/* Paths that begin with `shared` are compared by what follows it: as the author writes them, but
 * for "../" in front of both, which says nothing. */
static Str find_spelling(const Site *site, const FsList *beside, Str path, Str shared, Arena *tmp) {
    Str *candidates = ARENA_ARRAY(tmp, Str, site->file_count + beside->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < site->file_count + beside->count; i++) {
        Str there =
            i < site->file_count ? site->files[i].path : beside->entries[i - site->file_count].path;
        if (str_starts_with(there, shared))
            candidates[count++] = str_from_offset(there, shared.size);
    }
    Str near = str_nearest(str_from_offset(path, shared.size), candidates, count);
    return near.size ? str_join(tmp, shared, near) : near;
}

/* The file with the same name there or in the folder that was meant. Every file is looked at, and
 * none of their paths is put together for it. */
static Str find_name(const Site *site, const FsList *beside, Str path) {
    Str name = fs_name_of(path);
    for (size_t i = 0; i < site->file_count; i++)
        if (str_ends_with(site->files[i].path, name) &&
            str_equal(fs_name_of(site->files[i].path), name))
            return site->files[i].path;
    for (size_t i = 0; i < beside->count; i++)
        if (str_equal(fs_name_of(beside->entries[i].path), name))
            return beside->entries[i].path;
    return (Str){NULL, 0};
}

/* The file of the site with the same name, or one with nearly the same path there or in the folder
 * that was meant; as seen from the file that asks. */
static Str find_near(const PartUse *use, Str path) {
    const Site *site = use->parts->site;
    Arena *tmp = arena_new();
    FsList beside = {.arena = tmp};
    Str why, folder = fs_folder_of(path);
    if (folder.size && !fs_walk(use->parts->fs, (FsWalk){.folder = folder}, &beside, &why))
        beside.count = 0;
    Str near = find_name(site, &beside, path);
    if (near.size == 0)
        near = find_spelling(site, &beside, path, fs_shared_folder(use->from, path), tmp);
    if (near.size)
        near = fs_relative(use->from, near, use->parts->arena);
    arena_free(tmp);
    return near;
}

/* The same mention gets the same hint however often it is met, whatever other pages have asked. */
static void hint_file(const PartUse *use, Str path) {
    Arena *arena = use->parts->arena;
    Str key = str_format(arena, "%.*s %.*s", STR_FMT(use->from), STR_FMT(path));
    Str *near = map_find(use->hints, key);
    if (!near) {
        near = ARENA_NEW(arena, Str);
        if (map_count(use->hints) < HINT_LIMIT)
            *near = find_near(use, path);
        map_put(use->hints, key, near);
    }
    if (near->size)
        diag_hint(use->diags, "did you mean \"%.*s\"?", STR_FMT(*near));
    else
        diag_hint(use->diags, "the path is relative to this file");
}

static bool report_target(const PartUse *use, const Target *target, Str url) {
    if (url.size && target->kind == TARGET_FILE && target->path.size)
        return false;
    if (target->kind == TARGET_OUTSIDE) {
        diag_add(use->diags, use->rule, use->at, "\"%.*s\" leaves the project", STR_FMT(url));
        diag_hint(use->diags, "copy the file into the project");
        return true;
    }
    diag_add(use->diags, use->rule, use->at, "\"%.*s\" is no file of the project", STR_FMT(url));
    diag_hint(use->diags, "name a file by its path relative to this one");
    return true;
}

PartFile *parts_file(const PartUse *use, Str url) {
    Parts *parts = use->parts;
    Target target = link_target(parts->site, use->from, url, parts->arena);
    if (report_target(use, &target, url))
        return NULL;
    PartFile *file = open_file(parts, target.path);
    if (file->source)
        return file;
    /* How it is said depends on what else there is. */
    parts->is_sure = false;
    if (file->why.size) {
        diag_add(use->diags, use->rule, use->at, "\"%.*s\" %.*s", STR_FMT(url), STR_FMT(file->why));
        if (file->way_out.size)
            diag_hint(use->diags, "%.*s", STR_FMT(file->way_out));
        return NULL;
    }
    diag_add(use->diags, use->rule, use->at, "no file \"%.*s\"", STR_FMT(url));
    hint_file(use, target.path);
    return NULL;
}

const YamlNode *parts_data(const PartUse *use, PartFile *file) {
    static const Str suffixes[] = {{".yml", 4}, {".yaml", 5}, {".json", 5}};
    bool is_data = false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        is_data = is_data || str_ends_with(file->path, suffixes[i]);
    if (!is_data) {
        diag_add(use->diags, use->rule, use->at, "\"%.*s\" is not a data file",
                 STR_FMT(fs_name_of(file->path)));
        diag_hint(use->diags, "values come from .yml, .yaml and .json files");
        return NULL;
    }
    read_data(use->parts, file);
    /* One page speaks for all that take something from the file, and that may be another one the
     * next time. */
    if (diags_count(file->findings))
        use->parts->is_sure = false;
    if (!file->is_told)
        diags_merge(use->diags, file->findings);
    file->is_told = true;
    if (!file->data) {
        diag_add(use->diags, use->rule, use->at, "\"%.*s\" cannot be read as data",
                 STR_FMT(fs_name_of(file->path)));
        diag_hint(use->diags, "see the findings in that file");
    }
    return file->data;
}
