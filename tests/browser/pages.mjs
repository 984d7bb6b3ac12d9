// usage: node pages.mjs SITE-FOLDER [PICTURE-FOLDER]
// Opens every page wide and narrow, in light and dark, under the strict policy of server.mjs, and speaks TAP: one line per
// page, then what a reader does with the sidebar and with the site opened as files.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { fontFaults, inspect } from './inspect.mjs';
import { serve } from './server.mjs';
import { patience, until } from './until.mjs';

const [folder, pictures] = process.argv.slice(2).map((path) => resolve(path));
const views = [1280, 390].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })));
// Without these Chromium asks for its maker's hosts at every start.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-lcd-text', '--font-render-hinting=none'];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const site = await serve(folder);
let count = 0, failed = 0;

function report(name, faults) {
  count++;
  failed += faults.length > 0;
  console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`# ${fault}`);
}

/** A new page in one view, and the list in which its faults gather. */
async function open(view, options = {}) {
  const context = await browser.newContext({ ...options, viewport: { width: view.width, height: view.width < 700 ? 844 : 900 }, colorScheme: view.scheme });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    // On a slow machine a font is still on its way when the test goes on to the next page: the browser gives it up, no fault.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') faults.push(`not loaded: ${request.url()} (${why})`);
  });
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  return { context, page, faults };
}

const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
const files = new Set(entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))));
// A page that only forwards to another has nothing to look at, and a browser would not stay on it.
const forwards = (name) => readFileSync(join(folder, name), 'utf8').includes('http-equiv="refresh"');
const pages = [...files].filter((name) => name.endsWith('.html') && !forwards(name)).sort();

async function checkPages() {
  const opened = await Promise.all(views.map(async (view) => ({ view, ...(await open(view)) })));
  // Fonts that come late are for the next page: from here on they are there.
  for (const { page } of opened) {
    await page.goto(site.root + pages[0], { waitUntil: 'load' });
    await page.evaluate(fontFaults);
  }
  for (const name of pages) {
    const all = [];
    for (const { view, page, faults } of opened) {
      faults.length = 0;
      await page.goto(site.root + name, { waitUntil: 'load' });
      const found = [...(await page.evaluate(fontFaults)), ...(await page.evaluate(inspect)), ...faults];
      all.push(...found.map((fault) => `${view.width} px, ${view.scheme}: ${fault}`));
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        const picture = `${name.replace(/\.html$/, '').replaceAll('/', '_')}-${view.scheme}-${view.width}.png`;
        await page.screenshot({ path: join(pictures, picture), fullPage: true });
      }
    }
    report(`${name} is whole at 1280 and 390 px, light and dark`, all);
  }
  for (const { context } of opened) await context.close();
}

