// The console in a real browser, against a running demo: every view is opened and used, what the
// scrubber shows is held against the command line, the page follows what happens, survives a restart
// of the service, and keeps its token to itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch, serious, SHOTS, until, watch } from './browser.mjs';
import { endAll, freePort, must, run, start } from './programs.mjs';

const POINTS = 20;
const folder = mkdtempSync(path.join(os.tmpdir(), 'irq-ledger-console-'));
const failures = [];
let checks = 0;

function expect(what, actual, expected) {
  checks++;
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) failures.push(`${what}: ${a?.slice(0, 300)}, expected ${e?.slice(0, 300)}`);
}

const say = (line) => console.log(`  ${line}`);
const title = (line) => console.log(`\n${line}`);

const NETWORK = (text) => /ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_NETWORK|status of 503|status of 401|status of 404/.test(text);

const at = (page) => new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? '').get('at');
/** Waits until the view shows a point; the present is the empty one. */
const isAsOf = (page, point) => until(`the view is as of ${point}`, () => page.evaluate((p) => document.querySelector('[data-at]')?.dataset.at === p || document.querySelector('.state[role=alert]') !== null, point));
const settled = (page) => until('the view is settled', () => page.evaluate(() => document.querySelectorAll('[aria-busy=true], .skeleton').length === 0));

/** What the device view shows, in the form of `replay state -o json`. */
async function shownState(page) {
  return page.evaluate(() => {
    const text = (node) => node.textContent.trim();
    return {
      mode: text(document.querySelector('.title .facts b')),
      vectors: [...document.querySelectorAll('.vectors tbody tr')].map((row) => {
        const [vector, phase, irq, trigger] = [...row.children].map(text);
        return { vector: Number(vector), linuxIrq: irq === '?' ? null : Number(irq), phase: phase.toUpperCase(), trigger: trigger === '–' ? -1 : trigger === '?' ? null : Number(trigger.slice(3)) };
      }),
    };
  });
}

/** Holds the device on the page against the command line at the same point. */
async function compare(page, host, device, point, source) {
  const told = await run('replay', 'state', ...source, '--at', point, '-d', `${host}/${device}`, '-o', 'json');
  if (told.code === 5) {
    const words = await page.evaluate(() => document.querySelector('#view').textContent);
    expect(`${host}/${device} at ${point} is not there yet`, /no event of/.test(words), true);
    return;
  }
  const state = JSON.parse(told.stdout).devices[0];
  const vectors = state.vectors.map(({ vector, linuxIrq, phase, trigger }) => ({ vector, linuxIrq, phase, trigger }));
  await settled(page);
  expect(`${host}/${device} at ${point}`, await shownState(page), { mode: state.mode, vectors });
}

async function scrubber(page, base, broker) {
  title(`The scrubber beside the command line, at ${POINTS} points`);
  const plan = [['hv-2', '0000:01:00.0', 8], ['hv-3', '0000:01:00.0', 4], ['hv-1', '0000:00:02.0', 8]];
  for (const [host, device, count] of plan) {
    await page.goto(`${base}/#/host/${host}/${device}`);
    await page.waitForSelector('.events li');
    for (let i = 0; i < count; i++) {
      const before = at(page);
      await page.keyboard.press(i % 3 === 2 ? 'Shift+ArrowLeft' : 'ArrowLeft');
      const point = await until('the point moves', () => (at(page) !== before ? at(page) : null));
      await isAsOf(page, point);
      await compare(page, host, device, point, ['-b', broker]);
    }
    say(`${host}/${device}: ${count} points agree`);
  }
}

const VIEWS = [
  ['fleet', '#/', '.hosts .row[aria-rowindex="2"]'],
  ['host', '#/host/hv-2', '.devices tbody tr'],
  ['device', '#/host/hv-2/0000:01:00.0', '.events li'],
  ['findings', '#/host/hv-3/0000:01:00.0', '.finding'],
  ['what-if', '#/host/hv-2/what-if?policy=FREE_ON_CLEAR', '.chart canvas'],
];

async function screenshots(browser, base, point, earlier) {
  title('Every view, light and dark, wide and narrow');
  const views = [...VIEWS,
    ['past', `#/host/hv-2/0000:01:00.0?at=${point}`, '.banner'],
    ['diff', `#/host/hv-2/0000:01:00.0?at=${point}&a=${earlier}&b=${point}&diff=1`, '.diff tbody tr']];
  let serioused = 0;
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, width, height] of [['wide', 1280, 860], ['narrow', 390, 844]]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      const wrong = watch(page);
      for (const [view, address, ready] of views) {
        await page.goto('about:blank');
        await page.goto(`${base}/${address}`);
        await page.waitForSelector(ready);
        await settled(page);
        await page.waitForFunction(() => document.querySelector('.density') !== null && !document.body.textContent.includes('Looking for findings'));
        await page.screenshot({ path: path.join(SHOTS, `${view}-${colorScheme}-${name}.png`) });
        const found = await serious(page, `${view}, ${colorScheme}, ${name}`);
        serioused += found.length;
        failures.push(...found);
        checks++;
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(`${view} fits ${width} pixels`, beyond <= 0, true);
      }
      failures.push(...wrong);
      await context.close();
    }
  }
  say(`${views.length * 4} screenshots in ${SHOTS}; axe found ${serioused} serious issues`);
}

