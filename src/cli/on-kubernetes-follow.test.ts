import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ClusterFixture, clusterFixture } from '../operator/cluster.fixture.ts';
import { SIMULATION } from '../operator/kinds.ts';
import type { SimulationStatus } from '../operator/status.ts';
import { askedFor } from './asked.ts';
import { inFolder } from './command.fixture.ts';
import { type Begun, begin } from './on-kubernetes-begin.ts';
import { type Ended, follow } from './on-kubernetes-follow.ts';

const RUNNING = [
  {
    type: 'Running',
    status: 'True',
    reason: 'Playing',
    message: 'playing',
    lastTransitionTime: '2026-11-23T06:00:00Z',
  },
] as const satisfies SimulationStatus['conditions'];

interface Followed {
  readonly cluster: ClusterFixture;
  readonly begun: readonly Begun[];
  readonly ended: Ended[];
  readonly said: string[];
  readonly runs: () => number;
  readonly over: Promise<void>;
  readonly abort: (reason: unknown) => void;
  /** Until what was done to the cluster has been seen. */
  readonly seen: () => Promise<void>;
}

/** Follows two algorithms on a path, 2 runs each. */
async function following(use: (followed: Followed) => Promise<void>): Promise<void> {
  await inFolder({ 'path.txt': '0 1\n1 2\n' }, async (folder) => {
    const cluster = clusterFixture();
    const controller = new AbortController();
    const { signal } = controller;
    const flags = { jobs: 1, format: 'table', repetitions: 2 } as const;
    const algorithm = ['default', 'default_memory'];
    const all = await askedFor([join(folder, 'path.txt')], { ...flags, algorithm });
    const where = { cluster, namespace: 'n', deployment: {}, strategies: [] };
    const begun: Begun[] = [];
    await begin(all, { ...where, signal, notice() {} }, begun);
    const said: string[] = [];
    const ended: Ended[] = [];
    let runs = 0;
    const progress = { step: () => runs++, say: (line: string) => said.push(line), stop() {} };
    const over = follow(begun, cluster, 'n', { progress, signal, ended });
    over.catch(() => {});
    const seen = async () => {
      for (let i = 0; i < 20; i++) await setImmediate();
    };
    await seen();
    const abort = (reason: unknown) => controller.abort(reason);
    await use({ cluster, begun, ended, said, runs: () => runs, over, abort, seen });
  });
}

test('simulations are followed to the ends of all, and their runs are counted together', () =>
  following(async ({ cluster, ended, said, runs, over, seen }) => {
    const running = (done: number): SimulationStatus => ({
      ...{ state: 'Running', conditions: RUNNING.slice(), runs: { done, total: 2 } },
    });
    cluster.setStatus(SIMULATION, 'path-default', running(1));
    cluster.setStatus(SIMULATION, 'path-default-memory', running(0));
    await seen();
    assert.equal(said, ['gossip: path-default: playing', 'gossip: path-default-memory: playing']);
    assert.is(runs(), 1);
    // A runner that begins again tells fewer.
    cluster.setStatus(SIMULATION, 'path-default', running(0));
    cluster.setStatus(SIMULATION, 'path-default', running(1));
    await seen();
    assert.is(runs(), 1);
    cluster.setStatus(SIMULATION, 'path-default-memory', { state: 'Complete', seed: 5 });
    cluster.setStatus(SIMULATION, 'path-default', { state: 'Failed' });
    await over;
    assert.is(runs(), 3);
    assert.equal(
      ended.map(({ name, status, problem }) => [name, status.seed, problem?.code]),
      [
        ['path-default-memory', 5, undefined],
        ['path-default', undefined, 'failed'],
      ],
    );
    assert.match(said.at(-1) ?? '', /^gossip: path-default: it failed/);
  }));

test('what somebody deletes is over, also where it is made again', () =>
  following(async ({ cluster, ended, over, seen }) => {
    await cluster.delete(SIMULATION, { name: 'path-default', namespace: 'n' });
    const metadata = { name: 'path-default-memory', namespace: 'n' };
    await cluster.delete(SIMULATION, metadata);
    cluster.put(SIMULATION, { metadata });
    await seen();
    await over;
    for (const { problem } of ended)
      assert.match(problem?.message ?? '', 'deleted it in the namespace n');
    assert.is(ended.length, 2);
  }));

test('an interruption ends it at once, and tells what is over', () =>
  following(async ({ cluster, ended, over, abort, seen }) => {
    cluster.setStatus(SIMULATION, 'path-default', { state: 'Complete' });
    await seen();
    abort('SIGINT');
    await over.then(
      () => assert.unreachable(),
      (error) => assert.is(error, 'SIGINT'),
    );
    assert.equal(
      ended.map(({ name }) => name),
      ['path-default'],
    );
  }));

test.run();
