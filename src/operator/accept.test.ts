import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphSourceObject, parseGraphResource } from '../graph/index.ts';
import { type DeploymentSpec, planSimulation, simulationSpec } from '../runner/index.ts';
import { openStrategies } from '../strategies/index.ts';
import { accept } from './accept.ts';

const resource = (name: string, spec: object) => ({
  apiVersion: 'gossip.io/v1',
  kind: 'Graph',
  metadata: { name, labels: { series: 's' } },
  spec,
});
const nowhere = () => undefined;
const graph = (name: string, adjacencyList = ['0 1', '1 2', '2']) =>
  parseGraphResource(resource(name, { adjacencyList }), `Graph ${name}`, nowhere);
const stored = (name: string, nodes: number) =>
  graphSourceObject(resource(name, { source: { object: 'x/big.txt', nodes } }), name, nowhere)!;

const specOf = (fields: object = {}) =>
  simulationSpec.parse({
    graphSelector: { matchLabels: { series: 's' } },
    randomInitialization: true,
    ...fields,
  });

function judge(
  fields: object,
  graphs = [graph('a')],
  objects: ReturnType<typeof stored>[] = [],
  deployment: DeploymentSpec = {},
) {
  return accept({
    name: 'sim',
    namespace: 'n',
    spec: specOf(fields),
    deployment,
    selected: { graphs, stored: objects },
    limits: { hosts: 100 },
  });
}

async function accepted(...asked: Parameters<typeof judge>) {
  const acceptance = await judge(...asked);
  if (!acceptance.accepted) throw new Error(acceptance.message);
  return acceptance;
}

async function refused(...asked: Parameters<typeof judge>) {
  const acceptance = await judge(...asked);
  if (acceptance.accepted) throw new Error('it was accepted');
  return acceptance;
}

test('what is accepted is what gossip run would play: the same hashes, the same folder', async () => {
  const graphs = [graph('a'), graph('b', ['0 1', '1'])];
  const spec = { repetitions: 3, algorithm: 'weighted_factor', factor: [1.5, 2] };
  const acceptance = await accepted(spec, graphs);
  const simulation = { name: 'sim', spec: specOf(spec), place: 'x' };
  const plan = await planSimulation(simulation, graphs, openStrategies(), 42);
  assert.is(acceptance.folder?.(42), plan.folder);
  assert.equal(
    acceptance.graphs,
    plan.graphs.map(
      ({
        source: {
          name,
          graph: { nodeCount, edgeCount },
        },
        sha256,
      }) => ({
        name,
        sha256,
        nodes: nodeCount,
        edges: edgeCount,
      }),
    ),
  );
  assert.is(acceptance.runs, 12);
  assert.match(acceptance.message, /^2 graphs of 2 to 3 nodes, 3 hosts, 12 runs; .*favor/);
});

for (const [what, fields, graphs, reason, words] of [
  [
    'an unknown algorithm',
    { algorithm: 'defualt' },
    [graph('a')],
    'UnknownAlgorithm',
    /^spec\.algorithm: .*did you mean default\?/,
  ],
  [
    'no graph',
    {},
    [],
    'NoGraph',
    /^spec\.graphSelector series: s matches no Graph in the namespace n/,
  ],
  [
    'a graph in parts',
    {},
    [graph('a', ['0 1', '1', '2 3', '3'])],
    'InvalidGraph',
    /^Graph a: .*2 parts/,
  ],
  [
    'a parameter out of bounds',
    { algorithm: 'default', parameters: { x: 1 } },
    [graph('a')],
    'InvalidSpec',
    /^spec: .*"x"/,
  ],
  ['a node that is not there', { start: 'source', source: 9 }, [graph('a')], 'InvalidGraph', /9/],
] as const) {
  test(`refused: ${what}`, async () => {
    const { reason: said, message } = await refused(fields, [...graphs]);
    assert.is(said, reason, message);
    assert.match(message, words);
  });
}

test('an algorithm that only the user has is left to the runner', async () => {
  const { runs, folder, graphs } = await accepted(
    { algorithm: 'my_own', parameters: { x: [1, 2] } },
    [graph('a')],
    [],
    { strategies: 'mine' },
  );
  assert.equal([runs, folder, graphs.length], [null, null, 1]);
  const known = await accepted({}, [graph('a')], [], { strategies: 'mine' });
  assert.is(known.runs, 1);
});

test('a graph that is only stored is known by its nodes, beside others in the order of names', async () => {
  const { graphs, folder, runs } = await accepted({}, [graph('a'), graph('c')], [stored('b', 90)]);
  assert.equal(
    graphs.map(({ name, nodes, sha256 }) => [name, nodes, sha256 !== undefined]),
    [
      ['a', 3, true],
      ['b', 90, false],
      ['c', 3, true],
    ],
  );
  assert.equal([folder, runs], [null, 3]);
  const alone = await accepted({ start: 'source', source: 77 }, [], [stored('b', 90)]);
  assert.equal(alone.graphs, [{ name: 'b', nodes: 90 }]);
  assert.is((await refused({ algorithm: 'x' }, [], [stored('b', 90)])).reason, 'UnknownAlgorithm');
});

test('what does not fit is refused', async () => {
  const { reason, message } = await refused({}, [], [stored('b', 101)]);
  assert.is(reason, 'DoesNotFit');
  assert.match(message, /101.*100/);
  await accepted({}, [], [stored('b', 101)], { nodesPerHost: 2 });
});

test('what a ResourceQuota will never admit is refused, with what would be', async () => {
  const quotas = [{ name: 'small', hard: { pods: '3' } }];
  const request = { name: 'sim', namespace: 'n', spec: specOf(), limits: { quotas } };
  const selected = { graphs: [graph('a')], stored: [] };
  const { accepted: fits, message } = await accept({ ...request, deployment: {}, selected });
  assert.is(fits, false);
  assert.match(message, /4 pods.*ResourceQuota small.*3 pods.*nodesPerHost: 2/);
  const fewer = await accept({ ...request, deployment: { nodesPerHost: 2 }, selected });
  assert.is(fewer.accepted, true);
});

test.run();
