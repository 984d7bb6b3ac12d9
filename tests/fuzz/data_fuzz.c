#include "base/ban.h"

#include "data/data.h"
#include "fuzz/fuzz.h"
#include "site/value.h"
#include "site/view/cards.h"

/* A data file of any kind: drawn where it is a set of cards, and asked for a value. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "data.yml");
    DataFile file = data_read(input.source, input.arena, input.diags);
    Buf out = buf_new(input.arena);
    if (file.cards)
        view_cards(file.cards, STR("name"), &out);
    if (file.root) {
        /* The first line, as far as it is one, is the path of the value too. */
        Str rest = input.source->text, path = str_cut_line(&rest);
        size_t steps = 0;
        value_find(file.root, path, span_of_str(input.source, path), &steps, input.diags);
    }
    return fuzz_end(&input);
}
