/* floor.c: the least that a site generator has to do, as fast as plain code does it on one thread:
 * read, parse by cmark-gfm with memory that is used again, render, ids of headings, links rewritten
 * and followed, words into an index, a page around the content, write. What docsgen takes is told
 * as a multiple of this. usage: floor FROM TO */
#define _GNU_SOURCE /* nftw, memmem */
#include <cmark-gfm-core-extensions.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define POOL_SIZE ((size_t)64 << 20)
#define SLOTS     ((size_t)1 << 23)

/* ---- memory for cmark: taken from the front of one block, all of it given back with the page */
static char *pool;
static size_t pool_used;

static void *pool_new(size_t count, size_t size) {
    size_t *head = (size_t *)(void *)(pool + pool_used);
    pool_used += (count * size + 31) & ~(size_t)15;
    if (pool_used > POOL_SIZE)
        abort();
    *head = count * size;
    return memset(head + 2, 0, count * size);
}

static void *pool_grow(void *old, size_t size) {
    size_t before = old ? ((size_t *)old)[-2] : 0;
    if (size <= before)
        return old;
    void *grown = pool_new(1, size);
    return before ? memcpy(grown, old, before) : grown;
}

static void pool_free(void *old) {
    (void)old;
}

static cmark_mem memory = {pool_new, pool_grow, pool_free};

/* ---- what is known of the site ---- */
typedef struct Page {
    char *path, *html;
    size_t size;
} Page;

static Page *pages;
static size_t page_count, page_capacity, source_root;

/* Sets of hashes: of "path" and "path#id" that are there, and of words with their last page. */
static uint64_t *places, *words;
static uint32_t *word_pages;
static size_t postings;

static uint64_t hash(const char *text, size_t size, uint64_t value) {
    for (size_t i = 0; i < size; i++)
        value = (value ^ (unsigned char)text[i]) * 1099511628211u;
    return value ? value : 1;
}

static size_t slot_of(const uint64_t *set, uint64_t value) {
    size_t slot = value & (SLOTS - 1);
    while (set[slot] && set[slot] != value)
        slot = (slot + 1) & (SLOTS - 1);
    return slot;
}

static int add_file(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status, (void)place;
    size_t size = strlen(path);
    if (type != FTW_F || size < 3 || strcmp(path + size - 3, ".md") != 0)
        return 0;
    if (page_count == page_capacity)
        pages = realloc(pages, (page_capacity = page_capacity * 2 + 64) * sizeof *pages);
    pages[page_count++] = (Page){.path = strdup(path + source_root)};
    return 0;
}

static void add_words(const char *text, size_t size, uint32_t page) {
    for (size_t i = 0; i < size; i++) {
        size_t start = i;
        uint64_t value = 14695981039346656037u;
        for (; i < size && isalnum((unsigned char)text[i]); i++)
            value = (value ^ (unsigned char)(text[i] | 0x20)) * 1099511628211u;
        if (i - start < 2)
            continue;
        size_t slot = slot_of(words, value);
        postings += !words[slot] || word_pages[slot] != page;
        words[slot] = value;
        word_pages[slot] = page;
    }
}

/* Copies the HTML with ids in its headings, and notes ids and words. */
static void keep(Page *page, const char *html, uint32_t number) {
    size_t size = strlen(html), used = 0;
    char *out = malloc(size * 2 + 64);
    for (size_t i = 0; i < size;) {
        size_t text = strcspn(html + i, "<");
        add_words(html + i, text, number);
        memcpy(out + used, html + i, text);
        used += text;
        i += text;
        size_t tag = strcspn(html + i, ">");
        tag += html[i + tag] == '>';
        memcpy(out + used, html + i, tag);
        used += tag;
        if (tag == 4 && html[i + 1] == 'h' && isdigit((unsigned char)html[i + 2])) {
            size_t start = --used + 5;
            used += (size_t)sprintf(out + used, " id=\"");
            for (const char *at = html + i + tag; *at && *at != '<'; at++)
                out[used++] = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '-';
            uint64_t place = hash(page->path, strlen(page->path), 14695981039346656037u);
            place = hash(out + start, used - start, hash("#", 1, place));
            places[slot_of(places, place)] = place;
            used += (size_t)sprintf(out + used, "\">");
        }
        i += tag;
    }
    page->html = realloc(out, used);
    page->size = used;
}

