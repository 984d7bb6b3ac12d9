#!/bin/bash
# The past of a tracker, read from git: the burn-up, the list of changes, the feed, and what is said where there is no past.
. "$(dirname "$0")/../tap.sh"
work=$scratch/work
page=output/roadmap/done/login/PROGRESS_TRACKER.html
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org

# commit DAY SUBJECT ROW...: the tracker with these rows, committed on that day.
commit() {
    local day=$1 subject=$2
    shift 2
    { printf '# Login - Progress Tracker\n\n| PR | Title | Status |\n|---|---|---|\n'; printf '| %s |\n' "$@"; } > "$tracker"
    git -C "$work" add -A
    GIT_AUTHOR_DATE="${day}T12:00:00Z" GIT_COMMITTER_DATE="${day}T12:00:00Z" git -C "$work" commit -q -m "$subject"
}

mkdir -p "$work/site-src/roadmap/planned/login"
git -C "$work" init -q -b main
tracker=$work/site-src/roadmap/planned/login/PROGRESS_TRACKER.md
printf 'site:\n  title: T\n  url: https://example.org/t\nroadmap: [site-src/roadmap]\n' > "$work/docsgen.yml"
printf -- '---\ndescription: d\n---\n# T\n\n![All](roadmap)\n' > "$work/site-src/index.md"
printf '/output/\n' > "$work/.gitignore"
commit 2026-01-05 'plan' '1 | Store | Not Started' '2 | Form | Not Started'
commit 2026-01-09 'store <done>' '1 | Store | Complete' '2 | Form | Not Started'
mkdir "$work/site-src/roadmap/done"
git -C "$work" mv site-src/roadmap/planned/login site-src/roadmap/done/login
tracker=$work/site-src/roadmap/done/login/PROGRESS_TRACKER.md
git -C "$work" tag v1
commit 2026-02-20 'form and mail' '1 | Store | Complete' '2 | Form | Complete' '3 | Mail | In Progress'

