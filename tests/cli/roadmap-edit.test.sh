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
    [[ $name == add* ]] || is "$name: a second run changes nothing" "$(diff -r first "$name")" ''
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
if command -v git > /dev/null; then
    git apply <<< "$out"
    is 'dry run: the diff applied is the edit' "$(diff words/PROGRESS_TRACKER.md "$cases/words/after.md")" ''
else
    skip 'dry run: the diff applied is the edit' 'git is not installed'
fi
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

mistake 'an empty id' 'done ""' 'the name of the PR is empty'
mistake 'no hash, though as long as one' 'done 2 --commit xyzxyzx' '--commit wants a hash of 7 to 40 digits, not "xyzxyzx"'

# ---- what cannot be written is refused; --force is named where it helps, and only there
mkdir bare
printf '| PR | Title | Status |\n|---|---|---|\n| 1 | Store | Complete |\n| 2 | Form |\n' > bare/PROGRESS_TRACKER.md
edit bare "done" 2
is 'a row without a Status cell' "$status $err" '1 bare/PROGRESS_TRACKER.md:4:1: error: the row of PR 2 has no Status cell that can be told for sure
docsgen: nothing is changed'
printf '# Plan\n\n### Remaining PRs\n- [ ] PR 1: Store\n\n## PR 1: Store\n\n## PR 2: Form\n' > bare/PR_BREAKDOWN.md
edit bare/PR_BREAKDOWN.md start 1
is 'a plan knows finished and not finished' "$status $err" '1 bare/PR_BREAKDOWN.md:6:4: error: this plan has no place to say that PR 1 is in progress
docsgen: nothing is changed'
edit bare/PR_BREAKDOWN.md add Third
is 'a plan alone gets no PR' "$status $err" '1 bare/PR_BREAKDOWN.md:1:1: error: a PR is added to a tracker; this is a plan
docsgen: nothing is changed'
if command -v flock > /dev/null; then
    hold words
    edit words "done" 4
    is 'somebody else edits the folder' "$status $err" '3 docsgen: cannot edit "words/PROGRESS_TRACKER.md": another docsgen is editing this folder'
    release
else
    skip 'somebody else edits the folder' 'flock is not installed'
fi

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

# ---- the list of roadmaps goes along
mkdir -p lists/site-src lists/roadmap/planning/login lists/roadmap/complete/mail lists/roadmap/complete/other
echo '# x' > lists/site-src/index.md
echo 'roadmap: [roadmap]' > lists/docsgen.yml
cat > lists/roadmap/ROADMAP.md << 'EOF'
# Roadmaps

**Overall Completion**: 50% (1 of 2 items complete)

| Item | Status | Completion | Bar | Current State |
|------|--------|------------|-----|---------------|
| [Login](planning/login/PROGRESS_TRACKER.md) | Planned | 0% | [░░░░] | 0/2 PRs |
| [Mail](complete/mail/PROGRESS_TRACKER.md) | **Complete** | 100% | [████] | 1/1 PRs |

Text about 0% and 0/2 PRs stays.
EOF
tracker() { printf '# %s - Progress Tracker\n\n| PR | Title | Status |\n|----|-------|--------|\n' "$1"; shift; for row in "$@"; do echo "| $row |"; done; }
tracker Login '1 | Store | Not Started' '2 | Form | Not Started' > lists/roadmap/planning/login/PROGRESS_TRACKER.md
tracker Mail '7 | Send | Complete' > lists/roadmap/complete/mail/PROGRESS_TRACKER.md
tracker Other '9 | Odd | Not Started' > lists/roadmap/complete/other/PROGRESS_TRACKER.md
cp -r lists/roadmap lists/before
listed() { run "$DOCSGEN" -C lists roadmap --tracker "$@"; }
login=roadmap/planning/login
lines() { diff lists/before/ROADMAP.md lists/roadmap/ROADMAP.md | grep '^>'; }
listed $login start 1 --dry-run
is 'the list: a dry run writes nothing' "$(diff -r lists/before lists/roadmap)" ''
(cd lists && git apply -p1 <<< "$out") && cp -r lists/roadmap lists/applied && rm -rf lists/roadmap && cp -r lists/before lists/roadmap
listed $login start 1
is 'the list: the dry run showed what is written' "$(diff -r lists/applied lists/roadmap)" ''
is 'the list: the row is in progress, nothing else changes' "$(lines)" \
    '> | [Login](planning/login/PROGRESS_TRACKER.md) | In Progress | 0% | [░░░░] | 0/2 PRs |'
