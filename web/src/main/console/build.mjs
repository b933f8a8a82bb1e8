// Builds the page, or runs its tests, in the build directory of Maven: node_modules and what is made
// stay out of the sources. Nothing is done again while the sources are what they were.
//
//   node build.mjs build TARGET OUTPUT   installs what package-lock.json names, builds into OUTPUT
//   node build.mjs test TARGET           checks types and runs the tests
//
// Where it cannot be done, for want of a registry for instance, the service is built without the
// page; with IRQ_LEDGER_REQUIRE_NODE=1 that is an error.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [task, target, output] = process.argv.slice(2);
const sources = path.dirname(fileURLToPath(import.meta.url));
const required = process.env.IRQ_LEDGER_REQUIRE_NODE === '1';
const KEPT = ['src', 'test', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];

function giveUp(why) {
  console.error(`${required ? 'error' : 'warning'}: the web console is not built: ${why}`);
  process.exit(required ? 1 : 0);
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function hash(names) {
  const sum = createHash('sha256').update(process.version);
  for (const name of names) {
    const all = existsSync(path.join(sources, name)) ? path.join(sources, name) : null;
    if (all === null) continue;
    const list = KEPT.includes(name) && !path.extname(name) ? files(all) : [all];
    for (const file of list) sum.update(path.relative(sources, file)).update('\0').update(readFileSync(file));
  }
  return sum.digest('hex');
}

/** Runs the work unless it was done for just these sources. */
function once(name, sum, isThere, work) {
  const stamp = path.join(target, `${name}.stamp`);
  if (isThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === sum) return;
  work();
  writeFileSync(stamp, sum);
}

function run(command, ...args) {
  const env = { ...process.env, NODE_ENV: '' };
  const done = spawnSync(command, args, { cwd: target, stdio: ['ignore', 'inherit', 'inherit'], env });
  return done.error ? String(done.error.message) : done.status === 0 ? null : `${command} ${args.join(' ')} ended with ${done.status}`;
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) giveUp(`Node ${process.versions.node} is too old, 20.19 or later is needed`);

mkdirSync(target, { recursive: true });
for (const name of KEPT) {
  rmSync(path.join(target, name), { recursive: true, force: true });
  cpSync(path.join(sources, name), path.join(target, name), { recursive: true });
}

const modules = path.join(target, 'node_modules');
once('install', hash(['package-lock.json']), () => existsSync(modules), () => {
  const failed = run('npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error');
  if (failed !== null) {
    rmSync(modules, { recursive: true, force: true });
    giveUp(failed);
  }
});

const sum = hash(KEPT);
if (task === 'test') {
  once('test', sum, () => true, () => {
    const failed = run('npm', 'test', '--silent');
    if (failed !== null) {
      console.error(`error: the tests of the web console: ${failed}`);
      process.exit(1);
    }
  });
} else {
  const list = path.join(output, 'assets.txt');
  once('build', sum, () => existsSync(list), () => {
    mkdirSync(output, { recursive: true });
    const failed = run('npx', '--no-install', 'vite', 'build', '--logLevel', 'warn', '--outDir', output);
    if (failed !== null) {
      console.error(`error: the web console: ${failed}`);
      process.exit(1);
    }
    const assets = readdirSync(path.join(output, 'assets')).sort();
    writeFileSync(list, assets.map((name) => `${name}\n`).join(''));
  });
}
