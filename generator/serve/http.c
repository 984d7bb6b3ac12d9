#include "base/ban.h"

#include "serve/http.h"

#include <arpa/inet.h>

#include "base/asset.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/num.h"
#include "site/outputs.h"

typedef struct MediaType {
    const char *end, *type;
} MediaType;

static const MediaType types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".otf", "font/otf"},
    {".xml", "application/xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/markdown; charset=utf-8"},
    {".mmd", "text/plain; charset=utf-8"},
    {".yml", "text/yaml; charset=utf-8"},
    {".yaml", "text/yaml; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".pdf", "application/pdf"},
    {".zip", "application/zip"},
    {".gz", "application/gzip"},
    {".wasm", "application/wasm"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".mp3", "audio/mpeg"},
};

Str http_type(Str path) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        Str end = str_from(types[i].end);
        if (path.size >= end.size &&
            str_equal_nocase(str_from_offset(path, path.size - end.size), end))
            return str_from(types[i].type);
    }
    return STR("application/octet-stream");
}

/* port = { digit }; a colon without digits is allowed (RFC 3986). */
static bool is_port(Str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return true;
}

/* host = ( "[" IPv6 "]" | name ) [ ":" port ]. Gives the name, or the empty Str. */
static Str host_name(Str value) {
    bool is_v6 = value.size && value.data[0] == '[';
    size_t close = is_v6 ? str_find_char(value, ']', 0) : 0;
    if (close == STR_NONE)
        return STR("");
    size_t colon = str_find_char(value, ':', close);
    Str port = str_from_offset(value, colon == STR_NONE ? value.size : colon + 1);
    size_t end = colon == STR_NONE ? value.size : colon;
    if (!is_port(port) || (is_v6 && end != close + 1))
        return STR("");
    return is_v6 ? str_slice(value, 1, close) : str_slice(value, 0, end);
}

/* An address written in numbers cannot be made to point elsewhere. */
static bool is_address(Str name, bool only_loopback) {
    char text[INET6_ADDRSTRLEN];
    struct in_addr v4;
    struct in6_addr v6;
    if (name.size == 0 || name.size >= sizeof text)
        return false;
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    if (inet_pton(AF_INET, text, &v4) == 1)
        return !only_loopback || ntohl(v4.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, text, &v6) == 1 && (!only_loopback || IN6_IS_ADDR_LOOPBACK(&v6));
}

bool http_host_is_ours(const HttpHost *host, Str value) {
    Str name = host_name(value);
    if (name.size == 0)
        return false;
    /* Browsers resolve what ends in .localhost themselves (RFC 6761). */
    bool is_local = str_equal_nocase(name, STR("localhost")) ||
                    (name.size > 10 &&
                     str_equal_nocase(str_from_offset(name, name.size - 10), STR(".localhost")));
    return is_local || str_equal_nocase(name, host->name) || is_address(name, host->is_loopback);
}

static int hex_value(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The bytes that "%41" and the like stand for; a percent sign without two digits is itself. */
static Str decode(Str path, Arena *arena) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < path.size; i++) {
        int high = -1, low = -1;
        if (path.data[i] == '%' && i + 2 < path.size) {
            high = hex_value(path.data[i + 1]);
            low = hex_value(path.data[i + 2]);
        }
        if (high < 0 || low < 0) {
            buf_add_char(&out, path.data[i]);
            continue;
        }
        buf_add_char(&out, (char)(high * 16 + low));
        i += 2;
    }
    return buf_str(&out);
}

static HttpAnswer text_answer(unsigned status, Str body) {
    return (HttpAnswer){.status = status, .type = STR("text/plain; charset=utf-8"), .body = body};
}

static HttpAnswer output_answer(unsigned status, const Output *output) {
    return (HttpAnswer){
        .kind = HTTP_OUTPUT, .status = status, .output = output, .type = http_type(output->path)};
}

/* As GitHub Pages does: a folder is its index, and a page is also found without ".html". */
static HttpAnswer find_output(const HttpRequest *request, const Outputs *outputs, Arena *arena) {
    Str path = str_from_offset(decode(request->path, arena), 1);
    if (path.size == 0 || str_ends_with(path, STR("/")))
        path = str_format(arena, "%.*sindex.html", STR_FMT(path));
    const Output *output = outputs_find(outputs, path);
    if (!output)
        output = outputs_find(outputs, str_format(arena, "%.*s.html", STR_FMT(path)));
    if (output)
        return output_answer(200, output);
    if (outputs_find(outputs, str_format(arena, "%.*s/index.html", STR_FMT(path)))) {
        HttpAnswer answer = text_answer(301, STR("The folder is one slash further.\n"));
        /* Relative to the folder above and written as it came: a path that begins with two slashes
         * would be taken for another host's. */
        Str name = fs_name_of(request->path);
        answer.location = str_format(arena, "./%.*s/", STR_FMT(name));
        return answer;
    }
    const Output *lost = outputs_find(outputs, STR("404.html"));
    return lost ? output_answer(404, lost) : text_answer(404, STR("There is no such page.\n"));
}

