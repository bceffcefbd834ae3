import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededDraw } from '../../statistics/seeded-draw.ts';
import type { Graph } from '../graph.ts';
import { complete, erdosRenyi, randomRegular, ring, star } from './index.ts';

function rows(graph: Graph): number[][] {
  return Array.from({ length: graph.nodeCount }, (_, node) => [
    ...graph.neighbors.subarray(graph.offsets[node], graph.offsets[node + 1]),
  ]);
}

function checkSimple(graph: Graph): void {
  const all = rows(graph);
  assert.is(graph.offsets.length, graph.nodeCount + 1);
  assert.is(graph.neighbors.length, 2 * graph.edgeCount);
  all.forEach((row, node) => {
    assert.ok(
      row.every((neighbor, i) => i === 0 || row[i - 1] < neighbor),
      'ascending, no doubles',
    );
    assert.not(row.includes(node), 'no loop');
    for (const neighbor of row) assert.ok(all[neighbor].includes(node), 'both ways');
  });
}

test('complete, ring and star', () => {
  assert.equal(rows(complete(4)), [
    [1, 2, 3],
    [0, 2, 3],
    [0, 1, 3],
    [0, 1, 2],
  ]);
  assert.equal(rows(ring(5)), [
    [1, 4],
    [0, 2],
    [1, 3],
    [2, 4],
    [0, 3],
  ]);
  assert.equal(rows(star(4)), [[1, 2, 3], [0], [0], [0]]);
  for (const graph of [complete(30), ring(3), star(2), complete(1)]) checkSimple(graph);
});

test('a random regular graph is simple and regular, sparse or dense', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.nat(39),
      fc.integer({ min: 1 }),
      (nodeCount, d, seed) => {
        const degree = d % nodeCount;
        fc.pre((nodeCount * degree) % 2 === 0);
        const graph = randomRegular(nodeCount, degree, seededDraw(seed));
        checkSimple(graph);
        assert.ok(rows(graph).every((row) => row.length === degree));
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test('a random regular graph prefers no node: chi-square of the neighbors of node 0, level 0.001', () => {
  const counts = new Array(10).fill(0);
  const draw = seededDraw(7);
  for (let i = 0; i < 3000; i++) {
    for (const neighbor of rows(randomRegular(10, 3, draw))[0]) counts[neighbor]++;
  }
  assert.is(counts[0], 0);
  const expected = (3000 * 3) / 9;
  // Three distinct neighbors a draw: the counts vary 1 - 3/9 times a multinomial's, scaled by 9/8.
  const chiSquare =
    counts.slice(1).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) /
    ((1 - 3 / 9) * (9 / 8));
  assert.ok(chiSquare < 26.12, `${chiSquare}, 8 degrees of freedom`);
});

test('an Erdos-Renyi graph has the right number of edges: binomial, level 0.001', () => {
  const n = 400;
  for (const probability of [0.001, 0.1, 0.9]) {
    const graph = erdosRenyi(n, probability, seededDraw(11));
    checkSimple(graph);
    const pairs = (n * (n - 1)) / 2;
    const deviation = Math.sqrt(pairs * probability * (1 - probability));
    assert.ok(Math.abs(graph.edgeCount - pairs * probability) < 3.29 * deviation);
  }
  assert.is(erdosRenyi(20, 0, seededDraw(1)).edgeCount, 0);
  assert.is(erdosRenyi(20, 1, seededDraw(1)).edgeCount, 190);
});

test('the same draws make the same graph', () => {
  for (const make of [
    () => randomRegular(50, 4, seededDraw(3)),
    () => erdosRenyi(50, 0.1, seededDraw(3)),
  ]) {
    assert.equal(make(), make());
  }
});

test('what cannot be is refused in words', () => {
  const draw = seededDraw(1);
  assert.throws(() => randomRegular(5, 3, draw), /nodes \* degree is even/);
  assert.throws(() => randomRegular(5, 5, draw), /from 0 to 4/);
  assert.throws(() => ring(2), /3 to/);
  assert.throws(() => star(1.5), /integer/);
  assert.throws(() => complete(70000), /65536/);
  assert.throws(() => erdosRenyi(5, 1.5, draw), /from 0 to 1/);
});

test.run();
