#!/bin/bash
# Runs each tests/fuzz/NAME_fuzz.c (or those that are named) for some seconds, one after the other, beginning with this
# repository's own sources and tests/fuzz/seeds/NAME/ as examples; tests/fuzz/NAME.dict holds words worth trying. What was found
# worth keeping stays in .build/fuzz/NAME/found (or in NAME/ of FUZZ_FOUND), so that the next run goes on from there. A crash leaves
# its input in .build/fuzz/NAME/ and ends with status 1. Inputs are short: ten of them find more than one that is long. Two runs
# at a time do not disturb each other: what is one's own has a folder of its own, and takes its place when it ends. With no seconds
# (0) what was found before is tried again, and nothing else.
# usage: fuzz.sh SECONDS [NAME...]
set -u
seconds=$1
shift
cd "$(dirname "$0")/.." || exit 3
build=.build/fuzz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
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
    local end file first to=$work/$1
    first=$(first_line_of "$1")
    mkdir "$to"
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

# last_number PATTERN LOG: of the last place that fits, or 0.
last_number() {
    grep -oE "$1[0-9]+" "$2" | tail -n 1 | grep -oE '[0-9]+$' || echo 0
}

bad=() count=0
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    words=()
    case $name in
        flow | sequence | class | state | er) words=(-dict=tests/fuzz/diagram.dict) ;;
        # Most of what is short is turned away before anything is read.
        shard) words=(-len_control=0) ;;
    esac
    [ "$seconds" -gt 0 ] || words+=(-runs=0)
    [ ! -f "tests/fuzz/$name.dict" ] || words+=("-dict=tests/fuzz/$name.dict")
    found=${FUZZ_FOUND:-$build}/$name log=$work/$name.log
    [ -n "${FUZZ_FOUND:-}" ] || found+=/found
    mkdir -p "$build/$name" "$found"
    examples "$name"
    # shellcheck disable=SC2086
    clang $flags -o "$work/$name.fuzz" "$source" $build/libdocsgen.a $libraries || exit 3
    export LSAN_OPTIONS=suppressions=tests/fuzz/leaks
    begin=$SECONDS
    "$work/$name.fuzz" "${words[@]}" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 -max_len=4000 -print_final_stats=1 \
        -artifact_prefix="$build/$name/" "$found" "$work/$name" > "$log" 2>&1 || bad+=("$name")
    printf '%-10s %9d inputs in %4d s, %5d blocks reached, %d before\n' "$name" "$(last_number 'executed_units: *' "$log")" $((SECONDS - begin)) \
        "$(last_number 'cov: ' "$log")" "$(last_number 'cov: ' <(grep INITED "$log"))"
    grep -E 'SUMMARY|ERROR' "$log"
    rm -rf "$build/$name/examples"
    mv "$work/$name" "$build/$name/examples"
    mv "$log" "$build/$name/log"
    count=$((count + 1))
done
echo "fuzz: ${bad[*]:-nothing} found in $count entry points"
[ ${#bad[@]} -eq 0 ]
