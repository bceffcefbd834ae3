import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { complete, ring, star } from '../graph/generators/index.ts';
import { type Graph, graphFromEdges } from '../graph/index.ts';
import { type Layout, layOut } from './layout.ts';

/** Four complete graphs of ten nodes, joined in a ring; nodes 10 i..10 i + 9 are the i-th. */
function cliques(): { graph: Graph; communities: number[] } {
  const sources: number[] = [];
  const targets: number[] = [];
  for (let node = 0; node < 40; node++) {
    for (let other = node + 1; other < 10 * Math.floor(node / 10 + 1); other++) {
      sources.push(node);
      targets.push(other);
    }
    if (node % 10 === 0) {
      sources.push(node);
      targets.push((node + 15) % 40);
    }
  }
  const graph = graphFromEdges(40, Uint32Array.from(sources), Uint32Array.from(targets));
  return { graph, communities: Array.from({ length: 40 }, (_, node) => Math.floor(node / 10)) };
}

const distance = ({ x, y }: Layout, a: number, b: number) => Math.hypot(x[a] - x[b], y[a] - y[b]);

test('a layout is the same each time, finite, and wider than high', () => {
  for (const graph of [ring(30), star(30), complete(2), cliques().graph]) {
    const { x, y } = layOut(graph, null);
    assert.equal(layOut(graph, null), { x, y });
    assert.ok([...x, ...y].every(Number.isFinite));
    assert.ok(Math.max(...x) - Math.min(...x) >= Math.max(...y) - Math.min(...y));
  }
});

test('a graph of one node, and one without edges', () => {
  for (const count of [1, 5]) {
    const none = new Uint32Array();
    const { x, y } = layOut(graphFromEdges(count, none, none), null);
    assert.ok([...x, ...y].every(Number.isFinite));
    assert.is(new Set(x).size, count);
  }
});

test('communities lie apart', () => {
  const { graph, communities } = cliques();
  const layout = layOut(graph, communities);
  let within = 0;
  let between = Infinity;
  for (let a = 0; a < 40; a++) {
    for (let b = 0; b < a; b++) {
      const length = distance(layout, a, b);
      if (communities[a] === communities[b]) within = Math.max(within, length);
      else between = Math.min(between, length);
    }
  }
  assert.ok(between > within / 4, `${within} within, ${between} between`);
});

test.run();
