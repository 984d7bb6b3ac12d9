// usage: node injection.mjs PROGRAM FOLDER
// Every payload in every place that takes an author's text becomes a site in FOLDER, built by PROGRAM. Each page is then opened
// from a server that sends no policy, so that nothing but docsgen's own escaping stands in the way. No dialog, no request to
// elsewhere, no error in the console, and nobody may have set `window.hit`. Speaks TAP.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { patience } from './until.mjs';

const [program, folder] = process.argv.slice(2);

// What shows that it ran: a variable, a dialog, and a request that leaves the site.
const run = 'window.hit=1;alert(1);fetch("http://evil.invalid/")';
const markup = [
  `<script>${run}</script>`,
  `<img src=x onerror='${run}'>`,
  `<svg onload='${run}'></svg>`,
  `"><script>${run}</script>`,
  `'><script>${run}</script>`,
  `--><script>${run}</script><!--`,
  `]]><script>${run}</script>`,
  `</title></style></textarea></script><script>${run}</script>`,
  `" onmouseover="${run.replaceAll('"', "'")}" autofocus onfocus="${run.replaceAll('"', "'")}" x="`,
  `' onfocus='alert(1)' autofocus tabindex=0 x='`,
  `<iframe srcdoc="&lt;script&gt;parent.hit=1&lt;/script&gt;"></iframe>`,
  `<iframe src="javascript:parent.hit=1"></iframe>`,
  `<object data="javascript:alert(1)"></object>`,
  `<meta http-equiv=refresh content="0;url=http://evil.invalid/">`,
  `<base href="http://evil.invalid/">`,
  `<link rel=stylesheet href="http://evil.invalid/a.css">`,
  `<style>@import "http://evil.invalid/a.css";</style>`,
  `<details open ontoggle=alert(1)>`,
  `<math><mtext><table><mglyph><style><img src onerror=alert(1)>`,
  `<foreignObject><body onload=alert(1)></foreignObject>`,
  `&lt;script&gt;alert(1)&lt;/script&gt;`,
  `{{{constructor.constructor("alert(1)")()}}}`,
  `\\u003cscript\\u003ealert(1)\\u003c/script\\u003e`,
];
const urls = [
  'javascript:window.hit=1', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', '\u0001javascript:alert(1)', '&#106;avascript:alert(1)',
  'javascript&colon;alert(1)', 'data:text/html,<script>alert(1)</script>', 'data:image/svg+xml,<svg onload=alert(1)>',
  'vbscript:alert(1)', 'http://other.invalid/"onerror="alert(1)', 'x" onerror="alert(1)', "x' onerror='alert(1)", '//other.invalid/x.js',
  'javascript:alert(1)//http://a.b', 'blob:http://a.b/c', '%6aavascript:alert(1)',
];

