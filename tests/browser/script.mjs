// usage: node script.mjs SITE-FOLDER
// What docsgen.js adds, as a reader meets it: search by keyboard and mouse, over HTTP under the strict policy and from files;
// the theme switch; copying; and the site without scripts. Speaks TAP.
import { join, resolve } from 'node:path';
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { patience, until } from './until.mjs';

const folder = resolve(process.argv[2]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const site = await serve(folder);
let count = 0, failed = 0;

/** One line of TAP: `check` gives a list of faults, and so does whatever the page complains of. */
async function test(name, options, check) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = [];
  // A site with an address of its own asks for fonts early; from a file Chromium refuses and says so, and the style sheet brings them.
  const isEarlyFont = (text) => page.url().startsWith('file:') && /fonts\/inter-[46]00|Failed to load resource: net::ERR_FAILED$/.test(text);
  page.on('console', (message) => message.type() === 'error' && !isEarlyFont(message.text()) && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  const is = (what, got, expected) => String(got) === String(expected) || faults.push(`${what}: ${got}, expected ${expected}`);
  try {
    await check(page, is, context);
  } catch (error) {
    faults.push(String(error.message).split('\n')[0]);
  }
  count++;
  failed += faults.length > 0;
  console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${name}`);
  for (const fault of faults) console.log(`# ${fault}`);
  await context.close();
}

const results = (page) => page.locator('.search-results a');
const titles = async (page) => (await results(page).locator('b').allTextContents());
// Each result leads to a page with the words that were asked for: those of an earlier query stay until the new ones are there.
const found = async (page, query) => {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu).join(' ');
  const asked = `.search-results li:first-child a[href*="?q=${encodeURIComponent(words)}#"], .search-results li:first-child a[href$="?q=${encodeURIComponent(words)}"]`;
  await page.locator(asked).waitFor();
};

