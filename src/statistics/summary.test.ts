import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  mean,
  meanInterval,
  median,
  normalQuantile,
  quantile,
  standardDeviation,
} from './index.ts';
import { seededDraw } from './seeded-draw.ts';

test('mean and sample standard deviation', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  assert.is(mean(values), 5);
  assert.ok(Math.abs(standardDeviation(values) - Math.sqrt(32 / 7)) < 1e-15);
  assert.ok(Number.isNaN(mean([])));
  assert.ok(Number.isNaN(standardDeviation([1])));
});

test('median counts a run that did not converge as Infinity', () => {
  const never = Number.POSITIVE_INFINITY;
  assert.is(median([3, 1, 2]), 2);
  assert.is(median([10, 9, 1, 2]), 5.5);
  assert.is(median([never, 3, 4]), 4);
  assert.is(median([never, 3]), never);
  assert.is(median([never, never]), never);
  assert.ok(Number.isNaN(median([])));
});

test('quantile is linear between values and leaves its argument alone', () => {
  const values = [30, 10, 20, 40];
  assert.is(quantile(values, 0), 10);
  assert.is(quantile(values, 1), 40);
  assert.is(quantile(values, 0.25), 17.5);
  assert.equal(values, [30, 10, 20, 40]);
});

test('the interval of a mean is that of the textbook', () => {
  const interval = meanInterval([1, 2, 3, 4, 5]);
  // 3 ± t(0.975, 4) * sqrt(2.5 / 5)
  assert.ok(Math.abs(interval!.low - (3 - 2.7764451051977934 * Math.SQRT1_2)) < 1e-12);
  assert.ok(Math.abs(interval!.high - (3 + 2.7764451051977934 * Math.SQRT1_2)) < 1e-12);
  assert.equal(meanInterval([7, 7, 7, 7, 7]), { mean: 7, low: 7, high: 7 });
});

test('no interval under five values or with a run that did not converge', () => {
  assert.is(meanInterval([1, 2, 3, 4]), null);
  assert.is(meanInterval([1, 2, 3, 4, Number.POSITIVE_INFINITY]), null);
});

test('the interval of a mean covers the true mean as often as it says', () => {
  // 4,000 samples of ten normal values: the share covered has a standard error of 0.0034 at 95 % and of 0.0063 at
  // 80 %. Within 4 of them: an honest interval fails one seed in 16,000; this seed is fixed.
  const draw = seededDraw(11);
  const trials = 4000;
  for (const level of [0.95, 0.8]) {
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sample = Array.from({ length: 10 }, () => 3 + 2 * normalQuantile(draw()));
      const interval = meanInterval(sample, level)!;
      if (interval.low <= 3 && 3 <= interval.high) covered++;
    }
    const error = Math.sqrt((level * (1 - level)) / trials);
    assert.ok(
      Math.abs(covered / trials - level) < 4 * error,
      `${covered} of ${trials} at ${level}`,
    );
  }
});

test.run();
