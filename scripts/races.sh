#!/bin/bash
# Looks for data races with what was built with -fsanitize=thread in BUILD-FOLDER: checks every small site and this project with
# eight threads; joins slices, and serves a crowd. With ALL every unit test and every shell test runs as well; left out are what
# compares us with Mermaid over a corpus, and what makes a package or an installation of another build.
# usage: [ALL=1] races.sh BUILD-FOLDER [TEST...]
set -u
cd "$(dirname "$0")/.." || exit 3
build=$1
shift
if [ $# -gt 0 ]; then
    exec scripts/watch.sh threads "$build" "$@"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TSAN_OPTIONS="suppressions=$PWD/scripts/watch.threads.supp exitcode=66"
bad=0 count=0
# checked SITE: a run whose races are told.
checked() {
    count=$((count + 1))
    "$build/docsgen" -C "$work/site" check -q -j 8 > "$work/log" 2>&1
    grep -q 'WARNING: ThreadSanitizer' "$work/log" || return 0
    echo "a data race in $1:"
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
    checked "$site" && checked "$site"
done
[ $bad -eq 0 ] && echo "threads: nothing found in $count checks of sites"
tests=(tests/cli/shard.test.sh tests/cli/serve.test.sh)
if [ -n "${ALL:-}" ]; then
    mapfile -t tests < <(find tests -name '*_test.c' | grep -v agreement | sort
        find tests -name '*.test.sh' -not -path '*/node_modules/*' | grep -vE 'install|/deb/' | sort)
fi
scripts/watch.sh threads "$build" "${tests[@]}" || bad=1
exit $bad
