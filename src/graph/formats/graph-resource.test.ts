import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { adjacencyText } from '../adjacency-text.ts';
import { graphFromObject, graphSourceObject, parseGraphResource } from './graph-resource.ts';

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

/** A resource whose graph is an object in a storage. */
function elsewhere(source: unknown, spec: object = {}) {
  return { ...resource({}), spec: { source, ...spec } };
}

test('a graph that is an object in a storage is named, and read by who reads storages', () => {
  const value = elsewhere({ object: 'graphs/big.txt.gz', nodes: 2 }, { valueList: '3,1' });
  assert.equal(
    graphSourceObject(value, 'g.yaml', () => undefined),
    {
      name: 'g',
      labels: {},
      graphType: 'undefined',
      valueList: '3,1',
      properties: {},
      file: 'g.yaml',
      object: 'graphs/big.txt.gz',
      nodes: 2,
    },
  );
  assert.is(
    graphSourceObject(resource({}), 'g.yaml', () => undefined),
    null,
  );
  assert.match(refused(value), /line 12: spec\.source: .* only gossip on a cluster reads/);
});

test('a resource and its object together are a graph with what the resource says of it', () => {
  const object = { ...read(resource({})), name: 'big', file: '/somewhere/big.txt' };
  const described = (nodes: number) => {
    const value = elsewhere({ object: 'big.txt', nodes }, { graphType: 'ring' });
    return graphSourceObject(value, 'g.yaml', () => undefined)!;
  };
  assert.equal(graphFromObject(described(2), object), {
    ...object,
    name: 'g',
    graphType: 'ring',
    file: 'g.yaml',
  });
  assert.throws(
    () => graphFromObject(described(3), object),
    /g\.yaml: spec\.source\.nodes is 3, but big\.txt has a graph of 2 nodes/,
  );
});

test("an object's key leads nowhere else and ends in a format", () => {
  const key = (object: unknown) => refused(elsewhere({ object, nodes: 1 }));
  for (const good of ['a.txt', 'a-b/C_d/e.f.graphml.gz', '0.csv']) {
    assert.match(key(good), /only gossip on a cluster/, good);
  }
  const bad = ['../a.txt', 'a/../b.txt', '/a.txt', 'a//b.txt', './a.txt', 'a/.b.txt', 'a\\b.txt'];
  for (const object of [...bad, 'a', 'a.yaml', 'a.gz', 'a.txt/', 'a.txt\n', 'ä.txt', '.txt', '']) {
    assert.match(key(object), /spec\.source\.object: an object's key is names/, object);
  }
  assert.match(key(`${'a'.repeat(509)}.txt`), /spec\.source\.object: /);
  assert.match(key(1), /spec\.source\.object: .*put 1 in quotes/);
  const nodes = (nodes?: unknown) => refused(elsewhere({ object: 'a.txt', nodes }));
  assert.match(nodes(), /spec\.source\.nodes: this field is missing/);
  for (const wrong of [0, 1.5, 1e9 + 1, '2']) assert.match(nodes(wrong), /spec\.source\.nodes: /);
  assert.match(
    refused(elsewhere({ object: 'a.txt', nodes: 1 }, { adjacencyList: ['0'] })),
    /spec\.source: there is an adjacencyList too: a graph has one of them/,
  );
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
