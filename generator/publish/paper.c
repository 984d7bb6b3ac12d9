#include "base/ban.h"

#include "publish/paper.h"

#include <unistd.h>

#include "base/limits.h"
#include "base/process.h"
#include "site/print.h"
#include "site/shell/theme.h"

#define OUTPUT_LIMIT ((size_t)1 << 20)
#define TIMEOUT_MS   (5 * 60 * 1000) /* 200 pages take about 10 s */

bool paper_find(Arena *arena, Str *browser, Str *why) {
    static const char *const names[] = {"chromium", "chromium-browser", "google-chrome",
                                        "google-chrome-stable"};
    const char *chosen = getenv("CHROMIUM");
    if (chosen && *chosen) {
        *browser = process_find(str_from(chosen), arena);
        *why = str_format(arena, "CHROMIUM=\"%s\" is no program", chosen);
        return browser->size != 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *browser = process_find(str_from(names[i]), arena);
        if (browser->size)
            return true;
    }
    *why =
        STR("--pdf needs Chromium, which is not installed: install the package chromium, or name "
            "a browser of its kind in CHROMIUM");
    return false;
}

/* ---- what the browser reads ---- */

static bool is_shown(const Site *site, const Map *paths, Str path) {
    bool is_theme = map_find(paths, path) || str_equal(path, PRINT_CSS);
    for (size_t i = 0; i < site->theme->file_count && !is_theme; i++)
        is_theme = str_equal(site->theme->files[i].path, path);
    return is_theme || str_ends_with(path, STR(".css"));
}

static bool put(const PaperJob *job, Str path, Str content, Str *why) {
    Str reason;
    if (fs_create(job->parent, fs_join(job->folder, path, job->arena), content, &reason))
        return true;
    *why = str_format(job->arena, "cannot write \"%.*s/%.*s\": %.*s", STR_FMT(job->folder),
                      STR_FMT(path), STR_FMT(reason));
    return false;
}

/* The document, and the files that it shows: the site itself is not on the disk yet. */
static bool put_files(const PaperJob *job, Str *why) {
    const Outputs *outputs = &job->site->outputs;
    Buf html = buf_new(job->arena);
    Map *paths = map_new(job->arena);
    print_write(job->site, true, &html);
    print_files(job->site, buf_str(&html), paths);
    if (!put(job, PRINT_PATH, buf_str(&html), why))
        return false;
    for (size_t i = 0; i < outputs->count; i++) {
        const Output *output = &outputs->items[i];
        FsText text = {.content = output->content};
        if (!is_shown(job->site, paths, output->path))
            continue;
        /* A file that cannot be read is found by whoever writes the site. */
        if (output->copy_of.size &&
            !fs_read(job->project, output->copy_of, LIMIT_ASSET_SIZE, job->arena, &text))
            continue;
        if (!put(job, output->path, text.content, why))
            return false;
    }
    return true;
}

/* ---- the browser ---- */

/* What it said last, which is what ended it. */
static Str last_line(Str text) {
    text = str_trim(text);
    size_t start = str_find_last(text, '\n');
    return start == STR_NONE ? text : str_from_offset(text, start + 1);
}

/* Everything but what may stand in any URL is percent-encoded: paths hold what they like. */
static void add_file_url(Str path, Buf *out) {
    for (size_t i = 0; i < path.size; i++) {
        unsigned char c = (unsigned char)path.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || strchr("/-._~", c);
        if (is_plain && c)
            buf_add_char(out, (char)c);
        else
            buf_add_format(out, "%%%02X", c);
    }
}

