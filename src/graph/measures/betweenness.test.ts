import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededDraw } from '../../statistics/seeded-draw.ts';
import { graphFromEdges } from '../builder.ts';
import { complete, erdosRenyi, randomRegular, ring, star } from '../generators/index.ts';
import type { Graph } from '../graph.ts';
import { betweenness, estimateBetweennessSeconds, LARGE_BETWEENNESS_WORK } from './index.ts';

function near(actual: Float64Array, expected: ArrayLike<number>): void {
  assert.is(actual.length, expected.length);
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) < 1e-12, `node ${i}: ${value}, not ${expected[i]}`);
  });
}

function path(nodeCount: number): Graph {
  const sources = Uint32Array.from({ length: nodeCount - 1 }, (_, node) => node);
  return graphFromEdges(
    nodeCount,
    sources,
    sources.map((node) => node + 1),
  );
}

/** A chain of diamonds: each doubles the number of shortest paths. */
function diamonds(count: number): Graph {
  const sources: number[] = [];
  const targets: number[] = [];
  for (let i = 0; i < count; i++) {
    sources.push(3 * i, 3 * i, 3 * i + 1, 3 * i + 2);
    targets.push(3 * i + 1, 3 * i + 2, 3 * i + 3, 3 * i + 3);
  }
  return graphFromEdges(3 * count + 1, Uint32Array.from(sources), Uint32Array.from(targets));
}

test('closed forms: star, path, ring, complete, parts, tiny', async () => {
  near((await betweenness(star(6))).scores, [1, 0, 0, 0, 0, 0]);
  near((await betweenness(complete(6))).scores, [0, 0, 0, 0, 0, 0]);
  // Node i of a path lies between i nodes on one side and n - 1 - i on the other.
  const n = 7;
  near(
    (await betweenness(path(n))).scores,
    Array.from({ length: n }, (_, i) => (2 * i * (n - 1 - i)) / ((n - 1) * (n - 2))),
  );
  // An even ring: (n - 2)^2 / 8 pairs for each node.
  near((await betweenness(ring(8))).scores, new Array(8).fill((36 / 8) * (2 / 42)));
  near((await betweenness(diamonds(1))).scores, new Array(4).fill(0.5 / 3));
  const parts = graphFromEdges(6, Uint32Array.of(0, 1), Uint32Array.of(1, 2));
  near((await betweenness(parts)).scores, [0, 2 / 20, 0, 0, 0, 0]);
  near((await betweenness(complete(2))).scores, [0, 0]);
});

test('any number of jobs gives the same bits', async () => {
  const graph = erdosRenyi(2500, 0.004, seededDraw(4));
  const work = graph.nodeCount * (graph.nodeCount + graph.neighbors.length);
  assert.ok(work > LARGE_BETWEENNESS_WORK, 'large enough for workers');
  const one = await betweenness(graph, { jobs: 1 });
  for (const jobs of [2, 3]) {
    const progress: number[] = [];
    const onProgress = (done: number, total: number) => progress.push(done / total);
    const several = await betweenness(graph, { jobs, onProgress });
    assert.equal(several.scores, one.scores);
    assert.is(progress.at(-1), 1);
    assert.equal(
      progress,
      progress.toSorted((a, b) => a - b),
    );
  }
});

test('a sample is within its bound, and its mean is right', async () => {
  const graph = erdosRenyi(300, 0.02, seededDraw(9));
  const exact = await betweenness(graph);
  assert.is(exact.errorBound, 0);
  const sums = new Float64Array(graph.nodeCount);
  const draw = seededDraw(5);
  let outside = 0;
  for (let i = 0; i < 200; i++) {
    const sample = await betweenness(graph, { sample: { count: 30, draw } });
    let worst = 0;
    sample.scores.forEach((score, node) => {
      worst = Math.max(worst, Math.abs(score - exact.scores[node]));
      sums[node] += score / 200;
    });
    if (worst > sample.errorBound) outside++;
  }
  assert.ok(outside <= 10, `${outside} of 200 outside a bound of 95 %`);
  const bias = sums.reduce((sum, mean, node) => sum + mean - exact.scores[node], 0);
  const total = exact.scores.reduce((sum, score) => sum + score, 0);
  assert.ok(Math.abs(bias) < 0.01 * total, `${bias} of ${total}`);
  const all = await betweenness(graph, { sample: { count: 300, draw } });
  assert.equal(all, exact);
});

test('the bound is the stated one', async () => {
  const graph = ring(100);
  const { errorBound } = await betweenness(graph, { sample: { count: 50, draw: seededDraw(1) } });
  assert.ok(Math.abs(errorBound - (100 / 99) * Math.sqrt(Math.log(4000) / 100)) < 1e-12);
});

test('too many shortest paths, and a senseless sample, are refused in words', async () => {
  const refused = async (graph: Graph, count?: number) => {
    const sample = count === undefined ? undefined : { count, draw: seededDraw(1) };
    return betweenness(graph, { sample }).then(
      () => 'not refused',
      (error: Error) => error.message,
    );
  };
  assert.match(await refused(diamonds(1030)), /more than 10\^308 shortest paths/);
  assert.is(await refused(diamonds(900)), 'not refused');
  assert.match(await refused(ring(5), 0), /positive integer number of pivots/);
  assert.match(await refused(ring(5), 1.5), /positive integer number of pivots/);
});

test('an abort ends it, with and without workers', async () => {
  const graph = randomRegular(4000, 8, seededDraw(2));
  for (const jobs of [1, 2]) {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => controller.abort(reason);
    const ended = await betweenness(graph, { jobs, signal: controller.signal, onProgress }).catch(
      (error) => error,
    );
    assert.is(ended, reason);
  }
});

test('the estimate of the time grows with the graph', () => {
  assert.is(estimateBetweennessSeconds(complete(2), 1), 0);
  const seconds = estimateBetweennessSeconds(ring(1000), 1);
  assert.ok(seconds > 0 && Number.isFinite(seconds));
});

test.run();
