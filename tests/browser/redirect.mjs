// usage: node redirect.mjs SITE-FOLDER (that of tests/sites/redirects)
// Where an old address leads: with scripts under the strict policy and from files, and without scripts. Speaks TAP.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { patience, until } from './until.mjs';

const folder = resolve(process.argv[2]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const site = await serve(folder);

// From, to with scripts, to without.
const cases = [
  ['old.html', 'new.html', 'new.html'],
  ['old.html#setup', 'new.html#install', 'new.html'],
  ['old.html#install', 'new.html#install', 'new.html'],
  ['older.html#install', 'new.html#install', 'new.html'],
  ['parts.html#only', 'other.html#here', 'other.html'],
  ['parts.html', 'other.html', 'other.html'],
  ['new.html#start', 'new.html#install', 'new.html#start'],
  ['new.html#moved', 'other.html#here', 'new.html#moved'],
  ['new.html#install', 'new.html#install', 'new.html#install'],
  ['old.html#100%', 'new.html', 'new.html'],
];
let count = 0, failed = 0;
for (const [how, root, scripts] of [['over HTTP', site.root, true], ['from files', `${pathToFileURL(folder).href}/`, true], ['without scripts', site.root, false]]) {
  const context = await browser.newContext({ javaScriptEnabled: scripts });
  context.setDefaultTimeout(patience);
  for (const [from, to, plain] of cases) {
    const page = await context.newPage();
    const wanted = root + (scripts ? to : plain);
    await page.goto(root + from).catch(() => { /* it leads on while it loads */ });
    const right = (await until(wanted, () => page.url())) === wanted;
    console.log(`${right ? 'ok' : 'not ok'} ${++count} - ${how}: ${from} leads to ${scripts ? to : plain}`);
    if (!right) console.log(`# ${page.url()}`);
    failed += !right;
    // Without scripts the note about a part that has moved is all there is.
    if (!scripts && from === 'new.html#moved' && !(await page.locator('#moved').isVisible())) failed++, console.log('# the note is hidden');
    await page.close();
  }
  await context.close();
}
console.log(`1..${count}`);
site.close();
await browser.close();
process.exitCode = failed ? 1 : 0;
