#!/bin/bash
# Runs the tests under valgrind: an invalid access, a jump on something unset or memory that is lost is a fault. Those that draw
# or read some thousand inputs come last, as they take most of the time. Left out are what compares us with Mermaid over a corpus,
# and what makes a package or an installation of another build.
# usage: valgrind.sh BUILD-FOLDER [TEST...]
set -u
cd "$(dirname "$0")/.." || exit 3
build=$1
shift
long='threads|hostile/(data|markdown|slice|slow)|hostile_test|layout_test'
if [ $# -eq 0 ]; then
    mapfile -t all < <(find tests -name '*_test.c' | grep -vE "agreement|$long" | sort
        find tests -name '*.test.sh' -not -path '*/node_modules/*' | grep -vE 'install|/deb/' | sort
        find tests -name '*_test.c' | grep -E "$long" | sort)
    set -- "${all[@]}"
fi
scripts/watch.sh valgrind "$build" "$@"
