// The browser, and what every check does with a page.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const modules = createRequire(path.join(process.env.CONSOLE_MODULES ?? '.', 'package.json'));
const { chromium } = modules('playwright-core');
const AXE = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

export const BROWSER = process.env.IRQ_LEDGER_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const SHOTS = process.env.CONSOLE_SHOTS ?? 'shots';

/** Nothing but the page is asked for: the browser's own errands are switched off. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-precise-memory-info'];

export async function launch() {
  mkdirSync(SHOTS, { recursive: true });
  const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS, headless: true });
  return { browser, close: () => browser.close() };
}

/** Everything that a page should never do; `allow` says what a check brings about on purpose. */
export function watch(page, allow = () => false) {
  const wrong = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !allow(message.text())) wrong.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => wrong.push(`fault: ${error.message}\n${error.stack ?? ''}`));
  return wrong;
}

/** What axe finds, of serious and critical matters. */
export async function serious(page, what) {
  // Through the debugger, which the page's policy for scripts does not bind.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${what}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

export async function until(what, condition, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