async function useViews(page, base) {
  title('Every view is used');
  await page.goto(`${base}/#/`);
  await page.waitForSelector('.hosts a.whole');
  await page.keyboard.press('/');
  await page.keyboard.type('hv-2');
  await until('the search leaves one host', () => page.evaluate(() => document.querySelectorAll('.sizer .row').length === 1));
  await page.keyboard.press('Escape');
  await page.fill('input[type=search]', '');
  await page.selectOption('select[aria-label="Show hosts"]', 'findings');
  expect('the filter leaves the host with a broken rule', await page.evaluate(() => [...document.querySelectorAll('.sizer .row a')].map((a) => a.textContent)), ['hv-3']);
  await page.selectOption('select[aria-label="Show hosts"]', 'all');
  await page.selectOption('select[aria-label="Sort hosts by"]', 'name');
  await page.focus('.sizer .row a');
  await page.keyboard.press('ArrowDown');
  await until('the next host has the focus', () => page.evaluate(() => document.activeElement?.textContent === 'hv-2'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.frees li');
  expect('what would free the most', await page.evaluate(() => document.querySelector('.frees li b').textContent), '388');
  await page.click('.devices tbody a');
  await page.waitForSelector('.map svg');
  await page.focus('.map');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const detail = await page.evaluate(() => document.querySelector('.detail').textContent);
  expect('arrow keys choose a vector', /^vector (65|33)\b.*cached/.test(detail), true);
  await page.keyboard.press('Tab');
  await page.click('.events li:nth-child(3) button');
  await page.waitForSelector('.banner');
  expect('an event leads to its point', /^offset:/.test(at(page)), true);
  await page.click('.banner button:last-child');
  await until('the present', () => at(page) === null);
  await page.click('.spring', { force: true }).catch(() => {});
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('p');
  await isAsOf(page, await until('the previous finding', () => at(page)));
  const finding = await page.evaluate(() => document.querySelector('.events li[aria-current]').textContent);
  expect('a step to a finding leads to the empty pool', finding.includes('ENOSPC'), true);
  await page.keyboard.press('a');
  await until('mark A', () => page.url().includes('&a=') || page.url().includes('?a='));
  await page.keyboard.press('l');
  await until('the present', () => at(page) === null);
  await page.keyboard.press('b');
  await until('mark B', () => page.url().includes('&b='));
  await page.keyboard.press('d');
  await page.waitForSelector('.diff tbody tr');
  await page.keyboard.press('w');
  await page.waitForSelector('.what-if');
  await page.selectOption('.what-if select', 'KERNEL');
  await page.waitForFunction(() => document.querySelector('#view').textContent.includes('Both histories are the same'));
  await page.fill('.what-if label:nth-of-type(2) input', '500');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /avoided/.test(document.querySelector('.facts-list').textContent) && document.querySelector('.side td.num').textContent === '500');
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  say('search, filter, sort, keys, steps, marks, what-if');
}

async function dragging(page, base, broker) {
  await page.goto(`${base}/#/host/hv-2/0000:01:00.0`);
  await page.waitForSelector('.density');
  const box = await page.locator('.track').boundingBox();
  await page.mouse.move(box.x + box.width - 3, box.y + 10);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(box.x + box.width * (1 - i * 0.045), box.y + 10);
  await page.mouse.up();
  const point = await until('the drag ends at offsets', () => (at(page)?.startsWith('offset:') ? at(page) : null));
  await isAsOf(page, point);
  await compare(page, 'hv-2', '0000:01:00.0', point, ['-b', broker]);
  const link = page.url();
  const shown = () => page.evaluate(() => document.querySelector('#view').innerText.replaceAll(/\s+/g, ' '));
  await settled(page);
  const before = await shown();
  await page.goto('about:blank');
  await page.goto(link);
  await page.waitForSelector('.density');
  await isAsOf(page, point);
  await until('a link shows the same again', async () => (await shown()) === before);
  say('a drag ends at a point that a link reproduces');
}

async function followsAndSurvives(page, broker) {
  title('Live');
  const recordings = path.join(folder, 'recordings');
  await must('replay', 'samples', '--out', recordings, 'nvme2048-exhaustion.jsonl');
  const recording = path.join(recordings, 'nvme2048-exhaustion.jsonl');
  const port = await freePort();
  const serve = () => start('service', 'run', '-b', broker, '--application-id', 'console-check', '--partitions', '4', '--state-dir', path.join(folder, 'state'), '--http-listen', `127.0.0.1:${port}`);
  let service = serve();
  await service.line(/running; Ctrl-C/);
  const base = `http://127.0.0.1:${port}`;
  await page.goto(`${base}/#/`);
  await page.waitForSelector('.stream.ok');
  await page.waitForSelector('.hosts a.whole');
  const hosts = () => page.evaluate(() => [...document.querySelectorAll('.sizer .row a')].map((a) => a.textContent).sort());
  expect('the fleet before', await hosts(), ['hv-1', 'hv-2', 'hv-3']);
  await must('replay', 'import', recording, '--host', 'hv-8', '-b', broker);
  await until('the page follows what happens', async () => (await hosts()).includes('hv-8'));
  say('a new host appears by itself');
  await service.end();
  await page.waitForSelector('.stream.lost');
  say('the service is gone: the page says so, and tries again');
  expect('what was known stays', (await hosts()).length, 4);
  await must('replay', 'import', recording, '--host', 'hv-9', '-b', broker);
  service = serve();
  await service.line(/running; Ctrl-C/);
  await page.waitForSelector('.stream.ok', { timeout: 60_000 });
  await until('what happened meanwhile is there', async () => (await hosts()).includes('hv-9'), 60);
  say('the service is back: the page follows again, with what happened meanwhile');
  await service.end();
}

async function archives(browser, broker) {
  title('An archive, with a token');
  const directory = path.join(folder, 'archive');
  await must('replay', 'archive', 'pull', directory, '-b', broker);
  const secret = 'console-check-0123456789abcdef';
  writeFileSync(path.join(folder, 'token'), secret);
  const serve = start('replay', 'serve', '--archive', directory, '--listen', '127.0.0.1:0', '--token-file', path.join(folder, 'token'));
  const [, base] = await serve.line(/answering at (\S+?);/);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  const wrong = watch(page, NETWORK);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${base}/#/host/hv-2/0000:01:00.0`);
  await page.waitForSelector('input[type=password]');
  failures.push(...await serious(page, 'the token'));
  await page.fill('input[type=password]', 'wrong-token-0123456789');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=alert]');
  await page.fill('input[type=password]', secret);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.events li');
  expect('no address holds the token', asked.some((url) => url.includes(secret)), false);
  expect('every address is the service\'s own', asked.every((url) => url.startsWith(base)), true);
  expect('it is an archive', await page.evaluate(() => document.querySelector('.stream').textContent), 'archive archive');
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('ArrowLeft');
  const point = await until('the point', () => at(page));
  await isAsOf(page, point);
  await compare(page, 'hv-2', '0000:01:00.0', point, ['--archive', directory]);
  failures.push(...wrong);
  await context.close();
  await serve.end();
  say('the page asks for the token, keeps it out of every address, and shows what the archive holds');
}

