import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import { gexfBytes, isDrawn, leftOut, mostRounds, tooManyRounds } from './limits.ts';

const sized = (nodeCount: number, edgeCount: number) => ({ ...ring(3), nodeCount, edgeCount });

test('small graphs are drawn, and nothing is said', () => {
  for (const graph of [ring(3), sized(1000, 3000), sized(2000, 20_000)]) {
    assert.ok(isDrawn(graph));
    assert.is(leftOut('g', graph), null);
  }
  assert.is(mostRounds(ring(3)), 1000);
  assert.match(tooManyRounds('g', ring(3)), /^runs on g that took more than 1000 rounds/);
});

test('a larger graph is written as GEXF only, and a very large one not at all', () => {
  for (const graph of [sized(2001, 2001), sized(500, 20_001)]) {
    assert.not.ok(isDrawn(graph));
    assert.match(
      leftOut('g', graph)!,
      /the graph g has .* GEXF only: .* up to 2000 nodes and 20000/,
    );
  }
  assert.is(mostRounds(sized(10_000, 30_000)), 49);
  assert.is(mostRounds(sized(400_000, 1_600_000)), 0);
  assert.is(gexfBytes(sized(400_000, 1_600_000)), 0);
  assert.match(leftOut('g', sized(400_000, 1_600_000))!, /^visualize is not used: the graph g has/);
});

test.run();
