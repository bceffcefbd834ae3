import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededDraw } from '../statistics/seeded-draw.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { type Clock, createQueue, type QueueOptions } from './queue.ts';

/** A clock that a test moves. */
function handClock() {
  let now = 0;
  let calls: { readonly at: number; readonly call: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(milliseconds, call) {
      const entry = { at: now + milliseconds, call };
      calls.push(entry);
      return () => {
        calls = calls.filter((other) => other !== entry);
      };
    },
  };
  return {
    clock,
    /** How long until each call that is due some time. */
    waits: () => calls.map(({ at }) => at - now).sort((a, b) => a - b),
    async pass(milliseconds: number) {
      now += milliseconds;
      const due = calls.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      calls = calls.filter(({ at }) => at > now);
      for (const { call } of due) call();
      await settled();
    },
  };
}

/** Until nothing more happens of its own. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose work ends when the test says so. */
function handWorked(options: Partial<QueueOptions> = {}) {
  const hand = handClock();
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<number | undefined>>();
  const controller = new AbortController();
  const queue = createQueue({
    workers: 2,
    clock: hand.clock,
    work(key) {
      assert.not.ok(ends.has(key), `${key} is worked on twice at once`);
      begun.push(key);
      const end = Promise.withResolvers<number | undefined>();
      ends.set(key, end);
      return end.promise.finally(() => ends.delete(key));
    },
    ...options,
  });
  const end = async (key: string, again?: number) => {
    ends.get(key)!.resolve(again);
    await settled();
  };
  const fail = async (key: string) => {
    ends.get(key)!.reject(new Error(`${key} failed`));
    await settled();
  };
  const run = () => queue.run(controller.signal);
  return { ...hand, queue, begun, end, fail, run, controller };
}

test('keys are worked on in the order they came, by so many workers at once', async () => {
  const { queue, begun, end, run, controller } = handWorked();
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
  assert.equal(begun, [], 'not before it is run');
  assert.is(queue.depth, 4);
  const ran = run();
  assert.equal(begun, ['a', 'b']);
  await end('b');
  assert.equal(begun, ['a', 'b', 'c']);
  assert.is(queue.depth, 1);
  await end('a');
  await end('c');
  await end('d');
  assert.equal(begun, ['a', 'b', 'c', 'd']);
  controller.abort();
  await ran;
});

test('a key waits once however often it is added, and never is worked on twice at once', async () => {
  const { queue, begun, end, run, controller } = handWorked();
  const ran = run();
  queue.add('a');
  for (let i = 0; i < 5; i++) queue.add('a');
  queue.add('b');
  assert.equal(begun, ['a', 'b'], 'a waits for itself, not b for a');
  await end('a');
  assert.equal(begun, ['a', 'b', 'a'], 'once more: something may have changed since it began');
  await end('a');
  await end('b');
  assert.equal(begun, ['a', 'b', 'a']);
  controller.abort();
  await ran;
});

test('later: the earliest counts, and work before then makes it void', async () => {
  const { queue, begun, end, run, controller, pass, waits } = handWorked();
  const ran = run();
  queue.addAfter('a', 100);
  queue.addAfter('a', 50);
  queue.addAfter('a', 70);
  assert.equal(waits(), [50]);
  await pass(49);
  assert.equal(begun, []);
  await pass(1);
  assert.equal(begun, ['a']);
  queue.addAfter('b', 10);
  await end('a', 30);
  assert.equal(waits(), [10, 30]);
  queue.add('a');
  assert.equal(waits(), [10]);
  await end('a');
  await pass(1000);
  assert.equal(begun, ['a', 'a', 'b']);
  await end('b', Number.MAX_SAFE_INTEGER);
  assert.equal(waits(), [2 ** 31 - 1], 'no longer than timers know');
  controller.abort();
  await ran;
});

test('a key that fails waits longer each time, and is as new when it worked', async () => {
  const told: (string | number)[] = [];
  const { queue, begun, end, fail, run, controller, pass, waits } = handWorked({
    firstPause: 10,
    longestPause: 35,
    onFailure: (key, error, pause) => told.push(key, (error as Error).message, pause),
  });
  const ran = run();
  queue.add('a');
  for (const pause of [10, 20, 35, 35]) {
    await fail('a');
    assert.equal(waits(), [pause]);
    assert.equal(told.splice(0), ['a', 'a failed', pause]);
    await pass(pause);
  }
  await end('a', 5);
  await pass(5);
  await fail('a');
  assert.equal(waits(), [10]);
  queue.add('a');
  assert.equal(begun.length, 7, 'what is added does not wait');
  await end('a');
  assert.equal(waits(), []);
  controller.abort();
  await ran;
});

timedTest('at its end what is being worked on ends, and nothing else begins', async () => {
  const { queue, begun, end, fail, run, controller, waits, pass } = handWorked();
  const ran = run();
  for (const key of ['a', 'b', 'c']) queue.add(key);
  queue.addAfter('d', 10);
  queue.add('a');
  controller.abort();
  let drained = false;
  ran.then(() => {
    drained = true;
  });
  await end('a', 5);
  assert.not.ok(drained);
  await fail('b');
  await ran;
  await pass(100);
  assert.equal(begun, ['a', 'b']);
  assert.equal(waits(), []);
  assert.is(queue.depth, 0);
});

timedTest('run again, it works on what was added in between', async () => {
  const done: string[] = [];
  const queue = createQueue({ workers: 1, work: async (key) => void done.push(key) });
  await queue.run(AbortSignal.abort());
  queue.add('a');
  const controller = new AbortController();
  const ran = queue.run(controller.signal);
  await settled();
  assert.equal(done, ['a']);
  controller.abort();
  await ran;
});

timedTest('whatever is added when: never twice at once, and every change is seen', async () => {
  const draw = seededDraw(5);
  const wanted = new Map<string, number>();
  const seen = new Map<string, number>();
  const atWork = new Set<string>();
  let most = 0;
  const queue = createQueue({
    workers: 3,
    firstPause: 1,
    longestPause: 4,
    async work(key) {
      assert.not.ok(atWork.has(key));
      atWork.add(key);
      most = Math.max(most, atWork.size);
      const version = wanted.get(key)!;
      await new Promise((resolve) => setTimeout(resolve, draw() * 3));
      atWork.delete(key);
      if (draw() < 0.3) throw new Error('now and then');
      seen.set(key, version);
      return draw() < 0.1 ? 1 : undefined;
    },
  });
  const controller = new AbortController();
  const ran = queue.run(controller.signal);
  for (let change = 0; change < 300; change++) {
    const key = `${Math.floor(draw() * 8)}`;
    wanted.set(key, change);
    queue.add(key);
    if (draw() < 0.3) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while ([...wanted].some(([key, version]) => seen.get(key) !== version))
    await new Promise((resolve) => setTimeout(resolve, 2));
  assert.is(most, 3);
  controller.abort();
  await ran;
});

test.run();
