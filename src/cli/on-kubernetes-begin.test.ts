import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseGraphResource, sourceHash } from '../graph/index.ts';
import { CONFIG_MAP } from '../kubernetes/index.ts';
import { type ClusterFixture, clusterFixture } from '../operator/cluster.fixture.ts';
import { GRAPH, type GraphObject, SIMULATION } from '../operator/kinds.ts';
import { partsOf, simulationResource } from '../runner/index.ts';
import { askedFor } from './asked.ts';
import { graphYaml, inFolder, simulationYaml } from './command.fixture.ts';
import { type Begun, begin } from './on-kubernetes-begin.ts';
import type { RunFlags } from './run-flags.ts';

const FILES = {
  'ring.txt': '0 1\n1 2\n2 0\n',
  'path.txt': 'a b\nb c\n',
  'star.yaml': graphYaml('star', ['0 1 2 3', '1', '2', '3']),
  'sim.yaml': simulationYaml('sim', 'repetitions: 2'),
  'strategies/mine.ts': `export default {
  summary: 'all alike', measures: [], parameters: {}, weigh: (_, __, out) => { out.fill(1); } };`,
};
const FLAGS: RunFlags = { jobs: 1, format: 'table' };

/** Brings what files and flags ask for into a cluster; gives what was said. */
async function bring(
  cluster: ClusterFixture,
  folder: string,
  files: readonly string[],
  flags: Partial<RunFlags> = {},
  deployment = {},
) {
  const said: string[] = [];
  const paths = files.map((file) => join(folder, file));
  const all = await askedFor(paths, { ...FLAGS, ...flags });
  const begun: Begun[] = [];
  const beginning = {
    ...{ cluster, namespace: 'n', deployment },
    strategies: flags.strategies === undefined ? [] : [flags.strategies],
    signal: new AbortController().signal,
    notice: (text: string) => void said.push(text),
  };
  await begin(all, beginning, begun);
  return { all, begun, said };
}

const inCluster = (use: (cluster: ClusterFixture, folder: string) => Promise<void>) => () =>
  inFolder(FILES, (folder) => use(clusterFixture(), folder));

/** A field of a Simulation's spec. */
function field(cluster: ClusterFixture, name: string, field: string): unknown {
  const { spec = {} } = cluster.find(SIMULATION, name);
  return (spec as Record<string, unknown>)[field];
}