const json = JSON.stringify; // A string of JSON is one of YAML too.
const line = (text) => text.replaceAll('\n', ' ');
/** name -> [payloads, files made of one]; files are paths below the project with their text. */
const places = {
  'Markdown text': [markup, (t) => ({ 'site-src/p.md': `# P\n\na ${t} b\n` })],
  'Markdown block': [markup, (t) => ({ 'site-src/p.md': `# P\n\n${t}\n` })],
  heading: [markup, (t) => ({ 'site-src/p.md': `# ${line(t)}\n\n## ${line(t)}\n` })],
  'table cell': [markup, (t) => ({ 'site-src/p.md': `# P\n\n| a |\n|---|\n| ${line(t).replaceAll('|', '\\|')} |\n` })],
  'code and its language': [markup, (t) => ({ 'site-src/p.md': `# P\n\n\`\`\`c ${line(t)}\n${t}\n\`\`\`\n\n\`\`\`html\n${t}\n\`\`\`\n\n\`${line(t)}\`\n` })],
  'link title': [markup, (t) => ({ 'site-src/p.md': `# P\n\n[a](index.md ${json(t)}) ![${line(t)}](x.png ${json(t)})\n` })],
  'front matter': [markup, (t) => ({ 'site-src/p.md': `---\ntitle: ${json(t)}\ndescription: ${json(t)}\nnav_title: ${json(t)}\nupdated: ${json(t)}\n---\ntext\n` })],
  'raw HTML, safe': [markup, (t) => ({ 'docsgen.yml': 'markdown: {raw_html: safe}\n', 'site-src/p.md': `# P\n\n${t}\n\na ${line(t)} b\n` })],
  'raw HTML, safe: addresses': [urls, (t) => ({ 'docsgen.yml': 'markdown: {raw_html: safe}\n', 'site-src/p.md': `# P\n\n<a href=${json(t)}>x</a> <img src=${json(t)}> <details ontoggle=${json(t)}>a</details>\n` })],
  // What an author writes as HTML is then the author's; all else is still escaped.
  'raw HTML on': [urls, (t) => ({ 'docsgen.yml': 'markdown: {raw_html: true}\n', 'site-src/p.md': `# P\n\n[a](<${t.replaceAll('<', '%3C').replaceAll('>', '%3E')}>) \`${t}\`\n` })],
  'diagram label': [markup, (t) => ({ 'site-src/p.md': `# P\n\n![${line(t)}](d.mmd)\n`, 'site-src/d.mmd': `flowchart TB\n  a["${t.replaceAll('"', '#quot;')}"] -->|"${t.replaceAll('"', '#quot;')}"| b\n` })],
  'diagram title': [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](d.mmd)\n', 'site-src/d.mmd': `---\ntitle: ${json(t)}\n---\nflowchart TB\n  accDescr: ${line(t)}\n  subgraph s ["${t.replaceAll('"', '#quot;')}"]\n  a\n  end\n  classDef x fill:${line(t)}\n  style a fill:url(http://evil.invalid/x)\n` })],
  'sequence label': [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](d.mmd)\n', 'site-src/d.mmd': `sequenceDiagram\n  participant a as ${line(t).replaceAll(';', ',')}\n  a->>b: ${line(t).replaceAll(';', ',')}\n  Note over a: ${line(t).replaceAll(';', ',')}\n` })],
  'diagram that is not drawn': [markup, (t) => ({ 'site-src/p.md': `# P\n\n\`\`\`mermaid\nunknownDiagram ${line(t)}\n${t}\n\`\`\`\n` })],
  'SVG file': [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](s.svg)\n', 'site-src/s.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>${t}</text><rect width="9" height="9" ${t.startsWith('"') ? `fill="red${t}"` : ''}/></svg>` })],
  'SVG that runs': [urls, (t) => ({ 'site-src/p.md': '# P\n\n![a](s.svg)\n', 'site-src/s.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><a href=${json(t)}><rect width="9" height="9" style="fill:url(${t})"/></a><use href=${json(t)}/><image href=${json(t)}/><set attributeName="href" to=${json(t)}/></svg>` })],
  CSV: [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](t.csv)\n', 'site-src/t.csv': `"${t.replaceAll('"', '""')}",b\n"${t.replaceAll('"', '""')}",1\n` })],
  cards: [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](c.yml)\n', 'site-src/c.yml': `kind: cards\ntitle: ${json(t)}\ncards:\n- {name: ${json(t)}, badge: ${json(t)}, text: ${json(t)}, fields: {${json(t)}: ${json(t)}}}\n` })],
  costs: [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](c.yml)\n', 'site-src/c.yml': `kind: cost\ncurrency: USD\nas_of: 2025-01-01\nitems:\n- {name: ${json(t)}, group: ${json(t)}, unit: ${json(t)}, price: 1, note: ${json(t)}}\n` })],
  Infracost: [markup, (t) => ({ 'site-src/p.md': '# P\n\n![a](i.json)\n', 'site-src/i.json': json({ version: '0.2', currency: 'USD', totalMonthlyCost: '1', projects: [{ name: t, breakdown: { resources: [{ name: t, costComponents: [{ name: t, unit: t, price: '1', monthlyQuantity: '1', monthlyCost: '1' }] }], totalMonthlyCost: '1' } }] }) })],
  value: [markup, (t) => ({ 'site-src/p.md': '# P\n\na {{ v.yml#a }} b\n', 'site-src/v.yml': `a: ${json(t)}\n` })],
  include: [markup, (t) => ({ 'site-src/p.md': '# P\n\n{{ include: ../parts/a.md }}\n', 'parts/a.md': `${t}\n` })],
  tracker: [markup, (t) => ({ 'site-src/p/PROGRESS_TRACKER.md': `# ${line(t)}\n\n**Total Completion**: 0% (0/1 PRs)\n\n| PR | Title | Status | Completion | Notes |\n|--|--|--|--|--|\n| 1 | ${line(t).replaceAll('|', '\\|')} | Not Started | 0% | ${line(t).replaceAll('|', '\\|')} |\n\n## PR 1: ${line(t)}\n\n**Branch**: \`${line(t)}\`\n\n- [ ] ${line(t)}\n` })],
  settings: [markup, (t) => ({ 'docsgen.yml': `site: {title: ${json(t)}, description: ${json(t)}}\nnav:\n- ${json(t)}:\n  - p.md\n`, 'site-src/p.md': '# P\n' })],
  'link and image': [urls, (t) => ({ 'site-src/p.md': `# P\n\n[a](<${t.replaceAll('<', '%3C').replaceAll('>', '%3E')}>) [b][r] ![c](<${t.replaceAll('<', '%3C').replaceAll('>', '%3E')}>) <${t}>\n\n[r]: <${t.replaceAll('<', '%3C').replaceAll('>', '%3E')}>\n` })],
  'link of a diagram': [urls, (t) => ({ 'site-src/p.md': '# P\n\n![a](d.mmd)\n', 'site-src/d.mmd': `flowchart TB\n  a --> b\n  click a "${t.replaceAll('"', '')}" "tip"\n  click b href "${t.replaceAll('"', '')}"\n` })],
  'settings: addresses': [urls, (t) => ({ 'docsgen.yml': `site: {url: ${json(t)}, repository: ${json(t)}}\n`, 'site-src/p.md': '# P\n' })],
  'theme settings': [[...markup.slice(0, 10), ...urls], (t) => ({ 'docsgen.yml': `theme:\n  color: ${json(t)}\n  accent: ${json(t)}\n  footer: ${json(t)}\n  links:\n  - {${json(t)}: ${json(t)}}\n`, 'site-src/p.md': '# P\n' })],
};

