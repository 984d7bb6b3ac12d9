#include "base/ban.h"

#include "site/outputs.h"

#include "base/escape.h"
#include "base/fs.h"
#include "site/card.h"
#include "site/feed.h"
#include "site/meta.h"
#include "site/print.h"
#include "site/recall.h"
#include "site/redirects.h"
#include "site/search.h"
#include "site/shell/theme.h"

/* The outputs so far. */
typedef struct Collector {
    Site *site;
} Collector;

static void append(Collector *collector, Output output) {
    Site *site = collector->site;
    Outputs *outputs = &site->outputs;
    ARENA_RESERVE(site->arena, outputs->items, outputs->count, outputs->capacity);
    outputs->items[outputs->count++] = output;
}

static void report_second(Collector *collector, Str path) {
    Diags *diags = collector->site->diags;
    diag_add(diags, DIAG_PAGE_DUPLICATE_URL, (Span){0}, "two sources make \"%.*s\"", STR_FMT(path));
    diag_hint(diags, "rename one of them, or remove the alias or redirect");
}

/* Of two outputs with one path the first one wins; pages come before everything else, and took
 * their places when they were chosen. */
static void add_output(Collector *collector, Output output) {
    if (taken_add(collector->site->taken, output.path))
        append(collector, output);
    else
        report_second(collector, output.path);
}

size_t outputs_claim(Site *site, Str path) {
    size_t place = site->outputs.count;
    add_output(&(Collector){site}, (Output){.path = path, .is_put = site->sink != NULL});
    return site->outputs.count > place ? place : OUTPUT_NONE;
}

void outputs_fill(const Site *site, size_t output, unsigned worker, Str content) {
    Output *item = &site->outputs.items[output];
    if (site->recall && !item->memory &&
        recall_file(site, item, hash_of(content), site->workers[worker]))
        return;
    if (!item->is_put) {
        item->content = str_copy(site->workers[worker], content);
        return;
    }
    Stamp stamp = site->sink->put(site->sink->context, site, worker, item->path, content);
    if (item->proof)
        *item->proof = (Proof){.stamp = stamp};
}

bool outputs_are_sure_of(const Site *site, Str path) {
    for (size_t i = 0; i < site->theme->file_count; i++)
        if (str_equal(site->theme->files[i].path, path))
            return true;
    return site_find_page(site, path) != NULL;
}

static void add_pages(Collector *collector) {
    Site *site = collector->site;
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        if (page->is_second)
            report_second(collector, page->url);
        else
            append(collector, (Output){.path = page->url,
                                       .content = page->html,
                                       .is_put = site->sink != NULL,
                                       .proof = page->memory ? &page->memory->written : NULL});
    }
}

static void add_cards(Collector *collector) {
    Site *site = collector->site;
    for (size_t i = 0; i < site->page_count; i++)
        if (site->pages[i]->card.size)
            add_output(collector, (Output){.path = card_path(site->pages[i], site->arena),
                                           .content = site->pages[i]->card});
}

static void add_print(Collector *collector) {
    Site *site = collector->site;
    if (!site->has_print)
        return;
    Buf html = buf_new(site->arena), css = buf_new(site->arena);
    print_write(site, false, &html);
    print_write_css(site, &css);
    add_output(collector, (Output){.path = PRINT_PATH, .content = buf_str(&html)});
    add_output(collector, (Output){.path = PRINT_CSS, .content = buf_str(&css)});
}

/* Assets of the source folder are published, data files only when a page links to them, files
 * elsewhere as well. */
static void add_files(Collector *collector) {
    Site *site = collector->site;
    for (size_t i = 0; i < map_count(site->file_index); i++) {
        const SiteFile *file = map_value(site->file_index, i);
        bool is_data = file->kind == FILE_DATA || file->kind == FILE_TABLE;
        if (file->kind == FILE_ASSET ? str_starts_with(file->url, STR("files/")) && !file->is_wanted
                                     : !is_data || !file->is_wanted)
            continue;
        if (file->source)
            add_output(collector, (Output){.path = file->url, .content = file->source->text});
        else
            add_output(collector, (Output){.path = file->url, .copy_of = file->path});
    }
}

static void add_theme(Collector *collector) {
    const Theme *theme = collector->site->theme;
    for (size_t i = 0; i < theme->file_count; i++)
        add_output(collector, theme->files[i]);
    /* GitHub Pages would run Jekyll over the site without it. */
    add_output(collector, (Output){.path = STR(".nojekyll")});
}

/* Addresses in a feed must be whole, so there is none without site.url. */
static void add_feed(Collector *collector) {
    Site *site = collector->site;
    Buf feed = buf_new(site->arena);
    if (feed_write(site, &feed))
        add_output(collector, (Output){.path = STR("feed.xml"), .content = buf_str(&feed)});
}

static void add_to(void *context, Output output) {
    add_output(context, output);
}

static int output_compare(const void *left, const void *right) {
    const Output *a = left, *b = right;
    return str_compare(a->path, b->path);
}

void outputs_collect(Site *site) {
    Collector collector = {site};
    add_pages(&collector);
    add_cards(&collector);
    add_print(&collector);
    add_files(&collector);
    redirects_write(site, add_to, &collector);
    add_feed(&collector);
    search_write(site);
    meta_write(site, add_to, &collector);
    add_theme(&collector);
    qsort(site->outputs.items, site->outputs.count, sizeof *site->outputs.items, output_compare);
}

const Output *outputs_find(const Outputs *outputs, Str path) {
    size_t low = 0, high = outputs->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(outputs->items[middle].path, path);
        if (order == 0)
            return &outputs->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void outputs_add(Site *site, Output output) {
    Outputs *outputs = &site->outputs;
    if (outputs_find(outputs, output.path))
        return;
    ARENA_RESERVE(site->arena, outputs->items, outputs->count, outputs->capacity);
    size_t place = outputs->count++;
    for (; place > 0 && str_compare(outputs->items[place - 1].path, output.path) > 0; place--)
        outputs->items[place] = outputs->items[place - 1];
    outputs->items[place] = output;
}