async function refused(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    assert.is((error as Error).name, 'GossipError');
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test(
  'graphs of any format become Graphs, and flags a Simulation for each algorithm',
  inCluster(async (cluster, folder) => {
    const algorithm = ['default', 'weighted_factor_memory'];
    const { all } = await bring(cluster, folder, ['path.txt', 'ring.txt', 'star.yaml'], {
      ...{ algorithm, name: 'three', repetitions: 5 },
    });
    assert.equal(cluster.changes, [
      'create Graph path',
      'create Graph ring',
      'create Graph star',
      'create Simulation three-default',
      'create Simulation three-weighted-factor-memory',
    ]);
    const [{ plan }] = all;
    for (const { source, sha256 } of plan.graphs) {
      const graph = cluster.find(GRAPH, source.name);
      const read = parseGraphResource(graph, 'Graph', () => undefined);
      assert.is(sourceHash(read), sha256);
      // Labels do not change what a graph is: all three have the one they are selected by.
      const labels = Object.keys(read.labels).filter((label) => label.startsWith('gossip.io/set-'));
      assert.is(labels.length, 1);
    }
    const simulations = plan.graphs.length === 3 && [
      cluster.find(SIMULATION, 'three-default'),
      cluster.find(SIMULATION, 'three-weighted-factor-memory'),
    ];
    assert.ok(simulations);
    const specs = simulations.map((one) => partsOf(simulationResource.parse(one).spec).spec);
    assert.equal(
      specs.map(({ repetitions }) => repetitions),
      [5, 5],
    );
    // Both draw alike, so that they can be compared.
    assert.equal(
      specs.map(({ seed }) => seed),
      [plan.seed, plan.seed],
    );
  }),
);

test(
  'the seed of a single simulation is drawn in the cluster, one that is given is in its spec',
  inCluster(async (cluster, folder) => {
    await bring(cluster, folder, ['ring.txt'], {}, { nodesPerHost: 3 });
    assert.equal(cluster.find(SIMULATION, 'ring-default').spec, {
      graphSelector: { matchLabels: { name: 'ring' } },
      repetitions: 30,
      nodesPerHost: 3,
    });
    await bring(cluster, folder, ['ring.txt'], { seed: 4, name: 'other' });
    assert.is(field(cluster, 'other-default', 'seed'), 4);
  }),
);

test(
  'the same again is followed; another of the name is refused, and nothing is made',
  inCluster(async (cluster, folder) => {
    const algorithm = ['default'];
    const first = await bring(cluster, folder, ['ring.txt'], { algorithm });
    const { length } = cluster.changes;
    const again = await bring(cluster, folder, ['ring.txt'], { algorithm });
    assert.is(again.begun[0].uid, first.begun[0].uid);
    assert.equal(again.said, ['ring-default is there already, and is followed']);
    const other = bring(cluster, folder, ['ring.txt'], { algorithm, repetitions: 3 });
    assert.match(
      await refused(other),
      /Simulation ring-default .* is another one \(spec\.repetitions: there 30, here 3\).*--name.*kubectl delete simulation ring-default -n n/,
    );
    const seeded = bring(cluster, folder, ['ring.txt', 'star.yaml'], { algorithm, seed: 3 });
    assert.match(await refused(seeded), /another one \(spec\.graphSelector/);
    assert.is(cluster.changes.length, length);
    // Further algorithms take the seed of those that are there.
    cluster.setStatus(SIMULATION, 'ring-default', { state: 'Running', seed: 99 });
    await bring(cluster, folder, ['ring.txt'], { algorithm: ['default', 'default_memory'] });
    assert.is(field(cluster, 'ring-default-memory', 'seed'), 99);
    // Its graph may have changed since.
    const accepted = [{ name: 'ring', sha256: '0'.repeat(64), nodes: 3 }];
    cluster.setStatus(SIMULATION, 'ring-default', { state: 'Running', accepted });
    assert.match(
      await refused(bring(cluster, folder, ['ring.txt'], { algorithm })),
      /another one \(its graph ring is not the one here\)/,
    );
  }),
);

test(
  'a Graph that is there is used where it is the same, and left alone where it is not',
  inCluster(async (cluster, folder) => {
    await bring(cluster, folder, ['star.yaml', 'ring.txt']);
    await bring(cluster, folder, ['star.yaml', 'path.txt'], { name: 'more' });
    const labels = Object.keys(cluster.find(GRAPH, 'star').metadata?.labels ?? {});
    assert.is(labels.filter((label) => label.startsWith('gossip.io/set-')).length, 2);
    assert.ok(labels.includes('series'));
    const metadata = { name: 'ring', namespace: 'n' };
    cluster.put(GRAPH, { metadata, spec: { adjacencyList: ['0 1', '1'] } } as GraphObject);
    const { length } = cluster.changes;
    const other = bring(cluster, folder, ['ring.txt'], { name: 'third' });
    assert.match(
      await refused(other),
      /Graph ring in the namespace n already, and it is not that of .*ring\.txt: .*kubectl delete graph ring -n n/,
    );
    assert.is(cluster.changes.length, length);
  }),
);

test(
  'a Simulation of a file keeps its selector, which must select nothing else there',
  inCluster(async (cluster, folder) => {
    await bring(cluster, folder, ['star.yaml', 'sim.yaml']);
    assert.equal(cluster.find(SIMULATION, 'sim').spec, {
      graphSelector: { matchLabels: { series: 'tests' } },
      repetitions: 2,
    });
    const metadata = { name: 'further', namespace: 'n', labels: { series: 'tests' } };
    cluster.put(GRAPH, { metadata, spec: { adjacencyList: ['0 1', '1'] } } as GraphObject);
    const flags = { name: 'again' };
    assert.match(
      await refused(bring(cluster, folder, ['star.yaml', 'sim.yaml'], flags)),
      /^again selects the Graphs with series=tests, and the namespace n has others of them: further;/,
    );
  }),
);

test(
  'strategies of the user come along, and go with the Simulation',
  inCluster(async (cluster, folder) => {
    const flags = { strategies: join(folder, 'strategies'), algorithm: ['mine', 'default'] };
    const { begun } = await bring(cluster, folder, ['ring.txt'], flags);
    const strategies = String(field(cluster, 'ring-mine', 'strategies'));
    assert.match(strategies, /^ring-mine-strategies-[0-9a-f]{8}$/);
    const configMap = cluster.find(CONFIG_MAP, strategies);
    assert.equal(configMap.data, { 'mine.ts': FILES['strategies/mine.ts'] });
    const [owner] = configMap.metadata?.ownerReferences ?? [];
    assert.is(owner.uid, begun[0].uid);
    assert.is(field(cluster, 'ring-default', 'strategies'), undefined);
  }),
);

test.run();
