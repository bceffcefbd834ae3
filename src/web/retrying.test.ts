import { Code, ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isAway, retrying, StreamEnded, wake } from './retrying.ts';

const away = () => new ConnectError('down', Code.Unavailable);
const { signal } = new AbortController();

test('calls until the server is there', async () => {
  let calls = 0;
  const attempts: number[] = [];
  const value = await retrying(
    async () => {
      if (++calls < 4) throw away();
      return calls;
    },
    { signal, firstPause: 1, onAway: (_, next) => attempts.push(next) },
  );
  assert.is(value, 4);
  assert.is(attempts.length, 3);
});

test('throws what the server answered, at once', async () => {
  let calls = 0;
  const call = async () => {
    calls++;
    throw new ConnectError('no such simulation', Code.NotFound);
  };
  const error = await retrying(call, { signal, firstPause: 1 }).catch((error) => error);
  assert.is(error.code, Code.NotFound);
  assert.is(calls, 1);
});

test('ends with its signal, also while it waits', async () => {
  const ending = new AbortController();
  const call = async () => {
    throw away();
  };
  const ended = retrying(call, { signal: ending.signal, firstPause: 1e6 }).catch((error) => error);
  setTimeout(() => ending.abort(new Error('enough')), 5);
  assert.is((await ended).message, 'enough');
});

test('a pause ends when somebody wants to know', async () => {
  let calls = 0;
  const call = async () => {
    if (++calls === 1) throw away();
    return 'back';
  };
  const answer = retrying(call, { signal, firstPause: 1e6 });
  setTimeout(wake, 5);
  assert.is(await answer, 'back');
});

test('pauses grow, and are short again once the server answered', async () => {
  const pauses: number[] = [];
  let calls = 0;
  await retrying(
    async (_, answered) => {
      calls++;
      if (calls === 4) answered();
      if (calls === 6) return;
      throw new StreamEnded('cut');
    },
    {
      signal,
      firstPause: 1000,
      onAway: (_, next) => {
        pauses.push(next - Date.now());
        setTimeout(wake, 0);
      },
    },
  );
  const scale = pauses.map((pause) => Math.round(Math.log2(pause / 875)));
  assert.equal(scale, [0, 1, 2, 0, 1]);
});

test('tells a server that is away from one that refuses', () => {
  const broken = ConnectError.from(new TypeError('Failed to fetch'));
  for (const error of [away(), broken, ConnectError.from('missing trailer'), new StreamEnded()])
    assert.ok(isAway(error), String(error));
  for (const error of [
    new ConnectError('no', Code.InvalidArgument),
    new ConnectError('a bug', Code.Internal),
    new TypeError('a bug of the page'),
  ])
    assert.not(isAway(error), String(error));
});

test.run();
