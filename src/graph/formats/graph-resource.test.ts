import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { adjacencyText } from '../adjacency-text.ts';
import { parseGraphResource } from './graph-resource.ts';

const resource = (spec: object, metadata: object = {}, more: object = {}) => ({
  apiVersion: 'gossip.io/v1',
  kind: 'Graph',
  metadata: { name: 'g', ...metadata },
  spec: { adjacencyList: ['0 1,', '1,'], ...spec },
  ...more,
});

/** Each path's line is 10 and its length; missing fields have none. */
function read(value: unknown) {
  return parseGraphResource(value, 'g.yaml', (path) => {
    let at = value as Record<string, unknown> | undefined;
    for (const key of path) at = at?.[key] as typeof at;
    return at === undefined ? undefined : 10 + path.length;
  });
}

function refused(value: unknown): string {
  try {
    read(value);
  } catch (error) {
    assert.is((error as Error).name, 'GossipError');
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test('a resource with everything', () => {
  const source = read(
    resource(
      {
        adjacencyList: ['7 30 2,', '30', '2 7, '],
        graphType: 'ring',
        valueList: '3,1,2',
        graphProperties: { density: '0.5', n: 3 },
      },
      { labels: { series: 's' }, namespace: 'x', annotations: { a: 'b' } },
    ),
  );
  const { graph, ...rest } = source;
  assert.is(adjacencyText(graph), '2 7,7 30,30');
  assert.equal(rest, {
    name: 'g',
    labels: { series: 's' },
    graphType: 'ring',
    valueList: '3,1,2',
    properties: { density: '0.5', n: 3 },
    adjacencyText: '7 30 2,30,2 7',
    file: 'g.yaml',
    warnings: [
      'g.yaml: graph g: dropped 0 self-loops and 1 double edge (gossip has no use for them).',
    ],
  });
});

test('what a resource need not say', () => {
  const { labels, graphType, valueList, properties, warnings } = read(resource({}));
  assert.equal(
    [labels, graphType, valueList, properties, warnings],
    [{}, 'undefined', null, {}, []],
  );
});

test('unknown fields are refused with the nearest name', () => {
  assert.match(
    refused(resource({ valuelist: '1' })),
    /^g\.yaml, line 12: spec\.valuelist: unknown field: did you mean valueList\?/,
  );
  assert.match(refused(resource({}, {}, { metdata: {} })), /line 11: metdata: .* mean metadata\?/);
  const { spec, ...rest } = resource({});
  const { adjacencyList, ...others } = spec;
  assert.match(
    refused({ ...rest, spec: { ...others, adjacenylist: adjacencyList } }),
    /adjacenylist: unknown field: did you mean adjacencyList\?/,
  );
});

test('missing fields and wrong types are refused by field and line', () => {
  assert.match(refused({ ...resource({}), spec: {} }), /line 11: spec\.adjacencyList: .*missing/);
  assert.match(refused(resource({}, { name: 12 })), /line 12: metadata\.name: .*put 12 in quotes/);
  assert.match(
    refused(resource({ adjacencyList: ['0', 1] })),
    /adjacencyList\[1\]: .*put 1 in quotes/,
  );
  assert.match(refused(resource({ adjacencyList: '0 1' })), /spec\.adjacencyList: /);
  assert.match(refused(resource({}, {}, { apiVersion: 'v1' })), /apiVersion: .*gossip\.io\/v1/);
  assert.match(refused(null), /^g\.yaml, line 10: /);
  assert.match(refused([1]), /^g\.yaml, line 10: /);
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, '']));
  assert.match(refused(resource({ graphProperties: many })), /graphProperties: more than 1000/);
});

test('names that cannot be a folder or a Kubernetes name are refused with the reason', () => {
  assert.match(
    refused(resource({}, { name: 'a..b' })),
    /line 12: metadata\.name: "a\.\.b" contains "\.\."/,
  );
  assert.match(refused(resource({}, { name: '..' })), /".." contains "\.\."/);
  assert.match(refused(resource({}, { name: 'a/b' })), /"a\/b" contains "\/"/);
  assert.match(refused(resource({}, { name: 'A' })), /lowercase letters, digits/);
  assert.match(refused(resource({}, { name: 'x'.repeat(254) })), /at most 253/);
});

test('adjacency lines that are none are refused by line', () => {
  const bad = (...adjacencyList: string[]) => refused(resource({ adjacencyList }));
  assert.is(
    bad('0 1,', '1 x2,'),
    'g.yaml, line 13: spec.adjacencyList[1] "1 x2,": "x2" is not a node: nodes are integers from 0; a line is a node and its neighbors, like "4 2 6,"',
  );
  for (const word of ['-1', '1.5', '01', '0,1', '9007199254740992', '1e3']) {
    assert.ok(bad('0 1', `1 ${word},`).includes(`"${word}" is not a node`), word);
  }
  assert.match(bad('0 1,', '1,', ','), /adjacencyList\[2\] ",": the line is empty/);
  assert.match(
    bad('0 1,', '1 4,'),
    /adjacencyList\[1\] "1 4,": neighbor 4 of node 1 is not a node: give it a line/,
  );
  assert.match(bad(), /line 12: spec\.adjacencyList: the graph g is empty/);
});

test('the karate club is the one networkx has', () => {
  const path = new URL('../../../examples/karate.yaml', import.meta.url);
  const { graph, labels, name } = read(parse(readFileSync(path, 'utf8')));
  assert.equal([name, labels], ['karate', { series: 'examples' }]);
  assert.equal([graph.nodeCount, graph.edgeCount, graph.numbers], [34, 78, null]);
  const degrees = [...graph.offsets.subarray(1)].map((end, node) => end - graph.offsets[node]);
  assert.equal(
    degrees,
    [
      16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2, 2, 2, 3, 2, 2, 2, 5, 3, 3, 2, 4, 3, 4, 4,
      6, 12, 17,
    ],
  );
});

test.run();