async function main() {
  title('Starting the demo');
  const demo = start('demo', '--keep', '--port', '0');
  const [, base] = await demo.line(/In a browser on this machine:\s+(http:\S+)/, 300);
  const [, broker] = await demo.line(/replay state -b (\S+)/);
  say(base);
  const { browser, close } = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const wrong = watch(page, NETWORK);
    await page.goto(base);
    await page.waitForSelector('.density');
    await useViews(page, base);
    await scrubber(page, base, broker);
    await dragging(page, base, broker);
    const points = JSON.parse(await must('replay', 'history', '-b', broker, '-d', 'hv-2/0000:01:00.0', '-o', 'json').then((text) => `[${text.trim().split('\n').join(',')}]`));
    expect('the history has events', points.length > 0, true);
    await page.goto(`${base}/#/host/hv-2/0000:01:00.0`);
    await page.waitForSelector('.events li');
    const near = async (presses) => {
      for (let i = 0; i < presses; i++) {
        const before = at(page);
        await page.keyboard.press('ArrowLeft');
        await until('the point moves', () => at(page) !== before);
      }
      return at(page);
    };
    const point = await near(4);
    const earlier = await near(3);
    await screenshots(browser, base, point, earlier);
    await followsAndSurvives(page, broker);
    await archives(browser, broker);
    failures.push(...wrong);
  } finally {
    await close();
    await endAll();
  }
}

try {
  await main();
} catch (e) {
  failures.push(e.stack ?? String(e));
} finally {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}
title(failures.length === 0 ? `The console holds: ${checks} checks` : `The console fails ${failures.length} of ${checks} checks`);
for (const failure of failures) console.log(`  FAILED ${failure}`);
process.exit(failures.length === 0 ? 0 : 1);
