#!/bin/bash
# Runs entry points of tests/fuzz by AFL++ as well, for some seconds each: it mutates by other rules than libFuzzer does, and
# sometimes sees what that does not. Begins with the examples that fuzz.sh has gathered and what it has found. What AFL++ finds
# stays in .build/afl/NAME; a crash or a hang ends with status 1. Says so and ends well where AFL++ is not installed.
# usage: fuzz-afl.sh SECONDS [NAME...], by default markdown and diagram
set -u
seconds=$1
shift
[ $# -gt 0 ] || set -- markdown diagram
cd "$(dirname "$0")/.." || exit 3
command -v afl-fuzz > /dev/null && command -v afl-clang-fast > /dev/null ||
    { echo 'AFL++ is not installed (Debian: afl++); nothing was done' && exit 0; }
build=.build/afl
libraries="$(pkg-config --libs yaml-0.1 harfbuzz harfbuzz-subset libxml-2.0 librsvg-2.0 cairo fontconfig zlib) -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm"
export AFL_QUIET=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_USE_ASAN=1
make --no-print-directory -s CC=afl-clang-fast BUILD=$build CFLAGS='-O1 -g' $build/libdocsgen.a || exit 3
bad=0
for name; do
    work=$build/$name
    mkdir -p "$work/in"
    find ".build/fuzz/$name/examples" ".build/fuzz/$name/found" "tests/fuzz/seeds/$name" -type f -size -5k 2> /dev/null |
        head -n 2000 | xargs -r -d '\n' cp -t "$work/in"
    [ -n "$(ls -A "$work/in")" ] || echo '# a' > "$work/in/least"
    # shellcheck disable=SC2086
    afl-clang-fast -std=c17 -D_POSIX_C_SOURCE=200809L -Igenerator -Itests -O1 -g -fsanitize=fuzzer \
        -o "$work/fuzz" "tests/fuzz/${name}_fuzz.c" $build/libdocsgen.a $libraries || exit 3
    ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0 \
        afl-fuzz -i "$work/in" -o "$work/out" -V "$seconds" -m none -t 5000+ -- "$work/fuzz" > "$work/log" 2>&1
    state=$work/out/default/fuzzer_stats
    [ -f "$state" ] || { tail -n 5 "$work/log" && exit 3; }
    awk -v name="$name" '{ value[$1] = $3 }
        END { printf "%-10s %9d inputs, %s of edges, %d crashes, %d hangs\n", name, value["execs_done"], value["bitmap_cvg"],
                  value["saved_crashes"], value["saved_hangs"] }' "$state"
    [ -z "$(find "$work/out/default/crashes" "$work/out/default/hangs" -name 'id*' -print -quit)" ] || bad=1
done
exit $bad
