// Checks the pages in a headless Chromium.
//
//	node check.mjs PROGRAM [screenshots]
//
// PROGRAM is the command httpstatus, which serves the pages. Each page is
// fetched, its links followed to their fragment, and opened in the browser: no
// error in the console, no request to elsewhere, no violation that axe finds, no
// text that is wider than a phone. The filter and the keyboard are tried, and the
// list without scripts. Screenshots go into the folder of that name if one is
// given. CHROMIUM names the browser if it is not found.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [program, screenshots] = process.argv.slice(2);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const maxPage = 60 * 1024;

const complaints = [];
const complain = (where, what) => {
  complaints.push(`${where}: ${what}`);
  console.error(`${where}: ${what}`);
};
const expect = (ok, where, what) => ok || complain(where, what);

// Starts the server and returns its address.
function serve() {
  const server = spawn(program, ['serve', '-addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', (status) => reject(new Error(`${program} serve ended with ${status}`)));
    server.stdout.on('data', (data) => {
      const m = /http:\/\/\S+/.exec(data);
      if (m) resolve({ base: m[0], server });
    });
  });
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", '#43': '+' };
const unescape = (s) => s.replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all);

// Fetches all pages that can be reached, and follows each link to its fragment.
async function crawl(base) {
  const seen = new Map();
  const links = [];
  const queue = [base];
  while (queue.length) {
    const url = queue.pop();
    if (seen.has(url)) continue;
    const response = await fetch(url, { redirect: 'manual' });
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    const ids = new Set();
    seen.set(url, { ok: response.status === 200, html: type.startsWith('text/html'), ids });
    expect(response.status === 200, url, `status ${response.status}`);
    if (type.startsWith('application/json')) JSON.parse(text);
    if (!type.startsWith('text/html')) continue;
    expect(Buffer.byteLength(text) <= maxPage, url, `has ${Buffer.byteLength(text)} bytes`);
    for (const [, id] of text.matchAll(/\sid="([^"]*)"/g)) {
      expect(!ids.has(id), url, `has two elements ${id}`);
      ids.add(unescape(id));
    }
    for (const [, href] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const to = new URL(unescape(href), url);
      if (to.origin !== new URL(base).origin) continue;
      const fragment = decodeURIComponent(to.hash.slice(1));
      to.hash = '';
      links.push({ from: url, to: to.href, fragment });
      queue.push(to.href);
    }
  }
  for (const { from, to, fragment } of links) {
    const target = seen.get(to);
    if (fragment && target.ok) expect(target.ids.has(fragment), from, `links to ${to}#${fragment}, which is not there`);
  }
  const listed = [...(await (await fetch(base + 'sitemap.xml')).text()).matchAll(/<loc>([^<]*)/g)].map((m) => m[1]);
  const pages = [...seen].filter(([, page]) => page.html).map(([url]) => url).sort();
  expect(listed.length === pages.length, 'sitemap.xml', `lists ${listed.length} pages of ${pages.length}`);
  return pages;
}

// Opens a page that reports what is wrong with it.
async function watched(context, base) {
  const page = await context.newPage();
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && complain(page.url(), `console: ${m.text()}`));
  page.on('pageerror', (e) => complain(page.url(), `script: ${e}`));
  page.on('request', (r) => r.url().startsWith(base) || complain(page.url(), `asks for ${r.url()}`));
  return page;
}

