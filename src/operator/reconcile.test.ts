import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clusterFixture } from './cluster.fixture.ts';
import { acceptance, simulation, started } from './decide/decide.fixture.ts';
import { SIMULATION, type Simulation } from './kinds.ts';
import type { Observation } from './observation.ts';
import { reconcile } from './reconcile.ts';

const SETTINGS = {
  image: 'gossip:test',
  pullPolicy: undefined,
  installedAt: null,
  simulationsAtOnce: 4,
  mostHosts: 10,
  results: 's3://simulations',
  storageSecret: 'gossip-storage',
};

/** A Simulation whose turn has come, as an operator sees it. */
function ready() {
  const cluster = clusterFixture();
  const { uid, name, namespace } = simulation('a');
  const spec = { graphSelector: { matchLabels: { series: 's' } } };
  cluster.put(SIMULATION, { metadata: { name, namespace, uid }, spec } as object);
  const world = started([3]);
  world.edit({ status: { ...world.get().status, state: 'Queued' } });
  const observation: Observation = {
    simulation: world.get(),
    jobs: [],
    others: [],
    progress: null,
    now: new Date(),
    drawnSeed: 1,
    simulationsAtOnce: 4,
    results: SETTINGS.results,
    installedAt: null,
    answers: { acceptance: acceptance(3) },
  };
  return { cluster, observation };
}

const look = ({ cluster, observation }: ReturnType<typeof ready>, version: string) =>
  reconcile(
    observation,
    version,
    { cluster, settings: SETTINGS, signal: new AbortController().signal },
    () => {},
  );

test('nothing is made where the status could not be written, since what was seen is old', async () => {
  const world = ready();
  const { written, decision } = await look(world, 'another');
  assert.is(written, null);
  assert.ok((decision.again ?? 0) > 0, 'it is looked at again');
  assert.equal(world.cluster.changes, []);
});

test('the status is written before anything is made', async () => {
  const world = ready();
  const { resourceVersion = '' } = world.cluster.find<Simulation>(SIMULATION, 'a').metadata ?? {};
  const { written } = await look(world, resourceVersion);
  assert.is.not(written, null);
  const [first, ...rest] = world.cluster.changes;
  assert.is(first, 'status Simulation a');
  assert.is(rest.length, 5);
});

test.run();
