import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { degreesOf, radiiOf } from './radii.ts';

test('without a measure all nodes are alike, smaller the more there are', () => {
  const [few, many] = [radiiOf(30, null, 500_000), radiiOf(3000, null, 500_000)];
  assert.is(new Set(few).size, 1);
  assert.ok(few[0] > many[0]);
  assert.ok(many[0] > 1);
});

test('areas grow with a measure, which may be 0 everywhere', () => {
  const [least, middle, most] = radiiOf(3, [0, 5, 10], 10_000);
  assert.ok(least > 0);
  assert.ok(Math.abs(most ** 2 / least ** 2 - 10) < 1e-3);
  assert.ok(Math.abs(middle ** 2 / most ** 2 - 0.55) < 1e-3);
  assert.equal([...radiiOf(2, [0, 0], 100)], [...radiiOf(2, null, 100)]);
});

test('degrees count the ends of edges', () => {
  assert.equal([...degreesOf(4, { sources: [0, 0, 1], targets: [1, 2, 2] })], [2, 2, 2, 0]);
});

test.run();
