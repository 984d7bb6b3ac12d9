#!/bin/sh
# Fails on every #include that generator/LAYERS does not allow. A folder's row is the longest one that is a prefix of its path.
set -eu
cd "$(dirname "$0")/.."
grep -rHn '^#include' generator --include='*.[ch]' | awk '
    function folder_of(path) {
        sub(/\/[^\/]*$/, "", path)
        while (path != "" && !(path in allowed)) if (!sub(/\/[^\/]*$/, "", path)) path = ""
        return path
    }
    FILENAME == "generator/LAYERS" {
        if ($0 ~ /^#/ || NF == 0) next
        split($0, half, "|"); count = split(half[1], word, " ")
        allowed[word[1]] = " " word[1] " "
        for (i = 2; i <= count; i++) allowed[word[1]] = allowed[word[1]] word[i] " "
        count = split(half[2], library, " ")
        for (i = 1; i <= count; i++) if (library[i] != "-") owner[library[i]] = word[1]
        next
    }
    {
        split($0, part, ":"); file = part[1]; from = file; sub(/^generator\//, "", from); from = folder_of(from)
        text = $0; sub(/^[^:]*:[^:]*:/, "", text)
        if (match(text, /"[^"]*"/)) {
            to = folder_of(substr(text, RSTART + 1, RLENGTH - 2))
            if (to == "" || index(allowed[from], " " to " ") == 0) { print part[1] ":" part[2] ": " from " may not include " text; bad = 1 }
        } else for (name in owner)
            if (index(text, "<" name) == 1 + index(text, "<") - 1 && index(text, "<" name) > 0 && owner[name] != from) {
                print part[1] ":" part[2] ": only " owner[name] " may use " text; bad = 1
            }
    }
    END { exit bad }' generator/LAYERS -
