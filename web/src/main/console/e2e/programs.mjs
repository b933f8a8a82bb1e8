// Programs of the ledger, started and ended by the checks.
import { execFile, spawn } from 'node:child_process';
import net from 'node:net';

const LEDGER = process.env.IRQ_LEDGER ?? './irq-ledger';
const running = new Set();

/** A program that stays; `line` resolves with the first match on either of its outputs. */
export function start(...args) {
  const child = spawn(LEDGER, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const waiting = [];
  const take = (piece) => {
    text += piece;
    for (const wait of [...waiting]) wait();
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => { running.delete(program); resolve(code ?? signal); take(''); }));
  const program = {
    line: (pattern, seconds = 180) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${args.join(' ')} did not say ${pattern} within ${seconds} s:\n${text}`)), seconds * 1000);
      const wait = () => {
        const found = pattern.exec(text);
        if (found !== null || child.exitCode !== null) {
          clearTimeout(timer);
          waiting.splice(waiting.indexOf(wait), 1);
          if (found === null) reject(new Error(`${args.join(' ')} ended with ${child.exitCode}:\n${text}`));
          else resolve(found);
        }
      };
      waiting.push(wait);
      wait();
    }),
    end: async () => {
      child.kill('SIGTERM');
      return ended;
    },
    pid: child.pid,
    memory: () => text,
  };
  running.add(program);
  return program;
}

export async function endAll() {
  await Promise.all([...running].map((program) => program.end()));
}

/** A command that ends; its exit code and what it printed. */
export function run(...args) {
  return new Promise((resolve) => {
    execFile(LEDGER, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : (error.code ?? 1), stdout, stderr }));
  });
}

export async function must(...args) {
  const done = await run(...args);
  if (done.code !== 0) throw new Error(`irq-ledger ${args.join(' ')} ended with ${done.code}:\n${done.stderr}`);
  return done.stdout;
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
