import { signal } from '@preact/signals';
import { address, headers, problem, Problem, type Finding, type LedgerEvent } from './api';

/**
 * Follows what is committed. EventSource cannot send the token in a header, so the stream is read
 * from fetch; it goes on where it ended, after pauses that grow.
 */

export interface Message { event: string; id: string; data: string }

/** Takes a stream apart into its messages; what is not complete yet stays for the next piece. */
export class Messages {
  private rest = '';
  private event = '';
  private id = '';
  private data: string[] = [];

  take(piece: string): Message[] {
    const found: Message[] = [];
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0 || this.id !== '') found.push({ event: this.event, id: this.id, data: this.data.join('\n') });
        this.event = '';
        this.id = '';
        this.data = [];
      } else if (line.startsWith('event: ')) {
        this.event = line.slice(7);
      } else if (line.startsWith('id: ')) {
        this.id = line.slice(4);
      } else if (line.startsWith('data: ')) {
        this.data.push(line.slice(6));
      }
    }
    return found;
  }
}

/** How long to wait before the next try, in milliseconds. */
export function pause(failures: number): number {
  return Math.min(10_000, 250 * 2 ** Math.min(failures, 6));
}

export type Stream = 'off' | 'connecting' | 'live' | 'reconnecting';
export const stream = signal<Stream>('off');
/** Grows with every event, and once whenever events may have been missed. */
export const ticks = signal(0);
/** The host of the last event; null where it may be any. */
export const lastHost = signal<string | null>(null);

export interface Listener { event?: (event: LedgerEvent) => void; finding?: (finding: Finding) => void }

let ending: AbortController | null = null;

export function follow(listener: Listener): void {
  if (ending !== null) return;
  ending = new AbortController();
  void run(listener, ending.signal);
}

export function unfollow(): void {
  ending?.abort();
  ending = null;
  stream.value = 'off';
}

async function run(listener: Listener, signal: AbortSignal): Promise<void> {
  let after: string | null = null;
  let failures = 0;
  stream.value = 'connecting';
  while (!signal.aborted) {
    try {
      const answer = await fetch(address('/v1/stream', { after }), { headers: headers(), signal, cache: 'no-store' });
      if (!answer.ok || answer.body === null) throw await problem(answer);
      if (failures > 0 || after === null) tick(null);
      failures = 0;
      stream.value = 'live';
      after = await read(answer.body, listener, (id) => { after = id; }) ?? after;
    } catch (e) {
      if (signal.aborted) return;
      // A place that the log does not hold any more: begin anew.
      if (e instanceof Problem && e.status === 400) after = null;
    }
    if (signal.aborted) return;
    failures++;
    stream.value = 'reconnecting';
    await new Promise((resolve) => setTimeout(resolve, pause(failures - 1)));
  }
}

async function read(body: ReadableStream<Uint8Array>, listener: Listener, seen: (id: string) => void): Promise<string | null> {
  const messages = new Messages();
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let last: string | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return last;
    for (const message of messages.take(value)) {
      if (message.id !== '') {
        last = message.id;
        seen(message.id);
      }
      if (message.event === 'event') {
        const event = JSON.parse(message.data) as LedgerEvent;
        listener.event?.(event);
        tick(event.host);
      } else if (message.event === 'finding') {
        listener.finding?.(JSON.parse(message.data) as Finding);
      }
    }
  }
}

function tick(host: string | null): void {
  lastHost.value = host;
  ticks.value++;
}
