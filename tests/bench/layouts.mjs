// How good the drawings of a folder of diagrams are: crossings, bends, widths, defects, beside what was measured on
// drawings of Mermaid 12 (with ELK), where a diagram has that in a .json file next to it.
// usage: node layouts.mjs DOCSGEN CORPUS [LIST]    CORPUS has a folder for each kind; LIST=1 names what is worse than there
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [docsgen, corpus, list] = process.argv.slice(2);
const KINDS = ['flowchart', 'state', 'class', 'er'];
const WIDE = 1200; // px: no page shows more in one piece
const SLACK = 1; // px that may overlap without a word
const STEP = 2; // px between the points of a line that are looked at

const overlaps = (a, b) => Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) > SLACK &&
    Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > SLACK;
const pairs = (all, test) => all.reduce((sum, a, i) => sum + all.slice(i + 1).filter((b) => test(a, b)).length, 0);

// Is the point well inside the shape? Of those that fill their box only in part, the commonest are known.
const isInside = (node, [x, y]) => {
    const u = Math.abs(x - node.x - node.w / 2) / (node.w / 2 - SLACK), v = Math.abs(y - node.y - node.h / 2) / (node.h / 2 - SLACK);
    if (node.shape === 'diamond') return u + v < 1;
    if (/circle|ellipse/.test(node.shape ?? '')) return u * u + v * v < 1;
    return u < 1 && v < 1;
};

const segments = (points) => points.slice(1).map((end, i) => [points[i], end]);

// Points along the line, its ends left out.
const walk = (points) => segments(points).flatMap(([a, b]) => {
    const count = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / STEP);
    return Array.from({ length: count }, (_, i) => [a[0] + ((b[0] - a[0]) * (i + 0.5)) / count, a[1] + ((b[1] - a[1]) * (i + 0.5)) / count]);
});

const turn = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

// Where two pieces cross. Lines that touch or run along each other do not: trunks part that way.
function meeting([a, b], [c, d]) {
    if (turn(a, b, c) * turn(a, b, d) >= 0 || turn(c, d, a) * turn(c, d, b) >= 0) return null;
    const area = (p, q, r) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]), share = area(c, d, a) / (area(c, d, a) - area(c, d, b));
    return [0, 1].map((k) => Math.round(a[k] + share * (b[k] - a[k]))).join();
}

// A line over a trunk crosses it once, however many lines share that.
function crossings(edges) {
    const pieces = edges.flatMap((edge) => segments(edge.points));
    return new Set(pieces.flatMap((piece, i) => pieces.slice(i + 1).map((other) => meeting(piece, other)).filter(Boolean))).size;
}

const bends = (points) => points.slice(2).filter((end, i) => turn(points[i], points[i + 1], end) !== 0).length;

// The groups around a node or group, from the inside out, and the node or group itself.
const chain = (boxes, id) => (boxes.has(id) ? [id, ...chain(boxes, boxes.get(id).parent)] : []);

