import type { Host, Room } from './api';

/** How hosts stand, and in which order they are shown. */

/** How full a pool is, from 0 to 1; null where its size is not known. */
export function fullness(room: Room): number | null {
  if (room.size === null) return null;
  if (room.size === 0) return room.inUse > 0 ? 1 : null;
  return Math.min(1, (room.inUse + (room.usedByHost ?? 0)) / room.size);
}

export function free(room: Room): number | null {
  return room.size === null ? null : Math.max(0, room.size - (room.usedByHost ?? 0) - room.inUse);
}

/** The fuller of both pools; null where neither size is known. */
export function pressure(host: Host): number | null {
  const known = [fullness(host.cpuVectors), fullness(host.remappingEntries)].filter((f) => f !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export type Order = 'exhaustion' | 'name' | 'findings' | 'idle' | 'held';
export type Filter = 'all' | 'near' | 'findings' | 'uncertain' | 'idle';

export const NEAR = 0.8;

export function idle(host: Host): number {
  return host.cached + host.reserved;
}

function held(host: Host): number {
  return host.armed + idle(host);
}

const byName = (a: Host, b: Host) => a.host.localeCompare(b.host, 'en', { numeric: true });

const ORDERS: Record<Order, (a: Host, b: Host) => number> = {
  exhaustion: (a, b) => (pressure(b) ?? -1) - (pressure(a) ?? -1) || held(b) - held(a) || byName(a, b),
  name: byName,
  findings: (a, b) => b.violations - a.violations || byName(a, b),
  idle: (a, b) => idle(b) - idle(a) || byName(a, b),
  held: (a, b) => held(b) - held(a) || byName(a, b),
};

const FILTERS: Record<Filter, (host: Host) => boolean> = {
  all: () => true,
  near: (host) => (pressure(host) ?? 0) >= NEAR,
  findings: (host) => host.violations > 0,
  uncertain: (host) => host.uncertain > 0,
  idle: (host) => idle(host) > 0,
};

export function select(hosts: readonly Host[], search: string, filter: Filter, order: Order): Host[] {
  const wanted = search.trim().toLowerCase();
  return hosts
    .filter((host) => FILTERS[filter](host) && host.host.toLowerCase().includes(wanted))
    .sort(ORDERS[order]);
}

/** Which rows of a long list are drawn. */
export function visible(scroll: number, height: number, row: number, count: number, beyond = 6): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scroll / row) - beyond);
  return { from, to: Math.min(count, Math.ceil((scroll + height) / row) + beyond) };
}
