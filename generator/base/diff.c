#include "base/ban.h"

#include "base/diff.h"

#include <stdbool.h>
#include <stdint.h>

#define CONTEXT_LINES ((size_t)3)
/* Changed lines that are worth the shortest diff; its memory grows with their square. Texts with
 * more in common than this are the only ones that docsgen writes. */
#define DISTANCE_LIMIT 1000

/* Lines keep their ends, so that a CR and a missing last line end count. */
typedef struct Lines {
    Str *items;
    size_t count, capacity;
} Lines;

typedef struct Differ {
    Lines before, after;
    bool *is_removed; /* per line of `before` */
    bool *is_added;   /* per line of `after` */
    Arena *arena;
} Differ;

static Lines split_lines(Str text, Arena *arena) {
    Lines lines = {0};
    while (text.size > 0) {
        size_t end = str_find_char(text, '\n', 0);
        end = end == STR_NONE ? text.size : end + 1;
        ARENA_RESERVE(arena, lines.items, lines.count, lines.capacity);
        lines.items[lines.count++] = str_slice(text, 0, end);
        text = str_from_offset(text, end);
    }
    return lines;
}

/* A piece of both texts that is still to be compared. */
typedef struct Middle {
    const Str *a, *b;
    int64_t a_count, b_count;
    bool *is_removed, *is_added;
} Middle;

/* Follows the rounds of the search back from the end: each step down took a line of `b`, each step
 * to the right dropped one of `a`. */
static void walk_back(const Middle *middle, int64_t *const *rounds, int64_t distance) {
    int64_t x = middle->a_count;
    int64_t y = middle->b_count;
    for (int64_t d = distance; d > 0; d--) {
        const int64_t *reach = rounds[d - 1] + d; /* round d - 1 knows diagonals -(d-1) to d-1 */
        int64_t k = x - y;
        bool is_down = k == -d || (k != d && reach[k - 1] < reach[k + 1]);
        int64_t from = is_down ? k + 1 : k - 1;
        x = reach[from];
        y = x - from;
        if (is_down)
            middle->is_added[y] = true;
        else
            middle->is_removed[x] = true;
    }
}

/* The furthest x on diagonal k after one more step, and then along equal lines. */
static int64_t advance(const Middle *middle, const int64_t *reach, int64_t d, int64_t k) {
    bool is_down = k == -d || (k != d && reach[k - 1] < reach[k + 1]);
    int64_t x = d == 0 ? 0 : is_down ? reach[k + 1] : reach[k - 1] + 1;
    int64_t y = x - k;
    while (x < middle->a_count && y >= 0 && y < middle->b_count &&
           str_equal(middle->a[x], middle->b[y])) {
        x++;
        y++;
    }
    return x;
}

/* E. W. Myers: An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986), the greedy
 * form. Round d knows for every diagonal k = x - y how far d edits reach; the rounds are kept for
 * the way back. Round d's array is shifted by d + 1, so that both neighbours of every diagonal are
 * in it; -1 marks what no edit reaches. */
static bool find_shortest(const Middle *middle, Arena *arena) {
    int64_t limit = middle->a_count + middle->b_count;
    if (limit > DISTANCE_LIMIT)
        limit = DISTANCE_LIMIT;
    int64_t **rounds = ARENA_ARRAY(arena, int64_t *, limit + 1);
    for (int64_t d = 0; d <= limit; d++) {
        rounds[d] = ARENA_ARRAY(arena, int64_t, 2 * d + 3);
        int64_t *reach = rounds[d] + d + 1;
        reach[-d - 1] = reach[d + 1] = -1;
        for (int64_t k = -d; k <= d; k++)
            reach[k] = -1;
        for (int64_t k = -d; k <= d; k += 2) {
            reach[k] = advance(middle, d > 0 ? rounds[d - 1] + d : NULL, d, k);
            if (reach[k] == middle->a_count && reach[k] - k == middle->b_count) {
                walk_back(middle, rounds, d);
                return true;
            }
        }
    }
    return false;
}

