#!/bin/bash
# Looks for data races with what was built with -fsanitize=thread in BUILD-FOLDER: checks every small site and this project with
# eight threads; joins slices, and serves a crowd. With ALL every unit test and every shell test runs as well.
# usage: [ALL=1] races.sh BUILD-FOLDER
set -u
cd "$(dirname "$0")/.." || exit 3
program=$1/docsgen
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TSAN_OPTIONS="suppressions=$PWD/scripts/watch.threads.supp exitcode=66"
bad=0 count=0
# watched NAME COMMAND...: a run whose races are told.
watched() {
    local name=$1
    shift
    "$@" > "$work/log" 2>&1
    count=$((count + 1))
    grep -q 'WARNING: ThreadSanitizer' "$work/log" || return 0
    echo "a data race in $name:"
    grep -A 16 'WARNING: ThreadSanitizer' "$work/log" | head -n 40
    bad=1
    return 1
}
for site in tests/sites/*/in .; do
    rm -rf "$work/site"
    mkdir "$work/site"
    for item in docsgen.yml site-src diagrams data docs; do
        [ ! -e "$site/$item" ] || cp -r "$site/$item" "$work/site/"
    done
    # What two threads do at a time differs from run to run.
    for _ in 1 2; do
        watched "$site" "$program" -C "$work/site" check -q -j 8 || break
    done
done
tests=(tests/cli/shard.test.sh tests/cli/serve.test.sh)
if [ -n "${ALL:-}" ]; then
    # Those that measure time or draw some thousand graphs use one thread.
    slow='agreement|corpus|hostile|layout_test|phases|order_test|groups_test|rate_test|sequence_layout|simplex'
    for test in $(find tests/unit tests/hostile -name '*_test.c' | grep -vE "$slow"); do
        watched "$test" env DOCSGEN="$PWD/$program" DOCSGEN_SANDBOX=off timeout 600 "$1/${test%.c}"
    done
    mapfile -t tests < <(find tests/cli tests/sites tests/hostile -name '*.test.sh' | sort)
fi
scripts/watch.sh threads "$program" "${tests[@]}" || bad=1
[ $bad -eq 0 ] && echo "no data race in $count runs and ${#tests[@]} tests of the command line"
exit $bad
