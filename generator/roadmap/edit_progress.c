#include "base/ban.h"

#include "base/num.h"
#include "roadmap/editor.h"
#include "roadmap/figure.h"
#include "roadmap/id.h"
#include "roadmap/reader.h"

/* ---- counts ---- */

/* What people count as finished and as all: the claim before the edit tells which is meant. */
typedef enum DoneCount {
    DONE_ROWS,
    DONE_WITH_CANCELLED,
    DONE_EXPANDED, /* a row for several PRs counts that often */
    DONE_HALVES,   /* a PR in progress is half a PR */
    DONE_COUNT,
} DoneCount;

typedef enum TotalCount {
    TOTAL_ROWS,
    TOTAL_WITHOUT_CANCELLED,
    TOTAL_EXPANDED,
    TOTAL_COUNT,
} TotalCount;

static int64_t done_milli(const Roadmap *map, DoneCount count) {
    const RoadmapComputed *computed = &map->computed;
    int64_t rows = (int64_t)computed->rows.done * 1000;
    switch (count) {
    case DONE_ROWS: return rows;
    case DONE_WITH_CANCELLED: return rows + (int64_t)computed->by_status[ROADMAP_CANCELLED] * 1000;
    case DONE_EXPANDED: return (int64_t)computed->expanded.done * 1000;
    case DONE_HALVES: return rows + (int64_t)computed->by_status[ROADMAP_IN_PROGRESS] * 500;
    case DONE_COUNT: break;
    }
    return rows;
}

static int64_t total_milli(const Roadmap *map, TotalCount count) {
    const RoadmapComputed *computed = &map->computed;
    switch (count) {
    case TOTAL_ROWS: break;
    case TOTAL_WITHOUT_CANCELLED: return (int64_t)computed->excluding_cancelled.total * 1000;
    case TOTAL_EXPANDED: return (int64_t)computed->expanded.total * 1000;
    case TOTAL_COUNT: break;
    }
    return (int64_t)computed->rows.total * 1000;
}

static DoneCount done_meant(const Roadmap *map, int64_t claim) {
    for (int i = 0; i < DONE_COUNT; i++) {
        if (done_milli(map, (DoneCount)i) == claim)
            return (DoneCount)i;
    }
    return DONE_ROWS;
}

static TotalCount total_meant(const Roadmap *map, int64_t claim) {
    for (int i = 0; i < TOTAL_COUNT; i++) {
        if (total_milli(map, (TotalCount)i) == claim)
            return (TotalCount)i;
    }
    return TOTAL_ROWS;
}

/* ---- percentages ---- */

/* A share, in thousandths of PRs or of percent: only the division is rounded. */
typedef struct Share {
    int64_t part, whole;
} Share;

/* In percent, exact to a thousandth. */
static int64_t percent_milli(Share share) {
    return share.whole > 0 ? share.part * 100000 / share.whole : 0;
}

/* How a percentage is cut to what is written. */
typedef struct Rounding {
    int digits;    /* behind the point */
    bool is_floor; /* otherwise half up */
} Rounding;

/* The rounding that explains what is written now: most round, one in a hundred cuts off. */
static Rounding rounding_of(const RoadmapNumber *written, int64_t exact) {
    Rounding rounding = {0};
    if (str_find_char(span_text(written->at), '.', 0) != STR_NONE) {
        rounding.digits = 1;
        return rounding;
    }
    int64_t cut = exact / 1000 * 1000;
    int64_t rounded = (exact + 500) / 1000 * 1000;
    rounding.is_floor = cut != rounded && written->milli == cut;
    return rounding;
}

static int64_t round_percent(int64_t exact, Rounding rounding) {
    int64_t unit = rounding.digits > 0 ? 100 : 1000;
    return (exact + (rounding.is_floor ? 0 : unit / 2)) / unit * unit;
}

static Str percent_text(int64_t milli, Arena *arena) {
    Buf out = buf_new(arena);
    buf_add_fixed(&out, milli, 1000, 1);
    return buf_str(&out);
}

static Str count_text(int64_t milli, Arena *arena) {
    Buf out = buf_new(arena);
    buf_add_fixed(&out, milli, 1000, 3);
    return buf_str(&out);
}

/* The share before and after, by the formula that explains the claim. */
typedef struct Shares {
    Share before, after;
} Shares;

static Shares shares_of_fraction(const Editor *editor, const RoadmapTotal *total) {
    DoneCount done = done_meant(editor->before, total->done.milli);
    TotalCount all = total_meant(editor->before, total->total.milli);
    return (Shares){{total->done.milli, total->total.milli},
                    {done_milli(editor->after, done), total_milli(editor->after, all)}};
}

