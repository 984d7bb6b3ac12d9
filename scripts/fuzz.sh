#!/bin/bash
# Runs each tests/fuzz/NAME_fuzz.c (or those that are named) for some seconds, beginning with this repository's own sources and
# tests/fuzz/seeds/ as examples; tests/fuzz/NAME.dict holds words worth trying. A crash leaves its input in .build/fuzz/NAME/
# and ends with status 1. Inputs are short: ten of them find more than one that is long. usage: fuzz.sh SECONDS [NAME...]
set -u
seconds=$1
shift
cd "$(dirname "$0")/.." || exit 3
build=.build/fuzz
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -Igenerator -Itests -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all"
libraries="$(pkg-config --libs yaml-0.1 harfbuzz harfbuzz-subset libxml-2.0 librsvg-2.0 cairo fontconfig) -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm"
bad=0
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    dictionary=
    if [ -f "tests/fuzz/$name.dict" ]; then dictionary=-dict=tests/fuzz/$name.dict; fi
    mkdir -p "$build/$name/examples" "$build/$name/found"
    find site-src diagrams tests -path '*node_modules*' -prune -o -type f -size -20k \
        \( -name '*.md' -o -name '*.mmd' -o -name '*.yml' -o -name '*.csv' \) -print |
        while read -r file; do cp "$file" "$build/$name/examples/$(tr / _ <<< "$file")"; done
    # shellcheck disable=SC2086
    clang $flags -o "$build/$name/fuzz" "$source" $build/libdocsgen.a $libraries || exit 3
    echo "== $name"
    # shellcheck disable=SC2086
    "$build/$name/fuzz" $dictionary -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=4000 -print_final_stats=1 \
        -artifact_prefix="$build/$name/" "$build/$name/found" "$build/$name/examples" > "$build/$name/log" 2>&1 || bad=1
    grep -E 'stat::number_of_executed_units|SUMMARY|ERROR' "$build/$name/log"
done
exit $bad
