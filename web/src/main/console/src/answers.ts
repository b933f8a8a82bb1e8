import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from './api';
import { lastHost, ticks } from './live';
import { past } from './route';

/** What is known of a question: an answer stays until the next is there, unless it is about something else. */
export interface Known<T> {
  data: T | null;
  problem: Problem | null;
  /** An answer is on its way that will replace what is shown. */
  pending: boolean;
}

const AGAIN_MS = 1000;

/** Asks one question at a time: of those that come up meanwhile only the last is asked. */
export class Asker<T> {
  private running = false;
  private wanted: ((signal: AbortSignal) => Promise<T>) | null = null;
  private ending = new AbortController();
  private again: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly tell: (known: Partial<Known<T>>) => void, private readonly againMs = AGAIN_MS) {}

  ask(question: (signal: AbortSignal) => Promise<T>): void {
    this.wanted = question;
    if (this.again !== null) clearTimeout(this.again);
    this.again = null;
    this.tell({ pending: true });
    if (!this.running) void this.run();
  }

  /** Drops what is on its way: the next question is about something else. */
  drop(): void {
    this.ending.abort();
    this.ending = new AbortController();
    this.wanted = null;
    if (this.again !== null) clearTimeout(this.again);
    this.again = null;
    this.running = false;
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    this.running = true;
    while (this.wanted !== null && !signal.aborted) {
      const question = this.wanted;
      this.wanted = null;
      try {
        const data = await question(signal);
        if (signal.aborted) return;
        this.tell({ data, problem: null, pending: this.wanted !== null });
      } catch (e) {
        if (signal.aborted) return;
        const problem = e instanceof Problem ? e : new Problem(0, 'internal', String(e));
        this.tell(problem.passing ? { problem, pending: true } : { problem, pending: false, data: null });
        if (problem.passing && this.wanted === null) {
          this.again = setTimeout(() => this.ask(question), this.againMs);
        }
      }
    }
    this.running = false;
  }
}

/**
 * The answer to a question.
 *
 * @param subject what it is about: an answer about something else is never shown for it
 * @param key asked again whenever it changes; null asks nothing
 */
export function useAnswer<T>(subject: string, key: string | null, load: (signal: AbortSignal) => Promise<T>): Known<T> {
  const [known, setKnown] = useState<Known<T> & { subject: string }>({ subject, data: null, problem: null, pending: true });
  const current = useRef(subject);
  const asker = useRef<Asker<T> | null>(null);
  if (asker.current === null) {
    asker.current = new Asker<T>((change) =>
      setKnown((before) => {
        const same = before.subject === current.current;
        const base = same ? before : { subject: current.current, data: null, problem: null, pending: true };
        return { ...base, ...change };
      }));
  }
  useEffect(() => {
    if (current.current !== subject) {
      current.current = subject;
      asker.current?.drop();
    }
    if (key !== null) asker.current?.ask(load);
  }, [subject, key]);
  useEffect(() => () => asker.current?.drop(), []);
  return known.subject === subject ? known : { data: null, problem: null, pending: true };
}

/**
 * Grows when something may be other now than before; stays in the past.
 *
 * @param host only what happens on that host counts; null for all
 */
export function useNow(host: string | null, everyMs: number): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    const stop = ticks.subscribe(() => {
      if (past.peek() || waiting !== null) return;
      if (host !== null && lastHost.peek() !== null && lastHost.peek() !== host) return;
      const wait = Math.max(0, last + everyMs - Date.now());
      waiting = setTimeout(() => {
        waiting = null;
        last = Date.now();
        setNow((n) => n + 1);
      }, wait);
    });
    return () => {
      stop();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [host, everyMs]);
  return now;
}