function defects({ nodes, groups, edges }) {
    const boxes = new Map([...nodes, ...groups].map((box) => [box.id, box]));
    const labels = edges.filter((edge) => edge.label).map((edge) => ({ ...edge.label, edge }));
    const titles = groups.filter((group) => group.label).map((group) => ({ ...group.label, id: group.id }));
    const holds = (outer, inner) => inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK &&
        inner.x + inner.w <= outer.x + outer.w + SLACK && inner.y + inner.h <= outer.y + outer.h + SLACK;
    const through = (edge, node) => node.id !== edge.from && node.id !== edge.to && walk(edge.points).some((point) => isInside(node, point));
    const misses = (id, [x, y]) => { // the nearest point of its box is far away
        const box = boxes.get(id), dx = Math.max(box.x - x, 0, x - box.x - box.w), dy = Math.max(box.y - y, 0, y - box.y - box.h);
        return Math.hypot(dx, dy) > 8;
    };
    const count = (all, test) => all.filter(test).length;
    return {
        'nodes overlap': pairs(nodes, overlaps),
        'members outside': count([...nodes, ...groups], (box) => boxes.has(box.parent) && !holds(boxes.get(box.parent), box)),
        // A note, known by its id, stands beside its node in whatever group that is.
        'strangers inside': nodes.filter((node) => !node.id.includes('----')).reduce((sum, node) => sum + count(groups, (group) => !chain(boxes, node.id).includes(group.id) && overlaps(node, group)), 0),
        'lines through nodes': edges.reduce((sum, edge) => sum + count(nodes, (node) => through(edge, node)), 0),
        'loose ends': edges.reduce((sum, edge) => sum + misses(edge.from, edge.points[0]) + misses(edge.to, edge.points.at(-1)), 0),
        'labels overlap': pairs([...labels, ...titles], overlaps),
        'labels on nodes': labels.reduce((sum, label) => sum + count(nodes, (node) => overlaps(label, node)), 0),
        'lines through labels': labels.reduce((sum, label) => sum + count(edges, (edge) => edge !== label.edge &&
            walk(edge.points).some((point) => isInside({ ...label, shape: 'rect' }, point))), 0),
        'texts outside': count(nodes, (node) => node.label && !holds(node, node.label)),
    };
}

const THEIRS = { 'nodes overlap': 'node_overlaps', 'lines through nodes': 'edge_through_node', 'labels overlap': 'label_overlaps', 'labels on nodes': 'label_on_node' };

function measure(path) {
    const run = spawnSync(docsgen, ['diagram', '--format', 'layout', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
    let layout;
    try { layout = JSON.parse(run.stdout); } catch { return null; } // it is wrong, and Mermaid refuses it as well
    const facts = path.replace(/mmd$/, 'json'), render = existsSync(facts) && JSON.parse(readFileSync(facts)).render_12_3_0;
    const found = defects(layout), edges = layout.edges.length;
    return {
        ours: { crossings: crossings(layout.edges), wide: layout.width > WIDE ? 1 : 0, bends: layout.edges.reduce((sum, edge) => sum + bends(edge.points), 0), edges, ...found },
        theirs: render && render.ok ? { crossings: render.crossings, wide: render.w > WIDE ? 1 : 0, ...Object.fromEntries(Object.entries(THEIRS).map(([ours, theirs]) => [ours, render[theirs]])) } : null,
    };
}

function report(kind, rows) {
    const sum = (side, what, all) => all.reduce((total, row) => total + (row[side][what] ?? 0), 0);
    const both = rows.filter((row) => row.theirs);
    console.log(`${kind}: ${rows.length} drawings, ${both.length} of them beside Mermaid 12`);
    for (const what of ['crossings', 'wide', ...Object.keys(rows[0].ours).slice(4)]) {
        const known = both.length > 0 && what in both[0].theirs, all = known ? both : rows, ours = sum('ours', what, all);
        const worse = known ? all.filter((row) => row.ours[what] > row.theirs[what]) : all.filter((row) => row.ours[what] > 0);
        console.log(`  ${(what === 'wide' ? `wider than ${WIDE} px` : what).padEnd(22)} ${String(ours).padStart(5)}${known ? `  Mermaid ${String(sum('theirs', what, all)).padStart(5)}  worse in ${worse.length}` : ''}`);
        if (list && worse.length) console.log(`    ${worse.map((row) => `${row.name} ${row.ours[what]}${known ? `/${row.theirs[what]}` : ''}`).join(', ')}`);
    }
    console.log(`  ${'bends for each line'.padEnd(22)} ${(sum('ours', 'bends', rows) / Math.max(1, sum('ours', 'edges', rows))).toFixed(2).padStart(5)}`);
}

for (const kind of KINDS) {
    const folder = join(corpus, kind);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.mmd')).sort() : [];
    const rows = names.map((name) => ({ name: name.slice(0, -4), ...measure(join(folder, name)) })).filter((row) => row.ours);
    if (rows.length) report(kind, rows);
}
