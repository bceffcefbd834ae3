import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphFromEdges } from './builder.ts';
import { reverseEdges } from './reverse.ts';

test('the reverse of the edge from i to j is the edge from j to i', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(15), fc.nat(15))), (edges) => {
      const graph = graphFromEdges(
        16,
        Uint32Array.from(edges, ([a]) => a),
        Uint32Array.from(edges, ([, b]) => b),
      );
      const reverse = reverseEdges(graph);
      const from = new Uint32Array(2 * graph.edgeCount);
      for (let node = 0; node < 16; node++) {
        from.fill(node, graph.offsets[node], graph.offsets[node + 1]);
      }
      assert.is(reverse.length, from.length);
      reverse.forEach((opposite, edge) => {
        assert.is(reverse[opposite], edge);
        assert.is(from[opposite], graph.neighbors[edge]);
        assert.is(graph.neighbors[opposite], from[edge]);
      });
    }),
  );
});

test.run();
