#!/bin/bash
# Slices of a site, rendered by several runs, and what becomes of them when they are joined: the files and findings of one build.
. "$(dirname "$0")/../tap.sh"
export XDG_CACHE_HOME=$scratch/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
project=$(cd "$(dirname "$0")/../.." && pwd)
mkdir "$scratch/site"
cp -r "$project/docsgen.yml" "$project/site-src" "$project/diagrams" "$scratch/site"
cd "$scratch/site" || exit 3
printf '\nSee [gone](gone.md), {{ data/none.yml#x }} and <b>bold</b>.\n' >> site-src/index.md
said() { sed 's/ in [0-9.]* s.*//' "$scratch/said"; }

"$DOCSGEN" build -v -o "$scratch/whole" 2> "$scratch/said"
whole=$(said)
if command -v parallel > /dev/null; then
    parallel "$DOCSGEN" build -q --shard {}/4 -o "$scratch/part-{}" ::: 1 2 3 4 2> /dev/null < /dev/null
else
    for k in 1 2 3 4; do "$DOCSGEN" build -q --shard $k/4 -o "$scratch/part-$k"; done
fi
pages() { (cd "$1" && find . -name '*.html' | sort); }
is 'every page is in one slice' "$(for k in 1 2 3 4; do pages "$scratch/part-$k"; done | sort | uniq -c | awk '$1 != 1')" ''
run "$DOCSGEN" merge -v -o "$scratch/joined" "$scratch"/part-{3,1,4,2}
printf '%s\n' "$err" > "$scratch/said"
is 'joined: the same findings' "$(said)" "$whole"
is 'joined: the same files' "$(diff -r "$scratch/whole" "$scratch/joined")" ''
is 'joined: the status of the findings' "$status" 1

run "$DOCSGEN" merge -q -o "$scratch/joined" "$scratch"/part-{1,2,3}
is 'without one slice: its pages are rendered' "$(diff -r "$scratch/whole" "$scratch/joined")" ''
is 'without one slice: said' "$(grep -c 'pages are in none of the shards; these pages were rendered once more' <<< "$err")" 1
dd if=/dev/zero of="$scratch/part-1/.docsgen-shard" bs=1 seek=200 count=20 conv=notrunc 2> /dev/null
run "$DOCSGEN" merge -q -o "$scratch/joined" "$scratch"/part-{1,2,3,4}
is 'a damaged slice is not believed' "$(diff -r "$scratch/whole" "$scratch/joined")" ''
is 'a damaged slice is named' "$(grep -c "part-1\" is damaged" <<< "$err")" 1
page=$(pages "$scratch/part-2" | head -n 1)
printf 'x' >> "$scratch/part-2/$page"
run "$DOCSGEN" merge -q -o "$scratch/joined" "$scratch"/part-{2,3,4}
is 'nor is a page that somebody changed' "$(diff -r "$scratch/whole" "$scratch/joined")" ''
printf '\nMore.\n' >> site-src/index.md
"$DOCSGEN" build -q -o "$scratch/whole" 2> /dev/null
run "$DOCSGEN" merge -q -o "$scratch/joined" "$scratch"/part-{2,3,4}
is 'slices of other sources are not used' "$(diff -r "$scratch/whole" "$scratch/joined")" ''
is 'slices of other sources are named' "$(grep -c 'was made of other sources' <<< "$err")" 1

run "$DOCSGEN" merge
is 'no slice: usage' "$err" 'docsgen: merge needs the folders that build --shard wrote
try "docsgen merge --help"'
run "$DOCSGEN" merge "$scratch/whole"
is 'no slice in a folder: status' "$status" 3
is 'no slice in a folder: said' "$err" "docsgen: no shard in \"$scratch/whole\": no such file"
for wrong in 5/4 0/4 4 x/4 1/ -1/4; do
    run "$DOCSGEN" build --shard=$wrong
    is "--shard $wrong" "$status $(head -n 1 <<< "$err")" "2 docsgen: no shard \"$wrong\"; write 2/4 for the second of four"
done
done_testing
