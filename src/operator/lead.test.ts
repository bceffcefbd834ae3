import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { JOB, KubernetesError, NETWORK_POLICY, SECRET, SERVICE } from '../kubernetes/index.ts';
import { type ClusterFixture, clusterFixture } from './cluster.fixture.ts';
import { GRAPH, SIMULATION } from './kinds.ts';
import { lead } from './lead.ts';
import { LABELS, namesOf } from './names.ts';
import { seenSimulation } from './seen-simulation.ts';

const COMPLETE = { conditions: [{ type: 'Complete', status: 'True' }] };

function graph(cluster: ClusterFixture, name: string, adjacencyList = ['0 1', '1 2', '2']): void {
  cluster.put(GRAPH, {
    metadata: { name, namespace: 'n', labels: { series: 's' } },
    spec: { adjacencyList },
  } as object);
}

function simulation(cluster: ClusterFixture, name: string, spec: object = {}): void {
  cluster.put(SIMULATION, {
    metadata: { name, namespace: 'n', uid: `uid-${name}` },
    spec: { graphSelector: { matchLabels: { series: 's' } }, randomInitialization: true, ...spec },
  } as object);
}

const names = (name: string, index = 0) => namesOf({ name, uid: `uid-${name}` }, index);
const statusOf = (cluster: ClusterFixture, name: string) =>
  seenSimulation(cluster.find(SIMULATION, name)).status;

/** Waits until something holds; the test fails where it never does. */
async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 5000; waited += 5) {
    if (holds()) return;
    await sleep(5);
  }
  throw new Error(`it never came: ${what}`);
}

/** An operator that leads until the test has ended. */
async function leading(
  cluster: ClusterFixture,
  use: (told: string[]) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const told: string[] = [];
  const led = lead(
    {
      cluster,
      namespaces: ['n'],
      settings: {
        image: 'gossip:test',
        pullPolicy: undefined,
        installedAt: null,
        simulationsAtOnce: 4,
        mostHosts: 10,
        results: 's3://simulations',
        storageSecret: 'gossip-storage',
      },
      recorder: {
        record: ({ metadata }, { reason }) => void told.push(`${metadata?.name} ${reason}`),
        flush: async () => {},
      },
      reconciled: () => {},
      notice: () => {},
    },
    controller.signal,
  );
  try {
    await use(told);
  } finally {
    controller.abort();
    await led.ended;
  }
}

const state = (cluster: ClusterFixture, name: string, wanted: string) =>
  until(`${name} is ${wanted}`, () => statusOf(cluster, name).state === wanted);

function ready(cluster: ClusterFixture, name: string, index = 0): void {
  cluster.setStatus(JOB, names(name, index).hosts, { ready: 3 });
  cluster.setStatus(JOB, names(name, index).runner, { ready: 1 });
}

test('a Simulation is played: what is made, in which order, and what is left', async () => {
  const cluster = clusterFixture();
  graph(cluster, 'g');
  simulation(cluster, 'a', { seed: 3 });
  await leading(cluster, async (told) => {
    const { hosts, runner, secret } = names('a');
    await until('the runner is made', () => cluster.names(JOB).includes(runner));
    assert.equal(cluster.changes, [
      'status Simulation a',
      'status Simulation a',
      `apply NetworkPolicy ${hosts}`,
      `create Secret ${secret}`,
      `apply Service ${hosts}`,
      `apply Job ${hosts}`,
      `apply Job ${runner}`,
    ]);
    ready(cluster, 'a');
    await state(cluster, 'a', 'Running');
    cluster.setStatus(JOB, runner, COMPLETE);
    await state(cluster, 'a', 'Complete');
    assert.is(statusOf(cluster, 'a').seed, 3);
    assert.match(statusOf(cluster, 'a').results ?? '', /^s3:\/\/simulations\/a-[0-9a-f]{8}$/);
    assert.equal(cluster.names(JOB), [runner]);
    for (const kind of [SERVICE, NETWORK_POLICY, SECRET]) assert.equal(cluster.names(kind), []);
    assert.equal(told, ['a Queued', 'a StartingAlone', 'a Playing', 'a Complete']);
  });
});

test('looked at again by another operator, in each state, nothing changes', async () => {
  const cluster = clusterFixture();
  graph(cluster, 'g');
  simulation(cluster, 'a');
  const steps = [
    () => {},
    () => ready(cluster, 'a'),
    () => cluster.setStatus(JOB, names('a').runner, COMPLETE),
  ];
  for (const [index, wanted] of ['Starting', 'Running', 'Complete'].entries()) {
    steps[index]();
    await leading(cluster, async () => {
      await state(cluster, 'a', wanted);
      if (wanted === 'Starting') await until('all is made', () => cluster.names(JOB).length === 2);
      await sleep(20);
    });
    const before = cluster.changes.length;
    await leading(cluster, () => sleep(50));
    assert.equal(cluster.changes.slice(before), [], wanted);
  }
});

