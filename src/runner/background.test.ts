import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createBackground } from './background.ts';

/** Work that ends when it is told to. */
function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, finish: () => resolve(), fail: reject };
}

/** Lets all that can go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('so many at once, and the next when one ends', async () => {
  const background = createBackground(2, 100);
  const all = [controlled(), controlled(), controlled()];
  let started = 0;
  const starting = (async () => {
    for (const { work } of all) {
      await background.start(1, work);
      started++;
    }
  })();
  await settle();
  assert.is(started, 2);
  all[1].finish();
  await starting;
  assert.is(started, 3);
  let ended = false;
  const end = background.end().then(() => {
    ended = true;
  });
  all[0].finish();
  await settle();
  assert.is(ended, false, 'one is left');
  all[2].finish();
  await end;
});

test('so many bytes at once', async () => {
  const background = createBackground(10, 100);
  const [first, second, third] = [controlled(), controlled(), controlled()];
  await background.start(60, first.work);
  await background.start(40, second.work);
  let started = false;
  const starting = background.start(41, third.work).then(() => {
    started = true;
  });
  second.finish();
  await settle();
  assert.is(started, false);
  first.finish();
  await starting;
  third.finish();
  await background.end();
});

test('one that is larger than the room starts alone and is waited for', async () => {
  const background = createBackground(10, 100);
  const [small, large] = [controlled(), controlled()];
  await background.start(1, small.work);
  let begun = false;
  let over = false;
  const work = () => {
    begun = true;
    return large.work();
  };
  const whole = background.start(101, work).then(() => {
    over = true;
  });
  await settle();
  assert.is(begun, false);
  small.finish();
  await settle();
  assert.equal([begun, over], [true, false]);
  large.finish();
  await whole;
});

test('several that wait do not start more than there is room for', async () => {
  const background = createBackground(1, 100);
  let now = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++now);
    await settle();
    now--;
  };
  await Promise.all(Array.from({ length: 10 }, () => background.start(1, work)));
  await background.end();
  assert.equal([most, now], [1, 0]);
});

test('the first failure is thrown by what comes next and by the end, when all has settled', async () => {
  const background = createBackground(3, 100);
  const [bad, worse, good] = [controlled(), controlled(), controlled()];
  for (const { work } of [bad, worse, good]) await background.start(1, work);
  const message = (promise: Promise<void>) => promise.then(String, (error) => error.message);
  bad.fail(new Error('first'));
  assert.is(await message(background.failed), 'first');
  worse.fail(new Error('second'));
  assert.is(await message(background.start(1, async () => assert.unreachable())), 'first');
  let ended = '';
  const end = message(background.end()).then((text) => {
    ended = text;
  });
  await settle();
  assert.is(ended, '', 'one is left');
  good.finish();
  await end;
  assert.is(ended, 'first');
});

test.run();
