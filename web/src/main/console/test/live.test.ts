import { expect, test } from 'vitest';
import { Messages, pause } from '../src/live';

const STREAM = 'retry: 1000\nid: p0\n\nevent: event\nid: p1\ndata: {"a":1}\n\n:\n\nevent: finding\nid: p2\ndata: {"b":2}\n\n';

test('a stream gives the same messages wherever it is cut', () => {
  const whole = new Messages().take(STREAM);
  expect(whole.map((m) => [m.event, m.id, m.data])).toEqual([['', 'p0', ''], ['event', 'p1', '{"a":1}'], ['finding', 'p2', '{"b":2}']]);
  for (let cut = 0; cut <= STREAM.length; cut++) {
    const messages = new Messages();
    expect([...messages.take(STREAM.slice(0, cut)), ...messages.take(STREAM.slice(cut))]).toEqual(whole);
  }
});

test('pauses between tries grow, and have an end', () => {
  expect(pause(0)).toBe(250);
  expect(pause(3)).toBe(2000);
  expect(pause(50)).toBe(10_000);
});
