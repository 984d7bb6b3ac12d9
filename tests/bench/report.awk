# Tables and JSON from lines "kind size engine what value", tab-separated. usage: awk -v json=FILE -f report.awk FIGURES
BEGIN {
    FS = "\t"
    # Milliseconds on one core that a drawing may take with all that is tried, and one layout alone, by number of nodes.
    target[25] = 5; target[120] = 50; target[2000] = 1500
    once_target[10] = 0.5; once_target[50] = 3; once_target[500] = 60; once_target[5000] = 2000
}

{
    graph = $1 "\t" $2
    value[graph, $3, $4] = $5
    if (!((graph, $3) in seen)) {
        seen[graph, $3] = 1
        rows[++row_count] = graph "\t" $3
    }
    whats[graph, $3] = whats[graph, $3] (whats[graph, $3] == "" ? "" : "\t") $4
    if ($3 == "docsgen" && $4 == "total_ms")
        graphs[++graph_count] = graph
}

# How a figure grows from one size to the next: value ~ size ^ exponent.
function growth(now, before, what, sizes, olds) {
    split(now, sizes, "\t")
    split(before, olds, "\t")
    if (sizes[1] != olds[1])
        return "-"
    return sprintf("%.2f", log(value[now, "docsgen", what] / value[before, "docsgen", what]) / log(sizes[2] / olds[2]))
}

# "5 held", "5 MISSED" or nothing.
function judged(ms, most) {
    return most == "" ? "" : sprintf("%g %s", most, ms <= most ? "held" : "MISSED")
}

function print_stages(i, graph, part, own) {
    print "docsgen: ms of CPU from text to SVG (medians), what they may be, growth exponent against the size above, peak of its memory;"
    print "`once` is the layout alone where no other form of the drawing is tried"
    printf "%-6s %6s %6s %6s %8s %8s %8s %8s %-12s %6s %8s %-12s %8s %6s\n", "graph", "nodes", "edges", "groups", "parse", "layout",
        "svg", "total", "target", "growth", "once", "target", "KB", "growth"
    for (i = 1; i <= graph_count; i++) {
        graph = graphs[i]
        split(graph, part, "\t")
        printf "%-6s %6d %6d %6d", part[1], part[2], value[graph, "docsgen", "edges"], value[graph, "docsgen", "groups"]
        printf " %8.2f %8.2f %8.2f", value[graph, "docsgen", "parse_ms"], value[graph, "docsgen", "layout_ms"], value[graph, "docsgen", "svg_ms"]
        own = value[graph, "docsgen", "total_ms"]
        printf " %8.2f %-12s %6s", own, judged(own, target[part[2]]), growth(graph, graphs[i - 1], "total_ms")
        own = value[graph, "docsgen", "once_ms"]
        printf " %8.2f %-12s", own, judged(own, once_target[part[2]])
        printf " %8d %6s\n", value[graph, "docsgen", "peak_bytes"] / 1024, growth(graph, graphs[i - 1], "peak_bytes")
    }
}

# One cell: the time of an engine, and how many times docsgen's that is.
function cell(graph, engine, ms, own) {
    own = value[graph, "docsgen", "total_ms"]
    if ((graph, engine, "limit_s") in value)
        return sprintf("%12s %8s", "none in " value[graph, engine, "limit_s"] " s", "-")
    ms = (graph, engine, "total_ms") in value ? value[graph, engine, "total_ms"] : value[graph, engine, "layout_ms"]
    if (ms == "")
        return sprintf("%12s %8s", "-", "-")
    return sprintf("%12.2f %8s", ms, sprintf("%.1f", ms / own))
}

function print_beside(i, k, part, engines, count, line, has) {
    count = split("libgvc dot elkjs mermaid", engines, " ")
    line = sprintf("%-6s %6s %9s", "graph", "nodes", "docsgen")
    for (k = 1; k <= count; k++) {
        has[k] = 0
        for (i = 1; i <= graph_count; i++)
            if ((graphs[i], engines[k]) in seen)
                has[k] = 1
        if (has[k])
            line = line sprintf(" %12s %8s", engines[k], "times")
    }
    if (length(line) < 30)
        return
    print "\nBeside others: ms of CPU, and how many times docsgen's (elkjs: layout alone; with its compiler's and collector's threads)"
    print line
    for (i = 1; i <= graph_count; i++) {
        split(graphs[i], part, "\t")
        line = sprintf("%-6s %6d %9.2f", part[1], part[2], value[graphs[i], "docsgen", "total_ms"])
        for (k = 1; k <= count; k++)
            if (has[k])
                line = line " " cell(graphs[i], engines[k])
        print line
    }
}

function print_corpus(i, part, graph, has_head) {
    for (i = 1; i <= row_count; i++) {
        split(rows[i], part, "\t")
        if (part[1] !~ /^corpus-/)
            continue
        if (!has_head++)
            printf "\nReal diagrams: ms of CPU from text to SVG\n%-18s %8s %8s %9s %8s\n", "kind", "diagrams", "median", "95 in 100", "most"
        graph = part[1] "\t" part[2]
        printf "%-18s %8d %8.2f %9.2f %8.2f\n", substr(part[1], 8), part[2], value[graph, "docsgen", "median_ms"],
            value[graph, "docsgen", "p95_ms"], value[graph, "docsgen", "most_ms"]
    }
}

function print_weight(own, bundle) {
    if (!(("weight\t0", "docsgen", "svg_gzip_bytes") in value))
        return
    own = value["weight\t0", "docsgen", "svg_gzip_bytes"]
    printf "\nPage weight: the %d diagrams of observability-architecture.html are %.1f KB of SVG after gzip (the whole page: %.1f KB)",
        value["weight\t0", "docsgen", "svg_count"], own / 1000, value["weight\t0", "docsgen", "page_gzip_bytes"] / 1000
    bundle = value["weight\t0", "mermaid", "bundle_gzip_bytes"]
    if (bundle)
        printf "; mermaid.min.js alone is %.1f KB, %.0f times as much", bundle / 1000, bundle / own
    print ""
}

function as_json(what, figure) {
    return what == "version" ? "\"" figure "\"" : figure
}

# Every line once more as one list: {"graph": .., "nodes": .., "engine": .., figures}.
function write_json(i, k, part, names, count) {
    printf "{\"schema\":1,\"figures\":[" > json
    for (i = 1; i <= row_count; i++) {
        split(rows[i], part, "\t")
        printf "%s\n  {\"graph\":\"%s\",\"nodes\":%d,\"engine\":\"%s\"", (i > 1 ? "," : ""), part[1], part[2], part[3] > json
        count = split(whats[part[1] "\t" part[2], part[3]], names, "\t")
        for (k = 1; k <= count; k++)
            printf ",\"%s\":%s", names[k], as_json(names[k], value[part[1] "\t" part[2], part[3], names[k]]) > json
        printf "}" > json
    }
    print "\n]}" > json
    close(json)
}

END {
    print_stages()
    print_beside()
    print_corpus()
    print_weight()
    write_json()
}
