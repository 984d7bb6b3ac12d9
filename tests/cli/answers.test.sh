#!/bin/bash
# What commands answer where little is asked of them elsewhere: JSON of a roadmap, its graph, links to other sites, where the
# time goes; and what they say when something cannot be read or written.
. "$(dirname "$0")/../tap.sh"
mkdir -p "$scratch/site-src/a" "$scratch/site-src/b"
cd "$scratch" || exit 3
printf '# Home\n\n[x](https://example.org/a) <https://example.org/b> [y](https://example.org/a)\n' > site-src/index.md
for n in $(seq 12); do echo "# Page $n" > "site-src/p$n.md"; done
cat > site-src/a/PROGRESS_TRACKER.md <<'END'
# Sign-in

**Total Completion**: 33% (1/3 PRs)

| PR | Title | Status | Completion | Dependencies |
|----|-------|--------|------------|--------------|
| 1 | Store | Complete | 100% | - |
| 2 | Form | In Progress | 50% | PR 1 |
| 3 | Reset | Not Started | 0% | PR 2, PR 9 |
END
printf '# Other\n\n| PR | Title | Status | Completion |\n|--|--|--|--|\n| 1 | Only | Complete | 100%% |\n' > site-src/b/PROGRESS_TRACKER.md

# ---- a roadmap ----
run "$DOCSGEN" roadmap
is 'status: what is in progress, what is found' "$(grep -E '^  (in|1)' <<< "$out")" \
    $'  in progress: PR 2 Form\n  1 finding: docsgen check --only roadmap'
run "$DOCSGEN" roadmap status --json
is 'status as JSON' "$out" '{"schema":1,"kind":"roadmap-status","trackers":[{"path":"site-src/a/PROGRESS_TRACKER.md","title":"Sign-in","percent":33.3,"done":1,"total":3,"next":"2","findings":1},{"path":"site-src/b/PROGRESS_TRACKER.md","title":"Other","percent":100,"done":1,"total":1,"next":null,"findings":0}]}'
run "$DOCSGEN" roadmap next --json
is 'next as JSON' "$(grep -oE '"(reason|pr)":("[^"]*"|null|\{"id":"[^"]*")' <<< "$out")" \
    '"reason":"it is in progress, and nothing else can begin before"
"pr":{"id":"2"
"reason":"every PR is finished"
"pr":null'
run "$DOCSGEN" roadmap show 3
is 'a PR that waits for others' "$(tail -n 2 <<< "$out")" $'  depends on   PR 2 Form (In progress)\n               PR 9 (unknown)'
run "$DOCSGEN" roadmap show 1 --json
is 'a PR of each tracker as JSON' "$(grep -oE '"title":"[^"]*"' <<< "$out" | tr '\n' ' ')" '"title":"Store" "title":"Only" '

# ---- its graph, and how it went ----
run "$DOCSGEN" roadmap graph
is 'graph: of one tracker only' "$status|$err" '2|docsgen: which of them? --tracker names one: site-src/a/PROGRESS_TRACKER.md, site-src/b/PROGRESS_TRACKER.md
try "docsgen roadmap --help"'
run "$DOCSGEN" roadmap graph --tracker site-src/b/PROGRESS_TRACKER.md
is 'graph: of none' "$status|$err" '1|docsgen: "site-src/b/PROGRESS_TRACKER.md" has no dependencies to draw'
run "$DOCSGEN" roadmap graph --tracker site-src/a/PROGRESS_TRACKER.md -o graph.svg
is 'graph: a picture in a file' "$status|$(grep -c '<svg ' graph.svg)" '0|1'
run "$DOCSGEN" roadmap graph --tracker site-src/a/PROGRESS_TRACKER.md --json
is 'graph: as JSON' "$status|${out:0:1}" '0|{'
run "$DOCSGEN" roadmap burnup --json
is 'burn-up: without git' "$err|$(grep -o '"history":"[a-z]*"' <<< "$out")" \
    'docsgen: no burn-up: the project is in no git repository|"history":"absent"'

# ---- links to other sites ----
run "$DOCSGEN" check -q --list-external --fail-on warning
is 'links to other sites' "$out" "$(printf 'https://example.org/a\tsite-src/index.md:3:5\nhttps://example.org/a\tsite-src/index.md:3:56\nhttps://example.org/b\tsite-src/index.md:3:29')"
run "$DOCSGEN" check -q --list-external --json
is 'links to other sites as JSON' "$(head -n 2 <<< "$out")" '{"schema":1,"kind":"external-links","links":[
{"url":"https://example.org/a","places":[{"file":"site-src/index.md","line":3,"column":5},{"file":"site-src/index.md","line":3,"column":56}]},'
run "$DOCSGEN" check --list-external --format sarif
is 'links to other sites in no other form' "$status|${err%%$'\n'*}" '2|docsgen: --list-external prints text or json'
run "$DOCSGEN" check --fail-on never
is 'a level that is none' "$status|${err%%$'\n'*}" '2|docsgen: --fail-on wants error or warning, not "never"'
run "$DOCSGEN" check index.md
is 'a word too many' "$status|${err%%$'\n'*}" '2|docsgen: check takes no "index.md"'

# ---- where the time goes ----
run "$DOCSGEN" build --timings
is 'timings: a head, the stages, the sum' "$(grep -cE '^(stage +wall +CPU +peak memory|(read|render|write|all) +[0-9.]+ ms +[0-9.]+ ms +[0-9.]+ MiB)$' <<< "$err")" 5
is 'timings: ten pages, the slowest first' \
    "$(sed -n '/^slowest pages/,$p' <<< "$err" | grep -E ' ms  site-src/' | awk 'NR > 1 && $1 > last { print "late" } { last = $1 } END { print NR }')" 10

# ---- what cannot be read or written ----
run "$DOCSGEN" build -c nothing.yml
is 'settings that are not there' "$status|$err" '3|docsgen: cannot read the settings "nothing.yml": no such file'
run "$DOCSGEN" diagram missing.mmd
is 'an operand that is not there' "$status|$err" '3|docsgen: cannot read "missing.mmd": no such file'
err=$(head -c 9000000 /dev/zero | "$DOCSGEN" diagram - 2>&1)
is 'too much on standard input' "$?|$err" '3|docsgen: standard input is too large'
run "$DOCSGEN" roadmap list -o site-src/index.md/list
is 'a file in a file' "$status|$err" '3|docsgen: cannot write "site-src/index.md/list": Not a directory'
if [ -w /dev/full ]; then
    err=$("$DOCSGEN" roadmap list 2>&1 > /dev/full)
    is 'a full standard output' "$?|$err" '3|docsgen: cannot write to standard output'
else
    skip 'a full standard output' 'there is no /dev/full'
fi
done_testing
