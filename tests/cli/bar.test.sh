#!/bin/bash
# The bar of a long build: on a terminal only, after half a second, and gone in the end.
. "$(dirname "$0")/../tap.sh"
cd "$scratch" || exit 3
if ! command -v script > /dev/null; then
    skip 'a bar on a terminal' 'script is not installed (bsdutils)'
    done_testing
fi
if ! script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
    skip 'a bar on a terminal' 'there are no terminals here (/dev/pts)'
    done_testing
fi
export TERM=xterm
mkdir -p small/site-src large/site-src
printf '# Small\n' > small/site-src/index.md
printf '# Large\n' > large/site-src/index.md
# Some hundred words with a link and code on each page; twice as many pages until a build takes long enough on this machine.
{
    printf '# Page\n\n'
    for part in $(seq 40); do printf '## Part %s\n\n[one](index.md) and `code` and *words* of %s\n\n```c\nint x = %s;\n```\n\n' "$part" "$part" "$part"; done
} > page
terminal() { script -qec "$*" /dev/null < /dev/null | tr -d '\n'; }
# taken TEXT: the hundredths of a second that a build took, by its summary.
taken() { sed -n 's/.* in \([0-9]*\)\.\([0-9][0-9]\)[0-9]* s.*/\1\2/p' <<< "$1" | sed 's/^0*\(.\)/\1/'; }
pages=0
for more in 100 100 200 400 800 1600 3200 6400 12800; do
    for _ in $(seq $more); do cp page "large/site-src/page-$((pages++)).md"; done
    # What counts is how long this very run took: the next one may have the machine to itself.
    shown=$(terminal "$DOCSGEN -C large build -j 1 --clean")
    [ "$(taken "$shown")" -gt 150 ] && break
done
run "$DOCSGEN" -C large build -j 1 --clean
is 'without a terminal there is no bar' "$status$(grep -c '%' <<< "$err")" 00
is 'a long build shows one' "$(grep -qE $'\r\\[#*\\.*\\] +[0-9]+ %' <<< "$shown" && echo yes)" yes
# What is left of the line when all is over: nothing of the bar, and the summary.
is 'it is wiped before the summary' "$(sed -E $'s/.*\r\x1b\\[K//; s/built .* -> .*/summary/' <<< "$shown")" summary
is 'it does not go back' "$(grep -oE '[0-9]+ %' <<< "$shown" | cut -d' ' -f1 | sort -nc 2>&1)" ''
is 'not with --quiet' "$(terminal "$DOCSGEN -C large build -q -j 1 --clean")" ''
is 'not on a terminal that cannot move back' "$(TERM=dumb terminal "$DOCSGEN -C large build -j 1 --clean" | grep -c '%')" 0
for _ in $(seq 20); do
    quick=$(terminal "$DOCSGEN -C small build --clean" | grep -c '%')
    [ "$quick" = 0 ] && break
done
is 'a short build shows none' "$quick" 0
done_testing
