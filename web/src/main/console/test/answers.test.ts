import { expect, test } from 'vitest';
import { Problem } from '../src/api';
import { Asker, type Known } from '../src/answers';

function asker() {
  const known: Known<string> = { data: null, problem: null, pending: false };
  const told: string[] = [];
  const one = new Asker<string>((change) => {
    Object.assign(known, change);
    if (change.data !== undefined && change.data !== null) told.push(change.data);
  }, 1);
  return { one, known, told };
}

function later<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => { resolve = done; });
  return { promise, resolve };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('of the questions that come up while one is answered only the last is asked', async () => {
  const { one, told } = asker();
  const first = later<string>();
  const asked: string[] = [];
  one.ask(() => { asked.push('1'); return first.promise; });
  one.ask(async () => { asked.push('2'); return 'two'; });
  one.ask(async () => { asked.push('3'); return 'three'; });
  first.resolve('one');
  await settled();
  expect(asked).toEqual(['1', '3']);
  expect(told).toEqual(['one', 'three']);
});

test('an answer that comes after its subject was left is not told', async () => {
  const { one, told } = asker();
  const first = later<string>();
  one.ask(() => first.promise);
  one.drop();
  one.ask(async () => 'about something else');
  first.resolve('late');
  await settled();
  expect(told).toEqual(['about something else']);
});

test('where the service is away, what is known stays and the question is asked again', async () => {
  const { one, known } = asker();
  one.ask(async () => 'known');
  await settled();
  let tries = 0;
  one.ask(async () => {
    tries++;
    if (tries < 3) throw new Problem(503, 'unreachable', 'away');
    return 'back';
  });
  await expect.poll(() => known.data).toBe('back');
  expect(tries).toBe(3);
  expect(known).toMatchObject({ data: 'back', problem: null, pending: false });
});

test('what is not there is told at once, and nothing else in its place', async () => {
  const { one, known } = asker();
  one.ask(async () => 'known');
  await settled();
  one.ask(async () => { throw new Problem(404, 'not-found', 'no such host'); });
  await settled();
  expect(known).toMatchObject({ data: null, pending: false });
  expect(known.problem?.message).toBe('no such host');
});
