#!/bin/bash
# Runs each tests/fuzz/NAME_fuzz.c (or those that are named) for some seconds, one after the other, beginning with this
# repository's own sources and tests/fuzz/seeds/NAME/ as examples; tests/fuzz/NAME.dict holds words worth trying. What was found
# worth keeping stays in .build/fuzz/NAME/found, so that the next run goes on from there. A crash leaves its input in
# .build/fuzz/NAME/ and ends with status 1. Inputs are short: ten of them find more than one that is long.
# usage: fuzz.sh SECONDS [NAME...]
set -u
seconds=$1
shift
cd "$(dirname "$0")/.." || exit 3
build=.build/fuzz
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -Igenerator -Itests -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all"
libraries="$(pkg-config --libs yaml-0.1 harfbuzz harfbuzz-subset libxml-2.0 librsvg-2.0 cairo fontconfig zlib) -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm"

# The ends of the names of files that are good examples for an entry point.
ends_of() {
    case $1 in
        markdown | region | search | tracker | edit | site) echo md ;;
        settings | data | cost) echo yml ;;
        infracost) echo json ;;
        csv) echo csv ;;
        picture) echo svg ;;
        template) echo html ;;
        highlight) echo c sh mjs css yml md ;;
        diagram | flow | sequence | class | state | er) echo mmd ;;
    esac
}

# The first line of diagrams that an entry point writes itself.
first_line_of() {
    case $1 in
        flow) echo '^(flowchart|graph)' ;;
        sequence | class) echo "^$1Diagram" ;;
        state) echo '^stateDiagram' ;;
        er) echo '^erDiagram' ;;
    esac
}

examples() {
    local end file first to=$build/$1/examples
    first=$(first_line_of "$1")
    rm -rf "$to"
    mkdir -p "$to"
    for end in $(ends_of "$1"); do
        find site-src diagrams generator tests -path '*node_modules*' -prune -o -type f -size -20k -name "*.$end" -print |
            while read -r file; do
                if [ -z "$first" ]; then
                    cp "$file" "$to/$(tr / _ <<< "$file")"
                elif head -n 1 "$file" | grep -qE "$first"; then
                    tail -n +2 "$file" > "$to/$(tr / _ <<< "$file")"
                fi
            done
    done
    [ "$1" != site ] || cp tests/hostile/found/* "$to"
    [ ! -d "tests/fuzz/seeds/$1" ] || cp "tests/fuzz/seeds/$1"/* "$to"
}

bad=0
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    words=()
    case $name in diagram | flow | sequence | class | state | er) words=(-dict=tests/fuzz/diagram.dict) ;; esac
    [ ! -f "tests/fuzz/$name.dict" ] || words=("-dict=tests/fuzz/$name.dict")
    mkdir -p "$build/$name/found"
    examples "$name"
    # shellcheck disable=SC2086
    clang $flags -o "$build/$name/fuzz" "$source" $build/libdocsgen.a $libraries || exit 3
    export LSAN_OPTIONS=suppressions=tests/fuzz/leaks
    "$build/$name/fuzz" "${words[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4000 -print_final_stats=1 \
        -artifact_prefix="$build/$name/" "$build/$name/found" "$build/$name/examples" > "$build/$name/log" 2>&1 || bad=1
    printf '%-10s %9d inputs, %5d blocks reached\n' "$name" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name/log")" \
        "$(grep -oE 'cov: [0-9]+' "$build/$name/log" | tail -n 1 | tr -dc 0-9)"
    grep -E 'SUMMARY|ERROR' "$build/$name/log"
done
exit $bad
