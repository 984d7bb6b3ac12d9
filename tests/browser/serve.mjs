// usage: node serve.mjs URL PROJECT-FOLDER
// The preview as an author meets it: a page changes without a reload by hand and keeps its place, findings come and go.
// Speaks TAP.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { patience, until } from './until.mjs';

const [url, project] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(patience);
// DELAY=400 holds each page back for so many milliseconds, which shows what asks in the middle of a reload.
const delay = Number(process.env.DELAY ?? 0);
if (delay) {
  await page.route('**/*.html', async (route) => {
    await new Promise((done) => setTimeout(done, delay));
    await route.continue().catch(() => {});
  });
}
let complaints = [];
page.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`));
page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
let count = 0, failed = 0;
async function test(name, check) {
  const faults = [];
  const is = (what, got, expected) => String(got) === String(expected) || faults.push(`${what}: ${got}, expected ${expected}`);
  try {
    await check(is);
  } catch (error) {
    faults.push(String(error.message).split('\n')[0]);
  }
  faults.push(...complaints.splice(0));
  count++;
  failed += faults.length > 0;
  console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${name}`);
  for (const fault of faults) console.log(`# ${fault}`);
}

const file = join(project, 'site-src/docsgen/command-line.md');
const original = readFileSync(file, 'utf8');
// A build that is on its way must not read a file that is half written, and make a page that nobody wrote.
const put = (path, text) => {
  writeFileSync(join(project, 'written'), text);
  renameSync(join(project, 'written'), path);
};
const add = (text) => put(file, `${original}\n${text}\n`);
/** What the server has found: whoever listens is told at once, and so was the page, which listens since it was loaded. */
const findings = () => page.evaluate(() => new Promise((done) => {
  const source = new EventSource('/_docsgen/events');
  source.addEventListener('message', (event) => {
    source.close();
    done(JSON.parse(event.data).report?.findings ?? []);
  });
}));
/** Where the page has come to stand once all of it is there. */
const scrolled = async () => {
  await page.waitForLoadState('load');
  return until(1234, () => page.evaluate(() => scrollY));
};
const overlay = page.locator('details[role=status]');
await page.goto(`${url}docsgen/command-line.html`);

await test('a page changes without a reload by hand and keeps its place', async (is) => {
  is('findings', (await findings()).length, 0);
  is('overlay', await overlay.count(), 0);
  await page.evaluate(() => scrollTo(0, 1234));
  await page.waitForFunction(() => scrollY === 1234);
  const begin = Date.now();
  add('A sentence written just now.');
  await page.getByText('A sentence written just now.').waitFor({ state: 'attached' });
  console.log(`# from save to the changed page: ${Date.now() - begin} ms`);
  is('scroll position', await scrolled(), 1234);
});

await test('a broken link is shown on the page, and the page with it', async (is) => {
  add('A [broken](nowhere.md) link.');
  await overlay.getByText('nowhere.md').waitFor();
  is('findings', (await findings()).length, 1);
  is('summary', await overlay.locator('summary').textContent(), '1 error');
  is('finding', /command-line\.md:\d+:\d+.*no page "nowhere\.md".*\[link\/page\]/.test(await overlay.textContent()), true);
  is('page', await page.getByText('A broken link.').count(), 1);
  is('scroll position', await scrolled(), 1234);
});

await test('folded by hand it stays folded while the finding stays', async (is) => {
  const box = await overlay.elementHandle();
  // A page notes that it was folded a little after the click.
  await box.evaluate((element) => { element.folds = new Promise((done) => element.addEventListener('toggle', done, { once: true })); });
  await overlay.locator('summary').click();
  await box.evaluate((element) => element.folds.then(() => null));
  add('A [broken](nowhere.md) link. And more.');
  await page.getByText('And more.').waitFor({ state: 'attached' });
  await overlay.waitFor();
  is('open', await overlay.evaluate((element) => element.open), false);
});

await test('wrong settings are shown on the page that was there', async (is) => {
  const settings = join(project, 'docsgen.yml'), before = readFileSync(settings, 'utf8');
  put(settings, before.replace('title:', 'titel:'));
  await overlay.locator('text=titel').waitFor();
  is('page', await page.locator('h1').count(), 1);
  put(settings, before);
  await overlay.getByText('nowhere.md').waitFor({ state: 'attached' });
});

await test('the box goes with the repair', async (is) => {
  put(file, original);
  // While a page reloads it has no box either, so what counts is the page that has come back whole.
  await page.waitForFunction(() => document.readyState === 'complete' && !document.body.textContent.includes('And more.'));
  is('findings', (await findings()).length, 0);
  is('overlay', await overlay.count(), 0);
  is('page', await page.locator('h1').count(), 1);
});

await test('a page that came in between reloads when the tab is shown again', async (is) => {
  await page.goto(`${url}index.html`);
  add('Written while nobody looked.');
  // It may reload before it is loaded.
  await page.goBack({ waitUntil: 'commit' });
  await page.getByText('Written while nobody looked.').waitFor({ state: 'attached' });
  is('page', await page.locator('h1').count(), 1);
});

console.log(`1..${count}`);
await browser.close();
process.exit(failed ? 1 : 0);
