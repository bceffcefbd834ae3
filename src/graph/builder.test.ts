import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createGraphBuilder, graphFromEdges, type Label } from './builder.ts';
import type { Graph } from './graph.ts';

function build(edges: readonly (readonly [Label, Label])[]) {
  const builder = createGraphBuilder();
  for (const [a, b] of edges) builder.addEdge(a, b);
  return builder.build();
}

/** Neighbors by node, by the plainest code there is. */
function naive(nodeCount: number, edges: readonly (readonly [number, number])[]): number[][] {
  return Array.from({ length: nodeCount }, (_, node) => {
    const row = edges.flatMap(([a, b]) =>
      a === b ? [] : a === node ? [b] : b === node ? [a] : [],
    );
    return [...new Set(row)].sort((a, b) => a - b);
  });
}

function rows(graph: Graph): number[][] {
  return Array.from({ length: graph.nodeCount }, (_, node) => [
    ...graph.neighbors.subarray(graph.offsets[node], graph.offsets[node + 1]),
  ]);
}

test('integers are numbers, ascending, and null where they are 0..n-1', () => {
  const gaps = build([
    ['30', '7'],
    ['9007199254740991', '0'],
  ]).graph;
  assert.equal([...gaps.numbers!], [0, 7, 30, 9007199254740991]);
  assert.is(gaps.labels, null);
  assert.equal(rows(gaps), [[3], [2], [1], [0]]);
  assert.is(
    build([
      ['2', '0'],
      [1, 0],
    ]).graph.numbers,
    null,
  );
});

test('one label that is not an integer makes all texts, in order of first appearance', () => {
  for (const odd of ['x', '01', '-1', '1.0', '9007199254740992', '']) {
    const builder = createGraphBuilder();
    builder.addNode('5');
    builder.addEdge('3', odd);
    builder.addEdge('4', '5');
    const { graph } = builder.build();
    assert.equal(graph.labels, ['5', '3', odd, '4']);
    assert.is(graph.numbers, null);
    assert.equal(rows(graph), [[3], [2], [1], [0]]);
  }
});

test('nodes without edges stay, and an empty builder is an empty graph', () => {
  const builder = createGraphBuilder();
  builder.addNode('4');
  builder.addEdge('1', '2');
  const { graph } = builder.build();
  assert.equal([...graph.numbers!], [1, 2, 4]);
  assert.equal(rows(graph), [[1], [0], []]);
  assert.is(builder.build().graph.nodeCount, 0);
});

test('self-loops and double edges are dropped and counted', () => {
  const { graph, loops, doubles } = build([
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'a'],
    ['a', 'b'],
    ['b', 'c'],
  ]);
  assert.equal([graph.edgeCount, loops, doubles], [2, 1, 2]);
});

test('a graph equals the one made naively, long rows too', () => {
  const node = fc.nat(60);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(node, fc.constant(0)), node), { maxLength: 400 }),
      (edges) => {
        const graph = graphFromEdges(
          61,
          Uint32Array.from(edges, ([a]) => a),
          Uint32Array.from(edges, ([, b]) => b),
        );
        assert.equal(rows(graph), naive(61, edges));
        assert.is(graph.neighbors.length, 2 * graph.edgeCount);
        assert.is(graph.offsets[61], graph.neighbors.length);
      },
    ),
  );
});

test('sparse and dense numbers give the same rows, whatever the edges were called', () => {
  const edge = fc.tuple(fc.nat(20), fc.nat(20));
  fc.assert(
    fc.property(fc.array(edge, { minLength: 1, maxLength: 60 }), (edges) => {
      const dense = build(edges);
      const sparse = build(edges.map(([a, b]) => [a * 1e12 + 5, b * 1e12 + 5]));
      const used = [...new Set(edges.flat())].sort((a, b) => a - b);
      assert.equal(rows(sparse.graph), rows(dense.graph));
      assert.equal(
        [...sparse.graph.numbers!].map((number) => (number - 5) / 1e12),
        used,
      );
      assert.equal([...(dense.graph.numbers ?? used.keys())], used);
      assert.is(edges.length - sparse.loops - sparse.doubles, sparse.graph.edgeCount);
      assert.equal(build(edges.map(([a, b]) => [`${a}`, `${b}`])), dense);
    }),
    { examples: [[[[0, 0]]]] },
  );
});

test('more edges than a chunk holds', () => {
  const builder = createGraphBuilder();
  for (let i = 0; i < 5000; i++) builder.addEdge(i, String((i + 1) % 5000));
  const { graph } = builder.build();
  assert.equal([graph.nodeCount, graph.edgeCount, graph.numbers], [5000, 5000, null]);
  assert.equal([...graph.neighbors.subarray(0, 4)], [1, 4999, 0, 2]);
});

test('an edge beyond the last node is refused', () => {
  assert.throws(
    () => graphFromEdges(3, Uint32Array.of(0), Uint32Array.of(3)),
    /edge 0–3 names a node beyond the last, 2/,
  );
});

test.run();
