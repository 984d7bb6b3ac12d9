#!/bin/bash
# Runs shell tests with a program that is watched for what no output shows: bad accesses and lost memory (valgrind), or data races
# (threads: a program built with -fsanitize=thread). Whether the tests pass is judged elsewhere: watched programs are slow, and
# the kernel's sandbox is off, since it would keep the watcher from its own files.
# usage: watch.sh valgrind|threads PROGRAM TEST...
set -u
cd "$(dirname "$0")/.." || exit 3
kind=$1 WATCHED=$(realpath "$2")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/logs"
export WATCHED WATCH_LOGS=$work/logs WATCH_SUPPRESSIONS=$PWD/scripts/watch.$kind.supp WATCH_VALGRIND=
export DOCSGEN=$PWD/tests/watched.sh DOCSGEN_SANDBOX=off CRASHES=${CRASHES:-4} INCREMENTAL=${INCREMENTAL:-4}
if [ "$kind" = valgrind ]; then
    WATCH_VALGRIND=$(command -v valgrind) || { echo 'valgrind is not installed' && exit 3; }
else
    export TSAN_OPTIONS="suppressions=$WATCH_SUPPRESSIONS exitcode=0 log_path=$WATCH_LOGS/race"
fi
bad=0
for test; do
    timeout "${WATCH_SECONDS:-1800}" bash "$test" > "$work/said" 2>&1
    failed=$(grep -c '^not ok' "$work/said")
    [ "$failed" -eq 0 ] || echo "$test: $failed checks fail while the program is watched; judge them by make test"
    [ -z "${WATCH_SAID:-}" ] || grep -A 4 '^not ok' "$work/said"
    # What this valgrind does not know of the kernel (openat2) it says once for each call, on lines that begin with two dashes.
    found=$(grep -lrE '^==[0-9]+== |WARNING: ThreadSanitizer' "$work/logs")
    if [ -n "$found" ]; then
        echo "$test: found in $(wc -l <<< "$found") runs, the first:"
        grep -hv '^--' "$(head -n 1 <<< "$found")" | head -n 40
        bad=1
    fi
    rm -f "$work/logs"/*
done
[ $bad -eq 0 ] && echo "$kind: nothing found in $# tests"
exit $bad
