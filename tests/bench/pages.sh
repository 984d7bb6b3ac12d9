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
    # What is remembered of the last build answers one with nothing to do; after a change the site is built again.
    rm -rf "$work/again"
    "$build/docsgen" build -q -C "$site" -o "$work/again"
    page=$(find "$site/site-src" -name '*.md' | sort | sed -n 5p)
    cp -p "$page" "$work/page"
    row 'docsgen, nothing changed' "$(spent "$build/docsgen" build -q -C "$site" -o "$work/again")" "$size" "${floor% *}"
    row 'docsgen, one page changed' "$(rounds=1 spent bash -c 'echo More. >> "$1"; shift; exec "$@"' - "$page" \
        "$build/docsgen" build -q -C "$site" -o "$work/again")" "$size" "${floor% *}"
    cp -p "$work/page" "$page"
    rm -rf "$work/again"
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
