import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createGraphBuilder, type Label } from './builder.ts';
import { contentHash, sourceHash } from './content-hash.ts';
import type { GraphSource } from './source.ts';

function graphOf(...edges: [Label, Label][]) {
  const builder = createGraphBuilder();
  for (const [a, b] of edges) builder.addEdge(a, b);
  return builder.build().graph;
}

function hex(...edges: [Label, Label][]): string {
  return Buffer.from(contentHash(graphOf(...edges))).toString('hex');
}

test('the bytes are those that the documentation says', () => {
  const bytes = Buffer.alloc(2 + 2 * 8 + 3 * 4 + 2 * 4 + 2 * 8);
  let at = bytes.writeUInt8(1, bytes.writeUInt8(1));
  for (const count of [2, 1]) at = bytes.writeDoubleLE(count, at);
  for (const entry of [0, 1, 2, 1, 0]) at = bytes.writeUInt32LE(entry, at);
  for (const number of [3, 7]) at = bytes.writeDoubleLE(number, at);
  assert.is(at, bytes.length);
  assert.is(hex(['7', '3']), createHash('sha256').update(bytes).digest('hex'));
});

test('the order in a file does not matter, edges and labels do', () => {
  const hash = hex(['0', '1'], ['1', '2']);
  assert.is(hex(['2', '1'], ['1', '0'], ['0', '1']), hash);
  const others = [
    hex(['0', '1'], ['0', '2']),
    hex(['0', '1'], ['1', '3']),
    hex(['a', 'b'], ['b', 'c']),
    hex(['ab', 'c'], ['c', 'd']),
    hex(['a', 'bc'], ['bc', 'd']),
  ];
  assert.is(new Set([hash, ...others]).size, 6);
});

test('a source is told by all that results depend on, and not by its file', () => {
  const source: GraphSource = {
    name: 'g',
    labels: { series: 's' },
    graph: graphOf(['0', '1']),
    graphType: 'undefined',
    valueList: '1,2',
    properties: { density: 1 },
    adjacencyText: '1 0,0',
    file: 'g.yaml',
    warnings: [],
  };
  const hash = sourceHash(source);
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.is(sourceHash({ ...source, labels: {}, file: 'other', warnings: ['w'] }), hash);
  const changes: Partial<GraphSource>[] = [
    { name: 'h' },
    { graph: graphOf(['0', '2']) },
    { graphType: 'ring' },
    { valueList: null },
    { properties: { density: '1' } },
    { adjacencyText: '0,1 0' },
    { adjacencyText: null },
  ];
  const hashes = changes.map((change) => sourceHash({ ...source, ...change }));
  assert.is(new Set([hash, ...hashes]).size, changes.length + 1);
});

test('an adjacency list as we would write it counts as none', () => {
  const [graph, own] = [graphOf(['0', '2'], ['2', '7']), '0 2,2 7,7'];
  const hashOf = (adjacencyText: string | null) =>
    sourceHash({
      ...{ name: 'g', labels: {}, graph, graphType: 'undefined', valueList: null, properties: {} },
      ...{ adjacencyText, file: 'g', warnings: [] },
    });
  assert.is(hashOf(own), hashOf(null));
  for (const other of ['2 7,0 2,7', '0 2,2 7,7 ', '0 2,2 7 ,7']) {
    assert.is.not(hashOf(other), hashOf(null), other);
  }
});

test.run();
