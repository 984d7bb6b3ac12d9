/* gen.c: a site of N pages, the same at every call.
 * usage: gen N FOLDER. Headings, paragraphs, tables, fences, lists, tasks and links that all lead
 * somewhere, about 4.5 KB a page; a diagram on every tenth one; at most 100 pages in a folder. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const words[] = {
    "the",     "of",     "and",    "server", "client", "cache",   "request", "header",  "token",
    "parser",  "render", "layout", "page",   "search", "query",   "result",  "score",   "document",
    "field",   "filter", "build",  "output", "folder", "file",    "module",  "release", "branch",
    "deploy",  "config", "option", "value",  "schema", "type",    "method",  "error",   "warning",
    "message", "log",    "trace",  "metric", "timer",  "buffer",  "stream",  "socket",  "thread",
    "process", "queue",  "worker", "task",   "retry",  "timeout", "limit",   "rate",    "window",
    "batch",   "cursor", "record", "table",  "column", "key",     "hash",    "tree",    "leaf"};
#define WORD_COUNT (sizeof words / sizeof *words)

static uint64_t state;

static unsigned next(unsigned below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

/* One word in twelve is rare: an index of few words would be no index. */
static void write_words(FILE *out, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        if (next(12) == 0)
            fprintf(out, "%s%u", words[next(WORD_COUNT)], next(400) * next(50));
        else
            fputs(words[next(WORD_COUNT)], out);
        fputc(i + 1 < count ? ' ' : '.', out);
    }
}

static void page_path(unsigned page, char *path, size_t size) {
    if (page == 0)
        snprintf(path, size, "index.md");
    else if (page % 100 == 0)
        snprintf(path, size, "part-%02u/section-%02u/index.md", page / 1000, page / 100 % 10);
    else
        snprintf(path, size, "part-%02u/section-%02u/page-%02u.md", page / 1000, page / 100 % 10,
                 page % 100);
}

static void write_link(FILE *out, unsigned from, unsigned count) {
    char path[100];
    unsigned to = next(count);
    page_path(to, path, sizeof path);
    fprintf(out, " [%s %s](%s%s#part-%u)", words[next(WORD_COUNT)], words[next(WORD_COUNT)],
            from ? "../../" : "", path, next(5));
}

static void write_section(FILE *out, unsigned page, unsigned section, unsigned count) {
    fprintf(out, "## Part %u\n\n", section);
    write_words(out, 30);
    write_link(out, page, count);
    fprintf(out, " and **%s** or `%s_%s()`.\n\n", words[next(WORD_COUNT)], words[next(WORD_COUNT)],
            words[next(WORD_COUNT)]);
    fprintf(out, "- [x] ");
    write_words(out, 8);
    fprintf(out, "\n- [ ] ");
    write_words(out, 8);
    write_link(out, page, count);
    fprintf(out, "\n- ");
    write_words(out, 8);
    fprintf(out, "\n  - ");
    write_words(out, 6);
    fprintf(out, "\n\n| Name | Type | Meaning |\n| --- | :-: | --- |\n");
    for (unsigned row = 0; row < 3; row++) {
        fprintf(out, "| `%s` | %s | ", words[next(WORD_COUNT)], words[next(WORD_COUNT)]);
        write_words(out, 5);
        fprintf(out, " |\n");
    }
    fprintf(out, "\n```c\nint %s_%s(const char *%s) {\n    if (!%s)\n        return %u; /* ",
            words[next(WORD_COUNT)], words[next(WORD_COUNT)], "text", "text", next(100));
    write_words(out, 4);
    fprintf(out, " */\n    return puts(\"%s\");\n}\n```\n\n", words[next(WORD_COUNT)]);
}

static void write_page(FILE *out, unsigned page, unsigned count) {
    state = page * 2654435761u + 1;
    fprintf(out, "---\ntitle: Page %u %s\ndescription: About ", page, words[next(WORD_COUNT)]);
    write_words(out, 6);
    fprintf(out, "\n---\n\n# Page %u\n\n", page);
    if (page % 10 == 5)
        fprintf(out,
                "```mermaid\nflowchart TD\n  a[Start %u] --> b{Check}\n  b -->|yes| c[Done]\n"
                "  b -->|no| d[Again]\n  d --> a\n```\n\n",
                page);
    for (unsigned section = 0; section < 5; section++)
        write_section(out, page, section, count);
}

static int make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int failed = mkdir(path, 0777) != 0 && errno != EEXIST;
        *slash = '/';
        if (failed)
            return 0;
    }
    return 1;
}

int main(int argc, char **argv) {
    unsigned count = argc == 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    if (count == 0) {
        fprintf(stderr, "usage: gen N FOLDER\n");
        return 2;
    }
    for (unsigned page = 0; page < count; page++) {
        char name[100], path[4096];
        page_path(page, name, sizeof name);
        snprintf(path, sizeof path, "%s/%s", argv[2], name);
        FILE *out = make_folders(path) ? fopen(path, "w") : NULL;
        if (!out) {
            perror(path);
            return 3;
        }
        write_page(out, page, count);
        fclose(out);
    }
    return 0;
}