function put(root, files) {
  for (const [path, text] of Object.entries({ 'site-src/index.md': '# Home\n\n[p](p.md)\n', ...files })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Builds every attempt into a folder of its own; settings that are refused give none, which is as good. */
function buildAll() {
  const attempts = [];
  for (const [place, [payloads, make]] of Object.entries(places))
    payloads.forEach((payload, i) => {
      const name = `${Object.keys(places).indexOf(place)}-${i}`, root = join(folder, 'in', name);
      put(root, make(payload));
      const built = spawnSync(program, ['-C', root, 'build', '-q', '-o', join(folder, 'out', name)], { encoding: 'utf8', timeout: patience, env: { ...process.env, DOCSGEN_SITE_CARDS: 'false' } });
      attempts.push({ place, payload, name, status: built.status });
      rmSync(root, { recursive: true });
    });
  return attempts;
}

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.js': 'text/javascript' };
const end = (path) => path.slice(path.lastIndexOf('.'));
const server = createServer((request, response) => {
  try {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const body = readFileSync(join(folder, 'out', path));
    response.writeHead(200, { 'content-type': types[end(path)] ?? 'text/plain' });
    // The pages have a policy of their own, which this test is about doing without.
    response.end(path.endsWith('.html') ? body.toString().replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, '') : body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const context = await browser.newContext();
context.setDefaultTimeout(patience);

let faults = [];
let page;
async function openPage() {
  await page?.close();
  page = await context.newPage();
  page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  // An image or page that an author names and that is not there is the author's affair, and refused by the server.
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && faults.push(`console: ${message.text()}`));
}
await context.route('**', (route) => {
  if (route.request().url().startsWith(origin) || route.request().url().startsWith('data:image/png')) return route.continue();
  // An address of another site, named as one: allowed, and not to be waited for.
  if (!route.request().url().includes('//other.invalid')) faults.push(`request: ${route.request().url()}`);
  return route.abort();
});

/** Opens a page and does what a reader does: the mouse over everything, the focus on it, every link of a script. */
async function visit(url) {
  faults = [];
  await page.goto(url, { waitUntil: 'load' });
  const found = await page.evaluate(async () => {
    const all = [...document.querySelectorAll('*')];
    for (const element of all) {
      for (const type of ['mouseover', 'focus', 'toggle']) element.dispatchEvent(new Event(type));
      if (/^\s*(javascript|vbscript|data):/i.test(element.getAttribute('href') ?? '')) element.click();
    }
    // The address of a script runs after the click.
    await new Promise((done) => setTimeout(done));
    const named = (element) => `<${element.tagName} ${[...element.attributes].map((a) => `${a.name}="${a.value}"`).join(' ')}>`.slice(0, 120);
    const bad = all.filter((element) => [...element.attributes].some((a) => /^on/i.test(a.name) ||
      (/^(href|src|action|xlink:href|srcdoc|data)$/i.test(a.name) && /^[\s\x00-\x1f]*(javascript|vbscript|data:text|blob):?/i.test(a.value))));
    const scripts = [...document.scripts].filter((script) => script.type !== 'application/ld+json').filter((script) => !/docsgen\.js$|live\.js$/.test(script.src) || script.textContent);
    return [...bad, ...scripts].map(named).concat(window.hit ? ['a script ran'] : []);
  });
  return [...faults, ...found];
}

/** Is the net whole? A page that does it all must be caught. */
mkdirSync(join(folder, 'out', 'bad'), { recursive: true });
writeFileSync(join(folder, 'out', 'bad', 'p.html'), `<p>${markup[1]}<a href="javascript:alert(1)">x</a><img src="http://evil.invalid/x.png">`);
await openPage();
const caught = await visit(`${origin}/bad/p.html`);
const nets = [/^dialog/, /^request/, /^<IMG/, /^<A/].filter((net) => !caught.some((fault) => net.test(fault)));
console.log(`${nets.length ? 'not ok' : 'ok'} 1 - a page that runs scripts is caught`);
for (const net of nets) console.log(`# not seen: ${net}`);

await openPage();
const attempts = buildAll();
let count = 1, pages = 0, failed = nets.length > 0;
for (const place of Object.keys(places)) {
  const told = [];
  const mine = attempts.filter((attempt) => attempt.place === place);
  for (const { name, payload, status } of mine) {
    if (status === null || status > 1) {
      if (!(status === 3 && /settings/.test(place))) told.push(`${payload}: the build ends with ${status}`);
      continue;
    }
    const root = join(folder, 'out', name);
    const html = readdirSync(root, { recursive: true }).map(String).filter((path) => path.endsWith('.html') && /(^|\/)(p|PROGRESS_TRACKER)\.html$/.test(path));
    for (const path of html) {
      pages++;
      for (const fault of await visit(`${origin}/${name}/${path}`)) told.push(`${payload}: ${path}: ${fault}`);
    }
  }
  count++;
  failed ||= told.length > 0;
  console.log(`${told.length ? 'not ok' : 'ok'} ${count} - ${place}: ${mine.length} attempts`);
  for (const line of told.slice(0, 20)) console.log(`# ${line.replaceAll('\n', ' ')}`);
}
console.log(`1..${count}\n# ${attempts.length} attempts on ${pages} pages`);
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
