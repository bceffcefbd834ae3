import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { UndirectedGraph } from 'graphology';
import { parse } from 'graphology-gexf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import { adjacencyText, type Graph, numberOf, parseGraphResource } from '../graph/index.ts';
import { createGexf } from './gexf.ts';
import { gexfBytes } from './limits.ts';

/** Of the example that the published system left: the round's values and communities, by node. */
const ADJACENCY = '0 2 6 7 8,1 2 3 4 5 7,2 3 6,3 4 5,4 9,5,6 8,7,8 9,9';
const COMMUNITIES = [1, 0, 1, 0, 2, 0, 1, 0, 1, 2];
const VALUES = [0, 0, 2, 2, 0, 0, 2, 0, 2, 2];

function graphOf(adjacency: string): Graph {
  const resource = {
    apiVersion: 'gossip.io/v1',
    kind: 'Graph',
    metadata: { name: 'test' },
    spec: { adjacencyList: adjacency.split(',') },
  };
  return parseGraphResource(resource, 'the test', () => undefined).graph;
}

const settings = (graph: Graph, text: string, communities: number[] | null = null) => ({
  graph,
  adjacencyText: text,
  communities,
  date: '2026-11-22',
  creator: 'NetworkX 3.0',
});
const textOf = (pieces: Uint8Array[]) => Buffer.concat(pieces).toString();

test('a published file, byte for byte', () => {
  const published = readFileSync(new URL('./fixtures/holme-n10-round-2.gexf', import.meta.url));
  const gexf = createGexf(settings(graphOf(ADJACENCY), ADJACENCY, COMMUNITIES));
  assert.is(textOf(gexf(VALUES, 'long')), published.toString());
  const estimate = gexfBytes(graphOf(ADJACENCY));
  assert.ok(estimate > published.length / 2 && estimate < published.length * 1.2, `${estimate}`);
});

test('read back, it is the graph with its values', () => {
  const numbers = fc.uniqueArray(fc.nat(1e9), { minLength: 4, maxLength: 4 });
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 4,
    maxLength: 4,
  });
  fc.assert(
    fc.property(numbers, values, ([a, b, c, d], held) => {
      const lines = `${a} ${b} ${c},${b} ${c},${c} ${d},${d}`;
      const graph = graphOf(lines);
      const text = textOf(createGexf(settings(graph, lines))(held, 'double'));
      const read = parse(UndirectedGraph, text, { allowUndeclaredAttributes: false });
      assert.is(read.order, 4);
      assert.is(read.size, graph.edgeCount);
      assert.ok(read.hasEdge(a, b) && read.hasEdge(a, c) && read.hasEdge(b, c));
      for (let node = 0; node < 4; node++) {
        // Minus zero is written as 0.
        const value = read.getNodeAttribute(numberOf(graph, node), 'value');
        assert.is(value, held[node] + 0);
      }
    }),
    { numRuns: 50 },
  );
});

test('labels are those of the file, whatever they are', () => {
  const graph = { ...ring(3), labels: ['a<b>', '"&"', 'x\u0001\ud800'] };
  const text = textOf(createGexf(settings(graph, adjacencyText(graph)))([1, 2, 3], 'long'));
  const read = parse(UndirectedGraph, text);
  assert.equal(
    read.mapNodes((_, { label }) => label),
    ['a<b>', '"&"', 'x\ufffd\ufffd'],
  );
});

test('edges that gossip does not have are not written', () => {
  const lines = '0 0 1 1,1 0 2,2';
  const text = textOf(createGexf(settings(graphOf(lines), lines))([1, 2, 3], 'long'));
  assert.equal(text.match(/<edge .*/g), [
    '<edge source="0" target="1" id="0" />',
    '<edge source="1" target="2" id="1" />',
  ]);
});

test.run();
