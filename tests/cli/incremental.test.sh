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
done_testing
