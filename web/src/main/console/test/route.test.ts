import { expect, test } from 'vitest';
import { format, parse } from '../src/route';

test.each([
  '#/',
  '#/host/hv-1',
  '#/host/hv-1/0000:01:00.0',
  '#/host/hv-1/0000:01:00.0?at=offset:0@4,1@-1&a=offset:0@1,1@-1&b=offset:0@4,1@-1&diff=1',
  '#/host/hv-1/what-if?policy=LRU_CAP(16)&cpuVectors=100',
  '#/?at=time:2026-01-01T00:00:05Z',
  '#/host/hv-1?at=event:01930000-0000-7000-8000-000000000001',
])('the address %s leads to one view, and the view to the address', (hash) => {
  expect(format(parse(hash))).toBe(hash);
});

test('an address that says nothing is the fleet at the present', () => {
  expect(parse('')).toMatchObject({ host: null, device: null, view: 'ledger', at: null, diff: false });
});

test('what a what-if was asked stays out of other views', () => {
  expect(format({ ...parse('#/host/hv-1/what-if?policy=KERNEL'), view: 'ledger' })).toBe('#/host/hv-1');
});