/* Equal lines at both ends are set aside: what is left of an edited file is small. */
static void compare(Differ *differ) {
    const Lines *a = &differ->before;
    const Lines *b = &differ->after;
    size_t head = 0;
    while (head < a->count && head < b->count && str_equal(a->items[head], b->items[head]))
        head++;
    size_t tail = 0;
    while (tail < a->count - head && tail < b->count - head &&
           str_equal(a->items[a->count - 1 - tail], b->items[b->count - 1 - tail]))
        tail++;
    Middle middle = {a->items + head,
                     b->items + head,
                     (int64_t)(a->count - head - tail),
                     (int64_t)(b->count - head - tail),
                     differ->is_removed + head,
                     differ->is_added + head};
    if (find_shortest(&middle, differ->arena))
        return;
    /* Hardly anything in common: the old piece goes, the new one comes. */
    for (int64_t i = 0; i < middle.a_count; i++)
        middle.is_removed[i] = true;
    for (int64_t i = 0; i < middle.b_count; i++)
        middle.is_added[i] = true;
}

static void add_line(Buf *out, char mark, Str line) {
    buf_add_char(out, mark);
    buf_add(out, line);
    if (!str_ends_with(line, STR("\n")))
        buf_add_text(out, "\n\\ No newline at end of file\n");
}

/* "12,3", "12" for one line; an empty range names the line before it. */
static void add_range(Buf *out, char mark, size_t start, size_t count) {
    buf_add_format(out, "%c%zu", mark, count > 0 ? start + 1 : start);
    if (count != 1)
        buf_add_format(out, ",%zu", count);
}

/* A place in both texts. */
typedef struct Cursor {
    size_t a, b;
} Cursor;

static bool is_change(const Differ *differ, Cursor at) {
    return (at.a < differ->before.count && differ->is_removed[at.a]) ||
           (at.b < differ->after.count && differ->is_added[at.b]);
}

/* Behind the changes at `at` and behind as many equal lines as still belong to the same hunk. */
static Cursor hunk_end(const Differ *differ, Cursor at) {
    Cursor end = at;
    size_t equal = 0;
    while (at.a < differ->before.count || at.b < differ->after.count) {
        if (is_change(differ, at)) {
            while (at.a < differ->before.count && differ->is_removed[at.a])
                at.a++;
            while (at.b < differ->after.count && differ->is_added[at.b])
                at.b++;
            equal = 0;
            end = at;
            continue;
        }
        if (++equal > 2 * CONTEXT_LINES)
            break;
        at.a++;
        at.b++;
    }
    for (size_t i = 0; i < CONTEXT_LINES && end.a < differ->before.count; i++) {
        end.a++;
        end.b++;
    }
    return end;
}

static void add_hunk(const Differ *differ, Cursor at, Cursor end, Buf *out) {
    buf_add_text(out, "@@ ");
    add_range(out, '-', at.a, end.a - at.a);
    buf_add_char(out, ' ');
    add_range(out, '+', at.b, end.b - at.b);
    buf_add_text(out, " @@\n");
    while (at.a < end.a || at.b < end.b) {
        if (at.a < end.a && differ->is_removed[at.a])
            add_line(out, '-', differ->before.items[at.a++]);
        else if (at.b < end.b && differ->is_added[at.b])
            add_line(out, '+', differ->after.items[at.b++]);
        else {
            add_line(out, ' ', differ->before.items[at.a++]);
            at.b++;
        }
    }
}

void diff_add_unified(Str path, Str before, Str after, Arena *arena, Buf *out) {
    if (str_equal(before, after))
        return;
    Differ differ = {
        .before = split_lines(before, arena), .after = split_lines(after, arena), .arena = arena};
    differ.is_removed = ARENA_ARRAY(arena, bool, differ.before.count + 1);
    differ.is_added = ARENA_ARRAY(arena, bool, differ.after.count + 1);
    compare(&differ);
    /* The slash of an absolute path is the one behind a and b; `git apply` refuses two. */
    while (path.size && path.data[0] == '/')
        path = str_from_offset(path, 1);
    buf_add_format(out, "--- a/%.*s\n+++ b/%.*s\n", STR_FMT(path), STR_FMT(path));
    Cursor at = {0, 0};
    while (at.a < differ.before.count || at.b < differ.after.count) {
        if (!is_change(&differ, at)) {
            at.a++;
            at.b++;
            continue;
        }
        size_t lead = at.a < CONTEXT_LINES ? at.a : CONTEXT_LINES;
        /* Hunks are apart by more than twice the context, so the lead is free to take. */
        lead = lead < at.b ? lead : at.b;
        Cursor end = hunk_end(&differ, at);
        add_hunk(&differ, (Cursor){at.a - lead, at.b - lead}, end, out);
        at = end;
    }
}
