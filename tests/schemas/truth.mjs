// Is what docsgen.json says true? Its places are looked up in the sources, its addresses in the written site.
// usage: node truth.mjs PROJECT SITE
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [project, site] = process.argv.slice(2);
const model = JSON.parse(readFileSync(join(site, "docsgen.json")));
const wrong = [];
const texts = new Map();
let places = 0;

// The text from a place to the end of its line; columns count bytes.
function textAt(file, at) {
  const path = at.file ?? file;
  if (!texts.has(path)) texts.set(path, readFileSync(join(project, path), "latin1").split("\n"));
  const line = texts.get(path)[at.line - 1];
  places++;
  if (line === undefined || at.column > line.length + 1) wrong.push(`${path} has no ${at.line}:${at.column}`);
  return Buffer.from((line ?? "").slice(at.column - 1), "latin1").toString();
}

function expect(file, at, what, text) {
  if (!at) return;
  const found = textAt(file, at);
  if (!what(found)) wrong.push(`${at.file ?? file}:${at.line}:${at.column}: ${text}, but there is "${found.slice(0, 40)}"`);
}

const exists = (url) => existsSync(join(site, url));
const words = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

for (const page of model.pages) {
  if (!exists(page.url)) wrong.push(`no page ${page.url}`);
  for (const heading of page.headings) {
    const first = words(heading.text)[0] ?? "";
    expect(page.path, heading.at, (text) => text.includes(first) || !text.startsWith("#"), `heading "${heading.text}"`);
  }
  for (const link of page.links) {
    if (link.kind === "internal" && !exists(link.url)) wrong.push(`${page.path}: link to ${link.url}, which is not there`);
    if (link.kind === "external") expect(page.path, link.at, (text) => text.includes(link.url.replace(/^mailto:/, "").slice(0, 12)), `link ${link.url}`);
  }
  for (const url of [page.previous, page.next].filter(Boolean)) if (!exists(url)) wrong.push(`no neighbour ${url}`);
}
for (const diagram of model.diagrams) {
  if (diagram.url && !exists(diagram.url)) wrong.push(`no drawing ${diagram.url}`);
  if (!diagram.at) continue;
  const begins = (name) => (text) => text.startsWith(name) || text.replace(/^["']/, "").startsWith(name);
  for (const node of diagram.model?.nodes ?? []) {
    if (diagram.type === "flowchart") expect(diagram.file, node.at, begins(node.id), `node ${node.id}`);
    else if (node.at) textAt(diagram.file, node.at);
  }
  for (const participant of diagram.model?.participants ?? []) expect(diagram.file, participant.at, begins(participant.id), `participant ${participant.id}`);
  for (const item of [...(diagram.model?.edges ?? []), ...(diagram.model?.groups ?? []), ...(diagram.model?.messages ?? [])])
    if (item.at) textAt(diagram.file, item.at);
}
for (const sheet of model.costs) {
  for (const item of sheet.items) expect(sheet.file, item.at, (text) => text.includes(item.name.slice(0, 8)), `item ${item.name}`);
  for (const [index, scenario] of sheet.scenarios.entries()) {
    // The month is the sum of its items, to the cent.
    const cents = (text) => Math.round(Number(text) * 100);
    const sum = sheet.items.reduce((total, item) => total + cents(item.scenarios[index]?.amount ?? 0), 0);
    if (sum !== cents(scenario.month.amount)) wrong.push(`${sheet.file}: ${scenario.name} is ${scenario.month.amount}, its items are ${sum / 100}`);
  }
}
for (const set of model.cards) for (const card of set.cards) expect(set.file, card.at, (text) => text.includes(card.name), `card ${card.name}`);
for (const tracker of model.trackers) {
  if (!exists(tracker.page)) wrong.push(`no tracker page ${tracker.page}`);
  const ids = tracker.roadmap.prs.map((pr) => pr.id);
  for (const pr of tracker.roadmap.prs) if (pr.line) expect(tracker.roadmap.path, { line: pr.line, column: 1 }, (text) => text.includes(pr.id), `PR ${pr.id}`);
  if (new Set(ids).size !== ids.length) wrong.push(`${tracker.roadmap.path}: an id twice`);
}
for (const finding of model.findings) if (finding.file && finding.line && existsSync(join(project, finding.file))) textAt(finding.file, finding);
for (const line of wrong.slice(0, 20)) console.log(line);
console.log(`${places} places, ${wrong.length} wrong`);
process.exit(wrong.length || !places ? 1 : 0);
