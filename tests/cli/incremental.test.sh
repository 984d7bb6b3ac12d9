#!/bin/bash
# A build over the last one redoes only what changed, and gives the files and findings of a clean one. Held by random edits
# (incremental.py), INCREMENTAL (40) rounds of them, or 500: `INCREMENTAL=500 SEED=7 tests/cli/incremental.test.sh`.
. "$(dirname "$0")/../tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ben GIT_COMMITTER_EMAIL=ben@example.org
export GIT_AUTHOR_DATE=2026-01-01T00:00:00Z GIT_COMMITTER_DATE=2026-01-01T00:00:00Z

if command -v python3 > /dev/null && command -v git > /dev/null; then
    run python3 "$here/incremental.py" "$DOCSGEN" "$scratch/random" "${INCREMENTAL:-40}" "${SEED:-1}"
    if [ "$status" = 0 ]; then pass "random edits: ${out%;*}"; else fail 'random edits' "$out$err"; fi
else
    skip 'random edits' 'python3 or git is not installed'
fi

mkdir -p "$scratch/site/site-src"
cd "$scratch/site" || exit 3
export XDG_CACHE_HOME=$scratch/cache
printf '# Start\n\nSee [gone](gone.md) and [next](next.md).\n' > site-src/index.md
printf -- '---\ndescription: Next\n---\n# Next\n\nText.\n' > site-src/next.md
sleep 0.1

# opened: which sources the last `build` opened; empty when it was answered from memory. Sets said. The kernel does not know
# the calls in `unknown`.
opened() {
    strace -f -z -qq -e trace=open,openat,openat2 ${unknown:+-e "inject=$unknown:error=ENOSYS"} -e signal=none -o "$scratch/trace" "$DOCSGEN" build "$@" 2> "$scratch/said"
    said=$(sed 's/ in [0-9.]* s//' "$scratch/said")
    grep -o 'site-src/[a-z]*\.md' "$scratch/trace" | sort -u | xargs
}
# made: the pages that were written for the last build.
made() {
    grep -o 'docsgen-new/[a-z]*\.html' "$scratch/trace" | sed 's/.*new.//' | sort -u | xargs
}
if strace -o "$scratch/trace" true 2> /dev/null; then
    first=$(opened)
    is 'a first build reads the pages' "$first" 'site-src/index.md site-src/next.md'
    opened > "$scratch/read" # not in a subshell: $said is looked at below
    is 'the next one reads only what its findings show' "$(cat "$scratch/read")" 'site-src/index.md'
    is 'and says the same' "$said" "$(opened > /dev/null && sed 's/ in [0-9.]* s//' "$scratch/said")"
    # Kernels before Linux 5.6 and some sandboxes have no openat2.
    is 'a kernel that knows less is asked no more' "$(unknown=openat2 && opened --clean > /dev/null && opened)" 'site-src/index.md'
    sleep 0.1
    printf -- '---\ndescription: Next\n---\n# Next\n\nAgain.\n' > site-src/next.md
    opened > /dev/null
    is 'a page that is found fault with is not made again' "$(made)" 'next.html'
    is 'what was found is said again' "$(grep -c 'error: no page "gone.md" \[link/page\]\|       ^~~~~~~$' "$scratch/said")" 2
    sleep 0.1
    printf -- '---\ndescription: Gane\n---\n# Gane\n' > site-src/gane.md
    opened > /dev/null
    is 'a page that may have been meant is named' "$(grep -c '\^~~~~~~ did you mean "gane.md"?' "$scratch/said")" 1
    rm site-src/gane.md
    sleep 0.1
    opened > /dev/null
    sleep 0.1
    touch site-src/next.md
    is 'a file that was only touched is looked into' "$(opened)" 'site-src/index.md site-src/next.md'
    is 'a time that is put back does not hide a change' "$(
        touch -r site-src/next.md "$scratch/time"
        printf -- '---\ndescription: Next\n---\n# Next\n\nMore.\n' > site-src/next.md
        touch -r "$scratch/time" site-src/next.md
        opened > /dev/null
        grep -c More output/next.html)" 1
    sleep 0.1
    opened > /dev/null
    rm output/next.html
    opened > /dev/null
    is 'a written file that is gone is written again' "$(grep -c More output/next.html)" 1
    sleep 0.1
    opened > /dev/null
    mkdir parts
    printf 'size: 1\nname: one\n' > parts/values.yml
    printf 'Part. {{ values.yml#name }}\n' > parts/part.md
    printf -- '---\ndescription: Takes\n---\n# Takes\n\n{{ ../parts/values.yml#size }}\n\n{{ include: ../parts/part.md }}\n' > site-src/takes.md
    printf -- '---\ndescription: Other\n---\n# Other\n\n{{ ../parts/values.yml#name }}\n' > site-src/other.md
    opened > /dev/null
    sleep 0.1
    printf -- '---\ndescription: Next\n---\n# Next\n\nLast.\n' > site-src/next.md
    is 'a page that takes a value and includes a file is kept' "$(opened)" 'site-src/index.md site-src/next.md'
    sleep 0.1
    printf 'size: 2\nname: one\nmore: 1\n' > parts/values.yml
    is 'a value that changes is one for those that take it' "$(opened)" 'site-src/index.md site-src/takes.md'
    is 'and they have it' "$(grep -c '<p>2</p>' output/takes.html)" 1
    sleep 0.1
    printf 'Other part. {{ values.yml#name }}\n' > parts/part.md
    is 'as is the text of an included file' "$(opened)" 'site-src/index.md site-src/takes.md'
    sleep 0.1
    printf 'size: 2\nname: two\n' > parts/values.yml
    is 'and a value in it' "$(opened)" 'site-src/index.md site-src/other.md site-src/takes.md'
    rm site-src/takes.md site-src/other.md
    opened > /dev/null
    sleep 0.1
    is '--clean does not ask' "$(opened --clean)" 'site-src/index.md site-src/next.md'
    is 'clean forgets' "$("$DOCSGEN" clean -q && ls "$scratch/cache/docsgen/builds")" ''
    is 'without a place for the memory it builds' "$(HOME='' XDG_CACHE_HOME='' opened)" 'site-src/index.md site-src/next.md'
    is 'nor does a memory that cannot be written stop it' "$(
        mkdir "$scratch/file" && : > "$scratch/file/docsgen"
        XDG_CACHE_HOME=$scratch/file opened)" 'site-src/index.md site-src/next.md'
else
    skip 'a build that is answered from memory' 'no strace, or no right to use it'
fi
done_testing
