import { expect, test } from 'vitest';
import type { Host } from '../src/api';
import { free, fullness, pressure, select, visible } from '../src/fleet';

const host = (name: string, armed: number, size: number | null, more: Partial<Host> = {}): Host => ({
  host: name, devices: 1, uncertain: 0, armed, cached: 0, reserved: 0, violations: 0,
  cpuVectors: { inUse: armed, usedByHost: null, size }, remappingEntries: { inUse: armed, usedByHost: null, size: null }, ...more,
});

test('a pool is as full as its own users and the drivers of the host make it', () => {
  expect(fullness({ inUse: 30, usedByHost: 20, size: 100 })).toBe(0.5);
  expect(free({ inUse: 30, usedByHost: 20, size: 100 })).toBe(50);
  expect(fullness({ inUse: 30, usedByHost: null, size: null })).toBeNull();
  expect(fullness({ inUse: 1, usedByHost: null, size: 0 })).toBe(1);
});

test('the host nearest to exhaustion comes first, those of unknown size last', () => {
  const hosts = [host('hv-1', 10, 100), host('hv-2', 90, 100), host('hv-3', 500, null), host('hv-10', 90, 100)];
  expect(select(hosts, '', 'all', 'exhaustion').map((h) => h.host)).toEqual(['hv-2', 'hv-10', 'hv-1', 'hv-3']);
  expect(pressure(hosts[2]!)).toBeNull();
});

test('hosts are found by part of their name and filtered by what is wrong', () => {
  const hosts = [host('db-1', 1, 100), host('web-1', 95, 100), host('web-2', 1, 100, { violations: 2 }), host('web-3', 1, 100, { cached: 3 })];
  expect(select(hosts, ' WEB', 'all', 'name').map((h) => h.host)).toEqual(['web-1', 'web-2', 'web-3']);
  expect(select(hosts, '', 'near', 'name').map((h) => h.host)).toEqual(['web-1']);
  expect(select(hosts, '', 'findings', 'name').map((h) => h.host)).toEqual(['web-2']);
  expect(select(hosts, '', 'idle', 'name').map((h) => h.host)).toEqual(['web-3']);
});

test('of a long list only what is seen is drawn, and a little beyond', () => {
  expect(visible(0, 340, 34, 1000)).toEqual({ from: 0, to: 16 });
  expect(visible(3400, 340, 34, 1000)).toEqual({ from: 94, to: 116 });
  expect(visible(1e9, 340, 34, 20)).toMatchObject({ to: 20 });
});
