import { computed, signal } from '@preact/signals';
import { ask, Problem, type Host, type Position, type Step } from './api';
import { ticks } from './live';
import { atTime, offsets, text } from './point';
import { go, route, type Route } from './route';

/** The point looked at, and ways from it to others. */

/** The point looked at, of all partitions, with its log time; null while it is not known, and live. */
export const shown = signal<Position | null>(null);
/** The moment against which ages are told, milliseconds since 1970. */
export const asOf = computed(() => (shown.value?.logTime ? Date.parse(shown.value.logTime) : Date.now() + 0 * ticks.value));
/** What was said last of a step that led nowhere; read out to those who cannot see. */
export const said = signal('');

/** An answer with the point that it was asked for; null is the present. */
export interface AsOf { at: string | null }

export const isPast = computed(() => route.value.at !== null);

export type Kind = 'EVENT' | 'CHANGE' | 'FINDING';
export type Direction = 'NEXT' | 'PREVIOUS';

const NAMES: Record<Kind, string> = { EVENT: 'event', CHANGE: 'change', FINDING: 'finding' };

let queue: Promise<void> = Promise.resolve();
let waiting = 0;

/** Steps one after the other, as a key that is held down asks for them; a few are kept, others are left out. */
export function step(kind: Kind, direction: Direction): void {
  if (waiting > 2) return;
  waiting++;
  queue = queue.then(() => walk(kind, direction)).finally(() => { waiting--; });
}

async function walk(kind: Kind, direction: Direction): Promise<void> {
  const { at, host, device } = route.value;
  if (at === null && direction === 'NEXT') {
    said.value = 'This is the present: there is nothing later.';
    return;
  }
  try {
    const found = await ask<Step>('/v1/step', { host, device, at: at ?? 'latest', to: kind, direction });
    if (found.position === null) {
      said.value = `There is no ${direction === 'NEXT' ? 'later' : 'earlier'} ${NAMES[kind]} here.`;
    } else {
      said.value = '';
      go({ at: found.position.point }, true);
    }
  } catch (e) {
    said.value = e instanceof Problem ? e.message : String(e);
  }
}

/** The offsets of a point, of all partitions: what a link is to hold. */
export async function resolve(at: string): Promise<Position> {
  return (await ask<{ position: Position; hosts: Host[] }>('/v1/hosts', { at, pageSize: 1 })).position;
}

/** The point right after a record: the other partitions are as they were at its log time. */
export async function after(record: Position): Promise<string> {
  const own = offsets(record.point);
  const all = offsets((await resolve(`time:${record.logTime}`)).point);
  if (own === null || all === null) return record.point;
  return text(new Map([...all, ...own]));
}

/** Goes to the point right after a record, and perhaps to another view. */
export async function visit(record: Position, to: Partial<Route> = {}): Promise<void> {
  try {
    go({ ...to, at: await after(record) }, Object.keys(to).length === 0);
  } catch (e) {
    said.value = e instanceof Problem ? e.message : String(e);
  }
}

/** Goes to a moment of the broker's clock, milliseconds since 1970. */
export async function visitTime(millis: number): Promise<void> {
  const point = atTime(millis);
  try {
    go({ at: (await resolve(point)).point }, true);
  } catch {
    // The time names the point as well.
    go({ at: point }, true);
  }
}

export function present(): void {
  said.value = '';
  go({ at: null }, true);
}

/** Marks the point looked at, as one end of a comparison. */
export async function mark(end: 'a' | 'b'): Promise<void> {
  try {
    const { point } = await resolve(route.value.at ?? 'latest');
    go({ [end]: point }, true);
    said.value = `Mark ${end.toUpperCase()} is set.`;
  } catch (e) {
    said.value = e instanceof Problem ? e.message : String(e);
  }
}

export function compare(): void {
  const { a, b, diff } = route.value;
  if (a === null || b === null) said.value = 'Set the marks A and B first.';
  else go({ diff: !diff }, true);
}
