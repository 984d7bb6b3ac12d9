#!/bin/bash
# How fast sites are built, beside the floor (tests/bench/floor.c) and Hugo; what is absent is skipped by name. Nothing
# here passes or fails. Processor time is what counts: other work on the machine moves it little.
# usage: pages.sh BUILD     PAGES="1000 10000"   sizes of sites      ROUNDS=3   the least of so many
#                           HUGO_MOST=10000   pages given to Hugo, which takes over 13 GB for 100,000
set -u
cd "$(dirname "$0")/../.." || exit 3
build=$(realpath "$1") bench=$(realpath "$1")/bench work=$(realpath "$1")/bench/pages
sizes=${PAGES:-1000 10000} rounds=${ROUNDS:-3} hugo_most=${HUGO_MOST:-10000} keeps=0
export LC_ALL=C TIMEFORMAT='%U %S %R'
# What builds remember is theirs alone.
export XDG_CACHE_HOME=$work/memory
mkdir -p "$work"
[ -x "$bench/gen" ] && [ -x "$bench/floor" ] || { echo 'run it as: make bench-pages'; exit 3; }

# weighed COMMAND...: runs it; its peak memory in KB goes to $work/peak, 0 where GNU time is missing.
weighed() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f %M -o "$work/peak" "$@"
    else
        echo 0 > "$work/peak"
        "$@"
    fi
}
[ -x /usr/bin/time ] || echo 'skipped: peak memory (GNU time is not installed)'

# spent COMMAND...: "CPU wall peak" in seconds and MB, the round with the least processor time and the least of the
# peaks; the command's own words go to $work/said. Nothing is remembered of the round before, unless `keeps` is 1.
spent() {
    for _ in $(seq "$rounds"); do
        rm -rf "$work/out"
        [ "$keeps" = 1 ] || rm -rf "$XDG_CACHE_HOME"
        { time weighed "$@" > "$work/said" 2>&1; } 2>&1 | tail -n 1
        tail -n 1 "$work/peak"
    done | awk 'NF == 3 { cpu = $1 + $2; if (!best || cpu < best) { best = cpu; wall = $3 } }
        NF == 1 { if (!peak || $1 < peak) peak = $1 }
        END { printf "%.3f %.3f %.0f", best, wall, peak / 1024 }'
}

# row NAME "CPU WALL PEAK" PAGES FLOOR: one line of the table.
row() {
    awk -v name="$1" -v spent="$2" -v pages="$3" -v floor="$4" 'BEGIN { split(spent, s, " ")
        printf "%-28s %8d %9.2f s %9.2f s %7.0f MB %9.0f us", name, pages, s[1], s[2], s[3], s[1] * 1e6 / pages
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
    cpu=$(rounds=1 keeps=1 spent "$build/docsgen" build -q --jobs 1 -C "$work/again" -o "$work/stays")
    row "  $name" "$cpu" "$size" "$floor"
    awk -v full="$full" -v part="${cpu%% *}" 'BEGIN { printf "%-28s %7.1f %% of a full build\n", "", 100 * part / full }'
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
    full=$(rounds=1 spent "$build/docsgen" build -q --jobs 1 -C "$again" -o "$work/stays")
    full=${full%% *}
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

# share NAME "CPU WALL PEAK" "CPU WALL PEAK": how many times as much the first takes.
share() {
    awk -v name="$1" -v one="$2" -v other="$3" 'BEGIN { split(one, a, " "); split(other, b, " ")
        if (b[1] <= 0) exit
        printf "%-28s %.2f x CPU, %.2f x wall, %s x memory\n", name, a[1] / b[1], (b[2] > 0) ? a[2] / b[2] : 0,
            (b[3] > 0) ? sprintf("%.2f", a[3] / b[3]) : "?" }'
}

# growth NAME "CPU WALL PEAK" SIZE "CPU WALL PEAK" SIZE: exponents from the smaller site to the larger.
growth() {
    awk -v name="$1" -v one="$2" -v m="$3" -v other="$4" -v n="$5" 'BEGIN { split(one, a, " "); split(other, b, " ")
        if (a[1] <= 0 || b[1] <= 0 || a[2] <= 0 || b[2] <= 0) exit
        k = log(n / m)
        printf "%-28s exponent %.2f of CPU, %.2f of wall", name ", growth", log(b[1] / a[1]) / k, log(b[2] / a[2]) / k
        if (a[3] > 0 && b[3] > 0) printf ", %.2f of memory", log(b[3] / a[3]) / k
        printf " from %d to %d pages\n", m, n }'
}

printf '%-28s %8s %11s %11s %10s %12s %10s\n' '' pages CPU wall peak 'CPU a page' 'to floor'
last='' last_all='' last_hugo='' last_size='' hugo_took=''
for size in $sizes; do
    site=$work/$size
    [ -d "$site" ] || "$bench/gen" "$size" "$site/site-src"
    printf 'site: {title: Bench, url: "https://example.org/", cards: false}\n' > "$site/docsgen.yml"
    floor=$(spent "$bench/floor" "$site/site-src" "$work/out")
    row floor "$floor" "$size" 0
    ours=$(spent "$build/docsgen" build -q -C "$site" -o "$work/out" --jobs 1)
    row 'docsgen, 1 thread' "$ours" "$size" "${floor%% *}"
    both=$(spent "$build/docsgen" build -q -C "$site" -o "$work/out" --jobs 2)
    row 'docsgen, 2 threads' "$both" "$size" "${floor%% *}"
    row 'docsgen check, 2 threads' "$(spent "$build/docsgen" check -q -C "$site" --jobs 2)" "$size" "${floor%% *}"
    changes "$size" "${floor%% *}"
    # Four slices, each by one thread, and joining them.
    for k in 1 2 3 4; do
        row "docsgen, shard $k of 4" "$(spent "$build/docsgen" build -q --jobs 1 --shard $k/4 -C "$site" -o "$work/out")" "$size" "${floor%% *}"
        rm -rf "$work/part-$k"
        mv "$work/out" "$work/part-$k"
    done
    row 'docsgen merge' "$(spent "$build/docsgen" merge -q -C "$site" -o "$work/out" "$work"/part-[1-4])" "$size" "${floor%% *}"
    rm -rf "$work"/part-[1-4]
    rm -rf "$work/out"
    if ! command -v hugo > /dev/null; then
        echo 'skipped: hugo (not installed)'
    elif [ "$size" -gt "$hugo_most" ]; then
        echo "skipped: hugo with $size pages (HUGO_MOST=$hugo_most)"
    else
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
        hugo_took=$(spent hugo --quiet -s "$hugo" -d "$work/out")
        row "$(hugo version | sed 's/^hugo v\([0-9.]*\).*/hugo \1/')" "$hugo_took" "$size" "${floor%% *}"
        share 'hugo to docsgen, 2 threads' "$hugo_took" "$both"
    fi
    share 'docsgen to floor, 1 thread' "$ours" "$floor"
    if [ -n "$last" ]; then
        growth 'docsgen, 1 thread' "$last" "$last_size" "$ours" "$size"
        growth 'docsgen, 2 threads' "$last_all" "$last_size" "$both" "$size"
        [ "$size" -gt "$hugo_most" ] || growth hugo "$last_hugo" "$last_size" "$hugo_took" "$size"
    fi
    last=$ours last_all=$both last_hugo=$hugo_took last_size=$size
done
