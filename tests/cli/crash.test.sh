#!/bin/bash
# A run that is killed, or that finds no room, leaves the old state or the new one, never a mixture, and the next run leaves
# nothing of it behind. Each command is killed CRASHES (40) times: where strace can be had, before each of the system calls that
# change something, one run for one of them (spread over all when they are more); else, and for a quarter of them anyway, at
# moments spread over the time that it takes.
. "$(dirname "$0")/../tap.sh"
crashes=${CRASHES:-40}
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 XDG_CACHE_HOME=$scratch/cache
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ben GIT_COMMITTER_EMAIL=ben@example.org
# Pages tell the day of their commit: without this a run over midnight would find states that are neither the old nor the new one.
export GIT_AUTHOR_DATE='2026-01-05T12:00:00Z' GIT_COMMITTER_DATE='2026-01-05T12:00:00Z'
tracer=
strace -o "$scratch/trace" true 2> /dev/null && tracer=strace
[ -n "$tracer" ] || echo '# no strace, or no right to use it: runs are killed by the clock alone'
cd "$scratch" || exit 3

# tree FOLDER: one word for all of its files, their names and contents.
tree() { (cd "$1" 2> /dev/null && find . -type f ! -name '.docsgen*' ! -path './.git/*' -print0 | sort -z | xargs -0 -r sha1sum | sha1sum); }

# measure COMMAND...: sets milliseconds, of a run that nobody disturbs.
measure() {
    local begin
    begin=$(date +%s%N)
    "$@" > /dev/null 2>&1
    milliseconds=$((($(date +%s%N) - begin) / 1000000 + 1))
}

# list_calls CALLS COMMAND...: sets moments to the calls of a run in their order, each as "NAME N": the N-th of that name.
list_calls() {
    local calls=$1
    shift
    moments=()
    [ -n "$tracer" ] || return
    strace -qq -o "$scratch/trace" -e trace="$calls" -e signal=none "$@" > /dev/null 2>&1
    mapfile -t moments < <(awk -F'(' '{ print $1, ++count[$1] }' "$scratch/trace")
}

