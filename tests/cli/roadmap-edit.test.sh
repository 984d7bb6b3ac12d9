#!/bin/bash
# Edits of trackers. The cases of tests/golden/roadmap-edit show what each command does to the text; below them stands
# what a case cannot show: second runs, undoing, refusals, two edits at once, other writers.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
cases=$root/tests/golden/roadmap-edit
export XDG_CACHE_HOME=$scratch/cache
cd "$scratch" || exit 3
edit() { run "$DOCSGEN" roadmap --tracker "$@"; }

# ---- one folder per case: before.md, perhaps plan.md, and the command; then after.md, plan-after.md and what was said
for case in "$cases"/*/; do
    name=$(basename "$case")
    rm -rf "$name" && mkdir "$name"
    cp "$case/before.md" "$name/PROGRESS_TRACKER.md"
    [ ! -f "$case/plan.md" ] || cp "$case/plan.md" "$name/PR_BREAKDOWN.md"
    eval "edit $name $(cat "$case/command")"
    { echo "$out" && echo "$err" && echo "status $status"; } | grep -v '^$' > said
    same_file "$name: tracker" "$name/PROGRESS_TRACKER.md" "$case/after.md"
    same_file "$name: said" said "$case/said.txt"
    [ ! -f "$case/plan.md" ] || same_file "$name: plan" "$name/PR_BREAKDOWN.md" "$case/plan-after.md"
    cp -r "$name" first
    eval "edit $name $(cat "$case/command")"
    [ "$name" = add ] || is "$name: a second run changes nothing" "$(diff -r first "$name")" ''
    rm -r first
done

# ---- finished and reopened: every byte is back, whatever had been ticked
for name in words signs plan plan-signs last padded counts; do
    cp "$cases/$name/before.md" "$name/PROGRESS_TRACKER.md"
    [ ! -f "$name/PR_BREAKDOWN.md" ] || cp "$cases/$name/plan.md" "$name/PR_BREAKDOWN.md"
    cp -r "$name" first
    id=$(sed 's/^[a-z]* \([^ ]*\).*/\1/' "$cases/$name/command")
    edit "$name" "done" "$id" --commit abcdef1 --force
    is "$name: finished" "$status" 0
    edit "$name" reopen "$id"
    is "$name: reopened, it reads as before" "$(diff -r first "$name")" ''
    rm -r first
done

# ---- a dry run
cp "$cases/words/before.md" words/PROGRESS_TRACKER.md
edit words "done" 2 --force --commit 5cf2b18 --pr 7 --dry-run
is 'dry run: nothing is written' "$(cmp words/PROGRESS_TRACKER.md "$cases/words/before.md" 2>&1)" ''
is 'dry run: what would happen goes to standard error' "$(tail -2 <<< "$err")" \
    'PR 2 Sign-in form is complete: 2 of 4 PRs complete, 50%
ready now: PR 3 Password reset'
command -v patch > /dev/null || skip_patch=1
patch -s -p1 <<< "$out"
is 'dry run: the diff applied is the edit' "$(diff words/PROGRESS_TRACKER.md "$cases/words/after.md")" ''
cp "$cases/words/before.md" words/PROGRESS_TRACKER.md
edit words "done" 2 --force --json
is 'json' "$(cut -d, -f1-5 <<< "$out")" '{"schema":1,"kind":"roadmap-edit","tracker":"words/PROGRESS_TRACKER.md","changed":true,"written":true'
is 'json: ready' "$(grep -o '"ready":[^]]*]' <<< "$out")" '"ready":["3"]'

# ---- names and mistakes
mistake() { # NAME WORDS MESSAGE
    eval "edit words $2"
    is "$1: status 2" "$status" 2
    is "$1" "$(head -1 <<< "$err")" "docsgen: $3"
    is "$1: nothing on standard output" "$out" ''
}
mistake 'no such PR, one near' 'done 2b' 'no PR "2b"; did you mean PR 2, "Sign-in form"?'
mistake 'a title for an id' 'start reset' 'no PR "reset"; did you mean PR 3, "Password reset"?'
mistake 'no such PR' 'done 17' 'no PR "17"; "docsgen roadmap list" shows them'
mistake 'a slip in the verb' 'dnoe 2' 'no "roadmap dnoe"; did you mean "done"?'
mistake 'no id' 'done' '"roadmap done" wants the id of one PR'
mistake 'two titles' 'add a b' '"roadmap add" wants the title of one PR'
mistake 'no hash' 'done 2 --commit HEAD' '--commit wants a hash of 7 to 40 digits, not "HEAD"'
mistake 'a commit for start' 'start 2 --commit 1234abc' '--commit and --pr belong to "roadmap done"'
mistake '--by with done' 'done 2 --by 1' '--by belongs to "roadmap block"'
mistake 'blocked by itself' 'block 3 --by PR3' 'a PR cannot be blocked by itself'
mistake 'blocked by nobody' 'block 3 --by 9' 'no PR "9"; "docsgen roadmap list" shows them'

