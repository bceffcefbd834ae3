import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { byName } from '../by-name.ts';
import {
  adjacencyText,
  contentHash,
  createGraphBuilder,
  type GraphSource,
  parseGraphResource,
  sourceHash,
} from '../graph/index.ts';
import { partsOf, simulationResource, simulationSpec } from '../runner/index.ts';
import {
  graphResourceOf,
  selectorOf,
  setLabel,
  simulationResourceOf,
} from './on-kubernetes-resources.ts';
import { differenceOf } from './on-kubernetes-same.ts';

type Pair = readonly [string | number, string | number];

function sourceOf(pairs: readonly Pair[], more: Partial<GraphSource> = {}): GraphSource {
  const builder = createGraphBuilder();
  for (const [a, b] of pairs) builder.addEdge(a, b);
  return {
    name: 'g',
    labels: {},
    graph: builder.build().graph,
    graphType: 'undefined',
    valueList: null,
    properties: {},
    adjacencyText: null,
    file: 'g.txt',
    warnings: [],
    ...more,
  };
}

/** What the API server gives back: JSON, its maps in the order of their names. */
function throughServer(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) =>
      typeof part === 'object' && part !== null && !Array.isArray(part) ? byName(part) : part,
    ),
  );
}

const readBack = (source: GraphSource) =>
  parseGraphResource(throughServer(graphResourceOf(source)), 'Graph', () => undefined);
const text = fc.string({ maxLength: 12 });
/** What no reader lets through. */
const key = text.filter((name) => name !== '__proto__');
const texts = fc.dictionary(key, text, { maxKeys: 4 }).map(byName);
const node = fc.oneof(
  fc.nat(30),
  fc.nat(Number.MAX_SAFE_INTEGER),
  fc.string({ minLength: 1, unit: fc.constantFrom(...'aZ09 ü,"\\-') }),
);
const edges = fc.array(fc.tuple(node, node), { minLength: 1, maxLength: 40 });

test('whatever a graph is, it is the same when it is read from its resource', () => {
  const properties = fc
    .dictionary(key, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 4 })
    .map(byName);
  fc.assert(
    fc.property(
      edges,
      texts,
      properties,
      fc.option(text),
      fc.oneof(text, fc.constant('undefined')),
      (pairs, labels, properties, valueList, graphType) => {
        const source = sourceOf(pairs, { labels, properties, valueList, graphType });
        const back = readBack(source);
        assert.equal(contentHash(back.graph), contentHash(source.graph));
        assert.is(sourceHash(back), sourceHash(source));
        assert.equal(back.labels, labels);
      },
    ),
  );
});

test('an adjacency list is kept as its resource wrote it', () => {
  const line = fc.array(fc.nat(9), { maxLength: 3 }).map((some) => some.join(' '));
  fc.assert(
    fc.property(fc.array(line, { minLength: 10, maxLength: 10 }), (lines) => {
      const adjacencyList = lines.map((more, at) => `${9 - at} ${more},`.replace(' ,', ','));
      const value = {
        ...{ apiVersion: 'gossip.io/v1', kind: 'Graph', metadata: { name: 'g' } },
        spec: { adjacencyList },
      };
      const source = parseGraphResource(value, 'g.yaml', () => undefined);
      const back = readBack(source);
      assert.is(back.adjacencyText, source.adjacencyText);
      assert.is(sourceHash(back), sourceHash(source));
    }),
  );
});

