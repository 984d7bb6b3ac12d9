#include "base/ban.h"

#include "site/cards.h"

#include "base/cache.h"
#include "base/limits.h"
#include "base/pool.h"
#include "raster/palette.h"
#include "site/card.h"

typedef struct CardJob {
    Page *page;
    Str key;       /* of all that goes into the picture, 16 hexadecimal digits */
    Str png;       /* empty when it cannot be drawn */
    Str why;       /* then */
    bool is_drawn; /* in this run */
} CardJob;

typedef struct Cards {
    Site *site;
    Arena **tmp; /* one for each thread, for one card at a time */
    CardJob *jobs;
    size_t count;
    Str stylesheet, version;
    Map *known;         /* key -> Str of the picture */
    size_t known_count; /* pictures that are remembered; two pages may have the same */
} Cards;

/* ---- what is remembered: a table of "key size" lines, an empty line, the pictures behind each
 * other. The cards of one site are one memory, replaced as a whole: nothing stale is kept. ---- */

static CacheKey memory_key(const Site *site) {
    return (CacheKey){"cards", site->config->url};
}

static bool read_size(Str digits, size_t *size) {
    *size = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9' || *size > LIMIT_CARDS_SIZE)
            return false;
        *size = *size * 10 + (size_t)(digits.data[i] - '0');
    }
    return digits.size > 0;
}

/* A memory that is not what it should be is forgotten from there on. */
static void recall(Cards *cards) {
    Arena *arena = cards->site->arena;
    CacheKey key = memory_key(cards->site);
    Str memory;
    cards->known = map_new(arena);
    if (!cache_get(&key, LIMIT_CARDS_SIZE, arena, &memory))
        return;
    size_t end = str_find(memory, STR("\n\n"), 0);
    Str table = str_slice(memory, 0, end == STR_NONE ? 0 : end);
    Str rest = str_from_offset(memory, end == STR_NONE ? memory.size : end + 2);
    while (table.size) {
        Str size_text = str_cut_line(&table), name = str_cut(&size_text, ' ');
        size_t size;
        if (!read_size(size_text, &size) || size > rest.size)
            return;
        Str *picture = ARENA_NEW(arena, Str);
        *picture = str_slice(rest, 0, size);
        map_put(cards->known, name, picture);
        cards->known_count++;
        rest = str_from_offset(rest, size);
    }
}

static void remember(const Cards *cards) {
    bool is_news = cards->known_count != cards->count;
    for (size_t i = 0; i < cards->count; i++)
        is_news = is_news || cards->jobs[i].is_drawn;
    if (!is_news)
        return;
    Arena *tmp = arena_new();
    Buf memory = buf_new(tmp);
    for (size_t i = 0; i < cards->count; i++)
        if (cards->jobs[i].png.size)
            buf_add_format(&memory, "%.*s %zu\n", STR_FMT(cards->jobs[i].key),
                           cards->jobs[i].png.size);
    buf_add_char(&memory, '\n');
    for (size_t i = 0; i < cards->count; i++)
        buf_add(&memory, cards->jobs[i].png);
    CacheKey key = memory_key(cards->site);
    cache_put(&key, buf_str(&memory), tmp);
    arena_free(tmp);
}

/* ---- drawing ---- */

static bool draw(const Cards *cards, Str svg, Arena *tmp, Buf *png, Str *why) {
    RasterJob raster = {
        .svg = svg, .stylesheet = cards->stylesheet, .scale_percent = 100, .arena = tmp};
    return raster_palette_png(&raster, png, why);
}

static void make_card(void *context, size_t index, unsigned worker) {
    Cards *cards = context;
    CardJob *job = &cards->jobs[index];
    Arena *arena = cards->site->workers[worker], *tmp = cards->tmp[worker];
    Str svg = card_svg(cards->site, job->page, job->page->card_diagram, tmp);
    Str parts = str_format(tmp, "%.*s%.*s%.*s", STR_FMT(cards->version), STR_FMT(cards->stylesheet),
                           STR_FMT(svg));
    job->key = str_format(arena, "%016llx", (unsigned long long)map_hash(parts));
    const Str *known = map_find(cards->known, job->key);
    Buf png = buf_new(tmp);
    Str why;
    if (known) {
        job->png = *known;
        /* A diagram that librsvg refuses is the page's; the card does without. */
    } else if (draw(cards, svg, tmp, &png, &why) ||
               draw(cards, card_svg(cards->site, job->page, NULL, tmp), tmp, &png, &why)) {
        job->is_drawn = true;
        job->png = str_copy(arena, buf_str(&png));
    } else {
        job->why = str_copy(arena, why);
    }
    arena_reset(tmp);
}

static void draw_all(Cards *cards) {
    Site *site = cards->site;
    Buf css = buf_new(site->arena);
    diagram_write_flat_css(false, &css);
    cards->stylesheet = buf_str(&css);
    cards->version = str_format(site->arena, "1 %.*s\n", STR_FMT(raster_version(site->arena)));
    cards->tmp = ARENA_ARRAY(site->arena, Arena *, site->worker_count);
    for (unsigned i = 0; i < site->worker_count; i++)
        cards->tmp[i] = arena_new();
    pool_run(site->worker_count, cards->count, make_card, cards);
    for (unsigned i = 0; i < site->worker_count; i++)
        arena_free(cards->tmp[i]);
}

/* The machine's fonts are added before anything is drawn in this process: pango remembers for each
 * thread which fonts there are, and one that has drawn the site's icon would draw letters otherwise
 * than the rest. */
void cards_prepare(const Site *site) {
    if (!site->has_cards || !site->config->has_cards || site->config->url.size == 0)
        return;
    raster_prepare(site->config->title);
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        raster_prepare(page->title);
        raster_prepare(page->description);
        if (page->nav && page->nav->parent)
            raster_prepare(page->nav->parent->title);
    }
    for (size_t i = 0; i < site->diagram_count; i++) {
        site_rest(site, i);
        raster_prepare(site->diagrams[i]->svg);
    }
}

void cards_draw(Site *site) {
    Cards cards = {.site = site};
    if (!site->has_cards)
        return;
    cards.jobs = ARENA_ARRAY(site->arena, CardJob, site->page_count + 1);
    for (size_t i = 0; i < site->page_count; i++)
        if (card_is_made(site, site->pages[i]))
            cards.jobs[cards.count++].page = site->pages[i];
    if (cards.count == 0)
        return;
    recall(&cards);
    draw_all(&cards);
    remember(&cards);
    for (size_t i = 0; i < cards.count; i++) {
        const CardJob *job = &cards.jobs[i];
        job->page->card = job->png;
        if (job->png.size == 0)
            diag_add(site->diags, DIAG_PAGE_CARD, span_of(job->page->file->source, 0, 0),
                     "the card of this page cannot be drawn: %.*s", STR_FMT(job->why));
    }
}
