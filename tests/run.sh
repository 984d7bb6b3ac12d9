#!/bin/bash
# Runs every test and ends with a line "N passed, N failed". Test programs are cmocka's and speak TAP, and so are the
# scripts tests/*/*.test.sh. usage: tests/run.sh BUILD-FOLDER
set -u
cd "$(dirname "$0")/.." || exit 3
export DOCSGEN="$PWD/$1/docsgen" CMOCKA_MESSAGE_OUTPUT=TAP
# librsvg and fontconfig keep caches until the process ends, which the leak checker takes for leaks.
export ASAN_OPTIONS=detect_leaks=0:strict_string_checks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
# What is remembered between runs must not come from somebody's own work, nor go there.
work=$(mktemp -d)
export XDG_CACHE_HOME=$work/cache
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0 failures=
sanitized=$(grep -qa __asan_init "$DOCSGEN" && echo yes)
tests=()
for test in $(find "$1/tests" -name '*_test' -type f | sort) $(find tests -name '*.test.sh' | sort); do
    # A program whose source is gone was left over by an older build.
    [[ $test == *_test && ! -f ${test#"$1"/}.c ]] || tests+=("$test")
done

# One test; what it says goes to $work/NUMBER, its status beside it when it has ended.
run_one() {
    local runner=()
    [[ $2 == *.sh ]] && runner=(bash)
    # Only for what hangs: on a machine with much else to do, the longest take some minutes.
    timeout 1800 "${runner[@]}" "$2" > "$work/$1" 2>&1
    echo $? > "$work/$1.status.new"
    mv "$work/$1.status.new" "$work/$1.status"
}
export work
export -f run_one

# What the sanitized program writes is compared elsewhere; a browser would read the same pages again. The preview stays.
is_left_out() {
    [[ $sanitized && $1 == tests/browser/* && $1 != */serve.test.sh ]]
}

# As many at a time as there are processors; they are told in the order of their names all the same.
for i in "${!tests[@]}"; do
    is_left_out "${tests[i]}" || printf '%s\0' "$i" "${tests[i]}"
done | xargs -0 -n 2 -P "${TEST_JOBS:-$(nproc)}" bash -c 'run_one "$@"' run_one &
runner=$!
for i in "${!tests[@]}"; do
    test=${tests[i]}
    if is_left_out "$test"; then
        skipped=$((skipped + 1))
        printf 'ok   %s # skip its pages are those of the plain run\n' "$test"
        continue
    fi
    until [ -f "$work/$i.status" ] || ! kill -0 $runner 2> /dev/null; do sleep 0.05; done
    output=$(< "$work/$i") status=$(cat "$work/$i.status" 2> /dev/null || echo 125)
    ok=$(grep -c '^ok ' <<<"$output")
    # cmocka prints a skipped test as "not ok 1 # SKIP name", which TAP takes for a skip as well.
    skip=$(grep -ciE '^(not )?ok .*# skip' <<<"$output")
    not_ok=$(grep '^not ok ' <<<"$output" | grep -vic '# skip')
    # A crash or time-out prints no "not ok" of its own.
    if [ $status -ne 0 ] && [ "$not_ok" -eq 0 ]; then not_ok=1; fi
    if [ $((ok + not_ok + skip)) -eq 0 ]; then not_ok=1; fi
    passed=$((passed + $(grep '^ok ' <<<"$output" | grep -vic '# skip'))) failed=$((failed + not_ok)) skipped=$((skipped + skip))
    if [ "$not_ok" -gt 0 ]; then
        printf 'FAIL %s (status %s)\n%s\n' "$test" $status "$output"
        failures+="$test (status $status)"$'\n'$(grep -A 12 '^not ok ' <<<"$output" | grep -v '^ok ' || tail -n 12 <<<"$output")$'\n'
    else
        printf 'ok   %s (%s)\n' "${test#"$1"/}" "$ok"
        grep -iE '^(not )?ok .*# skip' <<<"$output" | sed 's/^/     /'
    fi
done
# What failed, once more and short: the end of a log is what is read first.
[ $failed -gt 0 ] && printf '\nfailures:\n%s\n' "$failures"
[ $skipped -gt 0 ] && echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
