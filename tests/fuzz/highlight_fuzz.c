#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "highlight/lexer.h"

/* Code in the language that the first byte chooses. The tokens cover it exactly, and neighbours
 * differ. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const Language *language = &languages[fuzz_byte(&data, &size) % language_count];
    FuzzInput input = fuzz_begin(data, size, "code");
    Str code = input.source->text;
    Tokens tokens = highlight(language, code, input.arena);
    size_t end = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        FUZZ_HOLDS(tokens.items[i].end > end && tokens.items[i].kind < TOKEN_KIND_COUNT);
        FUZZ_HOLDS(i == 0 || tokens.items[i - 1].kind != tokens.items[i].kind);
        end = tokens.items[i].end;
    }
    FUZZ_HOLDS(end == code.size);
    return fuzz_end(&input);
}
