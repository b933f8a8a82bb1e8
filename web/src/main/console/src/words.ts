import type { Actor, Call, Change, LedgerEvent } from './api';

/** What happened, in few words: the same as the command line's histories. */

const INDEXES = ['INTX', 'MSI', 'MSIX', 'ERR', 'REQ'];
const DATA_NONE = 1;
const DATA_EVENTFD = 4;
const MASK = 8;
const UNMASK = 16;

function verb(call: Call): string {
  if ((call.flags & MASK) !== 0) return 'mask';
  if ((call.flags & UNMASK) !== 0) return 'unmask';
  if ((call.flags & DATA_EVENTFD) === 0) return 'signal';
  const fds = call.fds ?? [];
  const arms = fds.some((fd) => fd === null || fd >= 0);
  const removes = fds.some((fd) => fd !== null && fd < 0);
  return arms ? (removes ? 'set' : 'arm') : 'clear';
}

export function callWords(call: Call): string {
  const name = INDEXES[call.index] ?? `index ${call.index}`;
  if (call.count === 0 && (call.flags & DATA_NONE) !== 0) return `disable ${name}`;
  return `${verb(call)} ${name} ${call.count === 1 ? call.start : `${call.start}+${call.count}`}`;
}

const TYPES: Record<string, string> = {
  DeviceOpened: 'opened',
  DeviceReset: 'reset',
  DeviceReleased: 'released',
  StateObserved: 'observed',
  CommandRefused: 'refused',
};

export function eventWords(event: LedgerEvent): string {
  return event.call === null ? (TYPES[event.type] ?? event.type) : callWords(event.call);
}

export function who(actor: Actor | null): string {
  if (actor === null) return '–';
  const process = actor.pid === null ? '' : `[${actor.pid}]`;
  const name = actor.vm ?? actor.command;
  return name === null ? process || '–' : `${name}${process}`;
}

/** What an event made of the vectors: alike changes of neighbours are told together. */
export function changeWords(changes: Change[]): string[] {
  const words: string[] = [];
  let run: { first: number; last: number; before: string; after: string } | null = null;
  const flush = () => {
    if (run !== null) {
      const range = run.first === run.last ? `${run.first}` : `${run.first}–${run.last}`;
      words.push(`${range} ${run.before === run.after ? run.after : `${run.before} → ${run.after}`}`);
      run = null;
    }
  };
  for (const change of changes) {
    const before = change.before ?? '?';
    const after = change.after ?? '?';
    if (change.change === 'VectorChanged' && change.vector !== null) {
      if (run !== null && run.last + 1 === change.vector && run.before === before && run.after === after) {
        run.last = change.vector;
      } else {
        flush();
        run = { first: change.vector, last: change.vector, before, after };
      }
    } else {
      flush();
      words.push(
        change.change === 'ModeChanged' ? `mode ${before} → ${after}`
        : change.change === 'AllReleased' ? `${before} freed`
        : change.change === 'EventfdSignalled' ? `signalled ${after}`
        : `${before} → ${after}`);
    }
  }
  flush();
  return words;
}

/** The vectors that an event changed one by one. */
export function changedVectors(changes: Change[]): Set<number> {
  return new Set(changes.filter((c) => c.change === 'VectorChanged' && c.vector !== null).map((c) => c.vector as number));
}

const UNITS: [number, string][] = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's']];

/** How long something takes or has lasted, in its two largest units. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  const index = UNITS.findIndex(([size]) => millis >= size);
  const [size, unit] = UNITS[index] as [number, string];
  const whole = Math.floor(millis / size);
  const next = UNITS[index + 1];
  const rest = next === undefined ? 0 : Math.floor((millis % size) / next[0]);
  return rest === 0 || next === undefined ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${next[1]}`;
}

/** An ISO time as people read it, in UTC as everywhere in the ledger, to the millisecond. */
export function time(iso: string | null): string {
  if (iso === null) return '–';
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toISOString().replace('T', ' ').replace('Z', '');
}

export function number(value: number): string {
  return value.toLocaleString('en-US').replaceAll(',', '\u202f');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export const POOLS: Record<string, string> = { CPU_VECTORS: 'CPU vectors', REMAPPING_ENTRIES: 'IRTEs' };
