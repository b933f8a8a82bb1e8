import { expect, test } from 'vitest';
import type { Phase, Vector } from '../src/api';
import { grid, move, shape, shown } from '../src/grid';

const vector = (n: number, phase: Phase): Vector => ({ vector: n, phase, linuxIrq: 30 + n, trigger: null, dynamic: false, since: null });

test('every phase has a shape of its own', () => {
  const shapes = (['ARMED', 'CACHED', 'RESERVED', 'FREE'] as const).map((phase) => shape(phase, 0, 0, 12));
  expect(new Set(shapes).size).toBe(4);
});

test('a map draws each vector once, by its phase', () => {
  const map = grid([vector(0, 'ARMED'), vector(2, 'CACHED'), vector(5, 'RESERVED')], 8, 4, 10);
  expect(map.rows).toBe(2);
  expect(map.paths.ARMED.match(/M/g)).toHaveLength(1);
  expect(map.paths.CACHED.match(/M/g)).toHaveLength(2); // a ring is two circles
  expect(map.paths.RESERVED.match(/M/g)).toHaveLength(1);
  expect(map.paths.FREE.match(/M/g)).toHaveLength(5);
});

test('a map shows whole rows, one beyond the last vector, and never more than a device has', () => {
  expect(shown([], 64)).toBe(64);
  expect(shown([vector(64, 'ARMED')], 64)).toBe(192);
  expect(shown([vector(2047, 'ARMED')], 64)).toBe(2048);
});

test.each([
  [0, 'ArrowRight', 1], [0, 'ArrowLeft', 0], [3, 'ArrowDown', 7], [3, 'ArrowUp', 3], [6, 'Home', 4], [6, 'End', 7], [1, 'PageDown', 11], [9, 'PageUp', 0], [5, 'x', 5],
])('from vector %i the key %s leads to %i', (from, key, to) => {
  expect(move(from, key, 4, 12)).toBe(to);
});
