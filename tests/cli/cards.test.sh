#!/bin/bash
# Cards are remembered between runs: what did not change is not drawn again. Shown by a memory that was changed by hand.
. "$(dirname "$0")/../tap.sh"
cd "$scratch" || exit 3
export XDG_CACHE_HOME=$scratch/cache
mkdir site-src
printf 'site: {title: Example, url: "https://example.org/"}\n' > docsgen.yml
printf '# Home\n' > site-src/index.md
printf '# Other\n' > site-src/other.md

run "$DOCSGEN" build
is 'a card for each page' "$(cd output/cards && printf '%s ' *)" 'index.png other.png '
# The signature, the length of the head, width, height, bits and kind of colour.
is 'a PNG of 1200 by 630 with a palette' "$(head -c 26 output/cards/index.png | od -An -v -tx1 | tr -d ' \n')" \
    89504e470d0a1a0a0000000d49484452000004b0000002760803
is 'one memory' "$(find cache/docsgen/cards -type f | wc -l)" 1
cp -r output first
run "$DOCSGEN" build --clean
is 'the same bytes from memory' "$(diff -r first output)" ''

# The memory is written when something was drawn, and only then.
memory=$(find cache/docsgen/cards -type f)
touch -d 2020-01-01 "$memory"
run "$DOCSGEN" build --clean
is 'what is remembered is not drawn again' "$(date -r "$memory" +%Y)" 2020

printf '# Another\n' > site-src/other.md
run "$DOCSGEN" build
is 'what changed is drawn' "$(tail -c 4 output/cards/other.png | od -An -tx1)" ' ae 42 60 82'
is 'and remembered' "$([ "$(date -r "$memory" +%Y)" -gt 2020 ] && echo anew)" anew
cmp -s first/cards/index.png output/cards/index.png && pass 'what did not is kept' || fail 'what did not is kept'

for damage in '' 'docsgen cache 1 x' "$(head -n 1 "$memory")" "$(head -n 3 "$memory" | tr -d '\0')"; do
    printf '%s\n' "$damage" > "$memory"
    run "$DOCSGEN" build --clean
    is 'a damaged memory does no harm' "$status|$(cmp first/cards/index.png output/cards/index.png 2>&1)" '0|'
done

rm -rf cache output
mkdir cache && touch cache/docsgen
run "$DOCSGEN" build
is 'without a memory there are cards all the same' "$status|$(diff first/cards/index.png output/cards/index.png)" '0|'

run "$DOCSGEN" check
is 'a check draws none' "$status|$(find cache -type f)" '0|cache/docsgen'
printf 'site: {title: Example, url: "https://example.org/", cards: false}\n' > docsgen.yml
run "$DOCSGEN" build
is 'switched off' "$(ls output/cards 2>&1 | wc -l)|$(grep -c og:image output/index.html)" '1|0'
done_testing
