#!/bin/bash
# The first five minutes: settings for what a folder holds, a small site for an empty one, and never a file overwritten.
. "$(dirname "$0")/../tap.sh"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
cd "$scratch" || exit 3
# works NAME DIR: init (done before), build and check end with 0, and the site has a first page.
works() {
    local built checked
    run "$DOCSGEN" -C "$2" build -q
    built=$status
    run "$DOCSGEN" -C "$2" check -q
    checked=$status
    is "$1: build and check" "$built|$checked|$(find "$2"/{output,_site} -maxdepth 1 -name index.html 2> /dev/null | wc -l)" '0|0|1'
}
tracker() { printf '# %s - Progress Tracker\n\n| PR | Title | Status |\n|---|---|---|\n| 1 | a | Not Started |\n' "$1"; }

run "$DOCSGEN" init fresh
is 'an empty folder: status 0, nothing on standard output' "$status|$out" '0|'
is 'an empty folder: a page, a diagram, costs, a tracker, settings' "$(cd fresh && find . -type f | LC_ALL=C sort)" './.gitignore
./diagrams/overview.mmd
./docs/data/costs.yml
./docs/index.md
./docs/roadmap/documentation/PROGRESS_TRACKER.md
./docsgen.yml'
works 'an empty folder' fresh
run "$DOCSGEN" -C fresh check
is 'an empty folder: not even a warning' "$err" 'checked 2 pages, 2 diagrams, 1 tracker: 0 errors, 0 warnings, 0 notes'
is 'an empty folder: the diagram is drawn, costs are summed, progress is counted' \
    "$(grep -c '<svg class="diagram\|<svg' fresh/output/index.html | sed 's/^[1-9][0-9]*$/many/')|$(grep -o '\$[0-9.]*63[0-9.]*' fresh/output/index.html | sed 1q)|$(grep -c '33' fresh/output/index.html | sed 's/^[1-9][0-9]*$/many/')" \
    'many|$63.37|many'
before=$(find fresh -type f -not -path '*/output/*' -exec md5sum {} +)
run "$DOCSGEN" init fresh
is 'a second time: nothing changes' "$status|$(sed 1q <<< "$err")|$(find fresh -type f -not -path '*/output/*' -exec md5sum {} +)" "0|docsgen.yml: kept|$before"

mkdir -p repo/docs/guide repo/.roadmap/planned/login repo/roadmap/mail repo/plans/sms repo/node_modules/x repo/output
git init -q repo
git -C repo remote add origin git@github.com:Acme/Net.git
printf '[![build](b.svg)](https://example.org)\n\n# The *Acme* `net` [![badge](b.svg)](https://example.org)\n' > repo/README.md
printf '# Guide\n\n<details>more</details>\n\n[gone](gone.md)\n\n```mermaid\nflowchart LR\n a -->\n```\n' > repo/docs/guide/first.md
tracker Login > repo/.roadmap/planned/login/PROGRESS_TRACKER.md
tracker Mail > repo/roadmap/mail/PROGRESS_TRACKER.md
tracker SMS > repo/plans/sms/PROGRESS_TRACKER.md
tracker Foreign > repo/node_modules/x/PROGRESS_TRACKER.md
printf 'mine\n' > repo/output/mine.txt
printf '*.o\n' > repo/.gitignore
run "$DOCSGEN" init repo --github-pages
is 'a repository: what was written' "$status|$err" '0|docs/index.md: written
docsgen.yml: written
.gitignore: kept
.github/workflows/docs.yml: written
2 sorts of errors were found in the pages and are warnings for now: see checks in docsgen.yml
keep the site out of version control: add /_site/ to .gitignore
.github/workflows/docs.yml: put the owner of docsgen'"'"'s repository in place of OWNER
next: docsgen -C repo build, then open _site/index.html'
is 'a repository: settings that fit' "$(cat repo/docsgen.yml)" '# The settings of docsgen. What is not set has a default: docsgen build --show-config lists all.
site:
  title: "The Acme net"
  repository: "https://github.com/Acme/Net"
  url: "https://acme.github.io/Net/"
