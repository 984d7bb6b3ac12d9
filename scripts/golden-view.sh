#!/bin/bash
# Writes a page with every expected picture that differs from the last commit, before and after side by side.
set -eu
cd "$(dirname "$0")/.."
page=.build/golden-view.html
mkdir -p .build
{
    echo '<!doctype html><meta charset="utf-8"><title>Changed pictures</title>'
    echo '<style>body{font-family:sans-serif}td{vertical-align:top;border:1px solid #ccc}svg{max-width:48vw;height:auto}</style><table>'
    git diff --name-only HEAD -- 'tests/golden/*.svg' | while read -r file; do
        echo "<tr><th colspan=2>$file<tr><td>"
        git show "HEAD:$file" 2> /dev/null || echo 'new'
        echo '<td>'
        cat "$file" 2> /dev/null || echo 'gone'
    done
    echo '</table>'
} > $page
echo "open $page"