async function axe(page) {
  const violations = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' ')}`);
  });
  for (const v of violations) complain(page.url(), `axe: ${v}`);
}

// Opens each of urls, some at a time.
async function visit(browser, base, urls, options, look) {
  const context = await browser.newContext(options);
  await context.addInitScript({ content: axeSource });
  const rest = [...urls];
  await Promise.all([1, 2].map(async () => {
    const page = await watched(context, base);
    for (let url = rest.shift(); url; url = rest.shift()) {
      await page.goto(url);
      await look(page);
    }
  }));
  await context.close();
}

async function tryFilter(browser, base) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await watched(context, base);
  await page.goto(base);
  const first = async (words) => {
    await page.fill('#q', words);
    return page.locator('#results a').first().textContent({ timeout: 2000 }).catch(() => '');
  };
  for (const [words, want] of [
    ['404', '404'], ['teapot', '418'], ['rate limit', '429'], ['nginx 499', '499'], ['laravel', '419'], ['too early', '425'],
    ['NotFound', '404'], ['payload too large', '413'], ['login req', '401'], ['maintenance', '503'], ['cloudflare 52', '52'],
    ['HTTP 404', '404'], ['status code 503', '503'], ['StatusNotFound', '404'], ['http.StatusTeapot', '418'], ['5xx', '500'],
    ['StatusRequestEntityTooLarge', '413'], ['user is not logged in', '401'], ['my api is rate limited', '429'], ['upstream timeouts', '504'],
  ]) {
    const got = (await first(words)).trim();
    expect(got.startsWith(want), 'filter', `${words}: ${got || 'nothing'}, want ${want}`);
  }
  await first('zzzz qqqq');
  expect((await page.textContent('#found')).startsWith('Nothing'), 'filter', 'says nothing where nothing is found');
  const codes = await page.locator('#lists li[data-code]').count();
  await page.fill('#q', '');
  expect(await page.locator('#lists').isVisible(), 'filter', 'the list does not come back');
  const back = await page.locator('#lists li[data-code]').evaluateAll((all) => all.map((li) => li.dataset.code));
  expect(back.length >= codes && String(back.slice(0, 3)) === '100,101,102', 'filter', 'the list comes back in another order');

  // By keyboard alone.
  await page.goto(base);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.className) === 'skip', 'keyboard', 'Tab leads to the content first');
  await page.keyboard.press('Enter');
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement.id) === 'q', 'keyboard', '/ leads to the filter');
  await page.keyboard.type('gate');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(/50[24]/.test(await page.evaluate(() => document.activeElement.textContent)), 'keyboard', 'arrows go through what was found');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await page.evaluate(() => document.activeElement.id) === 'q', 'keyboard', 'the arrow up leads back');
  await page.keyboard.press('Escape');
  expect(await page.inputValue('#q') === '', 'keyboard', 'Escape empties the filter');
  await page.keyboard.type('429');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/429/');
  await page.goBack();
  expect(await page.inputValue('#q') === '429', 'keyboard', 'the way back has the words');
  await context.close();
}

async function withoutScripts(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await watched(context, base);
  await page.goto(base);
  expect(await page.locator('#lists').isVisible(), 'without scripts', 'there is no list');
  expect(!(await page.locator('#filter').isVisible()), 'without scripts', 'there is a filter');
  await page.click('text=Not Found');
  expect(page.url() === base + '404/', 'without scripts', `the link leads to ${page.url()}`);
  await context.close();
}

const sample = ['', '404/', '206/', '499/', '5xx/', 'choose/', 'retry/', 'redirects/', 'caching/', 'unofficial/',
  'conform/', 'conform/405-allow-missing/', 'statuslint/S-405-allow/'];

async function takeScreenshots(browser, base) {
  mkdirSync(screenshots, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      await visit(browser, base, sample.map((p) => base + p), { viewport: { width, height: 800 }, colorScheme }, async (page) => {
        const name = page.url().slice(base.length).replaceAll('/', '_') || 'index_';
        await page.screenshot({ path: `${screenshots}/${name}${width}_${colorScheme}.png`, fullPage: true });
      });
    }
  }
}

// A phone must not need to scroll sideways; tables and the diagram do in their own
// box.
const fits = async (page) => {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width <= 360, page.url(), `is ${width} pixels wide on a phone`);
};

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((p) => p && existsSync(p));
if (!executablePath) throw new Error('there is no Chromium; CHROMIUM names one');

const { base, server } = await serve();
const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const pages = await crawl(base);
  await visit(browser, base, pages, { viewport: { width: 360, height: 740 }, colorScheme: 'light' }, async (page) => {
    await fits(page);
    await axe(page);
  });
  await visit(browser, base, sample.map((p) => base + p), { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }, axe);
  await tryFilter(browser, base);
  await withoutScripts(browser, base);
  if (screenshots) await takeScreenshots(browser, base);
  console.log(`${pages.length} pages, ${complaints.length} complaints`);
} finally {
  await browser.close();
  server.removeAllListeners('exit');
  server.kill('SIGINT');
}
process.exitCode = complaints.length ? 1 : 0;
