import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededDraw } from '../../statistics/seeded-draw.ts';
import { graphFromEdges } from '../builder.ts';
import { complete, erdosRenyi, ring, star } from '../generators/index.ts';
import type { Graph } from '../graph.ts';
import { eigenvector, hubScore, type Scores } from './index.ts';

function fromPairs(nodeCount: number, pairs: [number, number][]): Graph {
  return graphFromEdges(
    nodeCount,
    Uint32Array.from(pairs, ([a]) => a),
    Uint32Array.from(pairs, ([, b]) => b),
  );
}

function path(nodeCount: number): Graph {
  return fromPairs(
    nodeCount,
    Array.from({ length: nodeCount - 1 }, (_, i) => [i, i + 1]),
  );
}

/** Complete graphs of these sizes, side by side. */
function cliques(...sizes: number[]): Graph {
  const pairs: [number, number][] = [];
  let first = 0;
  for (const size of sizes) {
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) pairs.push([first + i, first + j]);
    first += size;
  }
  return fromPairs(first, pairs);
}

function near(actual: Scores, expected: number[]): void {
  assert.ok(actual.scores, actual.reason ?? '');
  actual.scores!.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) < 1e-9, `node ${i}: ${value}, not ${expected[i]}`);
  });
}

test('eigenvector centrality in closed forms', () => {
  near(eigenvector(complete(5)), new Array(5).fill(1 / Math.sqrt(5)));
  near(eigenvector(complete(2)), new Array(2).fill(Math.SQRT1_2));
  near(eigenvector(ring(9)), new Array(9).fill(1 / 3));
  near(eigenvector(star(5)), [Math.SQRT1_2, ...new Array(4).fill(Math.SQRT1_2 / 2)]);
  for (const n of [3, 50, 500]) {
    near(
      eigenvector(path(n)),
      Array.from(
        { length: n },
        (_, i) => Math.sqrt(2 / (n + 1)) * Math.sin(((i + 1) * Math.PI) / (n + 1)),
      ),
    );
  }
});

test('eigenvector centrality is an eigenvector, positive, of norm 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.integer({ min: 4, max: 60 }), (seed, nodeCount) => {
      const graph = erdosRenyi(nodeCount, 3 / nodeCount, seededDraw(seed));
      const { scores } = eigenvector(graph);
      if (scores === null) return;
      const image = scores.map((_, node) =>
        graph.neighbors
          .subarray(graph.offsets[node], graph.offsets[node + 1])
          .reduce((sum, neighbor) => sum + scores[neighbor], 0),
      );
      const value = image.reduce((sum, entry, node) => sum + entry * scores[node], 0);
      scores.forEach((score, node) => {
        assert.ok(score >= 0);
        assert.ok(Math.abs(image[node] - value * score) < 1e-9);
      });
      assert.ok(Math.abs(scores.reduce((sum, score) => sum + score ** 2, 0) - 1) < 1e-12);
      // Nothing is larger: the largest eigenvalue is at least the average degree.
      assert.ok(value >= (2 * graph.edgeCount) / nodeCount - 1e-9);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('nodes far from the center keep their relative accuracy', () => {
  // A clique of 30 with a tail: beyond it, each score is about 1/29 of the one before, down to 1e-29.
  const pairs: [number, number][] = [];
  for (let i = 0; i < 30; i++) for (let j = 0; j < i; j++) pairs.push([i, j]);
  for (let i = 30; i < 50; i++) pairs.push([i - 1, i]);
  const { scores } = eigenvector(fromPairs(50, pairs));
  const value = scores![48] / scores![49];
  assert.ok(Math.abs(value - 29) < 0.01, `${value}`);
  assert.ok(scores![49] > 1e-31 && scores![49] < 1e-28);
});

test('a graph in parts has one if a single part leads', () => {
  near(eigenvector(cliques(3, 4)), [0, 0, 0, 0.5, 0.5, 0.5, 0.5]);
  near(hubScore(cliques(3, 4)), [0, 0, 0, 0.25, 0.25, 0.25, 0.25]);
  for (const graph of [cliques(3, 3), cliques(2, 4, 4, 1), fromPairs(3, [])]) {
    const { scores, reason } = eigenvector(graph);
    assert.is(scores, null);
    assert.match(reason!, /not simple|without edges/);
    assert.is(hubScore(graph).scores, null);
  }
});

test('hub scores sum to 1 and are null on bipartite graphs', () => {
  near(hubScore(complete(4)), new Array(4).fill(0.25));
  near(hubScore(ring(5)), new Array(5).fill(0.2));
  // A triangle with a tail: x = (1, 1, b, c) with λ = 1 + b, λ c = b, λ b = 2 + c.
  const { scores } = hubScore(
    fromPairs(4, [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 3],
    ]),
  );
  assert.ok(Math.abs(scores!.reduce((sum, score) => sum + score, 0) - 1) < 1e-12);
  const b = scores![2] / scores![0];
  assert.ok(Math.abs((1 + b) * b - 2 - b / (1 + b)) < 1e-9);
  for (const graph of [star(5), path(6), ring(6), complete(2)]) {
    assert.is(hubScore(graph).scores, null);
    assert.match(hubScore(graph).reason!, /bipartite/);
  }
  // The leading part is what counts: here a star beside a triangle, and the other way round.
  const besideTriangle = (leaves: number) =>
    fromPairs(leaves + 4, [
      [0, 1],
      [0, 2],
      [1, 2],
      ...Array.from({ length: leaves }, (_, i): [number, number] => [3, 4 + i]),
    ]);
  assert.match(hubScore(besideTriangle(5)).reason!, /bipartite/);
  near(hubScore(besideTriangle(3)), [1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0]);
  assert.match(hubScore(besideTriangle(4)).reason!, /not simple/);
});

test.run();
