/** The API's answers, as openapi.json describes them, and how they are asked for. */

export interface Position { point: string; logTime: string | null }
export interface Room { inUse: number; usedByHost: number | null; size: number | null }
export interface Host {
  host: string; devices: number; uncertain: number; armed: number; cached: number; reserved: number;
  violations: number; cpuVectors: Room; remappingEntries: Room;
}
export interface Device {
  host: string; device: string; mode: string; open: 'UNSEEN' | 'OPEN' | 'CLOSED'; dynamicMsix: boolean | null;
  armed: number; cached: number; reserved: number; uncertain: boolean; uncertainReason: string | null;
  uncertainSince: string | null; violations: number; events: number; redeliveries: number;
  epoch: number; sequence: number; position: Position;
}
export type Phase = 'FREE' | 'RESERVED' | 'ARMED' | 'CACHED';
export interface Vector {
  vector: number; phase: Phase; linuxIrq: number | null; trigger: number | null; dynamic: boolean; since: string | null;
}
export interface DeviceState {
  position: Position; stale: boolean; device: Device; intxTrigger: number | null; errTrigger: number | null;
  reqTrigger: number | null; vectors: Vector[]; next: string | null;
}
export interface Actor { vm: string | null; pid: number | null; command: string | null }
export interface Call { index: number; start: number; count: number; flags: number; fds: (number | null)[] | null }
export interface LedgerEvent {
  position: Position; id: string; host: string; device: string; epoch: number; sequence: number; hostTime: string | null;
  source: string; actor: Actor; type: string; call: Call | null; result: { code: number; name: string } | null;
}
export interface Change { change: string; vector: number | null; before: string | null; after: string | null }
export interface FoldedEvent {
  event: LedgerEvent; applied: boolean; changes: Change[];
  violations: { id: string; rule: string; expected: string; reported: string }[];
}
export interface History { position: Position; events: FoldedEvent[]; next: string | null }
export interface Finding {
  id: string; rule: string; kind: string; host: string; device: string | null; event: string | null;
  hostTime: string | null; vectors: number[]; expected: string; reported: string;
  evidence: Record<string, string>; position: Position;
}
export interface Findings { position: Position; violations: Finding[]; next: string | null }
export interface Pool {
  kind: string; unit: string | null; armed: number; cached: number; reserved: number; usedByHost: number | null;
  capacity: number | null; highWater: number; highWaterAt: string | null;
}
export interface Pressure {
  position: Position; host: string; pools: Pool[];
  holders: { device: string; vm: string | null; armed: number; cached: number; reserved: number }[];
  longestUnarmed: { device: string; vm: string | null; since: string } | null;
  armedIdleTotal: number | null;
  armedIdle: { device: string; vector: number; irq: number; since: string }[];
}
export interface IdleGroup { phase: 'CACHED' | 'RESERVED'; since: string | null; first: number; count: number }
export interface Holder { device: Device; user: Actor | null; idle: IdleGroup[] }
export interface Holders { position: Position; holders: Holder[] }
export interface Timeline {
  from: string; to: string; partMillis: number; first: string | null; last: string | null; whole: boolean;
  events: number[]; findings: number[]; armed: number[]; cached: number[]; reserved: number[];
  peak: number[]; peakArmed: number[];
}
export interface Step { position: Position | null; host: string | null; device: string | null }
export interface Rule { rule: string; kind: string; sentence: string }
export interface About { live: boolean; name: string }
export interface Mark { position: Position; event: string; device: string }
export interface Peak { peak: number; at: Mark | null }
export interface Series { logTime: string[]; armed: number[]; cached: number[]; reserved: number[] }
export interface WhatIf {
  position: Position; policy: string;
  pools: { pool: string; size: number | null; log: Peak; policy: Peak }[];
  shortages: { log: number; policy: number; avoided: number; caused: number; told: { kind: string; pool: string; at: Mark }[] };
  cost: { allocatedAgain: number; estimateNanos: number | null };
  partedAt: Mark | null; log: Series; modelled: Series;
}

/** Why there is no answer. */
export class Problem extends Error {
  constructor(readonly status: number, readonly type: string, detail: string) {
    super(detail);
  }

  /** Whether to ask again in a moment may help: the service restores, moves, or is away. */
  get passing(): boolean {
    return this.status === 503 || this.status === 0;
  }
}

const TOKEN = 'irq-ledger-token';

/** The token is kept as long as the tab is, and sent in a header alone. */
export const token = {
  get: (): string | null => sessionStorage.getItem(TOKEN),
  set: (value: string): void => sessionStorage.setItem(TOKEN, value),
  forget: (): void => sessionStorage.removeItem(TOKEN),
};

export function headers(): Record<string, string> {
  const known = token.get();
  return known === null ? {} : { Authorization: `Bearer ${known}` };
}

export type Query = Record<string, string | number | null | undefined>;

/** A path with its query; what is null or undefined is left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const text = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  return text === '' ? path : `${path}?${text}`;
}

export async function problem(answer: Response): Promise<Problem> {
  const text = await answer.text();
  try {
    const document = JSON.parse(text) as { type: string; detail: string };
    return new Problem(answer.status, document.type.replace('urn:irq-ledger:problem:', ''), document.detail);
  } catch {
    return new Problem(answer.status, 'unknown', `the service answered ${answer.status}`);
  }
}

export async function ask<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address(path, query), { headers: headers(), signal: signal ?? null, cache: 'no-store' });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Problem(0, 'unreachable', 'the service does not answer');
  }
  if (!answer.ok) throw await problem(answer);
  return (await answer.json()) as T;
}

/** All pages of a list, up to a bound: a page of the web is not to grow without end. */
export async function all<T extends { next: string | null }, I>(
  path: string, query: Query, items: (page: T) => I[], most: number, signal?: AbortSignal,
): Promise<{ first: T; items: I[]; more: boolean }> {
  const first = await ask<T>(path, query, signal);
  const found = [...items(first)];
  const { at: _, ...rest } = query;
  let next = first.next;
  while (next !== null && found.length < most) {
    const page: T = await ask<T>(path, { ...rest, cursor: next }, signal);
    found.push(...items(page));
    next = page.next;
  }
  return { first, items: found, more: next !== null };
}

export const devicePath = (host: string, device: string): string => `/v1/devices/${host}/${device}`;
