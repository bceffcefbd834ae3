import { setImmediate } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eachAtOnce } from './each-at-once.ts';

test('items are begun in order, so many at once', async () => {
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  await eachAtOnce(Array(20).keys(), 3, async (item) => {
    begun.push(item);
    most = Math.max(most, ++now);
    for (let i = 0; i < item % 4; i++) await setImmediate();
    now--;
  });
  assert.equal(begun, [...Array(20).keys()]);
  assert.is(most, 3);
});

test('after a failure no more is begun', async () => {
  const begun: number[] = [];
  const all = eachAtOnce([0, 1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await setImmediate();
    if (item === 2) throw new Error('two');
  });
  assert.is(await all.catch(({ message }) => message), 'two');
  for (let i = 0; i < 5; i++) await setImmediate();
  assert.ok(begun.length <= 4, begun.join());
  await eachAtOnce([], 2, async () => assert.unreachable());
});

test.run();
