#include "base/ban.h"

#include "config/config_nav.h"

#include "base/fs.h"

typedef struct NavReader {
    Arena *arena;
    Diags *diags;
} NavReader;

void config_nav_tidy_target(Str *target, Span at, Arena *arena, Diags *diags) {
    bool is_folder = str_ends_with(*target, STR("/"));
    Str resolved;
    if (str_find(*target, STR("://"), 0) != STR_NONE)
        return; /* an address; site/ says that it is no page */
    if (!fs_resolve(STR(""), *target, arena, &resolved)) {
        diag_add(diags, DIAG_SETTINGS, at, "\"%.*s\" leaves the source folder", STR_FMT(*target));
        return;
    }
    if (target->size && resolved.size == 0)
        diag_add(diags, DIAG_SETTINGS, at, "\"%.*s\" names no page", STR_FMT(*target));
    Str fault = fs_find_fault(resolved);
    if (fault.size)
        diag_add(diags, DIAG_SETTINGS, at, "\"%.*s\" cannot be used: %.*s", STR_FMT(*target),
                 STR_FMT(fault));
    *target = is_folder && resolved.size ? str_format(arena, "%.*s/", STR_FMT(resolved)) : resolved;
}

static void report_entry(const NavReader *reader, Span at, const char *problem) {
    diag_add(reader->diags, DIAG_SETTINGS, at, "%s", problem);
    diag_hint(reader->diags, "an entry is \"- page.md\", \"- Title: page.md\" or \"- Title:\" "
                             "with a list below");
}

static bool is_scalar(const YamlNode *node) {
    return node->kind != YAML_LIST && node->kind != YAML_MAP;
}

static NavSetting *read_list(const NavReader *reader, const YamlNode *list, size_t *count);

/* entry ::= target | "{" title ":" ( target | entry* ) "}". */
static NavSetting read_entry(const NavReader *reader, const YamlNode *node) {
    NavSetting entry = {.at = node->at};
    const YamlNode *value = node;
    if (node->kind == YAML_MAP) {
        if (node->count != 1) {
            report_entry(reader, node->count ? node->keys[1]->at : node->at,
                         node->count ? "a second title in one entry" : "an empty entry");
            return entry;
        }
        entry.title = node->keys[0]->text;
        entry.at = node->keys[0]->at;
        value = node->values[0];
    }
    if (value->kind == YAML_LIST && value != node) {
        entry.entries = read_list(reader, value, &entry.entry_count);
    } else if (is_scalar(value) && value->text.size) {
        entry.target = value->text;
        entry.at = value->at;
        config_nav_tidy_target(&entry.target, value->at, reader->arena, reader->diags);
    } else {
        report_entry(reader, value->text.size || !is_scalar(value) ? value->at : entry.at,
                     "this entry names no page");
    }
    return entry;
}

/* The depth is bounded by that of YAML. */
static NavSetting *read_list(const NavReader *reader, const YamlNode *list, size_t *count) {
    NavSetting *entries = ARENA_ARRAY(reader->arena, NavSetting, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        entries[i] = read_entry(reader, list->values[i]);
    *count = list->count;
    return entries;
}

NavSetting *config_nav_read(const YamlNode *nav, size_t *count, Arena *arena, Diags *diags) {
    NavReader reader = {arena, diags};
    return read_list(&reader, nav, count);
}
