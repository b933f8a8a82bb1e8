import { expect, test } from 'vitest';
import { atTime, offsets, reflects, text } from '../src/point';

test('a point of offsets is read and written as the command line has it', () => {
  const point = 'offset:0@41,1@-1,12@7';
  expect(text(offsets(point)!)).toBe(point);
  expect(offsets('offset:')!.size).toBe(0);
});

test.each(['latest', 'time:2026-01-01T00:00:00Z', 'offset:0', 'offset:0@-2', 'offset:a@1'])('%s is no point of offsets', (point) => {
  expect(offsets(point)).toBeNull();
});

test('a point reflects the records up to it, and none of a partition that it leaves out', () => {
  const point = offsets('offset:0@5,1@-1')!;
  expect(reflects(point, 'offset:0@5')).toBe(true);
  expect(reflects(point, 'offset:0@6')).toBe(false);
  expect(reflects(point, 'offset:1@0')).toBe(false);
  expect(reflects(point, 'offset:2@0')).toBe(false);
});

test('a moment is a point in whole milliseconds', () => {
  expect(atTime(1_767_225_600_000.4)).toBe('time:2026-01-01T00:00:00.000Z');
});
