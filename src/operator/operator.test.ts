import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEPLOYMENT, JOB, LEASE } from '../kubernetes/index.ts';
import { type ClusterFixture, clusterFixture } from './cluster.fixture.ts';
import { GRAPH, SIMULATION } from './kinds.ts';
import { namesOf } from './names.ts';
import { runOperator } from './operator.ts';
import { seenSimulation } from './seen-simulation.ts';

function withSimulation(): ClusterFixture {
  const cluster = clusterFixture();
  cluster.put(GRAPH, {
    metadata: { name: 'g', namespace: 'n' },
    spec: { adjacencyList: ['0 1', '1'] },
  } as object);
  cluster.put(SIMULATION, {
    metadata: {
      name: 'a',
      namespace: 'n',
      uid: 'u',
      creationTimestamp: '2026-11-23T06:00:00Z',
    },
    spec: { graphSelector: { matchLabels: { name: 'g' } } },
  } as object);
  return cluster;
}

function installed(cluster: ClusterFixture, creationTimestamp: string): void {
  cluster.put(DEPLOYMENT, {
    metadata: { name: 'gossip-operator', namespace: 'home', creationTimestamp },
    spec: {
      template: {
        spec: {
          containers: [
            { name: 'proxy', image: 'other' },
            { name: 'operator', image: 'gossip:9', imagePullPolicy: 'Never' },
          ],
        },
      },
    },
  } as object);
}

function operate(cluster: ClusterFixture, signal: AbortSignal, image?: string): Promise<void> {
  return runOperator({
    cluster,
    installation: { namespace: 'home', deployment: 'gossip-operator', image },
    namespaces: ['n'],
    settings: {
      simulationsAtOnce: 1,
      mostHosts: 10,
      results: 's3://simulations',
      storageSecret: 'gossip-storage',
    },
    port: 0,
    identity: 'me',
    notice: () => {},
    signal,
  });
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 5000; waited += 5) {
    if (holds()) return;
    await sleep(5);
  }
  throw new Error('it never came');
}

test('pods have the image of its own Deployment; told to end, it hands its Lease over and leaves the pods', async () => {
  const cluster = withSimulation();
  installed(cluster, '2026-11-23T05:00:00Z');
  const controller = new AbortController();
  const operated = operate(cluster, controller.signal);
  const { hosts, runner } = namesOf({ name: 'a', uid: 'u' }, 0);
  await until(() => cluster.names(JOB).length === 2);
  assert.is(cluster.find(LEASE, 'gossip-operator').spec?.holderIdentity, 'me');
  controller.abort();
  await operated;
  const [container] = cluster.find(JOB, hosts).spec!.template.spec!.containers;
  assert.equal([container.image, container.imagePullPolicy], ['gossip:9', 'Never']);
  assert.equal(cluster.names(JOB).sort(), [hosts, runner]);
  assert.is(cluster.find(LEASE, 'gossip-operator').spec?.holderIdentity, '');
});

test('what was there before the installation is not played', async () => {
  const cluster = withSimulation();
  installed(cluster, '2026-11-23T07:00:00Z');
  const controller = new AbortController();
  const operated = operate(cluster, controller.signal);
  const status = () => seenSimulation(cluster.find(SIMULATION, 'a')).status;
  await until(() => status().state === 'Refused');
  assert.match(status().progress ?? '', /older than the operator/);
  controller.abort();
  await operated;
});

test('without a Deployment it needs an image, and all Simulations are played', async () => {
  const cluster = withSimulation();
  const controller = new AbortController();
  try {
    await operate(cluster, controller.signal);
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /no Deployment gossip-operator .*--deployment.*--image/);
  }
  const operated = operate(cluster, controller.signal, 'localhost/mine:1');
  await until(() => cluster.names(JOB).length === 2);
  controller.abort();
  await operated;
});

test.run();
