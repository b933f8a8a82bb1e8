import { expect, test } from 'vitest';
import type { Call, Change } from '../src/api';
import { callWords, changeWords, changedVectors, duration, time, who } from '../src/words';

const call = (more: Partial<Call>): Call => ({ index: 2, start: 0, count: 1, flags: 36, fds: [5], ...more });

test.each([
  [call({}), 'arm MSIX 0'],
  [call({ count: 3, fds: [-1, -1, -1] }), 'clear MSIX 0+3'],
  [call({ count: 2, fds: [4, -1] }), 'set MSIX 0+2'],
  [call({ count: 0, flags: 33, fds: null }), 'disable MSIX'],
  [call({ index: 0, flags: 9, fds: null }), 'mask INTX 0'],
  [call({ index: 1, flags: 17, fds: null }), 'unmask MSI 0'],
  [call({ flags: 33, fds: null }), 'signal MSIX 0'],
  [call({ fds: [null] }), 'arm MSIX 0'],
])('a call is told as the command line tells it (%#)', (of, words) => {
  expect(callWords(of)).toBe(words);
});

const changed = (vector: number, before: string, after: string): Change => ({ change: 'VectorChanged', vector, before, after });

test('neighbours that change alike are told together', () => {
  expect(changeWords([changed(0, 'FREE', 'ARMED'), changed(1, 'FREE', 'ARMED'), changed(3, 'FREE', 'ARMED'), changed(4, 'CACHED', 'ARMED')]))
    .toEqual(['0–1 FREE → ARMED', '3 FREE → ARMED', '4 CACHED → ARMED']);
  expect(changeWords([{ change: 'ModeChanged', vector: null, before: 'none', after: 'msix' }, changed(0, 'ARMED', 'ARMED')])).toEqual(['mode none → msix', '0 ARMED']);
  expect([...changedVectors([changed(7, 'FREE', 'ARMED'), { change: 'AllReleased', vector: null, before: '3 irqs', after: '0 irqs' }])]).toEqual([7]);
});

test.each([[0, '0 ms'], [999, '999 ms'], [61_000, '1 min 1 s'], [3_600_000, '1 h'], [90_000_000, '1 d 1 h'], [-5, '0 ms']])('%i ms are %s', (millis, words) => {
  expect(duration(millis)).toBe(words);
});

test('times are in UTC, and callers by the best name that is known', () => {
  expect(time('2026-01-01T00:00:05.250Z')).toBe('2026-01-01 00:00:05.250');
  expect(time(null)).toBe('–');
  expect(who({ vm: 'web', pid: 7, command: 'qemu' })).toBe('web[7]');
  expect(who({ vm: null, pid: null, command: null })).toBe('–');
});