run "$DOCSGEN" -C "$work" roadmap burnup
is 'roadmap burnup' "$(sed 's/  [0-9a-f]\{7\}  / HASH /' <<< "$out")" 'Login
  2026-01-05 HASH [--------------------]   0 of 2
  2026-01-09 HASH [##########----------]   1 of 2
  2026-02-20 HASH [#############-------]   2 of 3'
run "$DOCSGEN" -C "$work" roadmap burnup --json
is 'roadmap burnup --json' "$(sed 's/"commit":"[0-9a-f]\{40\}"/"commit":"HASH"/g' <<< "$out" | grep -o '"points":.*' | cut -d'}' -f1-2)" \
    '"points":[{"commit":"HASH","date":"2026-01-05","time":1767614400,"subject":"plan","done":0,"total":2,"declared":{"done":null,"total":null}'
printf '\nPR 3 needs: see below.\n\n## PR 3: Mail\n\n**Dependencies**: PR 2\n' >> "$tracker"
run "$DOCSGEN" -C "$work" roadmap graph -o "$scratch/graph.svg"
is 'roadmap graph draws what depends on what' "$status|$err|$(grep -c '</svg>' "$scratch/graph.svg")" '0||1'
run "$DOCSGEN" -C "$work" roadmap graph --json
is 'roadmap graph --json' "$(grep -o '"from":"[^"]*","to":"[^"]*"' <<< "$out")" '"from":"pr1","to":"pr2"'
git -C "$work" checkout -q .

git clone -q --depth 1 "file://$work" "$scratch/half"
run "$DOCSGEN" -C "$scratch/half" roadmap burnup
is 'roadmap burnup in a shallow clone: nothing rather than half' "$status|$out|$(grep -c 'no burn-up' <<< "$err")" '0||1'

# Where an answer is kept follows from the question, in which the folder is named: from a folder with a name made up by mktemp,
# two of the three would share a place once in eighty runs.
export XDG_CACHE_HOME=$scratch/cache
run env -C "$work" "$DOCSGEN" build -v --color never
cp -r "$work/output" "$scratch/first"
run env -C "$work" "$DOCSGEN" build -v --color never
is 'what git said is remembered, and the site is the same' "$(diff -r "$scratch/first" "$work/output" && ls "$scratch/cache/docsgen/git" | grep -c .)" 3
is 'a tracker with a past: no finding' "$status|$(grep -c 'note\|warning:\|error:' <<< "$err")" '0|0'
is 'the burn-up says what it shows' "$(sed -n 's|.*<title id="[^"]*burnup">\(.*\)</title>.*|\1|p' "$work/$page")" \
    'Burn-up: 0 of 2 PRs complete on 2026-01-05, 2 of 3 on 2026-02-20'
is 'each version of the file is a dot, wherever it was' "$(sed -n 's|.*chart-dot.*<title>\(.*\)</title>.*|\1|p' "$work/$page")" \
    '2026-01-05: 0 of 2 complete. plan
2026-01-09: 1 of 2 complete. store &lt;done&gt;
2026-02-20: 2 of 3 complete. form and mail'
is 'the same figures as a table, newest first' "$(sed -n 's|<tr><th scope="row">\(2026[^<]*\)</th><td>\([0-9]*\)</td><td>\([0-9]*\)</td>.*|\1 \2 \3|p' "$work/$page")" \
    '2026-02-20 2 3
2026-01-09 1 2
2026-01-05 0 2'
is 'what changed since the last tag' "$(sed -n '/roadmap-changes/,/<\/details>/p' "$work/$page" | sed 's/<[^>]*>//g; /^$/d')" \
    '2 changes since v1
2026-02-20 PR 3 Mail: added, In progress
2026-02-20 PR 2 Form: Complete, was Not started'
is 'the portfolio names the day' "$(grep -c '2026-02-20' "$work/output/index.html")" 1
is 'the feed has what was completed, newest first' "$(sed -n 's|^<title>\(PR.*\)</title>|\1|p' "$work/output/feed.xml")" \
    'PR 2 Form
PR 1 Store'
is 'pages lead to the feed' "$(grep -o 'application/atom+xml.*href="[^"]*"' "$work/$page")" \
    'application/atom+xml" title="Completed pull requests" href="../../../feed.xml"'

git clone -q --depth 1 "file://$work" "$scratch/shallow"
run "$DOCSGEN" -C "$scratch/shallow" build -v --color never
is 'a shallow clone has no burn-up, and says why' "$status|$(sed 1q <<< "$err")|$(grep -c chart-done "$scratch/shallow/$page")" \
    '0|docsgen: note: no burn-up: the clone is shallow [roadmap/history]|0'
rm -rf "$work/.git"
run env GIT_CEILING_DIRECTORIES="$scratch" "$DOCSGEN" -C "$work" build -q --color never
is 'no repository: built without, and quiet' "$status|$err|$(grep -c chart-done "$work/$page")" '0||0'
run env PATH=/nowhere "$DOCSGEN" -C "$work" build -v --color never
is 'no git: built without' "$status|$(sed 1q <<< "$err")" '0|docsgen: note: no burn-up: git is not installed [roadmap/history]'

# ---- a tracker that has claimed other figures than its rows say, and one that is in no commit yet
work=$scratch/claims page=output/PROGRESS_TRACKER.html tracker=$scratch/claims/site-src/PROGRESS_TRACKER.md
mkdir -p "$work/site-src"
git -C "$work" init -q -b main
printf 'site: {title: T}\nroadmap: [site-src]\n' > "$work/docsgen.yml"
printf -- '---\ndescription: d\n---\n# T\n' > "$work/site-src/index.md"
claim() { # DAY CLAIM ROW...
    local day=$1 said=$2
    shift 2
    { printf '# Claims\n\n**Total Completion**: %s\n\n| PR | Title | Status |\n|---|---|---|\n' "$said"; printf '| %s |\n' "$@"; } > "$tracker"
    git -C "$work" add -A
    GIT_AUTHOR_DATE="${day}T12:00:00Z" GIT_COMMITTER_DATE="${day}T12:00:00Z" git -C "$work" commit -q -m "$day"
}
claim 2026-01-05 '50% (1/2 PRs completed)' '1 | Store | Not Started' '2 | Form | Not Started'
claim 2026-01-09 '75% (1.5/2 PRs completed)' '1 | Store | Complete' '2 | Form | Not Started'
claim 2026-01-12 '100% (2/2 PRs completed)' '1 | Store | Complete' '2 | Form | Complete'
printf '# New\n\n| PR | Title | Status |\n|---|---|---|\n| 1 | A | Complete |\n' > "$work/site-src/NEW_PROGRESS_TRACKER.md"
run "$DOCSGEN" -C "$work" roadmap burnup --tracker site-src/PROGRESS_TRACKER.md
is 'claims: what was declared stands behind what was so' "$(sed 's/  [0-9a-f]\{7\}  / HASH /' <<< "$out")" 'Claims
  2026-01-05 HASH [--------------------]   0 of 2, declared 1 of 2
  2026-01-09 HASH [##########----------]   1 of 2, declared 1.5 of 2
  2026-01-12 HASH [####################]   2 of 2'
"$DOCSGEN" -C "$work" build -q 2> /dev/null
is 'claims: a line and a column of their own' "$(grep -o 'chart-said' "$work/$page" | sort -u)|$(sed -n 's|<tr><th scope="row">\(2026[^<]*\)</th>\(.*\)</tr>|\1\2|p' "$work/$page" | sed 's/<td><a.*//; s/<td><code.*//; s/<[^>]*>/ /g' | tr -s ' ' | sed 's/ [0-9a-f]\{7\} .*//; s/ $//')" \
    'chart-said|2026-01-12 2 2 2 of 2
2026-01-09 1 2 1.5 of 2
2026-01-05 0 2 1 of 2'
done_testing