# kill_at I COMMAND...: the I-th of $crashes runs. Status 137 when it was killed in time.
kill_at() {
    local i=$1 pid moment
    shift
    if [ $((i % 4)) -ne 0 ] && [ ${#moments[@]} -gt 0 ]; then
        moment=${moments[i * ${#moments[@]} / crashes]}
        strace -qq -o /dev/null -e trace="${moment% *}" -e inject="${moment% *}:signal=KILL:when=${moment#* }" "$@" > /dev/null 2>&1
        return
    fi
    "$@" > /dev/null 2>&1 &
    pid=$!
    sleep "$(printf '%d.%03d' $((i * milliseconds / crashes / 1000)) $((i * milliseconds / crashes % 1000)))"
    kill -KILL $pid
    wait $pid
} 2> /dev/null

# compare STATE STATE: what tells two states apart, as comments, where a state can be looked into.
compare() { :; }

# crash NAME CALLS: $crashes times `prepare B; step` is killed, where `state` must then be that of A or that of B, and after one
# more step that of B; then the other way round. The caller defines prepare, step (as an array) and state.
crash() {
    local name=$1 calls=$2 i killed=0 mixed=0 unfinished=0 old new said expected from=A to=B
    prepare A
    "${step_A[@]}" > /dev/null 2>&1
    old=$(state)
    prepare B
    measure "${step_B[@]}"
    new=$(state)
    [ "$old" != "$new" ] || fail "$name: the two states differ" "$old"
    prepare A
    list_calls "$calls" "${step_A[@]}"
    for ((i = 0; i < crashes; i++)); do
        prepare $to
        local -n step=step_$to
        # A program that counts what it reaches (make coverage) writes that at its end: half of it would spoil all counts.
        GCOV_PREFIX=$scratch/gcov kill_at $i "${step[@]}"
        if [ $? -eq 137 ]; then
            killed=$((killed + 1))
        elif [ ${#moments[@]} -eq 0 ]; then
            # It was over before: the run that was measured met a busy machine.
            milliseconds=$((milliseconds / 2 + 1))
        fi
        now=$(state)
        [ "$now" = "$old" ] || [ "$now" = "$new" ] || { mixed=$((mixed + 1)) && echo "# run $i: $now" && compare "$now" "$old"; }
        said=$("${step[@]}" 2>&1)
        now=$(state)
        expected=$([ $to = A ] && echo "$old" || echo "$new")
        [ "$now" = "$expected" ] || { unfinished=$((unfinished + 1)) && echo "# after run $i: $now ${said//$'\n'/ / }" && compare "$now" "$expected"; }
        [ $to = B ] && from=B to=A || from=A to=B
    done
    is "$name: the old state or the new one" "$mixed" 0
    is "$name: the next run comes through" "$unfinished" 0
    if [ $killed -ge $((crashes / 4)) ]; then pass "$name: runs were killed on the way"; else fail "$name: runs were killed on the way" "$killed of $crashes"; fi
    echo "# $name: killed $killed times of $crashes; a run makes ${#moments[@]} calls in $milliseconds ms"
}

# ---- build: pages that change, come and go, and a file that is copied ----
mkdir -p site/site-src
(cd site && for page in index a b c d e f g h; do echo "# Page" > site-src/$page.md; done && head -c 100000 /dev/zero > site-src/zero.bin)
prepare_most() {
    sed -i "1s/.*/# Page of $1/" site/site-src/*.md
    rm -f site/site-src/only-*
    echo "# Only $1" > "site/site-src/only-$1.md"
    echo "$1" > site/site-src/only.txt
}
prepare() { prepare_most "$1"; }
state() { tree site/output; }
step_A=("$DOCSGEN" -C site build -q -j 1) step_B=("${step_A[@]}")
crash build write,link,linkat,rename,renameat,renameat2,mkdir,unlink,unlinkat,rmdir
is 'build: nothing is left beside the output' "$(cd site && ls -A)" "$(printf 'output\nsite-src')"

# ---- a small change: the folder of the site before the last is brought up to date, and takes its turn (spare.h) ----
prepare_few() {
    rm -f site/site-src/only-* site/site-src/part-*/only.txt
    printf '# Page of A\n\nText of %s\n' "$1" > site/site-src/a.md
    mkdir -p "site/site-src/part-$1"
    echo "$1" > "site/site-src/part-$1/only.txt"
}
prepare_most A
prepare() { prepare_few "$1"; }
for word in A B A B; do prepare $word && "${step_A[@]}"; done > /dev/null 2>&1
crash 'a small change' write,link,linkat,rename,renameat,renameat2,mkdir,unlink,unlinkat,rmdir
is 'a small change: nothing is left beside the output' "$(cd site && ls -A)" "$(printf 'output\nsite-src')"
is 'a small change: there is one spare at most' "$(find cache/docsgen/spare -name '*.folder' | wc -l)" 1
prepare() {
    prepare_most "$1"
    prepare_few "$1"
}

# ---- another file system: the output cannot be exchanged with what lies beside the sources ----
if mkdir other && mount -t tmpfs -o size=16m tmpfs other 2> /dev/null; then
    step_A+=(-o "$scratch/other/output") step_B+=(-o "$scratch/other/output")
    state() { tree other/output; }
    crashes=$((crashes / 2))
    crash 'another file system' write,link,linkat,rename,renameat,renameat2,mkdir,unlink,unlinkat,rmdir
    crashes=$((crashes * 2))
    is 'another file system: nothing is left there' "$(ls -A other)" output
    umount other
else
    skip 'another file system' 'mounting is not allowed here'
fi

# ---- slices that are joined ----
for word in A B; do
    prepare $word
    for k in 1 2; do "$DOCSGEN" -C site build -q --shard $k/2 -o "$scratch/slice-$word-$k"; done
done
step_A=("$DOCSGEN" -C site merge -q -j 1 "$scratch/slice-A-1" "$scratch/slice-A-2")
step_B=("$DOCSGEN" -C site merge -q -j 1 "$scratch/slice-B-1" "$scratch/slice-B-2")
state() { tree site/output; }
crashes=$((crashes / 2))
crash merge write,link,linkat,rename,renameat,renameat2,mkdir,unlink,unlinkat,rmdir
crashes=$((crashes * 2))
is 'merge: nothing is left beside the output' "$(cd site && ls -A)" "$(printf 'output\nsite-src')"

# ---- edits of a tracker and the plan beside it ----
mkdir -p roadmap/site-src/r
prepare() { :; }
cat > roadmap/site-src/r/PROGRESS_TRACKER.md <<'END'
# Tracker

**Total Completion**: 0% (0/2 PRs)

| PR | Title | Status | Completion | Notes |
|----|-------|--------|------------|-------|
| 1 | One | Not Started | 0% | - |
| 2 | Two | Not Started | 0% | - |

## PR 1: One

- [ ] item
END
cat > roadmap/site-src/r/PR_BREAKDOWN.md <<'END'
# Plan

**Progress**: 0/2 PRs

## PR 1: One

**Status**: Not Started

- [ ] item

## PR 2: Two

**Status**: Not Started
END
step_A=("$DOCSGEN" -C roadmap roadmap reopen 1) step_B=("$DOCSGEN" -C roadmap roadmap "done" 1 --force)
# A plan whose new text lies ready when the tracker has its own is as good as written: the next edit brings it to its place, as
# it must be seen to do. No program can change two files at once.
state() {
    local ready
    ready=$(cd roadmap/site-src/r && ls -A | sed -n 's/^\(\.PR_BREAKDOWN\.md\.docsgen-[0-9]*\.\)1$/\1/p')
    [ -n "$ready" ] && [ -e "roadmap/site-src/r/${ready/PR_BREAKDOWN/PROGRESS_TRACKER}0" ] && ready=
    (cd roadmap/site-src/r && cat PROGRESS_TRACKER.md "${ready:-PR_BREAKDOWN.md}${ready:+1}" | sha1sum)
}
crash 'roadmap done' write,rename,renameat,renameat2,unlink,fsync,fchmod
is 'roadmap done: both documents are edited' "$("${step_B[@]}" > /dev/null; grep -c 'Complete' roadmap/site-src/r/*)" \
    "$(printf '%s:1\n' roadmap/site-src/r/PROGRESS_TRACKER.md roadmap/site-src/r/PR_BREAKDOWN.md | sort)"
is 'roadmap done: nothing is left beside the documents' "$(ls -A roadmap/site-src/r)" "$(printf 'PROGRESS_TRACKER.md\nPR_BREAKDOWN.md' | LC_ALL=C sort)"

# ---- publish: a branch of a remote ----
git init -q --bare -b main bare.git
git init -q -b main work
mkdir work/site-src
echo /output/ > work/.gitignore
(cd work && for page in index a b c; do echo "# Page" > site-src/$page.md; done && git add -A && git commit -q -m first && git remote add origin ../bare.git)
prepare() { (cd work && sed -i "1s/.*/# Page of $1/" site-src/*.md && git commit -q -a -m "$1") > /dev/null; }
state() { git -C bare.git rev-parse --verify -q 'gh-pages^{tree}'; }
compare() { git -C bare.git diff-tree -r -p "$1" "$2" 2>&1 | head -n 40 | sed 's/^/# /'; }
step_A=("$DOCSGEN" -C work publish -q) step_B=("$DOCSGEN" -C work publish -q)
saved=$crashes crashes=$(((crashes + 1) / 2))
# git goes on when the program that started it is killed. Whatever is started from here on holds the lock until it ends.
exec 9> alive
flock 9
crash publish write,vfork,clone,clone3,wait4
crashes=$saved

# A push that outlives its run: it is held before it writes, the run killed, and another site published meanwhile.
cat > bare.git/hooks/pre-receive << END
#!/bin/bash
mkdir "$scratch/held" 2> /dev/null || exit 0
until [ -e "$scratch/go" ]; do sleep 0.05; done
END
chmod +x bare.git/hooks/pre-receive
old=$(state)
prepare C
"${step_A[@]}" > /dev/null 2>&1 &
pid=$!
eventually test -d held
{ kill -KILL $pid; wait $pid; } 2> /dev/null
is 'a push that outlives its run: the old state so far' "$(ls -d held) $(state)" "held $old"
prepare D
"${step_A[@]}" > /dev/null 2>&1
new=$(state)
[ "$new" != "$old" ] || fail 'a push that outlives its run: the next run comes through' "$old"
: > go
exec 9>&-
flock -w 600 alive true || fail 'publish: what was started ends'
is 'a push that outlives its run: what was published later stays' "$(state)" "$new"
compare() { :; }
is 'publish: the remote is whole' "$(git -C bare.git fsck --no-progress 2>&1 | grep -Ev '^(dangling|notice)')" ''
is 'publish: the repository is whole' "$(git -C work fsck --no-progress 2>&1 | grep -Ev '^(dangling|notice)')" ''
is 'publish: the work tree is clean' "$(git -C work status --porcelain)" ''
# A pack that git had not finished is removed by git's own housekeeping (git gc).
is 'publish: nothing is left in the repository' \
    "$(find work/.git bare.git -name '*.lock' -o -name 'fast_import_crash*')" ''

# ---- a full disk ----
mkdir full
if mount -t tmpfs -o size=64k tmpfs full 2> /dev/null; then
    run "$DOCSGEN" -C site build -o "$scratch/full/output"
    is 'a full disk: status 3' "$status" 3
    is 'a full disk: one line says so' "$(grep -c 'No space left on device' <<< "$err")" 1
    is 'a full disk: nothing half-written' "$(ls -A full)" ''
    cp -r roadmap/site-src full
    head -c 100000 /dev/zero > full/rest 2> /dev/null
    before=$(tree full)
    run "$DOCSGEN" -C full roadmap reopen 1
    is 'a full disk: an edit is refused' "$status" 3
    is 'a full disk: the documents are as they were' "$(tree full)" "$before"
    umount full
else
    skip 'a full disk' 'mounting is not allowed here'
fi

# ---- a place for the memory of builds that is full, cannot be written, or is none: the site is made, and nothing is said ----
# remembers NAME: builds twice, over a change.
remembers() {
    local word said=
    for word in A B A; do
        prepare $word
        said+=$( (unset XDG_CACHE_HOME HOME && "$DOCSGEN" -C site build -q -o "$scratch/expected") 2>&1)
        said+=$("$DOCSGEN" -C site build -q 2>&1) || said+="status $?"
        [ "$(tree site/output)" = "$(tree expected)" ] || said+=' another site'
    done
    is "$1: the site is made, nothing is said" "$said" ''
}
saved=$XDG_CACHE_HOME
mkdir -p small
if mount -t tmpfs -o size=32k tmpfs small 2> /dev/null; then
    export XDG_CACHE_HOME=$scratch/small
    remembers 'a full disk for the memory of builds'
    rm -rf small/* && mkdir small/docsgen
    mount -o remount,ro small
    remembers 'a memory of builds that is read-only'
    umount small
else
    skip 'a full disk for the memory of builds' 'mounting is not allowed here'
fi
export XDG_CACHE_HOME=$scratch/cachefile
: > cachefile
remembers 'a file where the memory of builds should be'
mkdir -p halfway && : > halfway/docsgen
XDG_CACHE_HOME=$scratch/halfway remembers 'a file where its folder should be'
XDG_CACHE_HOME=relative remembers 'a memory of builds that is no absolute path'
unset XDG_CACHE_HOME
HOME=$scratch/cachefile remembers 'no home'
HOME='' remembers 'an empty home'
export XDG_CACHE_HOME
XDG_CACHE_HOME=$scratch/garbled remembers 'a memory that is made'
find garbled -type f -exec sh -c 'head -c 300 /dev/urandom | dd of="$1" bs=1 seek=40 conv=notrunc 2> /dev/null' sh {} \;
XDG_CACHE_HOME=$scratch/garbled remembers 'a memory that is damaged'
export XDG_CACHE_HOME=$saved

# ---- no file may grow, which needs no rights: as a full disk, from the first file on ----
prepare A
(cd site && "$DOCSGEN" build -q)
before=$(tree site/output)
sed -i '1s/.*/# Other/' site/site-src/*.md
err=$( (ulimit -f 1 && trap '' XFSZ && exec "$DOCSGEN" -C site build -q) 2>&1)
is 'a limit of file size: status and reason' "$?|$(grep -c '^docsgen: cannot write.*File too large' <<< "$err")" '3|1'
is 'a limit of file size: the old site stays' "$(tree site/output)" "$before"
is 'a limit of file size: nothing is left' "$(cd site && ls -A)" "$(printf 'output\nsite-src')"

# ---- folders that cannot be written; root may write everywhere ----
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w site
    run "$DOCSGEN" -C site build -q
    is 'a folder that is read-only' "$status|$(grep -c 'Permission denied' <<< "$err")" '3|1'
    chmod u+w site
elif mkdir locked && mount -t tmpfs -o size=16m tmpfs locked 2> /dev/null; then
    "$DOCSGEN" -C site build -q -o "$scratch/locked/output"
    before=$(tree locked/output)
    mount -o remount,ro locked
    echo '# More' > site/site-src/more.md
    run "$DOCSGEN" -C site build -q -o "$scratch/locked/output"
    is 'a file system that is read-only' "$status|$(grep -c 'Read-only file system' <<< "$err")" '3|1'
    is 'a file system that is read-only: the old site stays' "$(tree locked/output)" "$before"
    umount locked
else
    skip 'a folder that is read-only' 'root may write everywhere, and mounting is not allowed here'
fi
done_testing
