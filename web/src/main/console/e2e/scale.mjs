// How the console does with 1,000 hosts and 20,000 devices: the first view, scrubbing, the page's
// memory. Figures are printed, each with what it should be; only what is far beyond that is a failure,
// since other work on the machine counts too.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch, SHOTS, until, watch } from './browser.mjs';
import { endAll, start } from './programs.mjs';

const HOSTS = 1000;
const DEVICES = 20_000;
const EVENTS = Number(process.env.CONSOLE_SCALE_EVENTS ?? 400_000);
const SCRUBS = 100;
const FAR_BEYOND = 5;

const folder = mkdtempSync(path.join(os.tmpdir(), 'irq-ledger-scale-'));
const archive = path.join(folder, 'fleet');
let failed = false;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];

function figure(what, value, unit, bound) {
  const verdict = bound === undefined ? '' : value <= bound ? `  (at most ${bound} ${unit}: kept)` : `  (at most ${bound} ${unit}: NOT kept)`;
  console.log(`  ${what.padEnd(46)}${value.toFixed(value < 10 ? 1 : 0).padStart(9)} ${unit}${verdict}`);
  if (bound !== undefined && value > FAR_BEYOND * bound) failed = true;
}

/** Moves the point as a drag does, and waits until the view shows it; the time in milliseconds. */
const scrub = (page, to) => page.evaluate((target) => new Promise((resolve, reject) => {
  const hash = location.hash.split('?')[0];
  const begun = performance.now();
  history.replaceState(null, '', `${hash}?at=${encodeURIComponent(target)}`);
  dispatchEvent(new PopStateEvent('popstate'));
  const look = () => {
    if (document.querySelector('[data-at]')?.dataset.at === target) resolve(performance.now() - begun);
    else if (performance.now() - begun > 20_000) reject(new Error(`not shown within 20 s: ${target}`));
    else setTimeout(look, 1);
  };
  look();
}), to);

async function heap(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  await client.send('Performance.enable');
  const { metrics } = await client.send('Performance.getMetrics');
  await client.detach();
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { megabytes: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes') };
}

async function times(page, what, address, moments) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForSelector('[data-at]');
  await page.waitForSelector('.density');
  await scrub(page, moments[0]);
  const taken = [];
  for (const moment of moments.slice(1)) taken.push(await scrub(page, moment));
  figure(`${what}: a scrub, in the median of ${taken.length}`, median(taken), 'ms', 100);
  figure(`${what}: 95 of 100 scrubs`, percentile(taken, 0.95), 'ms');
}

try {
  console.log(`\nAn archive of ${EVENTS} events of ${DEVICES} devices on ${HOSTS} hosts`);
  const said = execFileSync(process.env.JAVA, ['-Xmx2g', '-cp', process.env.CLASSES, path.join(import.meta.dirname, 'FleetArchive.java'), archive, EVENTS, HOSTS, DEVICES, 8].map(String), { encoding: 'utf8' });
  const [, begin, end] = / from (\S+) to (\S+)/.exec(said);
  const begun = Date.now();
  const serve = start('replay', 'serve', '--archive', archive, '--listen', '127.0.0.1:0');
  const [, base] = await serve.line(/answering at (\S+?);/, 600);
  figure('until it answers', (Date.now() - begun) / 1000, 's');
  const from = Date.parse(begin);
  const width = Date.parse(end) - from;
  // Points all over the log, in an order that jumps: the golden ratio.
  const moments = Array.from({ length: SCRUBS + 1 }, (_, i) => `time:${new Date(from + Math.round(width * (0.02 + 0.96 * ((i * 0.618034) % 1)))).toISOString()}`);

  const { browser, close } = await launch();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
    page.setDefaultTimeout(60_000);
    const wrong = watch(page);
    const first = [];
    for (let i = 0; i < 7; i++) {
      await page.goto('about:blank');
      await page.goto(base, { waitUntil: 'commit' });
      first.push(await page.evaluate(() => new Promise((resolve) => {
        const look = () => (document.querySelectorAll('.sizer .row').length > 5 ? requestAnimationFrame(() => resolve(performance.now())) : setTimeout(look, 2));
        look();
      })));
    }
    figure('the first view', first[0], 'ms', 1000);
    figure('the view again, in the median', median(first.slice(1)), 'ms', 1000);
    await until('all hosts', () => page.evaluate((n) => document.querySelector('.below').textContent.replace(/\D/g, '') === String(n), HOSTS));
    await page.waitForFunction(() => document.querySelectorAll('.spark polyline').length > 8);
    await page.screenshot({ path: path.join(SHOTS, 'fleet-of-1000-light-wide.png') });
    await times(page, 'fleet', `${base}/#/`, moments);
    const early = await heap(page);
    for (let round = 0; round < 3; round++) for (const moment of moments) await scrub(page, moment);
    const late = await heap(page);
    figure(`the page's memory after ${SCRUBS} scrubs`, early.megabytes, 'MB', 60);
    figure(`the page's memory after ${4 * SCRUBS} scrubs`, late.megabytes, 'MB', Math.max(60, early.megabytes * 1.3));
    figure('nodes of the document', late.nodes, 'nodes', 10_000);
    await times(page, 'host', `${base}/#/host/hv-0009`, moments);
    const device = await page.evaluate(async () => (await (await fetch('/v1/devices?host=hv-0009&pageSize=1')).json()).devices[0].device);
    await times(page, 'device', `${base}/#/host/hv-0009/${device}`, moments);
    if (wrong.length > 0) {
      failed = true;
      for (const each of wrong) console.log(`  FAILED ${each}`);
    }
  } finally {
    await close();
  }
  const status = execFileSync('ps', ['-o', 'rss=', '-p', String(serve.pid)], { encoding: 'utf8' });
  figure('memory of the program that serves it', Number(status) / 1000, 'MB');
} catch (e) {
  failed = true;
  console.log(`  FAILED ${e.stack}`);
} finally {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed ? '\nThe console is far from what it should be' : '\nMeasured');
process.exit(failed ? 1 : 0);
