import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CURVES, curveName, curveOf } from './curves.ts';

const ROUNDS = [
  { round: 0, holding: 1, distinct: 30, spread: 98 },
  { round: 1, holding: 12, distinct: 9, spread: 40 },
  { round: 3, holding: 34, distinct: 1, spread: 0 },
];

test('a curve has a value a round, and none where a round was left out', () => {
  assert.equal(curveOf('distinct', ROUNDS, 34), [30, 9, null, 1]);
  assert.equal(curveOf('spread', ROUNDS, 34), [98, 40, null, 0]);
  assert.equal(curveOf('holding', ROUNDS, 34), [2.94, 35.29, null, 100]);
  assert.equal(curveOf('distinct', [], 34), []);
});

test('a URL names a curve that there is', () => {
  for (const name of Object.keys(CURVES)) assert.is(curveName(name, false), name);
  assert.is(curveName(null, false), 'distinct');
  assert.is(curveName('toString', false), 'distinct');
  assert.is(curveName('<script>', true), 'spread');
});

test.run();
