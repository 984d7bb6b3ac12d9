#!/bin/bash
# How fast sites are built, beside the floor (tests/bench/floor.c) and Hugo; what is absent is skipped by name. Nothing
# here passes or fails. Processor time is what counts: other work on the machine moves it little.
# usage: pages.sh BUILD     PAGES="1000 10000"   sizes of sites      ROUNDS=3   the least of so many
set -u
cd "$(dirname "$0")/../.." || exit 3
build=$(realpath "$1") bench=$(realpath "$1")/bench work=$(realpath "$1")/bench/pages
sizes=${PAGES:-1000 10000} rounds=${ROUNDS:-3}
export LC_ALL=C TIMEFORMAT='%U %S %R'
mkdir -p "$work"

# spent COMMAND...: "CPU wall" in seconds, the round with the least processor time; the command's own words go to $work/said.
spent() {
    for _ in $(seq "$rounds"); do
        rm -rf "$work/out"
        { time "$@" > "$work/said" 2>&1; } 2>&1
    done | awk '{ cpu = $1 + $2; if (NR == 1 || cpu < best) { best = cpu; wall = $3 } } END { printf "%.2f %.2f", best, wall }'
}

# row NAME "CPU WALL" PAGES FLOOR: one line of the table.
row() {
    awk -v name="$1" -v spent="$2" -v pages="$3" -v floor="$4" 'BEGIN { split(spent, s, " ")
        printf "%-28s %8d %9.2f s %9.2f s %9.0f us", name, pages, s[1], s[2], s[1] * 1e6 / pages
        if (floor > 0) printf " %8.2f x", s[1] / floor
        print "" }'
}

# change NAME SIZE FLOOR COMMAND...: a line for the build that follows the command, and its share of a full one. The command
# is not timed.
change() {
    local name=$1 size=$2 floor=$3 cpu
    shift 3
    "$@"
    sleep 0.1 # the times of the files are old enough to be believed
    cpu=$(rounds=1 spent "$build/docsgen" build -q --jobs 1 -C "$work/again" -o "$work/stays")
    row "  $name" "$cpu" "$size" "$floor"
    awk -v full="$full" -v part="${cpu% *}" 'BEGIN { printf "%-28s %7.1f %% of a full build\n", "", 100 * part / full }'
}

# changes SIZE FLOOR: one small change after the other, and what the next build takes. Beside pages there are a diagram, a
# data file, a tracker and a template of the site's own, each shown by one page.
changes() {
    local size=$1 floor=$2 page again=$work/again # a copy of the site, to be changed
    rm -rf "$again" "$work/stays"
    cp -r "$work/$size" "$again"
    mkdir -p "$again/diagrams" "$again/site-src/more/roadmap" "$again/theme"
    cp generator/theme/page.html "$again/theme/"
    printf 'theme: {folder: theme}\nroadmap: [site-src/more/roadmap]\n' >> "$again/docsgen.yml"
    printf -- '---\ntitle: One\n---\nflowchart LR\n  a --> b\n' > "$again/diagrams/one.mmd"
    printf 'size: 1\n' > "$again/site-src/more/values.yml"
    printf '# Drawing\n\n![One](../../diagrams/one.mmd)\n' > "$again/site-src/more/drawing.md"
    printf '# Value\n\nThere are {{ values.yml#size }}.\n' > "$again/site-src/more/value.md"
    printf '# Feature - Progress Tracker\n\n## PR Status Dashboard\n\n| PR | Title | Status |\n| --- | --- | --- |\n| 1 | One | Not Started |\n' \
        > "$again/site-src/more/roadmap/PROGRESS_TRACKER.md"
    full=$(rounds=1 spent "$build/docsgen" build -q --jobs 1 --clean -C "$again" -o "$work/stays")
    full=${full% *}
    page=$(find "$again/site-src" -name 'page-*.md' | sort | sed -n 5p)
    echo 'after a change of'
    change nothing "$size" "$floor" true
    change 'one page' "$size" "$floor" sed -i "\$aMore words." "$page"
    change 'one heading' "$size" "$floor" sed -i '0,/^## .*/s//## Another heading/' "$page"
    change 'one title' "$size" "$floor" sed -i 's/^title: .*/title: Another title/' "$page"
    change 'one diagram' "$size" "$floor" sed -i 's/a --> b/a --> c/' "$again/diagrams/one.mmd"
    change 'one value' "$size" "$floor" sed -i 's/1/2/' "$again/site-src/more/values.yml"
    change 'one tracker' "$size" "$floor" sed -i 's/Not Started/Complete/' "$again/site-src/more/roadmap/PROGRESS_TRACKER.md"
    change 'the settings' "$size" "$floor" sed -i 's/title: Bench/title: Other/' "$again/docsgen.yml"
    change 'the template' "$size" "$floor" sed -i 's/<body/<body data-own/' "$again/theme/page.html"
    rm -rf "$again" "$work/stays"
}

