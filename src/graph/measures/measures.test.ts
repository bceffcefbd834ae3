import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededDraw } from '../../statistics/seeded-draw.ts';
import type { Measure } from '../../strategies/strategy.ts';
import { graphFromEdges } from '../builder.ts';
import { complete, erdosRenyi, ring, star } from '../generators/index.ts';
import type { Graph } from '../graph.ts';
import {
  communities,
  communityProbabilities,
  createView,
  measureGraph,
  modularity,
  roundTo,
  transitivity,
} from './index.ts';

/** Two triangles, 0 1 2 and 3 4 5, joined by the edge 2-3. */
const twoTriangles = graphFromEdges(
  6,
  Uint32Array.of(0, 0, 1, 3, 3, 4, 2),
  Uint32Array.of(1, 2, 2, 4, 5, 5, 3),
);

test('rounding is the one of Python', () => {
  // Made by Python's round(): ties in binary, and what only looks like one in decimals.
  const rounded = [
    [5e-5, 4, 0.0001],
    [0.00015, 4, 0.0001],
    [0.00025, 4, 0.0003],
    [0.03125, 4, 0.0312],
    [0.09375, 4, 0.0938],
    [2.5, 0, 2],
    [-2.5, 0, -2],
    [-0.03125, 4, -0.0312],
    [2.675, 2, 2.67],
    [0.3333333333333333, 4, 0.3333],
    [1234567890.12345, 4, 1234567890.1235],
    [1e22, 4, 1e22],
    [0, 4, 0],
  ];
  for (const [value, decimals, expected] of rounded) {
    assert.is(roundTo(value, decimals), expected, `${value}`);
  }
  assert.is(roundTo(1 / 3, null), 1 / 3);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(15), (value, decimals) => {
      const exact = roundTo(value, decimals);
      assert.ok(Math.abs(exact - value) <= 0.5 * 10 ** -decimals * (1 + 1e-9));
      assert.is(exact, Number(exact.toFixed(decimals)));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('transitivity: closed forms, and triangles counted one by one', () => {
  assert.is(transitivity(complete(7)), 1);
  assert.is(transitivity(star(7)), 0);
  assert.is(transitivity(ring(7)), 0);
  assert.is(transitivity(complete(2)), 0);
  assert.is(transitivity(twoTriangles), 6 / 10);
  const graph = erdosRenyi(60, 0.2, seededDraw(8));
  const isEdge = (a: number, b: number) =>
    graph.neighbors.subarray(graph.offsets[a], graph.offsets[a + 1]).includes(b);
  let closed = 0;
  let paths = 0;
  for (let a = 0; a < 60; a++) {
    for (let b = 0; b < 60; b++) {
      for (let c = 0; c < a; c++) {
        if (a === b || b === c || !isEdge(a, b) || !isEdge(b, c)) continue;
        paths++;
        if (isEdge(a, c)) closed++;
      }
    }
  }
  assert.is(transitivity(graph), closed / paths);
});

test('communities: found, numbered by first node, a function of the draws', () => {
  assert.equal([...communities(twoTriangles, seededDraw(1))], [0, 0, 0, 1, 1, 1]);
  const graph = erdosRenyi(200, 0.03, seededDraw(2));
  const partition = communities(graph, seededDraw(3));
  assert.equal(partition, communities(graph, seededDraw(3)));
  let highest = -1;
  for (const community of partition) {
    assert.ok(community <= highest + 1);
    highest = Math.max(highest, community);
  }
  const others = [4, 5, 6, 7, 8, 9].map((seed) => communities(graph, seededDraw(seed)));
  assert.ok(
    others.some((other) => other.join() !== partition.join()),
    'the draws matter',
  );
  const none = graphFromEdges(3, new Uint32Array(0), new Uint32Array(0));
  assert.equal([...communities(none, seededDraw(1))], [0, 1, 2]);
});

test('modularity', () => {
  const partition = Uint32Array.of(0, 0, 0, 1, 1, 1);
  assert.ok(Math.abs(modularity(twoTriangles, partition) - (6 / 7 - 2 * 0.25)) < 1e-12);
  assert.ok(Math.abs(modularity(twoTriangles, new Uint32Array(6))) < 1e-12);
});

/** P_j(c(i)) from its definition. */
function share(graph: Graph, partition: Uint32Array, i: number, j: number): number {
  const row = [...graph.neighbors.subarray(graph.offsets[j], graph.offsets[j + 1])];
  return row.filter((node) => partition[node] === partition[i]).length / row.length;
}

test('community probabilities are the definition, and never 0', () => {
  const graph = erdosRenyi(80, 0.1, seededDraw(6));
  const partition = Uint32Array.from({ length: 80 }, (_, node) => (node * 7) % 5);
  const exact = communityProbabilities(graph, partition, null);
  const rounded = communityProbabilities(graph, partition, 4);
  for (let i = 0; i < 80; i++) {
    for (let slot = graph.offsets[i]; slot < graph.offsets[i + 1]; slot++) {
      assert.is(exact[slot], share(graph, partition, i, graph.neighbors[slot]));
      assert.is(rounded[slot], roundTo(exact[slot], 4));
    }
  }
  const wide = communityProbabilities(
    star(30),
    Uint32Array.from({ length: 30 }, (_, i) => i),
    1,
  );
  assert.is(wide[29], 1 / 29, 'of a leaf at the center: 0.0 if rounded');
  assert.is(wide[0], 1, 'of the center at a leaf');
});

test('a view shows every measure of the neighbors of the node it looks at', () => {
  const values = Float64Array.of(0.11111, 0.22222, 0.33333, 0.44444, 0.55555, 0.66666);
  const measures: Measure[] = [
    'degree',
    'community',
    'sameCommunity',
    'communityProbability',
    'betweenness',
    'eigenvector',
    'hubScore',
  ];
  const data = {
    communities: Uint32Array.of(0, 0, 0, 1, 1, 1),
    betweenness: values,
    eigenvector: values.map((value) => value / 2),
    hubScore: values.map((value) => value / 3),
    decimals: 2,
  };
  const { view, look } = createView(twoTriangles, measures, data);
  const shown = (measure: Measure) => [...view.measures[measure].subarray(0, view.degree)];
  look(2); // 0, 1, 3
  assert.is(view.degree, 3);
  assert.equal(shown('degree'), [2, 2, 3]);
  assert.equal(shown('community'), [0, 0, 1]);
  assert.equal(shown('sameCommunity'), [1, 1, 0]);
  assert.equal(shown('communityProbability'), [1, 1, 0.33]);
  assert.equal(shown('betweenness'), [0.11, 0.22, 0.44]);
  assert.equal(shown('eigenvector'), [0.06, 0.11, 0.22]);
  assert.equal(shown('hubScore'), [0.04, 0.07, 0.15]);
  look(5); // 3, 4
  assert.is(view.degree, 2);
  assert.equal(shown('degree'), [3, 2]);
  assert.equal(shown('communityProbability'), [0.67, 1]);
  const exact = createView(twoTriangles, ['betweenness'], { ...data, decimals: null });
  exact.look(0);
  assert.equal([...exact.view.measures.betweenness.subarray(0, 2)], [0.22222, 0.33333]);
  assert.is(exact.view.measures.degree, undefined, 'not asked for');
  assert.throws(() => createView(twoTriangles, ['hubScore'], { decimals: 4 }), /hubScore/);
});

test('all measures of a graph', async () => {
  const measures = await measureGraph(twoTriangles, { draw: seededDraw(1) });
  assert.is(measures.nodeCount, 6);
  assert.is(measures.numEdges, 7);
  assert.is(measures.density, 7 / 15);
  assert.is(measures.transitivity, 0.6);
  assert.is(measures.numCommunities, 2);
  assert.ok(Math.abs(measures.averageBetweennessCentrality - (2 * 6 * (2 / 20)) / 6) < 1e-12);
  assert.ok(Math.abs(measures.averageHubScore! - 1 / 6) < 1e-12);
  assert.equal(measures.remarks, []);
  const sample = { count: 2, draw: seededDraw(1) };
  const ofStar = await measureGraph(star(9), { draw: seededDraw(1), sample });
  assert.is(ofStar.averageHubScore, null);
  assert.ok(ofStar.averageEigenvectorCentrality! > 0);
  assert.match(ofStar.remarks.join(), /bipartite.*estimated/);
});

test.run();
