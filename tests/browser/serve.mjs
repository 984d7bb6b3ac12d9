// usage: node serve.mjs URL PROJECT-FOLDER
// The preview as an author meets it: a page changes without a reload by hand and keeps its place, findings come and go.
// Speaks TAP.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [url, project] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(30000);
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
const add = (text) => writeFileSync(file, `${original}\n${text}\n`);
const overlay = page.locator('details[role=status]');
await page.goto(`${url}docsgen/command-line.html`);

await test('a page changes without a reload by hand and keeps its place', async (is) => {
  is('overlay', await overlay.count(), 0);
  await page.evaluate(() => scrollTo(0, 1234));
  await page.waitForFunction(() => scrollY === 1234);
  const begin = Date.now();
  add('A sentence written just now.');
  await page.getByText('A sentence written just now.').waitFor({ state: 'attached' });
  console.log(`# from save to the changed page: ${Date.now() - begin} ms`);
  await page.waitForLoadState('load');
  await page.waitForFunction(() => scrollY === 1234, null, { timeout: 10000 }).catch(() => {});
  is('scroll position', await page.evaluate(() => scrollY), 1234);
});

await test('a broken link is shown on the page, and the page with it', async (is) => {
  add('A [broken](nowhere.md) link.');
  await overlay.getByText('nowhere.md').waitFor();
  is('summary', await overlay.locator('summary').textContent(), '1 error');
  is('finding', /command-line\.md:\d+:\d+.*no page "nowhere\.md".*\[link\/page\]/.test(await overlay.textContent()), true);
  is('page', await page.getByText('A broken link.').count(), 1);
  is('scroll position', await page.evaluate(() => scrollY), 1234);
});

await test('folded by hand it stays folded while the finding stays', async (is) => {
  await overlay.locator('summary').click();
  add('A [broken](nowhere.md) link. And more.');
  await page.getByText('And more.').waitFor({ state: 'attached' });
  await overlay.waitFor();
  is('open', await overlay.evaluate((element) => element.open), false);
});

await test('wrong settings are shown on the page that was there', async (is) => {
  const settings = join(project, 'docsgen.yml'), before = readFileSync(settings, 'utf8');
  writeFileSync(settings, before.replace('title:', 'titel:'));
  await overlay.locator('text=titel').waitFor();
  is('page', await page.locator('h1').count(), 1);
  writeFileSync(settings, before);
  await overlay.getByText('nowhere.md').waitFor({ state: 'attached' });
});

await test('the box goes with the repair', async (is) => {
  writeFileSync(file, original);
  // While a page reloads it has no box either, so what counts is the page that has come back whole.
  await page.waitForFunction(() => document.querySelector('h2') && !document.body.textContent.includes('And more.'));
  await page.waitForTimeout(300); // for findings of the build, were there any
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