static bool run_browser(const PaperJob *job, Str *why) {
    Arena *arena = job->arena;
    Str folder = fs_join(fs_absolute_root(job->parent, arena), job->folder, arena);
    Buf page = buf_new(arena);
    buf_add_text(&page, "file://");
    add_file_url(folder, &page);
    buf_add_text(&page, "/print.html");
    const char *words[] = {
        job->browser.data,
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage", /* containers give it 64 MB */
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        "--no-default-browser-check",
        "--host-resolver-rules=MAP * ~NOTFOUND", /* no network, whatever the pages hold */
        str_cstr(arena, str_format(arena, "--user-data-dir=%.*s/profile", STR_FMT(folder))),
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--export-tagged-pdf",
        str_cstr(arena, str_format(arena, "--print-to-pdf=%.*s/print.pdf", STR_FMT(folder))),
        str_cstr(arena, buf_str(&page)),
        /* Its own sandbox is not for the superuser, which builds in containers run as. */
        geteuid() == 0 ? "--no-sandbox" : NULL,
        NULL,
    };
    Process process = {.words = words, .output_limit = OUTPUT_LIMIT, .timeout_ms = TIMEOUT_MS};
    ProcessResult result;
    if (!process_run(&process, arena, &result, why))
        return false;
    if (fs_kind(job->parent, fs_join(job->folder, PRINT_PDF, arena)) == FS_FILE)
        return true;
    *why = str_format(arena, "%.*s made no PDF (status %d): %.*s", STR_FMT(job->browser),
                      result.status, STR_FMT(last_line(result.errors)));
    return false;
}

/* ---- the same bytes from every run ---- */

/* "D:20261121080000+00'00'", as long as what the browser writes. */
static Str pdf_date(const PaperJob *job, Arena *arena) {
    Str day = print_day(job->site);
    if (job->made_at >= 0) {
        time_t time = (time_t)job->made_at;
        struct tm at = {0};
        gmtime_r(&time, &at);
        return str_format(arena, "D:%04d%02d%02d%02d%02d%02d+00'00'", (at.tm_year + 1900) % 10000,
                          at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec);
    }
    bool is_day = day.size == 10 && day.data[4] == '-' && day.data[7] == '-';
    return is_day ? str_format(arena, "D:%.*s%.*s%.*s000000+00'00'", 4, day.data, 2, day.data + 5,
                               2, day.data + 8)
                  : STR("");
}

/* Puts `value` into the place of an entry `key (...)` of the document information, which stands
 * first in the file and is not compressed; no place in the file may move. Blanks take the rest. */
static void settle(char *pdf, size_t size, const char *key, Str value) {
    Str head = {pdf, size < 8192 ? size : 8192};
    size_t start = str_find(head, str_from(key), 0), end = start;
    if (start == STR_NONE)
        return;
    /* A bracket inside of the text is written with a backslash. */
    while (end < head.size && (pdf[end] != ')' || pdf[end - 1] == '\\'))
        end++;
    size_t room = end + 1 - start, prefix = strlen(key);
    if (end >= head.size)
        return;
    bool has_room = value.size && prefix + value.size + 1 <= room;
    memset(pdf + start, ' ', room);
    if (!has_room)
        return;
    memcpy(pdf + start, key, prefix);
    memcpy(pdf + start + prefix, value.data, value.size);
    pdf[start + prefix + value.size] = ')';
}

static bool print(const PaperJob *job, Str *pdf, Str *why) {
    FsText text;
    if (!put_files(job, why) || !run_browser(job, why))
        return false;
    Str path = fs_join(job->folder, PRINT_PDF, job->arena);
    if (!fs_read(job->parent, path, LIMIT_ASSET_SIZE, job->arena, &text)) {
        *why = text.why;
        return false;
    }
    Str date = pdf_date(job, job->arena);
    char *bytes = arena_bytes(job->arena, text.content.size + 1);
    memcpy(bytes, text.content.data, text.content.size);
    settle(bytes, text.content.size, "/CreationDate (", date);
    settle(bytes, text.content.size, "/ModDate (", date);
    settle(bytes, text.content.size, "/Creator (", STR("docsgen"));
    *pdf = (Str){bytes, text.content.size};
    return true;
}

bool paper_print(const PaperJob *job, Str *pdf, Str *why) {
    bool is_done = print(job, pdf, why);
    Str reason;
    if (fs_remove(job->parent, job->folder, &reason) || !is_done)
        return is_done;
    *why = str_format(job->arena, "cannot remove \"%.*s\": %.*s", STR_FMT(job->folder),
                      STR_FMT(reason));
    return false;
}
