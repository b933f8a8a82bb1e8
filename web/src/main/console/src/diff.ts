import type { Device, Host, Phase, Vector } from './api';

/** What is other at one point than at another; the same as `replay diff` says. */

export interface Counts { armed: number; cached: number; reserved: number }
export interface CountsDiff { name: string; from: Counts; to: Counts; first: boolean; gone: boolean; other: string[] }
export interface VectorDiff { vector: number; from: Vector | null; to: Vector | null }

const NONE: Counts = { armed: 0, cached: 0, reserved: 0 };

function counts(of: Counts): Counts {
  return { armed: of.armed, cached: of.cached, reserved: of.reserved };
}

function differ<T extends Counts>(
  from: readonly T[], to: readonly T[], name: (of: T) => string, other: (a: T, b: T) => string[],
): CountsDiff[] {
  const before = new Map(from.map((each) => [name(each), each]));
  const after = new Map(to.map((each) => [name(each), each]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const found: CountsDiff[] = [];
  for (const each of names) {
    const a = before.get(each);
    const b = after.get(each);
    const more = a !== undefined && b !== undefined ? other(a, b) : [];
    const same = a !== undefined && b !== undefined && a.armed === b.armed && a.cached === b.cached && a.reserved === b.reserved;
    if (!same || more.length > 0) {
      found.push({
        name: each, from: a === undefined ? NONE : counts(a), to: b === undefined ? NONE : counts(b),
        first: a === undefined, gone: b === undefined, other: more,
      });
    }
  }
  return found;
}

export function hosts(from: readonly Host[], to: readonly Host[]): CountsDiff[] {
  return differ(from, to, (host) => host.host, (a, b) => [
    ...(a.devices === b.devices ? [] : [`devices ${a.devices} → ${b.devices}`]),
    ...(a.violations === b.violations ? [] : [`violations ${a.violations} → ${b.violations}`]),
  ]);
}

export function devices(from: readonly Device[], to: readonly Device[]): CountsDiff[] {
  return differ(from, to, (device) => device.device, (a, b) => [
    ...(a.mode === b.mode ? [] : [`mode ${a.mode} → ${b.mode}`]),
    ...(a.open === b.open ? [] : [`${a.open.toLowerCase()} → ${b.open.toLowerCase()}`]),
    ...(a.uncertain === b.uncertain ? [] : [b.uncertain ? 'uncertain' : 'certain again']),
    ...(a.violations === b.violations ? [] : [`violations ${a.violations} → ${b.violations}`]),
  ]);
}

export function vectors(from: readonly Vector[], to: readonly Vector[]): VectorDiff[] {
  const before = new Map(from.map((each) => [each.vector, each]));
  const after = new Map(to.map((each) => [each.vector, each]));
  const numbers = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b);
  return numbers
    .map((vector) => ({ vector, from: before.get(vector) ?? null, to: after.get(vector) ?? null }))
    .filter(({ from: a, to: b }) => !same(a, b));
}

function same(a: Vector | null, b: Vector | null): boolean {
  if (a === null || b === null) return a === b;
  return a.phase === b.phase && a.linuxIrq === b.linuxIrq && a.trigger === b.trigger && a.dynamic === b.dynamic && a.since === b.since;
}

export interface Run { first: number; last: number; from: Phase; to: Phase }

/** Neighbours that differ alike, together. */
export function runs(differences: readonly VectorDiff[]): Run[] {
  const found: Run[] = [];
  for (const { vector, from: a, to: b } of differences) {
    const [from, to] = [a?.phase ?? 'FREE', b?.phase ?? 'FREE'];
    const last = found.at(-1);
    if (last !== undefined && last.last + 1 === vector && last.from === from && last.to === to) last.last = vector;
    else found.push({ first: vector, last: vector, from, to });
  }
  return found;
}
