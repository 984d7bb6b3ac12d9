#!/bin/bash
# Trackers on the command line: what is asked for comes on standard output, everything else does not.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$scratch" || exit 3
mkdir -p site-src/login
cp "$root/tests/golden/roadmap/plain/in.md" site-src/login/PROGRESS_TRACKER.md

run "$DOCSGEN" roadmap
is 'status' "$out" 'Login
  [######--------------] 33.3% (1/3)
  site-src/login/PROGRESS_TRACKER.md
  next: PR 2 Sign-in form: the tracker names it, and PR 1, on which it depends, is finished'
is 'status: nothing on standard error' "$err" ''

run "$DOCSGEN" roadmap list
is 'list' "$out" '1      Complete       3/3   Session store
2      Not started    1/2   Sign-in form
3      Not started          Password reset | mail'

run "$DOCSGEN" roadmap list --ready
is 'list --ready' "$out" '2      Not started    1/2   Sign-in form'
run "$DOCSGEN" roadmap list --blocked
is 'list --blocked' "$out" '3      Not started          Password reset | mail'
run "$DOCSGEN" roadmap list --status complete
is 'list --status' "$out" '1      Complete       3/3   Session store'

run "$DOCSGEN" roadmap show 'PR 2'
is 'show' "$out" 'PR 2 Sign-in form
  where        site-src/login/PROGRESS_TRACKER.md:30
  status       Not started
  complexity   Low
  effort       2 days
  branch       feat/sign-in
  depends on   PR 1 Session store (Complete)
  checklist    1 of 2 done
    [x] Form
    [ ] Errors
    [-] Given up
  notes        Depends on PR 1'

run "$DOCSGEN" roadmap next
is 'next' "$out" 'PR 2 Sign-in form: the tracker names it, and PR 1, on which it depends, is finished'

run "$DOCSGEN" roadmap list --json --tracker site-src/login/PROGRESS_TRACKER.md
is 'list --json: one document' "$(head -c 42 <<< "$out")" '{"schema":1,"kind":"roadmap","document":"t'
run "$DOCSGEN" roadmap list --json --tracker "$root/tests/golden/roadmap/emoji/in.md"
is '--tracker outside of the project' "$(grep -c '"title":"Dark palette"' <<< "$out")" 1
run "$DOCSGEN" roadmap list --json --status complete
is 'list --json with a filter' "$(grep -o '"listed_in"' <<< "$out" | wc -l)" 1

run "$DOCSGEN" roadmap show 9
is 'unknown PR: status 2' "$status" 2
is 'unknown PR: nothing on standard output' "$out" ''
is 'unknown PR: message' "$(head -1 <<< "$err")" 'docsgen: no PR "9"; "docsgen roadmap list" shows them'
run "$DOCSGEN" roadmap shwo
is 'unknown verb' "$(head -1 <<< "$err")" 'docsgen: no "roadmap shwo"; did you mean "show"?'
run "$DOCSGEN" roadmap show
is 'show without an id: status 2' "$status" 2
run "$DOCSGEN" roadmap list --status finished
is 'unknown status: status 2' "$status" 2
run "$DOCSGEN" roadmap --tracker nothing.md
is 'no such tracker: status 3' "$status" 3
is 'no such tracker: message' "$err" 'docsgen: cannot read the tracker "nothing.md": no such file'
rm -r site-src/login
run "$DOCSGEN" roadmap
is 'no tracker at all: status 3' "$status" 3
done_testing
