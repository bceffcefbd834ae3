import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeAt } from './pointing.ts';

const PLACES = { x: [0, 10, 12], y: [0, 0, 0] };

test('the nearest node is pointed at, if it is within reach', () => {
  assert.is(nodeAt({ x: 10.9, y: 0 }, PLACES, [5, 5, 5], 1), 1);
  assert.is(nodeAt({ x: 11.2, y: 0 }, PLACES, [5, 5, 5], 1), 2);
  assert.is(nodeAt({ x: 5, y: 4 }, PLACES, [5, 5, 5], 1), null);
});

test('reach is in other units than places', () => {
  assert.is(nodeAt({ x: 0, y: 3 }, PLACES, [4, 4, 4], 0.5), null);
  assert.is(nodeAt({ x: 0, y: 3 }, PLACES, [8, 4, 4], 0.5), 0);
});

test.run();
