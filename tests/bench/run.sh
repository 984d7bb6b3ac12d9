#!/bin/bash
# How fast diagrams are drawn, beside others, and what they weigh. `make bench` calls it; nothing here passes or fails, nothing is
# installed, and an engine that is absent is skipped by name. The figures are kept in BUILD/bench/diagrams.json.
# usage: run.sh BUILD    PEERS=DIR      a folder whose node_modules has elkjs, mermaid and puppeteer-core
#                        CORPUS=DIR     real diagrams, a folder for each kind; ../shared/corpus/mermaid
#                        SIZES="10 25"  numbers of nodes
#                        LIMIT=60       seconds of time of day for one graph in one other engine
set -u
cd "$(dirname "$0")/../.." || exit 3
build=$1 bench=$1/bench graphs=$1/bench/graphs
sizes=${SIZES:-10 25 50 120 500 2000 5000} limit=${LIMIT:-60} peers=${PEERS:-} corpus=${CORPUS:-../shared/corpus/mermaid}
figures=$bench/diagrams.tsv
mkdir -p "$graphs"

# shellcheck disable=SC2086
"$bench/diagrams" "$graphs" $sizes > "$figures" || exit 3

if [ -d "$corpus" ]; then
    "$bench/corpus" "$corpus" >> "$figures" || exit 3
else
    echo "skipped: real diagrams (there is no folder $corpus)"
fi

# measure ENGINE COMMAND...: the command once for each graph, which is appended as KIND SIZE; too slow ends the larger ones.
measure() {
    local engine=$1 kind size
    shift
    for kind in arch dag; do
        for size in $sizes; do
            timeout "$limit" "$@" "$kind" "$size" >> "$figures" 2> "$bench/error" && continue
            if [ $? -eq 124 ]; then
                printf '%s\t%s\t%s\tlimit_s\t%s\n' "$kind" "$size" "$engine" "$limit" >> "$figures"
            else
                echo "skipped: $engine fails on $kind-$size: $(head -n 1 "$bench/error")"
            fi
            break
        done
    done
}

graphviz() { "$bench/graphviz" "$1" "$2" "$graphs/$1-$2.dot"; }
export -f graphviz
export bench graphs

# The program draws one graph of its input after another: more copies less one copy leaves out its own start.
dot_cpu() { bash -c 'TIMEFORMAT="%U %S"; time dot -Tsvg -o /dev/null' 2>&1 | awk '{ print 1000 * ($1 + $2) }'; }
copies() { for ((i = 0; i < $2; i++)); do cat "$1"; done; }
dot_program() {
    local file=$graphs/$1-$2.dot more=$(($2 < 200 ? 20 : 1))
    echo "$(copies "$file" $((more + 1)) | dot_cpu) $(dot_cpu < "$file") $more" |
        awk -v kind="$1" -v size="$2" '{ printf "%s\t%s\tdot\ttotal_ms\t%.3f\n", kind, size, ($1 - $2) / $3 }'
}
export -f dot_program dot_cpu copies

build_graphviz() {
    pkg-config --exists libgvc || return 1
    # shellcheck disable=SC2046
    ${CC:-cc} -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -Igenerator -Itests $(pkg-config --cflags libgvc | sed 's,\(-I[^ ]*\)/graphviz,\1 &,') \
        -o "$bench/graphviz" tests/bench/graphviz.c $(pkg-config --libs libgvc) 2> "$bench/error" && return 0
    echo "skipped: libgvc does not link ($(head -n 1 "$bench/error"))"
    return 1
}

if build_graphviz; then
    measure libgvc bash -c 'graphviz "$@"' -
elif command -v dot > /dev/null; then
    measure dot bash -c 'dot_program "$@"' -
else
    echo 'skipped: Graphviz (neither libgvc nor the program dot)'
fi
for engine in elkjs mermaid; do
    if [ -z "$peers" ]; then
        echo "skipped: $engine (PEERS=DIR names a folder with node_modules)"
    elif [ ! -d "$peers/node_modules/$engine" ]; then
        echo "skipped: $engine (not in $peers/node_modules)"
    elif [ $engine = mermaid ] && [ ! -d "$peers/node_modules/puppeteer-core" ]; then
        echo "skipped: mermaid (puppeteer-core is not in $peers/node_modules)"
    else
        measure $engine node tests/bench/peers.mjs "$engine" "$graphs" "$peers"
    fi
done

# The page of this site with most diagrams: all it needs to show them, compressed as a server sends it.
page=observability-architecture.html
if "$build/docsgen" build -q -o "$bench/site" > "$bench/error" 2>&1; then
    weight() { printf 'weight\t0\t%s\t%s\t%s\n' "$1" "$2" "$3" >> "$figures"; }
    weight docsgen page_gzip_bytes "$(gzip -9c "$bench/site/$page" | wc -c)"
    weight docsgen svg_gzip_bytes "$(awk 'BEGIN { RS = "</svg>" } i = index($0, "class=\"dg\"") { print substr($0, i) RS }' "$bench/site/$page" | gzip -9c | wc -c)"
    weight docsgen svg_count "$(grep -o '<svg [^>]*class="dg"' "$bench/site/$page" | wc -l)"
    bundle=$peers/node_modules/mermaid/dist/mermaid.min.js
    [ -n "$peers" ] && [ -f "$bundle" ] && weight mermaid bundle_gzip_bytes "$(gzip -9c "$bundle" | wc -c)"
else
    echo "skipped: page weight ($(head -n 1 "$bench/error"))"
fi
awk -v json="$bench/diagrams.json" -f tests/bench/report.awk "$figures" && echo "figures: $bench/diagrams.json"
