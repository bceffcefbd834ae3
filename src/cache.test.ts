import { setImmediate } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createCache } from './cache.ts';

/** A cache of texts that weigh their length, and what was made. */
function texts(most: number, age?: number) {
  const made: string[] = [];
  const cache = createCache<string>({ most, weigh: ({ length }) => length, age });
  const get = (key: string) =>
    cache.get(key, async () => {
      made.push(key);
      await setImmediate();
      return key;
    });
  return { made, get, cache };
}

test('a thing is made once, also for those who ask at once', async () => {
  const { made, get } = texts(10);
  assert.equal(await Promise.all([get('a'), get('a'), get('b')]), ['a', 'a', 'b']);
  await get('a');
  assert.equal(made, ['a', 'b']);
});

test('what was asked for longest ago is forgotten first, and what is too heavy at once', async () => {
  const { made, get } = texts(4);
  await get('aa');
  await get('bb');
  await get('aa');
  await get('cc');
  await get('aa');
  assert.equal(made, ['aa', 'bb', 'cc']);
  await get('bb');
  assert.equal(made, ['aa', 'bb', 'cc', 'bb']);
  await get('heavy');
  await get('heavy');
  assert.equal(made.slice(4), ['heavy', 'heavy']);
});

test('what is being made is not forgotten', async () => {
  const { made, get } = texts(1);
  const waiting = get('a');
  await Promise.all([get('b'), get('c'), waiting, get('a')]);
  assert.is(made.filter((key) => key === 'a').length, 1);
});

test('what fails is tried again, and fails for all who asked', async () => {
  const cache = createCache<number>({ most: 9, weigh: () => 1 });
  let tries = 0;
  const fail = async () => {
    tries++;
    throw new Error('no');
  };
  const results = await Promise.allSettled([cache.get('a', fail), cache.get('a', fail)]);
  assert.equal(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.is(tries, 1);
  assert.is(await cache.get('a', async () => 2), 2);
});

test('what is too old is made anew', async () => {
  const { made, get } = texts(10, 0);
  await get('a');
  await get('a');
  assert.equal(made, ['a', 'a']);
});

test.run();
