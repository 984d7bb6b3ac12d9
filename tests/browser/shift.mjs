// usage: node shift.mjs SITE-FOLDER SITE-WITHOUT-ADDRESS
// Nothing on a page moves while it loads: the sum of all layout shifts is 0, wide and narrow, with fonts that come at once
// and with fonts that come half a second late. Speaks TAP.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { patience } from './until.mjs';

const folder = resolve(process.argv[2]);
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const site = await serve(folder);
const forwards = (name) => readFileSync(join(folder, name), 'utf8').includes('http-equiv="refresh"');
const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html') && !forwards(name)).sort();
let count = 0, failed = 0;

/** Gathers what moves, from before the page is there. Runs in the browser. */
function watch() {
  const say = ({ node, previousRect: from, currentRect: to }) =>
    `${(node?.textContent ?? '').trim().slice(0, 30)} from ${from.x | 0},${from.y | 0} to ${to.x | 0},${to.y | 0}`;
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push(`${entry.value.toFixed(4)}: ${entry.sources.map(say).join('; ')}`);
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Two frames after the fonts are there everything that they have moved has been painted and counted. */
async function settle(page) {
  await page.evaluate(() => document.fonts.ready.then(() => null));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
}

async function check(width, delay) {
  const context = await browser.newContext({ viewport: { width, height: width < 700 ? 844 : 900 } });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.addInitScript(watch);
  if (delay) {
    await page.route('**/*.woff2', async (route) => {
      await new Promise((done) => setTimeout(done, delay));
      await route.continue().catch(() => {});
    });
  }
  const load = async (name) => {
    await page.goto(site.root + name, { waitUntil: 'load' });
    await settle(page);
    return (await page.evaluate(() => window.shifts)).map((shift) => `${name}: ${shift}`);
  };
  const faults = [];
  for (const name of names) {
    // On a busy machine half a table may be painted before the other half has been read; what the style sheet does wrong
    // happens every time.
    let found = await load(name);
    for (let again = 0; again < 2 && found.length; again++) found = await load(name);
    faults.push(...found);
  }
  await context.close();
  count++;
  failed += faults.length > 0;
  console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - nothing moves on ${names.length} pages at ${width} px, fonts ${delay ? 'late' : 'at once'}`);
  for (const fault of faults.slice(0, 20)) console.log(`# ${fault}`);
}

/** Opened as a file, with nothing in any cache: the text of the first page has the theme's fonts, and stays where it is, but for
 * what nobody sees: less than a thousandth of the window. */
async function checkFile(folder) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(pathToFileURL(join(folder, 'index.html')).href, { waitUntil: 'load' });
  await settle(page);
  const faults = (await page.evaluate(() => window.shifts)).filter((shift) => parseFloat(shift) >= 0.001);
  const session = await context.newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  for (const selector of ['h1', 'main p']) {
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    if (!fonts.length || fonts.some((font) => !font.isCustomFont)) faults.push(`${selector}: ${fonts.map((font) => font.familyName)}`);
  }
  await context.close();
  count++;
  failed += faults.length > 0;
  console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - opened as a file the first page has its fonts, and nothing moves`);
  for (const fault of faults) console.log(`# ${fault}`);
}

for (const width of [1280, 390]) for (const delay of [0, 500]) await check(width, delay);
await checkFile(resolve(process.argv[3]));
console.log(`1..${count}`);
site.close();
await browser.close();
process.exitCode = failed ? 1 : 0;