test('what has no match is refused, and played as soon as there is one', async () => {
  const cluster = clusterFixture();
  simulation(cluster, 'a');
  simulation(cluster, 'b', { algorithm: 'nothing' });
  await leading(cluster, async () => {
    await state(cluster, 'a', 'Refused');
    await state(cluster, 'b', 'Refused');
    assert.match(
      statusOf(cluster, 'a').progress ?? '',
      /^spec\.graphSelector series: s matches no Graph/,
    );
    assert.match(statusOf(cluster, 'b').progress ?? '', /^spec\.algorithm: there is no algorithm/);
    graph(cluster, 'g');
    await state(cluster, 'a', 'Starting');
  });
});

test('what would need more hosts than are allowed is refused', async () => {
  const cluster = clusterFixture();
  graph(
    cluster,
    'g',
    Array.from({ length: 11 }, (_, i) => (i < 10 ? `${i} ${i + 1}` : `${i}`)),
  );
  simulation(cluster, 'a');
  await leading(cluster, async () => {
    await state(cluster, 'a', 'Refused');
    assert.match(statusOf(cluster, 'a').progress ?? '', /11 .*10/);
  });
});

test('an object that the API server will not have ends it, with the words', async () => {
  const cluster = clusterFixture();
  graph(cluster, 'g');
  simulation(cluster, 'a');
  cluster.refuse(
    JOB,
    new KubernetesError('input', 'cannot patch jobs.batch "a": forbidden', {
      status: 403,
      reason: 'Forbidden',
      retryAfter: null,
    }),
  );
  await leading(cluster, async () => {
    await state(cluster, 'a', 'Failed');
    assert.is(statusOf(cluster, 'a').progress, 'cannot patch jobs.batch "a": forbidden');
    for (const kind of [JOB, SERVICE, NETWORK_POLICY, SECRET])
      assert.equal(cluster.names(kind), []);
  });
});

test('a failure that passes is tried again', async () => {
  const cluster = clusterFixture();
  graph(cluster, 'g');
  simulation(cluster, 'a');
  cluster.refuse(SERVICE, new Error('not now'));
  await leading(cluster, async () => {
    await until('a Secret is made', () => cluster.names(SECRET).length === 1);
    cluster.refuse(SERVICE, null);
    await until('the runner is made', () => cluster.names(JOB).length === 2);
    assert.is(cluster.changes.filter((change) => change.startsWith('create')).length, 1);
  });
});

test('a runner that somebody removed is made again, and nothing else is touched', async () => {
  const cluster = clusterFixture();
  graph(cluster, 'g');
  simulation(cluster, 'a');
  await leading(cluster, async () => {
    await state(cluster, 'a', 'Starting');
    await until('all is made', () => cluster.names(JOB).length === 2);
    ready(cluster, 'a');
    await state(cluster, 'a', 'Running');
    const { hosts, runner } = names('a');
    const before = cluster.changes.length;
    await cluster.delete(JOB, { namespace: 'n', name: runner });
    await until('the runner is made', () => cluster.names(JOB).length === 2);
    const applied = cluster.changes.slice(before);
    assert.ok(applied.includes(`apply Job ${runner}`));
    assert.not.ok(applied.includes(`apply Job ${hosts}`), 'its pods could not be changed');
  });
});

test('a series is played graph after graph, beside another Simulation; deleted, nothing is left', async () => {
  const cluster = clusterFixture();
  graph(cluster, 'g1');
  graph(cluster, 'g2', ['0 1', '1']);
  simulation(cluster, 'a');
  await leading(cluster, async () => {
    await state(cluster, 'a', 'Starting');
    simulation(cluster, 'b', { deployment: 'memory', parallelism: 2 });
    await state(cluster, 'b', 'Queued');
    ready(cluster, 'a');
    await state(cluster, 'b', 'Starting');
    cluster.setStatus(JOB, names('b').hosts, { ready: 1 });
    await state(cluster, 'b', 'Running');
    cluster.setStatus(JOB, names('a').runner, COMPLETE);
    await until('the second graph', () => cluster.names(JOB).includes(names('a', 1).runner));
    assert.is(cluster.find(JOB, names('a', 1).hosts).spec?.completions, 2);
    assert.is(cluster.names(JOB).includes(names('a').hosts), false);
    cluster.setStatus(JOB, names('b').hosts, COMPLETE);
    await state(cluster, 'b', 'Complete');
    for (const name of ['a', 'b']) await cluster.delete(SIMULATION, { namespace: 'n', name });
    for (const kind of [JOB, SERVICE, NETWORK_POLICY, SECRET])
      assert.equal(cluster.names(kind), []);
    await sleep(20);
    assert.equal(cluster.names(JOB), [], 'and nothing is made again');
  });
});

test('a Job that is not ours is not touched', async () => {
  const cluster = clusterFixture();
  const labels = { [LABELS.managedBy]: 'gossip-operator' };
  cluster.put(JOB, { metadata: { name: 'other', namespace: 'n', labels } });
  await leading(cluster, () => sleep(20));
  assert.equal(cluster.changes, []);
});

test.run();