static Share share_of(const RoadmapShare *share) {
    return (Share){(int64_t)share->done * 1000, (int64_t)share->total * 1000};
}

/* Without a fraction: rows, rows that count, members of groups, or the mean of the Completion
 * column, whichever comes near the claim. */
static Shares shares_of_percent(const Editor *editor, int64_t claim) {
    const RoadmapComputed *b = &editor->before->computed;
    const RoadmapComputed *a = &editor->after->computed;
    Shares meant[] = {
        {share_of(&b->rows), share_of(&a->rows)},
        {share_of(&b->excluding_cancelled), share_of(&a->excluding_cancelled)},
        {share_of(&b->expanded), share_of(&a->expanded)},
        {{b->mean_completion_milli, 100000}, {a->mean_completion_milli, 100000}},
    };
    size_t count = b->has_mean && a->has_mean ? 4 : 3;
    for (size_t i = 0; i < count; i++) {
        int64_t off = percent_milli(meant[i].before) - claim;
        if (off > -1000 && off < 1000)
            return meant[i];
    }
    return meant[0];
}

static bool has_fraction(const RoadmapTotal *total) {
    return total->done.is_set && total->total.milli > 0;
}

static Shares shares_of_total(const Editor *editor, const RoadmapTotal *total) {
    return has_fraction(total) ? shares_of_fraction(editor, total)
                               : shares_of_percent(editor, total->percent.milli);
}

/* ---- total lines ---- */

static bool same_id(const Editor *editor, uint32_t index, Str id) {
    return index != ROADMAP_NONE && str_equal(editor->after->prs[index].id, id);
}

/* ", PR 4 next" with the comma or dash before it. */
static Span with_lead(Span value, Str written, size_t size) {
    Str text = span_text(value);
    size_t at = (size_t)(written.data - text.data);
    size_t start = at;
    while (start > 0 && (text.data[start - 1] == ' ' || text.data[start - 1] == ',' ||
                         text.data[start - 1] == ';' || text.data[start - 1] == '-'))
        start--;
    return span_of(value.source, value.start + start, at - start + size);
}

/* "(3/9 PRs completed, PR 4 next)": the id in it follows the pointer. */
static void edit_named_next(Editor *editor, Span value) {
    static const Str word = {" next", 5};
    Str text = span_text(value);
    PrId id;
    for (size_t at = pr_id_search(text, 0, editor->arena, &id); at != STR_NONE;
         at = pr_id_search(text, at + id.size, editor->arena, &id)) {
        Str written = str_slice(text, at, at + id.size);
        if (!str_starts_with(str_from_offset(text, at + id.size), word) ||
            same_id(editor, editor->next, id.id))
            continue;
        Span whole = with_lead(value, written, written.size + word.size);
        if (editor->next == ROADMAP_NONE)
            patch_replace(&editor->patch, whole, span_text(whole), STR(""));
        else
            patch_replace(
                &editor->patch, span_of_str(value.source, written), written,
                words_id_like(written, editor->after->prs[editor->next].id, editor->arena));
    }
}

/* Rows with a status; finished ones may be counted with every member of a group. */
static uint32_t count_of(const Roadmap *map, RoadmapStatus status, bool is_expanded) {
    return is_expanded && status == ROADMAP_COMPLETE ? map->computed.expanded.done
                                                     : map->computed.by_status[status];
}

/* "(4 complete + 1 in progress)": counts with a status word follow the rows, where they were right.
 */
static void edit_named_counts(Editor *editor, Span value) {
    static const struct {
        const char *word;
        RoadmapStatus status;
    } names[] = {
        {" complete", ROADMAP_COMPLETE},
        {" in progress", ROADMAP_IN_PROGRESS},
        {" not started", ROADMAP_NOT_STARTED},
        {" blocked", ROADMAP_BLOCKED},
    };
    Str text = span_text(value);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = text_find(text, names[i].word);
        size_t start = at == STR_NONE ? 0 : at;
        while (start > 0 && text.data[start - 1] >= '0' && text.data[start - 1] <= '9')
            start--;
        int64_t count = 0;
        bool is_alone = start > 0 && text.data[start - 1] != '/' && text.data[start - 1] != '.';
        Str digits = at == STR_NONE ? (Str){0} : str_slice(text, start, at);
        if (!is_alone || !num_parse(digits, &count))
            continue;
        bool is_expanded = count != count_of(editor->before, names[i].status, false);
        if (count != count_of(editor->before, names[i].status, is_expanded))
            continue;
        patch_replace(
            &editor->patch, span_of_str(value.source, digits), digits,
            str_format(editor->arena, "%u", count_of(editor->after, names[i].status, is_expanded)));
    }
}

