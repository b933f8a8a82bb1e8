import { expect, test } from 'vitest';
import { together } from '../src/together';

const series = (times: number[], armed: number[]) => ({ logTime: times.map((t) => new Date(t).toISOString()), armed, cached: armed.map(() => 0), reserved: armed.map(() => 0) });

test('two histories with samples at other moments are drawn on one axis', () => {
  const drawn = together(series([1000, 3000], [1, 5]), series([2000], [9]), (s, i) => s.armed[i]!);
  expect(drawn.seconds.slice(0, 3)).toEqual([1, 2, 3]);
  expect(drawn.log.slice(0, 3)).toEqual([1, 1, 5]);
  expect(drawn.modelled.slice(0, 3)).toEqual([0, 9, 9]);
  expect(drawn.log.at(-1)).toBe(5);
});
