#!/bin/bash
# Where the time of a build goes, as a picture: a flame graph (Brendan Gregg, "The Flame Graph", 2016) of sampled stacks,
# made of perf's words by awk alone, and the functions with the largest shares as text.
# usage: flame.sh BUILD [PAGES]     writes BUILD/bench/flame-PAGES.svg
set -u
build=$(realpath "$1") size=${2:-10000}
bench=$build/bench work=$build/bench/flame site=$build/bench/pages/$size
export LC_ALL=C XDG_CACHE_HOME=$work/memory
command -v perf > /dev/null || { echo 'skipped: perf is not installed'; exit 0; }
mkdir -p "$work"
[ -d "$site" ] || "$bench/gen" "$size" "$site/site-src"
[ -f "$site/docsgen.yml" ] ||
    printf 'site: {title: Bench, url: "https://example.org/", cards: false}\n' > "$site/docsgen.yml"

# Stacks are unwound by what the compiler wrote down for debuggers: the program measured is the one that is shipped.
perf record -q -F 499 -e cpu-clock --call-graph dwarf,16384 -o "$work/samples" \
    "$build/docsgen" build -q --clean -C "$site" -o "$work/out" 2> "$work/said" ||
    { echo "skipped: perf cannot sample here: $(tail -n 1 "$work/said")"; exit 0; }

# One line for each sample: its functions from the outermost in, and what lies above main left out. Threads of the pool
# begin elsewhere; what cannot be named is "?".
perf script -i "$work/samples" --no-inline -F comm,ip,sym 2> /dev/null | awk '
    NF == 0 { sub(/^(\?\002)+/, "", stack); if (stack != "") print stack; stack = ""; next }
    /^[^ \t]/ { stack = ""; next }
    { name = $2; sub(/\+0x.*/, "", name); if (name == "[unknown]") name = "?"
      if (name == "_start" || name ~ /^__libc_start/ || name ~ /^(start_thread|clone3?)$/) next
      stack = stack == "" ? name : name "\002" stack }
    END { if (stack != "") print stack }' | sort > "$work/stacks"
count=$(wc -l < "$work/stacks")
[ "$count" -gt 0 ] || { echo 'skipped: perf saw nothing'; exit 0; }

echo "shares of $count samples: in the function itself, and with all that it calls"
awk -F '\002' '{ own[$NF]++; for (i = 1; i <= NF; i++) if (!((NR, $i) in seen)) { seen[NR, $i]; all[$i]++ } }
    END { for (name in all) printf "%6.1f %% %6.1f %%  %s\n", 100 * own[name] / NR, 100 * all[name] / NR, name }' "$work/stacks" |
    sort -k 3,3nr -k 1,1nr | head -n 40

# Every beginning of a stack is a box, as wide as it has samples. Sorted, a box comes before what stands on it, and boxes
# on one box follow each other.
awk -F '\002' '{ path = ""; for (i = 1; i <= NF; i++) { path = path (i > 1 ? "\002" : "") $i; boxes[path]++ } }
    END { for (path in boxes) print path "\001" boxes[path] }' "$work/stacks" | sort |
    awk -F '\001' -v total="$count" '
    function plain(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); return text }
    BEGIN { width = 1200; row = 18; next_x[""] = 0 }
    { parts = split($1, names, "\002"); name = names[parts]
      parent = parts > 1 ? substr($1, 1, length($1) - length(name) - 1) : ""
      x = next_x[parent]; next_x[parent] += $2; next_x[$1] = x
      w = $2 * width / total
      if (w < 0.5) next
      if (parts > deepest) deepest = parts
      hue = 0; for (i = 1; i <= length(name); i++) hue = (hue * 31 + index("abcdefghijklmnopqrstuvwxyz_", substr(name, i, 1))) % 50
      label = w > 30 ? substr(name, 1, int((w - 6) / 7)) : ""
      box[++boxes] = sprintf("<g><title>%s: %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"hsl(%d,80%%,65%%)\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>", \
          plain(name), 100 * $2 / total, x * width / total, (parts - 1) * row, w, row - 1, 10 + hue, x * width / total + 3, parts * row - 5, plain(label)) }
    END { printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"monospace\" font-size=\"12\">\n", width, deepest * row
          printf "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, deepest * row
          for (i = 1; i <= boxes; i++) print box[i]
          print "</svg>" }' > "$bench/flame-$size.svg"
rm -rf "$work"
echo "written: $bench/flame-$size.svg"
