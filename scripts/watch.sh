#!/bin/bash
# Runs tests that are watched for what no output shows: bad accesses and lost memory (valgrind), or data races (threads: built
# with -fsanitize=thread). Unit tests are watched themselves; in shell tests each call of the program is. Whether the tests pass is
# judged elsewhere: what is watched is slow, and the kernel's sandbox is off, since it would keep the watcher from its own
# files. A test that does not end in WATCH_SECONDS counts as a fault; WATCH_SAID shows which checks failed. Tests that do
# much at random, or one thing in many ways, do a part of it.
# usage: watch.sh valgrind|threads BUILD-FOLDER TEST...
set -u
cd "$(dirname "$0")/.." || exit 3
kind=$1 build=$(realpath "$2")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/logs"
export WATCHED=$build/docsgen WATCH_LOGS=$work/logs WATCH_SUPPRESSIONS=$PWD/scripts/watch.$kind.supp WATCH_VALGRIND=
export DOCSGEN=$PWD/tests/watched.sh DOCSGEN_SANDBOX=off CRASHES=${CRASHES:-4} INCREMENTAL=${INCREMENTAL:-4}
export PATHS_STEP=${PATHS_STEP:-6} SLOW_STEP=${SLOW_STEP:-6}
if [ "$kind" = valgrind ]; then
    WATCH_VALGRIND=$(command -v valgrind) || { echo 'valgrind is not installed' && exit 3; }
else
    export TSAN_OPTIONS="suppressions=$WATCH_SUPPRESSIONS exitcode=0 log_path=$WATCH_LOGS/race"
fi

# One test; what it finds goes to standard output.
watch() {
    local test=$1 command=(bash "$1") begin=$SECONDS failed=0 status found
    [[ $test == *.sh ]] || command=(env "WATCHED_TEST=$build/${test%.c}" CMOCKA_MESSAGE_OUTPUT=TAP tests/watched.sh)
    timeout "${WATCH_SECONDS:-1800}" "${command[@]}" > "$work/said" 2>&1
    status=$?
    [[ $test == *.sh ]] || failed=$(grep -c '^not ok' "$work/said")
    found=$(find "$work/logs" -type f -size +0 -exec awk -v failed="$failed" -f scripts/watch.awk {} +)
    rm -f "$work/logs"/*
    failed=$(grep -v -i '# skip' "$work/said" | grep -c '^not ok')
    echo "$test: $((SECONDS - begin)) s$([ "$failed" -eq 0 ] || echo ", $failed checks fail while they are watched (judge them by make test)")"
    [ -z "${WATCH_SAID:-}" ] || grep -A 6 '^not ok' "$work/said"
    [ -z "$found" ] || { echo "$test: found, in $(wc -l <<< "$found") lines:" && head -n 60 <<< "$found"; }
    if [ $status -ge 124 ]; then
        echo "$test: it did not end (status $status)"
        tail -n 4 "$work/said"
        return 1
    fi
    [ -z "$found" ]
}

programs=0 scripts=0 bad=()
for test; do
    if [[ $test == *.sh ]]; then scripts=$((scripts + 1)); else programs=$((programs + 1)); fi
    watch "$test" || bad+=("$test")
done
echo "$kind: ${bad[*]:-nothing} found in $programs programs, $scripts shell tests"
[ ${#bad[@]} -eq 0 ]