printf '%-28s %8s %11s %11s %12s %10s\n' '' pages CPU wall 'CPU a page' 'to floor'
last_cpu='' last_size=''
for size in $sizes; do
    site=$work/$size
    [ -d "$site" ] || "$bench/gen" "$size" "$site/site-src"
    printf 'site: {title: Bench, url: "https://example.org/", cards: false}\n' > "$site/docsgen.yml"
    floor=$(spent "$bench/floor" "$site/site-src" "$work/out")
    row floor "$floor" "$size" 0
    ours=$(spent "$build/docsgen" build -q -C "$site" -o "$work/out" --jobs 1)
    row 'docsgen, 1 thread' "$ours" "$size" "${floor% *}"
    row 'docsgen, all threads' "$(spent "$build/docsgen" build -q -C "$site" -o "$work/out")" "$size" "${floor% *}"
    changes "$size" "${floor% *}"
    # Four slices, each by one thread, and joining them.
    for k in 1 2 3 4; do
        row "docsgen, shard $k of 4" "$(spent "$build/docsgen" build -q --jobs 1 --shard $k/4 -C "$site" -o "$work/out")" "$size" "${floor% *}"
        rm -rf "$work/part-$k"
        mv "$work/out" "$work/part-$k"
    done
    row 'docsgen merge' "$(spent "$build/docsgen" merge -q -C "$site" -o "$work/out" "$work"/part-[1-4])" "$size" "${floor% *}"
    rm -rf "$work"/part-[1-4]
    rm -rf "$work/out"
    "$build/docsgen" build -C "$site" -o "$work/out" --timings 2>&1 | awk '$1 == "all" { print "docsgen, peak memory         " $(NF - 1), $NF }'
    if [ -n "$last_cpu" ]; then
        awk -v a="$last_cpu" -v b="${ours% *}" -v m="$last_size" -v n="$size" \
            'BEGIN { printf "docsgen, growth               exponent %.2f from %d to %d pages\n", log(b / a) / log(n / m), m, n }'
    fi
    last_cpu=${ours% *} last_size=$size
    if command -v hugo > /dev/null; then
        hugo=$work/hugo-$size
        if [ ! -d "$hugo" ]; then
            mkdir -p "$hugo/layouts/_default"
            cp -r "$site/site-src" "$hugo/content"
            # Hugo calls the page of a folder _index.md.
            find "$hugo/content" -name index.md -execdir mv {} _index.md \;
            printf 'baseURL = "https://example.org/"\ntitle = "Bench"\ndisableKinds = ["taxonomy", "term", "RSS"]\n' > "$hugo/config.toml"
            printf '<!doctype html><title>{{ .Title }}</title><nav>{{ range .CurrentSection.Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ .TableOfContents }}<main>{{ .Content }}</main>\n' |
                tee "$hugo/layouts/_default/list.html" > "$hugo/layouts/_default/single.html"
        fi
        row hugo "$(spent hugo --quiet -s "$hugo" -d "$work/out")" "$size" "${floor% *}"
    else
        echo 'skipped: hugo (not installed)'
    fi
done