HttpAnswer http_find(const HttpRequest *request, const HttpHost *host, const Outputs *outputs,
                     Arena *arena) {
    if (!http_host_is_ours(host, request->host))
        return text_answer(403, STR("This server is not meant to be reached under that name; "
                                    "use localhost, or start it with --host.\n"));
    if (!str_equal(request->method, STR("GET")) && !str_equal(request->method, STR("HEAD"))) {
        HttpAnswer answer = text_answer(405, STR("Pages can only be read.\n"));
        answer.allow = STR("GET, HEAD");
        return answer;
    }
    if (request->path.size == 0 || request->path.data[0] != '/')
        return text_answer(400, STR("The path must begin with a slash.\n"));
    if (str_equal(request->path, HTTP_EVENTS_PATH))
        return (HttpAnswer){.kind = HTTP_EVENTS, .status = 200, .type = STR("text/event-stream")};
    if (str_equal(request->path, HTTP_SCRIPT_PATH)) {
        HttpAnswer answer = text_answer(200, asset_get("serve/live.js"));
        answer.type = http_type(request->path);
        return answer;
    }
    return find_output(request, outputs, arena);
}

/* Does the list of a header hold this tag? list = tag { "," tag }; a weak one is as good, since the
 * same tag means the same bytes. */
static bool lists_tag(Str list, Str tag) {
    while (list.data) {
        Str word = str_trim(str_cut(&list, ','));
        if (str_starts_with(word, STR("W/")))
            word = str_from_offset(word, 2);
        if (str_equal(word, tag) || str_equal(word, STR("*")))
            return true;
    }
    return false;
}

typedef enum RangeState {
    RANGE_NONE, /* all of it: no range, or one that is not understood */
    RANGE_PART,
    RANGE_BEYOND,
} RangeState;

/* range = "bytes=" ( first "-" [ last ] | "-" count ). Several ranges are answered by the whole,
 * which the standard allows. */
static RangeState parse_range(Str range, size_t size, size_t *start, size_t *end) {
    int64_t first = 0, last = 0;
    if (!str_starts_with(range, STR("bytes=")))
        return RANGE_NONE;
    Str right = str_from_offset(range, 6), left = str_trim(str_cut(&right, '-'));
    right = str_trim(right);
    if (left.size == 0) {
        if (!num_parse_range(right, 0, INT64_MAX, &last))
            return RANGE_NONE;
        *start = (size_t)last < size ? size - (size_t)last : 0;
        *end = size;
        return last > 0 && size > 0 ? RANGE_PART : RANGE_BEYOND;
    }
    if (!num_parse_range(left, 0, INT64_MAX, &first) ||
        (right.size && !num_parse_range(right, first, INT64_MAX, &last)))
        return RANGE_NONE;
    if ((size_t)first >= size)
        return RANGE_BEYOND;
    *start = (size_t)first;
    *end = right.size == 0 || (size_t)last >= size ? size : (size_t)last + 1;
    return RANGE_PART;
}

void http_finish(const HttpRequest *request, Str body, Arena *arena, HttpAnswer *answer) {
    answer->body = body;
    if (answer->status != 200)
        return;
    answer->etag = str_format(arena, "\"%016llx\"", (unsigned long long)map_hash(body));
    if (request->if_none_match.size && lists_tag(request->if_none_match, answer->etag)) {
        answer->status = 304;
        answer->body = STR("");
        return;
    }
    if (request->if_range.size && !str_equal(request->if_range, answer->etag))
        return;
    size_t start = 0, end = 0;
    switch (parse_range(request->range, body.size, &start, &end)) {
    case RANGE_NONE: return;
    case RANGE_BEYOND:
        answer->status = 416;
        answer->content_range = str_format(arena, "bytes */%zu", body.size);
        answer->body = STR("");
        return;
    case RANGE_PART:
        answer->status = 206;
        answer->content_range = str_format(arena, "bytes %zu-%zu/%zu", start, end - 1, body.size);
        answer->body = str_slice(body, start, end);
        return;
    }
}

Str http_with_script(Str html, Str build, Arena *arena) {
    /* The page's own last tag: what authors write is escaped, or stands before it. */
    size_t at = html.size;
    while (at > 0 && !str_starts_with(str_from_offset(html, at), STR("</body>")))
        at--;
    if (at == 0)
        return html;
    Buf out = buf_new(arena);
    buf_add(&out, str_slice(html, 0, at));
    buf_add_format(&out, "<script src=\"%.*s\" data-build=\"%.*s\" defer></script>\n",
                   STR_FMT(HTTP_SCRIPT_PATH), STR_FMT(build));
    buf_add(&out, str_from_offset(html, at));
    return buf_str(&out);
}
