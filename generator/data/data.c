#include "base/ban.h"

#include "data/data.h"

#include "data/infracost.h"

static void report_kind(const YamlNode *kind, Diags *diags) {
    static const Str known[] = {{"cards", 5}, {"cost", 4}};
    diag_add(diags, DIAG_DATA_SCHEMA, kind->at, "no kind of data is called \"%.*s\"",
             STR_FMT(kind->text));
    if (str_nearest(kind->text, known, 2).size)
        diag_hint_nearest(diags, kind->text, known, 2);
    else
        diag_hint(diags, "there are cards and cost");
}

/* Infracost's JSON has no `kind` and cannot be given one, so it is known by its shape. */
DataFile data_read(const Source *source, Arena *arena, Diags *diags) {
    DataFile file = {.kind = DATA_NONE};
    file.root = yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena, diags);
    const YamlNode *kind = yaml_find(file.root, "kind");
    if (!file.root)
        return file;
    if (infracost_is(file.root)) {
        file.kind = DATA_COST;
        file.cost = infracost_read(file.root, arena, diags);
    } else if (!kind) {
        file.kind = DATA_PLAIN;
    } else if (str_equal(kind->text, STR("cards"))) {
        file.kind = DATA_CARDS;
        file.cards = cards_read(file.root, arena, diags);
    } else if (str_equal(kind->text, STR("cost"))) {
        file.kind = DATA_COST;
        file.cost = cost_read(file.root, arena, diags);
    } else {
        report_kind(kind, diags);
    }
    return file;
}
