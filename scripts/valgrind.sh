#!/bin/bash
# Runs the unit tests under valgrind: an invalid access, a jump on something unset or memory that is lost is a fault. Those that
# measure time, or draw some thousand graphs, would take hours so and are left out. usage: valgrind.sh BUILD-FOLDER
set -u
cd "$(dirname "$0")/.." || exit 3
command -v valgrind > /dev/null || { echo 'valgrind is not installed' && exit 3; }
export DOCSGEN=$PWD/$1/docsgen DOCSGEN_SANDBOX=off
slow='agreement|corpus|threads|hostile|layout_test|phases|order_test|groups_test|rate_test|sequence_layout|simplex'
# Libraries that draw keep caches, and lose some of them, until the program ends.
suppressions=$(mktemp)
trap 'rm -f "$suppressions" /tmp/valgrind.$$' EXIT
for library in fontconfig rsvg glib pango; do
    printf '{\n%s\nMemcheck:Leak\nmatch-leak-kinds:definite\n...\nobj:*/lib%s*\n...\n}\n' $library $library
done > "$suppressions"
bad=0 count=0
for test in $(find tests/unit tests/errors -name '*_test.c' | grep -vE "$slow" | sort); do
    program=$1/${test%.c}
    # Libraries keep caches until the end: only what nothing points to is lost.
    if ! timeout 600 valgrind --quiet --error-exitcode=66 --leak-check=full --errors-for-leak-kinds=definite \
        --show-leak-kinds=definite --suppressions="$suppressions" "$program" > /tmp/valgrind.$$ 2>&1; then
        # A test may fail for being slow, or because a missing program cannot be told from one that ended; by then it has lost
        # what it held. What valgrind finds is marked.
        records=$(awk -v failed="$(grep -c '^\[  FAILED' /tmp/valgrind.$$)" '
            /^==[0-9]+== *$/ { if (!failed || record !~ /definitely lost/) printf "%s", record; record = ""; next }
            /^==/ { record = record $0 "\n" }
            END { if (!failed || record !~ /definitely lost/) printf "%s", record }' /tmp/valgrind.$$)
        [ -z "$records" ] || { echo "$program:" && head -n 30 <<< "$records" && bad=1; }
    fi
    count=$((count + 1))
done
[ $bad -eq 0 ] && echo "nothing found in $count programs"
exit $bad