test('a graph that no resource holds is refused, and what holds it is said', () => {
  const line = 'x'.repeat(900);
  const large = sourceOf(Array.from({ length: 1700 }, (_, i) => [`${line}${i}`, `${line}0`]));
  assert.throws(() => graphResourceOf(large), /g\.txt: the graph g \(1700 nodes, .*spec\.source/);
  // It need not be written out to see that.
  const edgeCount = 1e9;
  const huge = sourceOf([[0, 1]], { graph: { ...sourceOf([[0, 1]]).graph, edgeCount } });
  assert.throws(() => graphResourceOf(huge), /1000000000 edges/);
});

const simulation = (spec: object) => ({
  name: 'sim',
  spec: simulationSpec.parse({ graphSelector: { matchLabels: {} }, ...spec }),
  place: 'the command line',
});
const WANTED = { matchLabels: { name: 'g' }, deployment: {}, seed: null };

test('a Simulation says what flags and file said, and no defaults', () => {
  const resource = simulationResourceOf(
    simulation({ algorithm: 'default_memory', repetitions: 30, source: '16', start: 'source' }),
    { ...WANTED, deployment: { nodesPerHost: 5 }, seed: 7 },
  );
  assert.equal(resource, {
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name: 'sim' },
    spec: {
      graphSelector: { matchLabels: { name: 'g' } },
      algorithm: 'default_memory',
      repetitions: 30,
      start: 'source',
      source: '16',
      seed: 7,
      nodesPerHost: 5,
    },
  });
  const unseeded = simulationResourceOf(simulation({}), WANTED);
  assert.equal(unseeded.spec, { graphSelector: { matchLabels: { name: 'g' } } });
});

test('what the API server would refuse is refused by field', () => {
  const deployment = { deployment: 'memory', nodesPerHost: 2 } as const;
  assert.throws(
    () => simulationResourceOf(simulation({}), { ...WANTED, deployment }),
    /^sim: spec\.nodesPerHost: it goes with deployment: hosts/,
  );
  assert.throws(
    () => simulationResourceOf({ ...simulation({}), name: 'x'.repeat(64) }, WANTED),
    /64 characters, .* at most 63: choose a shorter --name/,
  );
});

test('a Simulation that is there is the same where its spec means the same', () => {
  const there = (spec: object) =>
    partsOf(
      simulationResource.parse({
        ...{ apiVersion: 'gossip.io/v1', kind: 'Simulation', metadata: { name: 'sim' } },
        spec: { graphSelector: { matchLabels: { name: 'g' } }, ...spec },
      }).spec,
    );
  const wanted = simulationResourceOf(simulation({ start: 'source', source: 3 }), WANTED);
  const same = { start: 'source', source: '3', suspend: true, ttlSecondsAfterFinished: 5 };
  assert.is(differenceOf(there(same), wanted, false), null);
  assert.is(differenceOf(there({ ...same, seed: 4 }), wanted, true), null);
  assert.is(
    differenceOf(there({ ...same, seed: 4 }), wanted, false),
    'spec.seed: there 4, here nothing',
  );
  assert.is(
    differenceOf(there({ ...same, repetitions: 2 }), wanted, false),
    'spec.repetitions: there 2, here 1',
  );
  assert.is(
    differenceOf(there({ ...same, nodesPerHost: 2 }), wanted, false),
    'spec.nodesPerHost: there 2, here nothing',
  );
});

test('graphs are selected by what the file says, else by name, else by a label of their set', () => {
  const graphs = ['b', 'a'].map((name) => sourceOf([[0, 1]], { name }));
  const byLabel = simulation({ graphSelector: { matchLabels: { series: 's' } } });
  assert.equal(selectorOf(byLabel, graphs), { series: 's' });
  assert.equal(selectorOf(simulation({}), graphs.slice(1)), { name: 'a' });
  const [label] = Object.keys(selectorOf(simulation({}), graphs));
  assert.match(label, /^gossip\.io\/set-[0-9a-f]{8}$/);
  assert.is(setLabel(['a', 'b']), label);
  assert.is.not(setLabel(['a', 'c']), label);
});

test('the adjacency list of a graph from a file is the one that results have', () => {
  const source = sourceOf([
    [7, 2],
    [2, 0],
  ]);
  assert.is(graphResourceOf(source).spec.adjacencyList?.join(','), adjacencyText(source.graph));
});

test.run();
