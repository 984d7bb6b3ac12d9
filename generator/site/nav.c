#include "base/ban.h"

#include "site/nav.h"

#include <assert.h>

#include "base/fs.h"
#include "base/limits.h"

/* What the navigation is made of. */
typedef struct Plan {
    const Site *site;
    Page **pages; /* in byte order of URL: what lies in one folder stands together */
    size_t page_count;
} Plan;

/* A growing list of entries; it becomes NavEntry.entries when it is complete. */
typedef struct EntryList {
    NavEntry *items;
    size_t count, capacity;
} EntryList;

static void add_entry(const Site *site, EntryList *list, NavEntry entry) {
    ARENA_RESERVE(site->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = entry;
}

static bool is_index(const Page *page) {
    return str_equal(fs_name_of(page->url), STR("index.html"));
}

static Str page_label(const Page *page) {
    return page->nav_title.size ? page->nav_title : page->title;
}

/* terraform-state -> Terraform state: the title of a folder without an index page. */
static Str folder_label(const Site *site, Str folder) {
    Str name = fs_name_of(folder);
    char *text = str_cstr(site->arena, name);
    for (size_t i = 0; i < name.size; i++)
        if (text[i] == '-' || text[i] == '_')
            text[i] = ' ';
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return (Str){text, name.size};
}

/* What orders two entries of a folder: its index first, then `order`, then the name. */
typedef struct FolderItem {
    Str name;   /* of the page file or the folder */
    Page *page; /* the page, or the folder's index; may be NULL */
    bool is_folder;
} FolderItem;

static int item_compare(const void *left, const void *right) {
    const FolderItem *a = left, *b = right;
    int64_t order_a = a->page ? a->page->order : INT64_MAX,
            order_b = b->page ? b->page->order : INT64_MAX;
    if (order_a != order_b)
        return order_a < order_b ? -1 : 1;
    return str_compare(a->name, b->name);
}

static Page *folder_index(const Site *site, Str folder) {
    return site_find_page(site, fs_join(folder, STR("index.html"), site->arena));
}

static bool is_below(Str url, Str folder) {
    return folder.size == 0 ||
           (url.size > folder.size && url.data[folder.size] == '/' && str_starts_with(url, folder));
}

/* The first page whose URL begins with `folder` and a slash, or where it would stand. */
static size_t find_first(const Plan *plan, Str folder) {
    Str start = folder.size ? str_format(plan->site->arena, "%.*s/", STR_FMT(folder)) : folder;
    size_t low = 0, high = plan->page_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(plan->pages[middle]->url, start) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Pages and folders in a folder, each once. */
static FolderItem *list_folder(const Plan *plan, Str folder, size_t *count) {
    Arena *arena = plan->site->arena;
    FolderItem *items = NULL;
    size_t capacity = 0, start = folder.size ? folder.size + 1 : 0;
    *count = 0;
    for (size_t i = find_first(plan, folder), next; i < plan->page_count; i = next) {
        Page *page = plan->pages[i];
        if (!is_below(page->url, folder))
            break;
        size_t slash = str_find_char(page->url, '/', start);
        bool is_folder = slash != STR_NONE;
        Str whole = str_slice(page->url, 0, is_folder ? slash : page->url.size);
        for (next = i + 1; next < plan->page_count; next++)
            if (!is_folder ? !str_equal(plan->pages[next]->url, whole)
                           : !is_below(plan->pages[next]->url, whole))
                break;
        if (!is_folder && is_index(page))
            continue;
        ARENA_RESERVE(arena, items, *count, capacity);
        Page *shown = is_folder ? folder_index(plan->site, whole) : page;
        items[(*count)++] = (FolderItem){str_from_offset(whole, start), shown, is_folder};
    }
    if (*count)
        qsort(items, *count, sizeof *items, item_compare);
    return items;
}

/* The entries of a folder. Recursion is as deep as the folders, which paths limit. */
static EntryList folder_entries(const Plan *plan, Str folder) {
    const Site *site = plan->site;
    EntryList list = {0};
    size_t count;
    FolderItem *items = list_folder(plan, folder, &count);
    for (size_t i = 0; i < count; i++) {
        NavEntry entry = {.page = items[i].page};
        if (items[i].page)
            entry.title = page_label(items[i].page);
        if (items[i].is_folder) {
            Str below = fs_join(folder, items[i].name, site->arena);
            EntryList children = folder_entries(plan, below);
            entry.entries = children.items;
            entry.entry_count = children.count;
            if (!entry.page)
                entry.title = folder_label(site, below);
        }
        add_entry(site, &list, entry);
    }
    return list;
}

/* The page a target names: "guide.md", or "guide/" for the index of a folder. */
static Page *target_page(const Site *site, Str target, bool *is_folder, Str *folder) {
    *is_folder = str_ends_with(target, STR("/"));
    Str trimmed = *is_folder ? str_slice(target, 0, target.size - 1) : target;
    Str path = fs_join(site->config->source, trimmed, site->arena);
    if (!fs_resolve(STR(""), path, site->arena, &path))
        return NULL;
    *folder = trimmed;
    if (*is_folder)
        return folder_index(site, trimmed);
    SiteFile *file = site_find_file(site, path);
    return file && file->kind == FILE_PAGE ? file->part : NULL;
}

static void report_missing(const Site *site, const NavSetting *setting, const Page *draft) {
    if (draft) {
        diag_add(site->diags, DIAG_LINK_DRAFT, setting->at, "\"%.*s\" is a draft and not published",
                 STR_FMT(setting->target));
        return;
    }
    diag_add(site->diags, DIAG_NAV_MISSING, setting->at, "no page \"%.*s\" in %.*s",
             STR_FMT(setting->target), STR_FMT(site->config->source));
    Str *candidates = ARENA_ARRAY(site->arena, Str, site->page_count);
    size_t skip = site->config->source.size ? site->config->source.size + 1 : 0;
    for (size_t i = 0; i < site->page_count; i++)
        candidates[i] = str_from_offset(site->pages[i]->path, skip);
    diag_hint_nearest(site->diags, setting->target, candidates, site->page_count);
}

static EntryList setting_entries(const Plan *plan, const NavSetting *settings, size_t count,
                                 size_t depth);

/* One line of `nav:`. False after a finding. */
static bool setting_entry(const Plan *plan, const NavSetting *setting, size_t depth,
                          NavEntry *entry) {
    const Site *site = plan->site;
    *entry = (NavEntry){.title = setting->title};
    if (setting->target.size == 0) {
        EntryList children =
            setting_entries(plan, setting->entries, setting->entry_count, depth + 1);
        entry->entries = children.items;
        entry->entry_count = children.count;
        return children.count > 0;
    }
    bool is_folder;
    Str folder = {NULL, 0};
    entry->page = target_page(site, setting->target, &is_folder, &folder);
    if (entry->page && entry->page->url.size == 0) {
        report_missing(site, setting, entry->page);
        return false;
    }
    if (is_folder) {
        EntryList children = folder_entries(plan, folder);
        entry->entries = children.items;
        entry->entry_count = children.count;
    }
    if (!entry->page && entry->entry_count == 0) {
        report_missing(site, setting, NULL);
        return false;
    }
    if (entry->title.size == 0)
        entry->title = entry->page ? page_label(entry->page) : folder_label(site, folder);
    return true;
}

static EntryList setting_entries(const Plan *plan, const NavSetting *settings, size_t count,
                                 size_t depth) {
    EntryList list = {0};
    for (size_t i = 0; i < count && depth < LIMIT_NESTING; i++) {
        NavEntry entry;
        if (setting_entry(plan, &settings[i], depth, &entry))
            add_entry(plan->site, &list, entry);
    }
    return list;
}

/* The next entry in reading order, or NULL at the end. */
static NavEntry *nav_next(const NavEntry *top, NavEntry *entry) {
    if (entry->entry_count)
        return entry->entries;
    while (entry != top) {
        NavEntry *parent = entry->parent;
        if ((size_t)(entry - parent->entries) + 1 < parent->entry_count)
            return entry + 1;
        entry = parent;
    }
    return NULL;
}

static void set_parents(NavEntry *entry) {
    for (size_t i = 0; i < entry->entry_count; i++) {
        entry->entries[i].parent = entry;
        set_parents(&entry->entries[i]);
    }
}

/* The setting that names a page the second time, for its place. */
static const NavSetting *find_setting(const Site *site, const NavSetting *settings, size_t count,
                                      const Page *page, int *skip) {
    for (size_t i = 0; i < count; i++) {
        bool is_folder;
        Str folder = {NULL, 0};
        if (settings[i].target.size &&
            target_page(site, settings[i].target, &is_folder, &folder) == page && (*skip)-- == 0)
            return &settings[i];
        const NavSetting *found =
            find_setting(site, settings[i].entries, settings[i].entry_count, page, skip);
        if (found)
            return found;
    }
    return NULL;
}

static void report_duplicate(const Site *site, const Page *page) {
    int skip = 1;
    const NavSetting *second =
        find_setting(site, site->config->nav, site->config->nav_count, page, &skip);
    Span at = second ? second->at : (Span){0};
    diag_add(site->diags, DIAG_NAV_DUPLICATE, at, "\"%.*s\" is in the navigation twice",
             STR_FMT(page->path));
    diag_hint(site->diags, "previous and next follow the first place");
}

/* Joins the pages in reading order. */
static void chain_pages(Site *site) {
    Page *last = NULL;
    for (NavEntry *entry = nav_next(&site->nav, &site->nav); entry;
         entry = nav_next(&site->nav, entry)) {
        Page *page = entry->page;
        site->nav_count++;
        if (!page)
            continue;
        if (page->nav) {
            report_duplicate(site, page);
            continue;
        }
        page->nav = entry;
        page->previous = last;
        if (last)
            last->next = page;
        last = page;
    }
}

static int url_compare(const void *left, const void *right) {
    const Page *a = *(Page *const *)left, *b = *(Page *const *)right;
    int order = str_compare(a->url, b->url);
    return order ? order : str_compare(a->path, b->path);
}

/* docsgen's own pages are nowhere unless somebody names them. */
static Plan plan_new(const Site *site) {
    Plan plan = {site, ARENA_ARRAY(site->arena, Page *, site->page_count + 1), 0};
    for (size_t i = 0; i < site->page_count; i++)
        if (!site->pages[i]->is_generated)
            plan.pages[plan.page_count++] = site->pages[i];
    if (plan.page_count)
        qsort(plan.pages, plan.page_count, sizeof(Page *), url_compare);
    return plan;
}

void nav_build(Site *site) {
    const Config *config = site->config;
    Plan plan = plan_new(site);
    EntryList list;
    if (config->has_nav) {
        list = setting_entries(&plan, config->nav, config->nav_count, 0);
    } else {
        list = (EntryList){0};
        Page *home = site_find_page(site, STR("index.html"));
        if (home)
            add_entry(site, &list, (NavEntry){.title = page_label(home), .page = home});
        EntryList rest = folder_entries(&plan, STR(""));
        for (size_t i = 0; i < rest.count; i++)
            add_entry(site, &list, rest.items[i]);
    }
    site->nav = (NavEntry){.entries = list.items, .entry_count = list.count};
    if (list.count == 0)
        return;
    set_parents(&site->nav);
    chain_pages(site);
}