listed $login "done" 1
is 'the list: half of the row, three quarters of all' "$(lines)" '> **Overall Completion**: 75% (1 of 2 items complete)
> | [Login](planning/login/PROGRESS_TRACKER.md) | In Progress | 50% | [██░░] | 1/2 PRs |'
cp -r lists/roadmap lists/half
listed $login "done" 1
is 'the list: a second run changes nothing' "$(diff -r lists/half lists/roadmap)" ''
listed $login "done" 2
is 'the list: complete as the others are spelled' "$(lines)" '> **Overall Completion**: 100% (2 of 2 items complete)
> | [Login](planning/login/PROGRESS_TRACKER.md) | **Complete** | 100% | [████] | 2/2 PRs |'
listed $login reopen 2
is 'the list: reopened, every byte is back' "$(diff -r lists/half lists/roadmap)" ''
XDG_CACHE_HOME=$scratch/nothing listed $login reopen 1
is 'the list: reopened by the rules, the row has its figures back' "$(sed -n 7p lists/roadmap/ROADMAP.md | grep -o '| 0% .*')" \
    '| 0% | [░░░░] | 0/2 PRs |'
rm -rf lists/roadmap && cp -r lists/before lists/roadmap
listed roadmap/complete/other "done" 9
is 'the list: a roadmap that is not in it changes nothing there' "$(lines)" ''
sed -i 's/$/\r/' lists/roadmap/ROADMAP.md && cp lists/roadmap/ROADMAP.md lists/before/ROADMAP.md
listed $login add 'One more'
listed $login add 'Another'
is 'the list: more PRs are counted, line ends stay' "$(lines)" '> | [Login](planning/login/PROGRESS_TRACKER.md) | Planned | 0% | [░░░░] | 0/4 PRs |'$'\r'

# Eight trackers with one list, edited at once: no figure is lost.
mkdir -p crowd/site-src crowd/roadmap
echo '# x' > crowd/site-src/index.md
echo 'roadmap: [roadmap]' > crowd/docsgen.yml
printf '# Roadmaps\n\n**Overall Completion**: 0%% (0 of 8 items complete)\n\n| Item | Status | Completion |\n|---|---|---|\n' > crowd/roadmap/ROADMAP.md
for i in 1 2 3 4 5 6 7 8; do
    mkdir "crowd/roadmap/r$i"
    tracker "R$i" "$i | Work | Not Started" > "crowd/roadmap/r$i/PROGRESS_TRACKER.md"
    echo "| [R$i](r$i/PROGRESS_TRACKER.md) | Not Started | 0% |" >> crowd/roadmap/ROADMAP.md
done
for i in 1 2 3 4 5 6 7 8; do "$DOCSGEN" -C crowd roadmap "done" $i > /dev/null 2> "crowd-$i" & done
wait
is 'eight edits of one list at once: all rows' "$(grep -c '| Complete | 100% |' crowd/roadmap/ROADMAP.md)" 8
is 'eight edits of one list at once: their sum' "$(sed -n 3p crowd/roadmap/ROADMAP.md)" '**Overall Completion**: 100% (8 of 8 items complete)'
is 'eight edits of one list at once: all trackers' "$(cat crowd/roadmap/r*/PROGRESS_TRACKER.md | grep -c '| Complete |')" 8
done_testing
