import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addTo, countIn, createHistogram, quantileOf } from './histogram.ts';

test('a quantile is at most 9 % too large, and never too small', () => {
  const histogram = createHistogram();
  for (let value = 1; value <= 10_000; value++) countIn(histogram, value);
  for (const share of [0.01, 0.5, 0.9, 0.99, 1]) {
    const exact = share * 10_000;
    const found = quantileOf(histogram, share)!;
    assert.ok(found >= exact && found <= exact * 1.091, `${share}: ${found}`);
  }
});

test('what is too small or too large is counted at the ends', () => {
  const histogram = createHistogram();
  assert.is(quantileOf(histogram, 0.5), null);
  for (const value of [0, 0.001, 1]) countIn(histogram, value);
  assert.is(quantileOf(histogram, 1), 1);
  countIn(histogram, 1e300);
  assert.is(quantileOf(histogram, 1), 2 ** 27);
});

test('histograms add up, also with one that comes from elsewhere', () => {
  const one = createHistogram();
  const two = createHistogram();
  for (const value of [10, 20, 30]) countIn(one, value);
  for (const value of [1000, 2000]) countIn(two, value);
  addTo(one, Array.from(two));
  assert.ok(quantileOf(one, 0.6)! < 33 && quantileOf(one, 0.8)! >= 1000);
  addTo(one, [1]);
  addTo(one, new Array(1000).fill(1));
  assert.is(one.length, two.length);
  assert.is(
    one.reduce((sum, count) => sum + count),
    5 + 1 + one.length,
  );
});

test.run();