static void replace_number(Editor *editor, const RoadmapNumber *number, Str text) {
    patch_replace(&editor->patch, number->at, span_text(number->at), text);
}

static void edit_total(Editor *editor, const RoadmapTotal *total) {
    Shares shares = shares_of_total(editor, total);
    Rounding rounding = rounding_of(&total->percent, percent_milli(shares.before));
    int64_t percent = round_percent(percent_milli(shares.after), rounding);

    replace_number(editor, &total->percent, percent_text(percent, editor->arena));
    if (has_fraction(total)) {
        DoneCount done = done_meant(editor->before, total->done.milli);
        TotalCount all = total_meant(editor->before, total->total.milli);
        replace_number(editor, &total->done,
                       count_text(done_milli(editor->after, done), editor->arena));
        replace_number(editor, &total->total,
                       count_text(total_milli(editor->after, all), editor->arena));
    } else {
        edit_named_counts(editor, total->value);
    }
    edit_named_next(editor, total->value);
}

/* ---- bars ---- */

/* Whole cells, of the exact share or of the percent that is written: 6 of 11 is 55 % and fills
 * eleven of twenty, 1 of 11 is 9 % and fills one of eleven. */
static int64_t cells_cut(int64_t width, Share share, int64_t percent) {
    int64_t exact = share.whole > 0 ? width * share.part / share.whole : 0;
    int64_t written = width * percent / 100000;
    return exact > written ? exact : written;
}

static int64_t cells_rounded(int64_t width, int64_t percent) {
    return (width * percent + 50000) / 100000;
}

/* Cells to fill: by the rounding that explains the bar as it is, else cut off. */
static uint32_t cells_to_fill(const RoadmapBar *bar, Shares shares, int64_t percent) {
    int64_t width = bar->width;
    bool is_rounded = cells_cut(width, shares.before, bar->percent.milli) != bar->filled &&
                      cells_rounded(width, bar->percent.milli) == bar->filled;
    int64_t filled =
        is_rounded ? cells_rounded(width, percent) : cells_cut(width, shares.after, percent);
    return (uint32_t)(filled < width ? filled : width);
}

static void edit_bar(Editor *editor, const RoadmapBar *bar, Shares shares) {
    int64_t percent = round_percent(percent_milli(shares.after),
                                    rounding_of(&bar->percent, percent_milli(shares.before)));
    uint32_t filled = cells_to_fill(bar, shares, percent);
    if (filled != bar->filled)
        patch_replace(&editor->patch, bar->cells, span_text(bar->cells),
                      figure_fill(bar, filled, editor->arena));
    replace_number(editor, &bar->percent, percent_text(percent, editor->arena));
}

/* 37.5 % and 38 % are the same claim. */
static bool agrees(const RoadmapBar *bar, const RoadmapNumber *total) {
    int64_t off = bar->percent.milli - total->milli;
    return total->is_set && off > -1000 && off < 1000;
}

/* Bars about a phase say something else than the whole does; the first bar speaks for the whole
 * only when none agrees with the total. */
static void edit_bars(Editor *editor, Shares shares) {
    const RoadmapDeclared *declared = &editor->before->declared;
    bool any = false;
    for (size_t i = 0; i < declared->bar_count; i++)
        any = any || agrees(&declared->bars[i], &declared->percent);
    for (size_t i = 0; i < declared->bar_count; i++) {
        bool is_about_all = any ? agrees(&declared->bars[i], &declared->percent) : i == 0;
        if (is_about_all)
            edit_bar(editor, &declared->bars[i], shares);
    }
}

/* The total line that counts: the first of the best rank; total_count without any. */
static size_t main_total(const RoadmapDeclared *declared) {
    size_t best = 0;
    for (size_t i = 1; i < declared->total_count; i++) {
        if (declared->totals[i].rank < declared->totals[best].rank)
            best = i;
    }
    return best;
}

void edit_progress(Editor *editor) {
    const RoadmapDeclared *declared = &editor->before->declared;
    size_t best = main_total(declared);
    Shares shares = best < declared->total_count
                        ? shares_of_total(editor, &declared->totals[best])
                        : shares_of_percent(editor, declared->bar.percent.milli);
    for (size_t i = 0; i < declared->total_count; i++) {
        /* "Total Completion" and "Overall Progress" always speak of the whole. */
        if (i == best || declared->totals[i].rank <= 1)
            edit_total(editor, &declared->totals[i]);
    }
    edit_bars(editor, shares);
}
