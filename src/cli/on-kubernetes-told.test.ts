import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { SimulationStatus } from '../operator/status.ts';
import { endOf, runsDone, told } from './on-kubernetes-told.ts';

type State = NonNullable<SimulationStatus['state']>;

function status(state: State, message = '', more: Partial<SimulationStatus> = {}, reason = 'Why') {
  const type = state === 'Refused' ? 'Accepted' : state === 'Failed' ? 'Failed' : 'Running';
  const lastTransitionTime = '2026-11-23T06:00:00Z';
  const holds = type === 'Failed' ? 'True' : 'False';
  return {
    state,
    conditions: [{ type, status: holds, reason, message, lastTransitionTime }],
    ...more,
  } satisfies SimulationStatus;
}

/** What is told of a Simulation that goes through these statuses. */
function story(pods: string, ...statuses: SimulationStatus[]): string[] {
  return statuses.flatMap((now, at) => told(at === 0 ? {} : statuses[at - 1], now, pods));
}

const hosts = (ready: number, total: number) => ({ hosts: { ready, total } });

test('a simulation tells its states, and of many hosts each quarter', () => {
  const starting = (ready: number) => status('Starting', 'starting 20 hosts', hosts(ready, 20));
  assert.equal(
    story(
      'hosts',
      {},
      status('Queued', 'waiting: other is starting, one after the other'),
      ...[0, 1, 4, 5, 6, 12, 20].map(starting),
      status('Running', 'playing', hosts(20, 20)),
      status('Running', 'playing', { ...hosts(20, 20), runs: { done: 3, total: 9 } }),
      status('Complete', 'played 9 runs on a graph'),
    ),
    [
      'waiting: other is starting, one after the other',
      'starting 20 hosts',
      '5 of 20 hosts are ready',
      '12 of 20 hosts are ready',
      '20 of 20 hosts are ready',
      'playing',
    ],
  );
});

test('hosts that are ready at once are told before that they play', () => {
  assert.equal(story('hosts', status('Running', 'playing', hosts(2, 2))), [
    '2 of 2 hosts are ready',
    'playing',
  ]);
});

test('why it waits is told again where the reason changes', () => {
  assert.equal(
    story(
      'workers',
      status('Queued', 'waiting: a is before it'),
      status('Queued', 'waiting: a is before it'),
      status('Queued', 'waiting: b is starting, one after the other'),
      status('Suspended', 'suspended; what is played stays stored'),
    ),
    [
      'waiting: a is before it',
      'waiting: b is starting, one after the other',
      'suspended; what is played stays stored',
    ],
  );
});

test('a series tells which graph it is at', () => {
  const at = (done: number) => ({ graphs: { done, total: 3 } });
  assert.equal(
    story(
      'hosts',
      status('Starting', 'starting 4 hosts', { ...at(0), ...hosts(0, 4) }),
      status('Running', 'playing', { ...at(0), ...hosts(4, 4) }),
      status('Queued', 'graph 2 of 3 is next', at(1), 'NextGraph'),
      status('Starting', 'starting 4 hosts', { ...at(1), ...hosts(4, 4) }),
      status('Running', 'playing', { ...at(1), ...hosts(4, 4) }),
    ),
    [
      'graph 1 of 3: starting 4 hosts',
      '4 of 4 hosts are ready',
      'graph 1 of 3: playing',
      'graph 2 of 3: starting 4 hosts',
      '4 of 4 hosts are ready',
      'graph 2 of 3: playing',
    ],
  );
});

test('an end says why, and whose fault it is', () => {
  assert.is(endOf({}), null);
  assert.is(endOf(status('Running')), null);
  assert.equal(endOf(status('Complete', 'played')), { problem: null });
  assert.equal(endOf(status('Refused', 'no Graph is called x')), {
    problem: { code: 'input', message: 'it is refused: no Graph is called x' },
  });
  assert.equal(endOf(status('Failed', '3 of 4 hosts did not start', {}, 'HostsDidNotStart')), {
    problem: { code: 'failed', message: 'it failed: 3 of 4 hosts did not start' },
  });
  assert.is(endOf(status('Failed', 'edited', {}, 'InvalidInput'))?.problem?.code, 'input');
  assert.match(endOf({ state: 'Failed' })?.problem?.message ?? '', 'says no more');
});

test('runs count over all graphs, and all at the end', () => {
  assert.is(runsDone({}, 9), 0);
  assert.is(runsDone(status('Running', '', { runs: { done: 4, total: 9 } }), 9), 4);
  assert.is(runsDone(status('Running', '', { runs: { done: 12, total: 12 } }), 9), 9);
  assert.is(runsDone(status('Complete'), 9), 9);
});

test.run();
