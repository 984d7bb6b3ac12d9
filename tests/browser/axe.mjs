// usage: node axe.mjs SITE-FOLDER
// axe-core's rules for WCAG 2.2, A and AA, and its best practices, on every page: wide and narrow, light and dark, with
// everything unfolded that folds, and with the search open. Speaks TAP.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { patience } from './until.mjs';

const folder = resolve(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const site = await serve(folder);
let count = 0, failed = 0;

function report(name, faults) {
  count++;
  failed += faults.size > 0;
  console.log(`${faults.size ? 'not ok' : 'ok'} ${count} - ${name}`);
  for (const fault of [...faults].slice(0, 30)) console.log(`# ${fault}`);
}

/** One sentence per element that breaks a rule. Runs in the browser. */
async function audit() {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
  // Switched off by axe because few sites meet it.
  const rules = { 'target-size': { enabled: true } };
  const { violations } = await window.axe.run(document, { runOnly: tags, rules, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(' ')}: ${failureSummary.split('\n').slice(1).join('; ').trim()}`));
}

/** Audits what is shown now at both widths in both colour schemes, and says what fails where. */
async function look(page, widths, faults) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 700 ? 844 : 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const fault of await page.evaluate(audit)) faults.add(`${width} px, ${colorScheme}: ${fault}`);
    }
  }
}

/** axe gives no opinion on text that stands on a gradient: the shades beside what scrolls go. Runs in the browser. */
function flatten() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.table-wrap, .diagram-view, .prose pre { background: var(--back) !important }');
  document.adoptedStyleSheets.push(sheet);
}

async function open(name) {
  await page.goto(site.root + name, { waitUntil: 'load' });
  await page.evaluate(flatten);
  await page.evaluate(axe);
}

const page = await (await browser.newContext()).newPage();
page.setDefaultTimeout(patience);
const forwards = (name) => readFileSync(join(folder, name), 'utf8').includes('http-equiv="refresh"');
const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html') && !forwards(name)).sort();
try {
  for (const name of names) {
    const faults = new Set();
    await open(name);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await look(page, [1280, 390], faults);
    report(`${name} is accessible at 1280 and 390 px, light and dark`, faults);
  }
  const large = new Set();
  await open('index.html');
  await page.getByRole('button', { name: 'Larger view' }).first().click();
  await look(page, [1280, 390], large);
  report('the larger view of a diagram is accessible', large);
  const search = new Set();
  await open('index.html');
  await page.locator('.search-link').click();
  await page.locator('.search input').fill('docsgen');
  await page.locator('.search-results a').first().waitFor();
  await look(page, [1280, 390], search);
  await page.locator('.search input').fill('qqqzzz');
  await page.locator('.search-status', { hasText: 'Nothing found' }).waitFor();
  await look(page, [1280], search);
  report('the search is accessible', search);
  const drawer = new Set();
  await page.setViewportSize({ width: 390, height: 844 });
  await open('index.html');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await look(page, [390], drawer);
  report('the drawer is accessible', drawer);
} catch (error) {
  report('the browser did what it was told', new Set([String(error?.stack ?? error).replaceAll('\n', '\n# ')]));
}
console.log(`1..${count}`);
site.close();
await browser.close();
process.exitCode = failed || !count ? 1 : 0;