static void read_page(Page *page, const char *root, uint32_t number) {
    static char text[4 << 20], path[4096];
    snprintf(path, sizeof path, "%s/%s", root, page->path);
    int file = open(path, O_RDONLY);
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (size < 0)
        exit(3);
    close(file);
    text[size] = '\0';
    char *body = strncmp(text, "---\n", 4) == 0 ? strstr(text + 4, "\n---\n") : NULL;
    body = body ? body + 5 : text;
    pool_used = 0;
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, &memory);
    static const char *const names[] = {"table", "tasklist", "strikethrough"};
    for (size_t i = 0; i < 3; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, body, (size_t)(text + size - body));
    cmark_node *root_node = cmark_parser_finish(parser);
    keep(page, cmark_render_html_with_mem(root_node, 0, NULL, &memory), number);
}

/* The place that `href` of a page means, as its hash; 0 for other sites. */
static uint64_t place_of(const Page *page, const char *href, size_t size) {
    char path[4096];
    size_t used = 0;
    if (memchr(href, ':', size))
        return 0;
    const char *slash = strrchr(page->path, '/');
    used = slash ? (size_t)(slash + 1 - page->path) : 0;
    memcpy(path, page->path, used);
    for (size_t i = 0; i < size;) {
        if (strncmp(href + i, "../", 3) == 0) {
            used -= used > 0;
            while (used && path[used - 1] != '/')
                used--;
            i += 3;
        } else {
            path[used++] = href[i++];
        }
    }
    return hash(path, used, 14695981039346656037u);
}

static size_t write_page(const Page *page, const char *root) {
    static char out[8 << 20], path[4096];
    static const char head[] = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><main>";
    size_t used = sizeof head - 1, broken = 0;
    memcpy(out, head, used);
    for (size_t i = 0; i < page->size;) {
        const char *found = memmem(page->html + i, page->size - i, "href=\"", 6);
        size_t plain = found ? (size_t)(found - page->html) + 6 - i : page->size - i;
        memcpy(out + used, page->html + i, plain);
        used += plain;
        i += plain;
        if (!found)
            break;
        size_t href = strcspn(page->html + i, "\"");
        uint64_t place = place_of(page, page->html + i, href);
        broken += place && places[slot_of(places, place)] == 0;
        const char *end = memmem(page->html + i, href, ".md", 3);
        size_t stem = end ? (size_t)(end - page->html) - i : href;
        memcpy(out + used, page->html + i, stem);
        used += stem;
        if (end) {
            used += (size_t)sprintf(out + used, ".html");
            memcpy(out + used, end + 3, href - stem - 3);
            used += href - stem - 3;
        }
        i += href;
    }
    snprintf(path, sizeof path, "%s/%.*s.html", root, (int)strlen(page->path) - 3, page->path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    for (char *slash = path + strlen(root) + 1; file < 0 && (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    file = file < 0 ? open(path, O_WRONLY | O_CREAT | O_EXCL, 0666) : file;
    if (file < 0 || write(file, out, used) != (ssize_t)used)
        exit(3);
    close(file);
    return broken;
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    cmark_gfm_core_extensions_ensure_registered();
    pool = malloc(POOL_SIZE);
    places = calloc(SLOTS, sizeof *places);
    words = calloc(SLOTS, sizeof *words);
    word_pages = calloc(SLOTS, sizeof *word_pages);
    source_root = strlen(argv[1]) + 1;
    mkdir(argv[2], 0777);
    if (nftw(argv[1], add_file, 16, FTW_PHYS) != 0)
        return 3;
    for (size_t i = 0; i < page_count; i++) {
        uint64_t place = hash(pages[i].path, strlen(pages[i].path), 14695981039346656037u);
        places[slot_of(places, place)] = place;
        read_page(&pages[i], argv[1], (uint32_t)i + 1);
    }
    size_t broken = 0;
    for (size_t i = 0; i < page_count; i++)
        broken += write_page(&pages[i], argv[2]);
    printf("%zu pages, %zu postings, %zu broken links\n", page_count, postings, broken);
    return 0;
}
