# Read by the tests of this folder: what they need, and a fresh build of this repository's own site.
# Speaks TAP. A missing tool skips the test and says which; a site that does not build fails it.
# shellcheck shell=bash
set -u
export LC_ALL=C.UTF-8 LANGUAGE=''
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 3
root=$(cd ../.. && pwd)
program=${DOCSGEN:-$root/.build/docsgen}

skip() {
    echo "ok 1 - $1 # skip $2"
    exit 0
}

# need NAME TOOL...: skips the test NAME unless every tool is there, and the packages of package-lock.json with them.
need() {
    local name=$1 tool
    shift
    for tool in node npm "$@"; do
        command -v "$tool" > /dev/null || skip "$name" "$tool is not installed (scripts/deps.sh test)"
    done
    [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ] || skip "$name" 'needs Node.js 18 or newer'
    # Tests run beside each other: one fetches the packages, the others wait for it.
    exec 9< package-lock.json
    flock 9
    # npm writes the hidden lock file last, so its age tells whether what is there is what is asked for.
    if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
        local log
        log=$(npm ci --ignore-scripts --no-audit --no-fund 2>&1 9<&-) ||
            skip "$name" "npm ci did not work: $(grep -m 1 -i 'error' <<< "$log" | tr -d '#')"
        touch node_modules/.package-lock.json
    fi
    exec 9<&-
}

# The site of this repository, in a folder that is removed at the end; DOCSGEN_SITE=FOLDER takes one that is built already.
build_site() {
    site=${DOCSGEN_SITE:-}
    [ -n "$site" ] && return
    [ -f "$root/site-src/index.md" ] || skip "$1" 'there is no site-src/index.md'
    site=$(mktemp -d)/site
    trap 'rm -rf "$(dirname "$site")"' EXIT
    local log
    # Served below /repo/ by server.mjs, as a project page is.
    if ! log=$(DOCSGEN_SITE_URL=https://example.org/repo/ "$program" -C "$root" build --print -o "$site" 2>&1); then
        echo "not ok 1 - $1"
        head -n 40 <<< "the site does not build:
$log" | sed 's/^/# /'
        exit 1
    fi
}
