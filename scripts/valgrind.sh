#!/bin/bash
# Runs the tests under valgrind: an invalid access, a jump on something unset or memory that is lost is a fault. Unit tests run
# themselves so; those that measure time, or draw some thousand graphs, would take hours and are left out. Shell tests run the
# program so, each call of it; those that kill it at every system call, or compare it with others, are left out.
# usage: valgrind.sh BUILD-FOLDER [TEST...]
set -u
cd "$(dirname "$0")/.." || exit 3
build=$1
shift
command -v valgrind > /dev/null || { echo 'valgrind is not installed' && exit 3; }
export DOCSGEN=$PWD/$build/docsgen DOCSGEN_SANDBOX=off
slow='agreement|corpus|threads|hostile|layout_test|phases|order_test|groups_test|rate_test|sequence_layout|simplex'
# The quick ones come first.
[ $# -gt 0 ] || mapfile -t all < <(find tests/unit tests/errors -name '*_test.c' | grep -vE "$slow" | sort
    find tests/sites tests/cli tests/hostile -name '*.test.sh' | grep -vE 'crash|linkchecker|install|paths' | sort
    echo tests/hostile/paths.test.sh)
[ $# -gt 0 ] || set -- "${all[@]}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One unit test.
run_unit() {
    # Libraries keep caches until the end: only what nothing points to is lost.
    timeout 600 valgrind --quiet --error-exitcode=66 --leak-check=full --errors-for-leak-kinds=definite \
        --show-leak-kinds=definite --suppressions=scripts/watch.valgrind.supp "$1" > "$work/said" 2>&1 && return
    # A test may fail for being slow, or because a missing program cannot be told from one that ended; by then it has lost
    # what it held. What valgrind finds is marked.
    local records
    records=$(awk -v failed="$(grep -c '^\[  FAILED' "$work/said")" '
        /^==[0-9]+== *$/ { if (!failed || record !~ /definitely lost/) printf "%s", record; record = ""; next }
        /^==/ { record = record $0 "\n" }
        END { if (!failed || record !~ /definitely lost/) printf "%s", record }' "$work/said")
    [ -z "$records" ] || { echo "$1:" && head -n 30 <<< "$records" && return 1; }
}

bad=0 count=0 scripts=()
for test; do
    if [[ $test == *.sh ]]; then
        scripts+=("$test")
    else
        run_unit "$build/${test%.c}" || bad=1
        count=$((count + 1))
    fi
done
[ $bad -eq 0 ] && echo "valgrind: nothing found in $count programs"
[ ${#scripts[@]} -eq 0 ] || scripts/watch.sh valgrind "$build/docsgen" "${scripts[@]}" || bad=1
exit $bad