mkdir -p site-src/a site-src/b
cp "$cases/words/before.md" site-src/a/PROGRESS_TRACKER.md
cp "$cases/words/before.md" site-src/b/PROGRESS_TRACKER.md
run "$DOCSGEN" roadmap "done" 4
is 'two trackers have the PR' "$(head -1 <<< "$err")" \
    'docsgen: 2 trackers could be meant; say which with --tracker: site-src/a/PROGRESS_TRACKER.md, site-src/b/PROGRESS_TRACKER.md'
is 'two trackers have the PR: status 2' "$status" 2
edit "$scratch/site-src/a/PROGRESS_TRACKER.md" "done" 4
is 'a tracker by its whole path' "$out" 'PR 4 Sign-out is complete: 2 of 4 PRs complete, 50%'

# ---- the disk
cp "$cases/words/before.md" words/PROGRESS_TRACKER.md
mkdir real && mv words/PROGRESS_TRACKER.md real/ && ln -s ../real/PROGRESS_TRACKER.md words/PROGRESS_TRACKER.md
chmod 640 real/PROGRESS_TRACKER.md
edit words start 2
is 'a link stays a link' "$(readlink words/PROGRESS_TRACKER.md)" ../real/PROGRESS_TRACKER.md
is 'permissions stay' "$(stat -c %a real/PROGRESS_TRACKER.md)" 640
is 'nothing is left beside it' "$(ls -A real)" PROGRESS_TRACKER.md

# Ten runs at once, each finishing another PR: all of them land, in a file that is whole at every moment.
mkdir many
{
    echo '**Total Completion**: 0% (0/10 PRs completed)'
    printf '\n| PR | Title | Status |\n|---|---|---|\n'
    for i in 0 1 2 3 4 5 6 7 8 9; do echo "| $i | Work $i | Not Started |"; done
} > many/PROGRESS_TRACKER.md
for i in 0 1 2 3 4 5 6 7 8 9; do "$DOCSGEN" roadmap --tracker many "done" $i > /dev/null 2> "many-$i" & done
wait
is 'ten edits at once: none is lost' "$(head -1 many/PROGRESS_TRACKER.md)" '**Total Completion**: 100% (10/10 PRs completed)'
is 'ten edits at once: all rows' "$(grep -c '| Complete |' many/PROGRESS_TRACKER.md)" 10
is 'ten edits at once: no complaint' "$(cat many-?)" ''

# The same through a link in another folder: it is one file, and one lock.
mkdir linked && ln -s ../many/PROGRESS_TRACKER.md linked/PROGRESS_TRACKER.md
for i in 0 2 4 6 8; do
    "$DOCSGEN" roadmap --tracker many reopen $i > /dev/null 2> "many-$i" &
    "$DOCSGEN" roadmap --tracker linked reopen $((i + 1)) > /dev/null 2> "many-$((i + 1))" &
done
wait
is 'edits at once through a link: none is lost' "$(head -1 many/PROGRESS_TRACKER.md)" '**Total Completion**: 0% (0/10 PRs completed)'
is 'edits at once through a link: nothing is left beside it' "$(ls -A many linked | tr '\n' ' ')" \
    'linked: PROGRESS_TRACKER.md  many: PROGRESS_TRACKER.md '
for i in 0 1 2 3 4 5 6 7 8 9; do "$DOCSGEN" roadmap --tracker many "done" $i > /dev/null; done

# Another writer that knows no lock: either its text stands, or the edit made from its text.
mkdir other
for i in 1 2 3 4 5 6 7 8; do
    sed "s/Work 3/Work 3, round $i/" many/PROGRESS_TRACKER.md > other/new
    cp many/PROGRESS_TRACKER.md other/PROGRESS_TRACKER.md
    "$DOCSGEN" roadmap --tracker other reopen 5 > /dev/null 2>&1 & mv other/new other/PROGRESS_TRACKER.md
    wait
    lines=$(wc -l < other/PROGRESS_TRACKER.md)
    rounds=$(grep -c "Work 3, round $i" other/PROGRESS_TRACKER.md)
    [ "$lines $rounds" = '14 1' ] || [ "$(grep -c 'Not Started' other/PROGRESS_TRACKER.md)" = 1 ] ||
        fail "another writer, round $i" "$(cat other/PROGRESS_TRACKER.md)"
done
pass 'another writer: the file is always one of the two texts'

edit nothing "done" 1
is 'no such tracker: status 3' "$status" 3
done_testing
