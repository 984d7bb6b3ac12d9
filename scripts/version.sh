#!/bin/sh
# Writes a C file that says which docsgen this is, for generator/base/version.h. The commit is named only in a checkout
# of docsgen itself: sources from an archive have none, and a repository around them is somebody else's.
# usage: version.sh VERSION
set -eu
cd "$(dirname "$0")/.."
commit=
if [ -z "$(git rev-parse --show-prefix 2> /dev/null || echo none)" ] && git ls-files --error-unmatch Makefile > /dev/null 2>&1; then
    commit=$(git describe --always --dirty --abbrev=12 2> /dev/null || true)
fi
printf '#include "base/version.h"\nconst char docsgen_version[] = "%s";\nconst char docsgen_commit[] = "%s";\n' "$1" "$commit"
