import { expect, test } from 'vitest';
import type { Timeline } from '../src/api';
import { countText, tickText } from '../src/axis';
import { density, moment, notes, share, zoom } from '../src/track';

const span = { from: 1000, to: 2000 };

test('a place on the track is a moment, and back', () => {
  for (const at of [0, 0.25, 1]) expect(share(span, moment(span, at))).toBeCloseTo(at);
  expect(moment(span, -3)).toBe(1000);
  expect(moment(span, 7)).toBe(2000);
  expect(share({ from: 5, to: 5 }, 5)).toBe(1);
});

test('zooming keeps what is under the pointer, and stays within the log', () => {
  const closer = zoom(span, span, 0.5, 0.5);
  expect(closer).toEqual({ from: 1250, to: 1750 });
  expect(zoom(span, closer, 0.5, 100)).toEqual(span);
  expect(zoom(span, span, 0, 0.1)).toEqual({ from: 1000, to: 1100 });
});

test('parts without events draw nothing, and findings stand where they are', () => {
  const timeline = { from: new Date(1000).toISOString(), partMillis: 100, events: [0, 4, 0, 1, 0, 0, 0, 0, 0, 0], findings: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0] } as unknown as Timeline;
  expect(density(timeline, span, 20).match(/M/g)).toHaveLength(2);
  expect(notes(timeline, span)).toEqual([350]);
});

test('axes tell moments as exactly as their neighbours need, and counts in whole numbers', () => {
  expect(tickText(1_767_225_600.25, 0.05)).toBe('00:00.250');
  expect(tickText(1_767_225_600, 5)).toBe('00:00:00');
  expect(tickText(1_767_225_600, 3600)).toBe('00:00');
  expect(tickText(1_767_225_600, 86_400)).toBe('2026-01-01');
  expect(countText(150_000)).toBe('150k');
  expect(countText(400)).toBe('400');
  expect(countText(0.5)).toBe('');
});
