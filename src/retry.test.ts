import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type RetryOptions, retry } from './retry.ts';
import { timedTest } from './transport/within.fixture.ts';

const HOUR = 3_600_000;
const OPTIONS: RetryOptions = {
  delayOf: () => 0,
  patience: 10_000,
  firstPause: 1,
  longestPause: 2,
  onRetry() {},
};

/** Fails so many times, then gives how often it was called. */
function failing(times: number): () => Promise<number> {
  let calls = 0;
  return async () => {
    if (++calls <= times) throw new Error(`failure ${calls}`);
    return calls;
  };
}

const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    (value) => `gave ${value}`,
    (error) => error.message ?? error,
  );

test('what passes is done again until it works, and each failure is told', async () => {
  const told: string[] = [];
  const onRetry = (error: unknown) => told.push((error as Error).message);
  assert.is(await retry(failing(3), { ...OPTIONS, onRetry }), 4);
  assert.equal(told, ['failure 1', 'failure 2', 'failure 3']);
  assert.is(await retry(failing(0), { ...OPTIONS, onRetry }), 1);
  assert.is(told.length, 3);
});

test('what does not pass is thrown at once, also after failures that did', async () => {
  const delayOf = (error: unknown) => ((error as Error).message === 'failure 2' ? null : 0);
  assert.is(await messageOf(retry(failing(3), { ...OPTIONS, delayOf })), 'failure 2');
});

test('when patience ends the last error is thrown', async () => {
  assert.is(await messageOf(retry(failing(1), { ...OPTIONS, patience: 0 })), 'failure 1');
  const message = await messageOf(retry(failing(1e9), { ...OPTIONS, patience: 20 }));
  assert.match(message, /^failure \d+$/);
});

test('a wait that is asked for is kept, but not beyond the longest', async () => {
  // Beyond the longest this would outlast the test; kept at all, one is over the patience.
  assert.is(await retry(failing(2), { ...OPTIONS, delayOf: () => HOUR }), 3);
  const asked = { ...OPTIONS, delayOf: () => 50_000, longestPause: 50_000 };
  assert.is(await messageOf(retry(failing(1), asked)), 'failure 1');
});

timedTest('waiting ends when the signal says so, with its reason', async () => {
  const controller = new AbortController();
  const options = {
    ...OPTIONS,
    firstPause: HOUR,
    longestPause: HOUR,
    patience: 9 * HOUR,
    signal: controller.signal,
  };
  const waiting = messageOf(
    retry(failing(9), { ...options, onRetry: () => controller.abort('enough') }),
  );
  assert.is(await waiting, 'enough');
  assert.is(await messageOf(retry(failing(9), options)), 'enough', 'aborted before');
  assert.is(await messageOf(retry(failing(0), options)), 'gave 1', 'what works is no waiting');
});

test.run();
