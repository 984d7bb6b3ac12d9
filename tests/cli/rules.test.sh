#!/bin/bash
# Architecture rules: what this repository's own network diagram claims is proved at each build.
. "$(dirname "$0")/../tap.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
copy=$scratch/copy
mkdir "$copy"
cp -r "$root/docsgen.yml" "$root/site-src" "$root/diagrams" "$copy"
network=diagrams/network-and-security.mmd

# broken LINE PATTERN: adds a line to the network diagram, gives what the build says about the rules.
broken() {
    cp "$root/$network" "$copy/$network"
    [ -z "$1" ] || printf '%s\n' "$1" >> "$copy/$network"
    run "$DOCSGEN" -C "$copy" build --color never
    found=$(grep -A 3 'model/' <<< "$err" | sed 's/:[0-9]*:[0-9]*:/:/; s/^ *[0-9][0-9]* | */| /')
}

broken ''
is 'all rules of the network diagram hold: status 0' "$status" 0
is 'all rules of the network diagram hold: nothing is said' "$found" ''

for rule in 'forbid: internet -> grafana' 'require: browser -> alloy via alb' 'only: sg_obs -> s3' \
    'only: alloy, grafana -> mimir, loki, tempo'; do
    is "the diagram claims \"$rule\"" "$(grep -cF -- "- $rule" "$root/$network")" 1
done

broken '    alb --> grafana'
is 'a way from the load balancer to Grafana breaks the build: status 1' "$status" 1
is 'a way from the load balancer to Grafana: shown' "$found" \
    'diagrams/network-and-security.mmd: error: a forbidden path exists: internet -> waf -> alb -> grafana [model/rule]
| - forbid: internet -> grafana
      |               ^~~~~~~~~~~~~~~~~~~
      = diagrams/network-and-security.mmd: the path ends with this connection
diagrams/network-and-security.mmd: error: a forbidden path exists: browser -> internet -> waf -> alb -> grafana [model/rule]
| - forbid: browser -> grafana
      |               ^~~~~~~~~~~~~~~~~~
      = diagrams/network-and-security.mmd: the path ends with this connection'

broken '    waf --> alloy'
is 'a way around the load balancer: shown' "$found" \
    'diagrams/network-and-security.mmd: error: a path avoids "alb": browser -> internet -> waf -> alloy [model/rule]
| - require: browser -> alloy via alb
      |                ^~~~~~~~~~~~~~~~~~~~~~~~
      = diagrams/network-and-security.mmd: this connection goes around it'

broken '    backend --> s3'
is 'another reader of the bucket: shown' "$(head -n 1 <<< "$found")" \
    'diagrams/network-and-security.mmd: error: "s3" is reached from elsewhere: backend -> s3 [model/rule]'

broken '    backend --- loki'
is 'another writer of logs: shown' "$(head -n 1 <<< "$found")" \
    'diagrams/network-and-security.mmd: error: "loki" is reached from elsewhere: backend -> loki [model/rule]'

# A single file is proved as well.
printf -- '---\ndocsgen:\n  rules: [forbid: a -> b]\n---\nflowchart LR\n  a --> b\n' > "$scratch/one.mmd"
run "$DOCSGEN" diagram --format text "$scratch/one.mmd"
is 'docsgen diagram: status 1' "$status" 1
is 'docsgen diagram: the path' "$(sed -n '1s/.*error: //p' <<< "$err")" 'a forbidden path exists: a -> b [model/rule]'
done_testing
