import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inOrder } from './in-order.ts';
import { all } from './storage.fixture.ts';

test('results come in order, however long each takes, so many at once', async () => {
  let now = 0;
  let most = 0;
  const items = Array.from({ length: 40 }, (_, i) => i);
  const results = inOrder(items, 5, async (item) => {
    most = Math.max(most, ++now);
    await sleep((item * 7) % 5);
    now--;
    return item * 2;
  });
  assert.equal(
    await all(results),
    items.map((item) => item * 2),
  );
  assert.is(most, 5);
  assert.equal(await all(inOrder([], 5, async () => 1)), []);
});

test('the first failure in order is thrown, after what is before it; no other goes unheard', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on('unhandledRejection', hear);
  const seen: number[] = [];
  try {
    for await (const result of inOrder([0, 1, 2, 3], 4, async (item) => {
      await sleep(item === 2 ? 10 : 0);
      if (item >= 2) throw new Error(`item ${item}`);
      return item;
    })) {
      seen.push(result);
    }
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'item 2');
  }
  await sleep(20);
  process.off('unhandledRejection', hear);
  assert.equal([seen, unheard], [[0, 1], []]);
});

test('whoever leaves early starts no more', async () => {
  let started = 0;
  for await (const _ of inOrder([1, 2, 3, 4, 5], 2, async () => ++started)) break;
  assert.is(started, 2);
});

test.run();
