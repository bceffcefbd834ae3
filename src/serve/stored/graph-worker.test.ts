import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { complete, ring } from '../../graph/generators/index.ts';
import { doGraphWork, type GraphWork } from './graph-work.ts';
import { createGraphWorker } from './graph-worker.ts';
import { refused } from './reading.fixture.ts';

const never = new AbortController().signal;

function work(wanted: GraphWork['wanted'], seed = 1, graph = ring(31)): GraphWork {
  return { graph, name: 'ring', words: [1, 2, 3, 4], wanted, seed, sample: null };
}

test('a thread does what is done here', async () => {
  const labels = Array.from({ length: 31 }, (_, node) => `node ${node}`);
  const workOn = createGraphWorker(never);
  for (const wanted of ['layout', 'community', 'betweenness', 'eigenvector', 'hubScore'] as const) {
    const named = work(wanted, 1, { ...ring(31), labels });
    assert.equal(await workOn(named), await doGraphWork(work(wanted)));
  }
});

test('communities follow from the seed, and the layout does not', async () => {
  const of = async (wanted: GraphWork['wanted'], seed: number) =>
    JSON.stringify(await doGraphWork(work(wanted, seed, ring(200))));
  assert.not.equal(await of('community', 1), await of('community', 2));
  assert.equal(await of('layout', 1), await of('layout', 2));
});

test('only so many wait, and each that waits has its turn', async () => {
  const workOn = createGraphWorker(never, { atOnce: 1, waiting: 2 });
  const begun = [0, 1, 2].map(() => workOn(work('community')));
  assert.match(await refused(workOn(work('community')), Code.ResourceExhausted), /try again/);
  const done = await Promise.all(begun);
  assert.equal(done[0], done[2]);
  await workOn(work('community'));
});

test('what is wrong with the work is said in words, and the next is done', async () => {
  const workOn = createGraphWorker(never, { atOnce: 1, waiting: 0 });
  const error = await workOn(work('hubScore', 1, ring(8))).catch((error) => error);
  assert.is(error.code, 'input');
  assert.match(error.message, /^ring: the hub score is not defined/);
  await workOn(work('degree' as never)).catch(() => {});
  await workOn(work('community'));
});

test('betweenness that would take too long is refused', async () => {
  const error = await doGraphWork(work('betweenness'), 0).catch((error) => error);
  assert.is(error.code, 'input');
  assert.match(
    error.message,
    /^betweenness of ring would take about .* at most 0 s are waited for/,
  );
});

test('threads end with the server', async () => {
  const stopping = new AbortController();
  const workOn = createGraphWorker(stopping.signal, { atOnce: 1, waiting: 1 });
  const begun = [work('layout', 1, complete(200)), work('community')].map(workOn);
  const ended = Promise.allSettled(begun);
  stopping.abort(new Error('it stops'));
  for (const result of await ended) {
    assert.is(result.status === 'rejected' && result.reason.message, 'it stops');
  }
});

test.run();
