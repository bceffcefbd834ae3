import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphFromEdges } from './builder.ts';
import { components } from './components.ts';

test('parts are counted, the largest first', () => {
  const graph = graphFromEdges(7, Uint32Array.of(0, 2, 3, 6), Uint32Array.of(1, 3, 6, 2));
  assert.equal(components(graph), { count: 4, sizes: [3, 2, 1, 1] });
});

test('a connected graph is one part, an empty one none', () => {
  const path = graphFromEdges(4, Uint32Array.of(3, 1, 2), Uint32Array.of(1, 2, 0));
  assert.equal(components(path), { count: 1, sizes: [4] });
  assert.equal(components(graphFromEdges(0, new Uint32Array(), new Uint32Array())).count, 0);
});

test.run();
