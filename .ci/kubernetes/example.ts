// node .ci/kubernetes/example.ts: Simulations on the cluster that KUBECONFIG names, from nothing to finished results and
// back to nothing. Their objects must be those of `gossip run` in memory with the same seed.
import { existsSync, readFileSync } from 'node:fs';
import { differences } from '../objects.ts';
import {
  apply,
  ended,
  kubectl,
  NAMESPACE,
  notComplete,
  objectsInCluster,
  objectsInMemory,
  remove,
  simulationOf,
} from './cluster.ts';
import { check, exitCode, report } from './report.ts';

const PUBLISHED = '../shared/published/example';
const SERIES = ['barab-n20-e1.0', 'barab-n20-e1.1111', 'barab-n20-e1.2222'];
const KARATE = 'examples/karate.yaml';
const PLAYED = 300;
const club = { name: 'karate' };

/** A Simulation to play, by its name, with its graphs: resources, or the files that hold them. */
interface Case {
  readonly what: string;
  readonly name: string;
  readonly resources: readonly (object | string)[];
  /** What memory is told as well. */
  readonly flags?: readonly string[];
}

const cases: Case[] = [];
if (existsSync(PUBLISHED)) {
  const graphs = SERIES.map((graph) => `${PUBLISHED}/${graph}.yaml`);
  cases.push({
    what: 'the published example, 20 nodes, one pod each',
    name: 'my-simulation-weighted-complex-memory',
    resources: [graphs[0], `${PUBLISHED}/simulation-weighted-complex-memory.yaml`],
  });
  cases.push({
    what: 'a series of three graphs, 10 nodes a host',
    name: 'series',
    resources: [
      ...graphs,
      simulationOf('series', { series: 'test-series' }, { repetitions: 3, nodesPerHost: 10 }),
    ],
  });
} else report(`${PUBLISHED} is there: it has the published examples`, ['it is not']);
cases.push({
  what: 'a sweep in memory by three workers',
  name: 'sweep',
  resources: [
    KARATE,
    simulationOf('sweep', club, {
      deployment: 'memory',
      parallelism: 3,
      algorithm: 'weighted_factor_memory',
      factor: [1.5, 3],
      favor: 'outside',
      repetitions: 50,
    }),
  ],
});
cases.push({
  what: "a user's strategy, from a ConfigMap",
  name: 'own',
  resources: [
    KARATE,
    simulationOf('own', club, {
      algorithm: 'low_degree_memory',
      strategies: 'strategies',
      nodesPerHost: 17,
      repetitions: 5,
    }),
  ],
  flags: ['--strategies', 'examples/strategies'],
});

try {
  apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'strategies' },
    data: {
      'low_degree.ts': readFileSync('examples/strategies/low_degree.ts', 'utf8'),
    },
  });
  // Side by side, as people do.
  for (const { resources } of cases) apply(...resources);
  for (const each of cases) await sameObjects(each);
} finally {
  kubectl(['-n', NAMESPACE, 'delete', '--ignore-not-found', 'configmap', 'strategies']);
}
process.exitCode = exitCode();

/** Waits for a Simulation's end, compares all it left with what memory leaves, and deletes it. */
async function sameObjects({ what, name, resources, flags }: Case): Promise<void> {
  await check(`${what}: memory's objects, and nothing is left when it is deleted`, async () => {
    const done = await ended(name, PLAYED);
    const wrong = notComplete(done);
    if (wrong.length > 0) return wrong;
    const here = await objectsInMemory(resources, done.status!.seed!, flags);
    const there = await objectsInCluster(done);
    wrong.push(...differences(there, here).map((key) => `differs: ${key}`));
    if (here.size === 0) wrong.push('there are no objects');
    const asYaml = () => kubectl(['-n', NAMESPACE, 'get', 'simulation', name, '-o', 'yaml']);
    const before = asYaml();
    apply(...resources);
    if (asYaml() !== before) wrong.push('applied again, it is another');
    console.log(kubectl(['-n', NAMESPACE, 'get', 'sim', name]).trimEnd().replace(/^/gm, '      '));
    await remove(name);
    return wrong;
  });
}