/** On paper there is no shell, what was dark is light, and nothing is wider than the sheet: A4 less its margins, 178 mm. */
async function checkPrint() {
  const { context, page, faults } = await open({ width: 673, scheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  for (const name of pages) {
    await page.goto(site.root + name, { waitUntil: 'load' });
    const found = await page.evaluate(() => {
      const seen = (element) => element.checkVisibility() && element.getClientRects().length;
      const shell = [...document.querySelectorAll('.top, .sidebar, .toc, .breadcrumbs, .foot, .copy, .anchor, button')].filter(seen);
      const wide = [...document.querySelectorAll('.prose *')].filter((element) => seen(element) && !element.closest('svg svg, svg > *') && element.getBoundingClientRect().right > innerWidth + 6);
      const [r] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g) ?? [];
      return [...shell.map((element) => `${element.className} is printed`), ...wide.map((element) => `${element.tagName} ${element.className} (${element.textContent.slice(0, 30)}) is wider than the paper`),
        ...(r < 200 ? ['the paper is dark'] : [])];
    });
    faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  report('every page fits on A4, light and without the shell', faults);
  await context.close();
}

/** On a phone the sidebar is a drawer that opens, closes by Escape and leads to another page, all without a script. */
async function checkDrawer() {
  const { context, page, faults } = await open({ width: 390, scheme: 'light' });
  const sidebar = page.locator('#Sidebar');
  const expect = async (visible, when) => (await until(visible, () => sidebar.isVisible())) === visible || faults.push(`sidebar is ${visible ? 'hidden' : 'shown'} ${when}`);
  await page.goto(`${site.root}docsgen/index.html`);
  await expect(false, 'at first');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expect(true, 'after a tap on the button');
  await page.keyboard.press('Escape');
  await expect(false, 'after Escape');
  await page.getByRole('button', { name: 'Menu', exact: true }).press('Enter');
  await expect(true, 'after Enter on the button');
  await page.getByRole('button', { name: 'Close menu' }).click();
  await expect(false, 'after a tap on the cross');
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect(true, 'on a wide screen');
  await page.goto(`${site.root}index.html`);
  await expect(false, 'on a landing page');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expect(true, 'on a landing page after a click on the button');
  report('the sidebar is a drawer on a phone', faults);
  await context.close();
}

/** Without a script: who points at a node or tabs to its link sees its edges; a larger view opens and closes by keyboard. */
async function checkDiagram() {
  const { context, page, faults } = await open({ width: 1280, scheme: 'light' }, { javaScriptEnabled: false, reducedMotion: 'reduce' });
  const is = async (what, ask, expected) => {
    const got = await until(expected, ask);
    if (got !== expected) faults.push(`${what}: ${got}, expected ${expected}`);
  };
  // The edges that are not pale, of those that end at a node and of the others.
  const shown = () => page.evaluate((number) => {
    const edges = [...document.querySelector('figure.diagram svg.dg').querySelectorAll('[data-e]')];
    const [own, other] = [true, false].map((wanted) => edges.filter((edge) => wanted === edge.matches(`[data-e~="${number}"]`)));
    const full = (list) => list.length && list.every((edge) => getComputedStyle(edge).opacity === '1');
    return `${full(own) ? 'own' : ''} ${full(other) ? 'other' : ''}`;
  }, number);
  await page.goto(`${site.root}roadmap/grafana-observability/PROGRESS_TRACKER.html`);
  const node = page.locator('figure.diagram svg.dg').first().locator('g[data-n]:has(a)').first();
  const number = await node.getAttribute('data-n');
  await is('edges at first', shown, 'own other');
  await node.hover();
  await is('edges of a node with the pointer', shown, 'own ');
  await page.mouse.move(0, 0);
  await is('edges without the pointer', shown, 'own other');
  await node.locator('a').focus();
  await is('edges of a node with the focus', shown, 'own ');
  const button = page.getByRole('button', { name: 'Larger view' }).first();
  const view = page.locator('.diagram-large').first();
  const width = async (picture) => (await picture.boundingBox()).width;
  const small = await width(page.locator('figure.diagram svg.dg').first());
  const isSeen = () => view.isVisible();
  await is('larger view at first', isSeen, false);
  await button.press('Enter');
  await is('larger view after Enter', isSeen, true);
  await is('drawing is larger', async () => (await width(view.locator('svg').first())) > small, true);
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await is('focus', focused, 'Close');
  await page.keyboard.press('Enter');
  await is('larger view after Enter on its button', isSeen, false);
  await button.press('Enter');
  await is('larger view after Enter once more', isSeen, true);
  await page.keyboard.press('Escape');
  await is('larger view after Escape', isSeen, false);
  await is('focus at last', focused, 'Larger view');
  await node.locator('a').press('Enter');
  await is('address after Enter on a node', () => page.url().includes('#'), true);
  report('a diagram shows the edges of a node and a larger view, without a script', faults);
  await context.close();
}

/** The first key press reaches the skip link, and it leads to the text. */
async function checkSkipLink() {
  const { context, page, faults } = await open({ width: 1280, scheme: 'light' });
  await page.goto(`${site.root}index.html`);
  await page.keyboard.press('Tab');
  const box = await page.locator(':focus').boundingBox();
  if (!box || box.y < 0) faults.push('the skip link cannot be seen when it has the focus');
  await page.keyboard.press('Enter');
  if ((await until('Main', () => page.evaluate(() => document.activeElement.id))) !== 'Main') faults.push('the skip link does not lead to the text');
  report('the first Tab reaches the skip link', faults);
  await context.close();
}

/** Opened as files there is no server to guess anything: every address must be a file of the site. */
async function checkFiles() {
  const { context, page, faults } = await open({ width: 1280, scheme: 'light' });
  const base = pathToFileURL(folder).href;
  // This site has an address of its own and so asks for fonts early; from a file Chromium refuses, says so for each, and loads it by the
  // style sheet as ever.
  const isEarlyFont = (fault) => /fonts\/inter-[46]00\.woff2|^console: Failed to load resource: net::ERR_FAILED$/.test(fault);
  // The page for lost readers is only ever shown by a server, and so has a base.
  for (const name of pages.filter((name) => name !== '404.html')) {
    await page.goto(`${base}/${name}`);
    await page.evaluate(() => document.fonts.ready.then(() => null));
    // Read as written: the href of a link inside a picture is no string.
    const links = await page.evaluate(() =>
      [...document.querySelectorAll('a[href]')].map((a) => new URL(a.getAttribute('href'), document.baseURI).href));
    for (const link of new Set(links.map((href) => href.split('#')[0]))) {
      if (!link.startsWith('file:')) continue;
      const path = relative(folder, decodeURIComponent(new URL(link).pathname));
      if (path.startsWith('..') || !files.has(path)) faults.push(`${name}: ${link.slice(base.length)} is no file`);
    }
  }
  report('every link works when the site is opened as files', faults.filter((fault) => !isEarlyFont(fault)));
  await context.close();
}

try {
  await checkPages();
  await checkPrint();
  await checkDrawer();
  await checkDiagram();
  await checkSkipLink();
  await checkFiles();
} catch (error) {
  report('the browser did what it was told', [String(error?.stack ?? error).replaceAll('\n', '\n# ')]);
}
console.log(`1..${count}`);
site.close();
await browser.close();
process.exitCode = failed || !count ? 1 : 0;