for (const [how, root] of [['over HTTP', site.root], ['from files', `${pathToFileURL(folder).href}/`]]) {
  await test(`search ${how}: by keyboard to the marked words of a section`, {}, async (page, is) => {
    await page.goto(`${root}docsgen/index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type('security group');
    await found(page, 'security group');
    is('dialog', await page.locator('dialog.search').isVisible(), true);
    is('status', /^\d+ results?$/.test(await page.locator('.search-status').textContent()), true);
    await page.keyboard.press('ArrowDown');
    is('focus', await page.evaluate(() => document.activeElement.closest('.search-results') !== null), true);
    const href = await page.evaluate(() => document.activeElement.href);
    await page.keyboard.press('Enter');
    await page.waitForURL(href);
    is('marks', await until(true, () => page.evaluate(() => CSS.highlights.get('search')?.size > 0)), true);
  });
}

await test('search: the beginning of a word, a letter too few, another case', {}, async (page, is) => {
  await page.goto(`${site.root}index.html`);
  await page.locator('.search-link').click();
  for (const query of ['observabil', 'obserability', 'OBSERVABILITY', 'observabiltiy']) {
    await page.locator('.search input').fill(query);
    await found(page, query);
    is(query, (await titles(page)).some((title) => /observability/i.test(title)), true);
  }
});

await test('search: title before heading before text; nothing found is said; Escape closes', {}, async (page, is) => {
  await page.goto(`${site.root}index.html`);
  await page.keyboard.press('Control+k');
  await page.locator('.search input').fill('operations');
  await found(page, 'operations');
  is('first', (await titles(page))[0], 'Terraform operations');
  await page.locator('.search input').fill('qqqzzz');
  await page.locator('.search-status', { hasText: 'Nothing found' }).waitFor();
  is('results', await results(page).count(), 0);
  await page.keyboard.press('Escape');
  is('dialog', await until(false, () => page.locator('dialog.search').isVisible()), false);
});

// What a reader types, and where the first result has to lead. A rule of the order that is changed shows here.
const wishes = {
  roadmap: 'roadmap/index.html', 'terraform operations': 'terraform-operations.html', diagrams: 'docsgen/diagrams.html', checks: 'docsgen/checks.html',
  'grafana memory': 'observability-architecture.html#components', 'exit code': 'docsgen/command-line.html#exit-status',
  'link/anchor': 'docsgen/rules.html#linkanchor', costs: 'docsgen/data.html#costs', FaroErrorBoundary: 'observability-architecture.html#instrumentation',
  'golden signals': 'observability-architecture.html#golden-signals', 'pr 11 alerting': 'roadmap/grafana-observability/PROGRESS_TRACKER.html#pr-11---alerting--slo-monitoring',
  publsih: 'docsgen/command-line.html#docsgen-publish', ublish: 'docsgen/command-line.html#docsgen-publish',
  'security group': 'observability-architecture.html#network-and-security',
};
await test('search: what is asked for comes first', {}, async (page, is) => {
  await page.goto(`${site.root}index.html`);
  await page.keyboard.press('/');
  for (const [query, place] of Object.entries(wishes)) {
    await page.locator('.search input').fill(query);
    await found(page, query);
    is(query, (await results(page).first().getAttribute('href')).slice(site.root.length).replace(/\?[^#]*/, ''), place);
  }
});

await test('search: text of a page cannot become markup', {}, async (page, is) => {
  await page.goto(`${site.root}index.html`);
  await page.keyboard.press('/');
  await page.locator('.search input').fill('<img src=x onerror=alert(1)> docsgen');
  await results(page).first().waitFor();
  is('pictures', await page.locator('.search-results img').count(), 0);
});

await test('the theme goes from system to light to dark, and stays', { colorScheme: 'dark' }, async (page, is) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.goto(`${site.root}index.html`);
  const dark = await ground();
  const button = page.locator('.tool');
  is('name', await button.getAttribute('aria-label'), 'Theme: system');
  await button.click();
  is('light differs', (await ground()) !== dark, true);
  await button.click();
  is('dark', await ground(), dark);
  await page.goto(`${site.root}docsgen/index.html`);
  is('on another page', await page.locator('.tool').getAttribute('aria-label'), 'Theme: dark');
});

await test('what is copied from a session are the commands', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page, is) => {
  await page.goto(`${site.root}docsgen/roadmap.html`);
  const box = page.locator('.code-box:has(code.language-console)').first();
  await box.hover();
  // It says so for two seconds, which may be over before a busy machine looks.
  await box.evaluate((element) => new MutationObserver(() => (element.dataset.said ??= element.textContent.match(/Copied|Press Ctrl\+C/)?.[0]))
    .observe(element, { childList: true, subtree: true, characterData: true }));
  await box.locator('.copy').click();
  is('what it says', await until('Copied', () => box.getAttribute('data-said')), 'Copied');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  is('a command', text.split('\n').every((line) => line && !line.startsWith('$')), true);
  is('first', text.split('\n')[0].startsWith('docsgen '), true);
});

await test('without scripts the search leads to the index, and the index to headings', { javaScriptEnabled: false }, async (page, is) => {
  await page.goto(`${site.root}docsgen/index.html`);
  const address = (place) => until(site.root + place, () => page.url());
  await page.locator('.search-link').click();
  is('address', await address('search.html'), `${site.root}search.html`);
  await page.locator('.index a', { hasText: 'Bootstrap workspace' }).click();
  is('heading', await address('terraform-resources.html#bootstrap-workspace'), `${site.root}terraform-resources.html#bootstrap-workspace`);
});

await test('the page for lost readers works at any depth', {}, async (page, is) => {
  // As a host shows it: the page under another address.
  await page.route('**/deep/down/nothing.html', async (route) => route.fulfill({ response: await route.fetch({ url: `${site.root}404.html` }) }));
  await page.goto(`${site.root}deep/down/nothing.html`);
  is('style', await page.evaluate(() => getComputedStyle(document.body).fontFamily.includes('Inter')), true);
  await page.locator('.sidebar a', { hasText: 'Home' }).click();
  is('address', await until(`${site.root}index.html`, () => page.url()), `${site.root}index.html`);
});

await test('the script is small', {}, async (page, is) => {
  const { size } = statSync(join(folder, 'docsgen.js'));
  is('bytes', size <= 10000 ? 'at most 10000' : size, 'at most 10000');
});

console.log(`1..${count}`);
site.close();
await browser.close();
process.exitCode = failed ? 1 : 0;