source: "docs"
output: "_site"
markdown:
  raw_html: safe # the pages use HTML
roadmap:
  - ".roadmap"
  - "plans"
  - "roadmap"
  - "docs"
# Found when the site was set up. Repair them, then remove the line, and the check is an error again.
checks:
  link/page: warning # 1
  diagram/syntax: warning # 1'
is 'a repository: own files stay' "$(cat repo/.gitignore repo/output/mine.txt)" '*.o
mine'
works 'a repository' repo
is 'a repository: trackers are pages' "$(cd repo/_site && ls .roadmap/planned/login/*.html plans/sms/*.html roadmap/mail/*.html | wc -l)" 3
is 'the workflow: whole history, checks, findings, artifact, deployment' \
    "$(grep -c 'fetch-depth: 0\|docsgen check --format github\|docsgen check --format sarif\|codeql-action/upload-sarif@\|actions/upload-pages-artifact@\|actions/deploy-pages@\|docsgen build' repo/.github/workflows/docs.yml)" 7
is 'the workflow: the folder of the site' "$(grep -c '^          path: _site$' repo/.github/workflows/docs.yml)" 1

mkdir -p readme
printf '# Only a README\n\n[docs](src/nothing.md)\n' > readme/README.md
run "$DOCSGEN" init -q readme
is 'only a README: its title, and -q is quiet' "$status|$err|$(grep title: readme/docsgen.yml)" '0||  title: "Only a README"'
works 'only a README' readme
mkdir -p trackers/.roadmap/a
tracker A > trackers/.roadmap/a/PROGRESS_TRACKER.md
run "$DOCSGEN" -C trackers init
is 'only trackers: the page shows them, and no other is made' "$status|$(find trackers/docs -name 'PROGRESS*')|$(grep -c '](<../.roadmap/>)' trackers/docs/index.md)" '0||1'
works 'only trackers' trackers
mkdir -p taken/docs
printf 'a picture\n' > taken/docs/index.md.txt
printf 'source: docs\n' > taken/docsgen.yml
run "$DOCSGEN" init --github-pages taken
is 'settings are there: only the workflow' "$status|$(cat taken/docsgen.yml)|$(cd taken && find . -newer docsgen.yml -name '*.md')|$(ls taken/.github/workflows)" '0|source: docs||docs.yml'
mkdir hostile
printf '# "Quotes": {{braces}} \\ #hash & <b>\n' > hostile/README.md
run "$DOCSGEN" init hostile
works 'a title with every sign' hostile
: > file
run "$DOCSGEN" init file
is 'a file is no folder' "$status|$(grep -c 'cannot write' <<< "$err")" '3|1'
run "$DOCSGEN" init a b
is 'two folders' "$status|$(sed 1q <<< "$err")" '2|docsgen: init takes one folder'
# ---- what a remote repository says of the site's address; never what it says of the user
while read -r remote expected; do
    rm -rf "$scratch/remote" && mkdir "$scratch/remote" && cd "$scratch/remote" || exit 3
    git init -q . && git remote add origin "$remote" && echo '# Page' > page.md
    "$DOCSGEN" init -q > /dev/null 2>&1
    is "remote $remote" "$(sed -nE 's/^ *(repository|url): //p' docsgen.yml | tr -d '"' | paste -sd' ')" "$expected"
done <<'END'
git@gitlab.example.org:team/x.git https://gitlab.example.org/team/x
ssh://git@host.example:2222/a/b.git https://host.example/a/b
https://github.com/ada/ada.github.io https://github.com/ada/ada.github.io https://ada.github.io/
https://user:secret@github.com/Ada/Y.git/ https://github.com/Ada/Y https://ada.github.io/Y/
file:///srv/x.git
../bare.git
host.example:x.git
https://host.example
END
done_testing
