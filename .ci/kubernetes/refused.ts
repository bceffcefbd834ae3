// node .ci/kubernetes/refused.ts: what only the operator can see is wrong with a Simulation, on the cluster that
// KUBECONFIG names: a condition says it in words that name the field, within 5 s; mended, it is played.
import {
  apply,
  circle,
  ended,
  notComplete,
  remove,
  simulation,
  simulationOf,
  until,
} from './cluster.ts';
import { check, exitCode } from './report.ts';

const SOON = 5;
const PLAYED = 120;
const graph = (name: string, spec: object) => ({
  apiVersion: 'gossip.io/v1',
  kind: 'Graph',
  metadata: { name },
  spec,
});

/** By the name of the Simulation: its graph, its spec, and what is said of it. */
const CASES: Readonly<Record<string, { graph: string; spec: object; says: RegExp }>> = {
  'unknown-algorithm': {
    graph: 'ring',
    spec: { algorithm: 'defualt' },
    says: /algorithm.*default/s,
  },
  'no-graph': { graph: 'nowhere', spec: {}, says: /graphSelector.*nowhere/s },
  'graph-in-parts': { graph: 'parts', spec: {}, says: /parts.*2 parts/s },
  'wrong-values': {
    graph: 'values',
    spec: { randomInitialization: false },
    says: /valueList.*2 values.*3 nodes/s,
  },
  'unknown-source': { graph: 'ring', spec: { start: 'source', source: 99 }, says: /source 99/ },
  'absurdly-many': {
    graph: 'ring-12000',
    spec: {},
    says: /12,000 hosts/,
  },
};

apply(
  circle('ring', 20),
  circle('ring-12000', 12_000),
  graph('parts', { adjacencyList: ['0 1,', '1,', '2 3,', '3,'] }),
  graph('values', { adjacencyList: ['0 1 2,', '1,', '2,'], valueList: '4,5' }),
);
for (const [name, { graph, spec, says }] of Object.entries(CASES)) {
  await check(`refused: ${name}`, async () => {
    apply(simulationOf(name, { name: graph }, spec));
    await until('it is refused', SOON, () => simulation(name).status?.state === 'Refused');
    const { conditions = [] } = simulation(name).status ?? {};
    const { message = '' } = conditions.find(({ type }) => type === 'Accepted') ?? {};
    return says.test(message) ? [] : [`it says: ${message}`];
  });
}
await check('the graph comes: it is played', async () => {
  apply(circle('nowhere', 5));
  const wrong = notComplete(await ended('no-graph', PLAYED, ['Complete', 'Failed']));
  await remove(...Object.keys(CASES));
  return wrong;
});
process.exitCode = exitCode();
