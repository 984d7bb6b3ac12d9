// How long elkjs and Mermaid take for the same graphs, warmed up. Prints the lines that diagrams.c prints.
// usage: node peers.mjs ENGINE GRAPHS-FOLDER PEERS-FOLDER KIND SIZE     ENGINE: elkjs | mermaid
// PEERS-FOLDER is one with node_modules: elkjs, mermaid and puppeteer-core (with a Chromium at $CHROMIUM).
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [, , engine, graphs, peers, kind, size] = process.argv;
const require = createRequire(path.resolve(peers, 'x.js'));
const read = (name, suffix) => fs.readFileSync(path.join(graphs, `${name}.${suffix}`), 'utf8');
const RUNS_MOST = 41, RUNS_LEAST = 3, ENOUGH_MS = 1500; // as in clock.h
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

// CPU time of this process; `work` runs until there are enough samples.
async function sample(work, warmUp) {
  const times = [];
  await warmUp();
  for (let spent = 0; times.length < RUNS_MOST && (times.length < RUNS_LEAST || spent < ENOUGH_MS) && spent < 3 * ENOUGH_MS; ) {
    const before = process.cpuUsage();
    await work();
    const used = process.cpuUsage(before), ms = (used.user + used.system) / 1e3;
    times.push(ms);
    spent += ms;
  }
  return times;
}

// Layout alone: sizes of boxes and labels are given to it. Edges may cross the borders of groups.
function elkGraph(graph) {
  const box = (label) => ({ width: 8 * label.length + 30, height: 40 });
  const groups = graph.groups.map((g, i) => ({ id: `g${i}`, labels: [{ text: g.label, width: 8 * g.label.length, height: 16 }], children: [], layoutOptions: { 'elk.padding': '[top=30,left=12,bottom=12,right=12]' } }));
  const root = { id: 'root', children: [], layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.hierarchyHandling': 'INCLUDE_CHILDREN' } };
  const put = (parent, child) => (parent === null ? root : groups[parent]).children.push(child);
  graph.groups.forEach((g, i) => put(g.group, groups[i]));
  graph.nodes.forEach((n, i) => put(n.group, { id: `n${i}`, ...box(n.label) }));
  root.edges = graph.edges.map((e, i) => ({ id: `e${i}`, sources: [`n${e.from}`], targets: [`n${e.to}`], labels: e.label ? [{ text: e.label, width: 8 * e.label.length, height: 16 }] : [] }));
  return root;
}

async function elkjs() {
  const ELK = require('elkjs/lib/elk.bundled.js'), elk = new ELK();
  const graph = JSON.parse(read(`${kind}-${size}`, 'json')), warm = JSON.parse(read(`${kind}-50`, 'json'));
  return { layout_ms: await sample(() => elk.layout(elkGraph(graph)), async () => { for (let i = 0; i < 15; i++) await elk.layout(elkGraph(warm)); }) };
}

// mermaid.render in a page: time of the main thread's tasks, which is CPU time.
async function mermaid() {
  const browser = await require('puppeteer-core').launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'], protocolTimeout: 590000 });
  try {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><body></body>');
    await page.addScriptTag({ path: path.resolve(peers, 'node_modules/mermaid/dist/mermaid.min.js') });
    const cdp = await page.createCDPSession();
    await cdp.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' }).catch(() => {});
    await cdp.send('Performance.enable');
    const taskMs = async () => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1e3;
    const render = (text, id) => page.evaluate((text, id) => mermaid.render(id, text).then((r) => r.svg.length), text, id);
    await page.evaluate(() => mermaid.initialize({ startOnLoad: false, maxEdges: 1e6, maxTextSize: 1e8 }));
    const warm = read(`${kind}-10`, 'mmd'), text = read(`${kind}-${size}`, 'mmd'), times = [];
    for (let i = 0; i < 10; i++) await render(warm, `w${i}`);
    for (let spent = 0; times.length < 11 && (times.length < RUNS_LEAST || spent < ENOUGH_MS) && spent < 3 * ENOUGH_MS; ) {
      const before = await taskMs();
      await render(text, `g${times.length}`);
      times.push((await taskMs()) - before);
      spent += times.at(-1);
    }
    return { total_ms: times };
  } finally {
    await browser.close();
  }
}

const version = (name) => JSON.parse(fs.readFileSync(path.resolve(peers, 'node_modules', name, 'package.json'), 'utf8')).version;
const figures = await { elkjs, mermaid }[engine]();
for (const [what, times] of Object.entries(figures)) {
  console.log([kind, size, engine, what, median(times).toFixed(3)].join('\t'));
  console.log([kind, size, engine, 'runs', times.length].join('\t'));
}
console.log(['all', 0, engine, 'version', version(engine)].join('\t'));
process.exit(0);
