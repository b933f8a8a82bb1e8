import { expect, test } from 'vitest';
import type { Device, Vector } from '../src/api';
import { devices, runs, vectors } from '../src/diff';

const vector = (n: number, more: Partial<Vector> = {}): Vector => ({ vector: n, phase: 'ARMED', linuxIrq: n, trigger: 7, dynamic: false, since: null, ...more });

test('vectors that are the same at both points do not differ; others are told with both', () => {
  const before = [vector(0), vector(1), vector(2)];
  const after = [vector(0), vector(1, { phase: 'CACHED', trigger: -1 }), vector(3)];
  expect(vectors(before, after).map((d) => [d.vector, d.from?.phase ?? null, d.to?.phase ?? null])).toEqual([[1, 'ARMED', 'CACHED'], [2, 'ARMED', null], [3, null, 'ARMED']]);
});

test.each([{ linuxIrq: 99 }, { trigger: 9 }, { since: '2026-01-01T00:00:00Z' }, { dynamic: true }])('a vector differs by %o alone', (more) => {
  expect(vectors([vector(0)], [vector(0, more)])).toHaveLength(1);
});

test('devices differ by what they hold, by their mode, and by appearing', () => {
  const device = (name: string, more: Partial<Device>): Device => ({ device: name, mode: 'msix', open: 'OPEN', armed: 1, cached: 0, reserved: 0, uncertain: false, violations: 0, ...more } as Device);
  const found = devices([device('a', {}), device('b', {}), device('c', {})], [device('a', {}), device('b', { armed: 0, mode: 'none' }), device('c', { violations: 1 }), device('d', {})]);
  expect(found.map((each) => each.name)).toEqual(['b', 'c', 'd']);
  expect(found[0]!.other).toEqual(['mode msix → none']);
  expect(found[1]!.other).toEqual(['violations 0 → 1']);
  expect(found[2]!).toMatchObject({ first: true, from: { armed: 0 }, to: { armed: 1 } });
});

test('neighbours that differ alike are one run', () => {
  const found = vectors([], [vector(0), vector(1), vector(3), vector(4, { phase: 'RESERVED' })]);
  expect(runs(found)).toEqual([
    { first: 0, last: 1, from: 'FREE', to: 'ARMED' }, { first: 3, last: 3, from: 'FREE', to: 'ARMED' }, { first: 4, last: 4, from: 'FREE', to: 'RESERVED' }]);
});
