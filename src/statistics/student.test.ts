import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { normalQuantile, studentProbability, studentQuantile } from './index.ts';

/** Probability, degrees of freedom, quantile: scipy.stats.t.ppf; those at 0.975 stand in every printed table. */
const STUDENT = [
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 4, 2.7764451051977934],
  [0.975, 9, 2.262157162798205],
  [0.975, 29, 2.045229642132703],
  [0.975, 99, 1.9842169515864174],
  [0.975, 1000, 1.9623390808264083],
  [0.975, 1e5, 1.9599877075346095],
  [0.975, 1e6, 1.959966356814107],
  [0.975, 1e9, 1.959963986912325],
  [0.995, 9, 3.249835541592126],
  [0.95, 5, 2.0150483733330233],
  [0.9, 1.5, 2.1963984175655376],
  [1e-10, 1, -3183098861.8379064],
  [1e-10, 3, -2225.769284683093],
  [0.999999, 7, 14.241469651921154],
  [0.6, 0.5, 0.3979754267847907],
];

/** Probability, quantile: scipy.stats.norm.ppf. */
const NORMAL = [
  [0.5, 0],
  [0.6, 0.2533471031357997],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.9999, 3.719016485455709],
  [1e-10, -6.361340902404056],
  [1e-300, -37.0470962993612],
];

test('Student quantiles agree with scipy to a relative 1e-8', () => {
  for (const [probability, degrees, expected] of STUDENT) {
    const found = studentQuantile(probability, degrees);
    assert.ok(
      Math.abs(found / expected - 1) < 1e-8,
      `t(${probability}, ${degrees}) is ${expected}, not ${found}`,
    );
  }
});

test('Student quantiles near the middle, at the ends and by symmetry', () => {
  assert.is(studentQuantile(0.5, 6), 0);
  assert.ok(Math.abs(studentQuantile(0.5000001, 6) - 2.6127890579884807e-7) < 1e-14);
  assert.is(studentQuantile(0, 3), Number.NEGATIVE_INFINITY);
  assert.is(studentQuantile(1, 3), Number.POSITIVE_INFINITY);
  assert.is(studentQuantile(0.25, 3), -studentQuantile(0.75, 3));
  assert.is(studentQuantile(0.975, Number.POSITIVE_INFINITY), normalQuantile(0.975));
});

test('one degree of freedom is the Cauchy distribution', () => {
  for (const probability of [0.51, 0.6, 0.75, 0.9, 0.999]) {
    const expected = Math.tan(Math.PI * (probability - 0.5));
    assert.ok(Math.abs(studentQuantile(probability, 1) / expected - 1) < 1e-10);
  }
});

test('Student probabilities are where the quantiles of scipy say, in both tails', () => {
  for (const [probability, degrees, quantile] of STUDENT) {
    if (degrees > 1e5) continue;
    const [tail, t] = probability < 0.5 ? [probability, quantile] : [1 - probability, -quantile];
    assert.ok(
      Math.abs(studentProbability(t, degrees) / tail - 1) < 1e-8,
      `P(T < ${t}), ${degrees}`,
    );
    assert.ok(Math.abs(studentProbability(-t, degrees) - (1 - tail)) < 1e-8 * tail);
  }
});

test('Student probabilities in the middle, at the ends, and of one degree of freedom', () => {
  assert.is(studentProbability(0, 3), 0.5);
  assert.is(studentProbability(Number.NEGATIVE_INFINITY, 3), 0);
  assert.is(studentProbability(Number.POSITIVE_INFINITY, 3), 1);
  for (const t of [-1e6, -3, -0.5, 0.1, 2]) {
    const cauchy = t < -1 ? Math.atan(-1 / t) / Math.PI : 0.5 + Math.atan(t) / Math.PI;
    assert.ok(Math.abs(studentProbability(t, 1) / cauchy - 1) < 1e-10);
  }
});

test('normal quantiles agree with scipy', () => {
  for (const [probability, expected] of NORMAL) {
    assert.ok(Math.abs(normalQuantile(probability) - expected) < 1e-12 * Math.max(1, -expected));
  }
  assert.is(normalQuantile(0), Number.NEGATIVE_INFINITY);
  assert.is(normalQuantile(1), Number.POSITIVE_INFINITY);
});

test('arguments out of range are refused', () => {
  assert.throws(() => studentQuantile(0.5, 0), /degrees of freedom must be above 0, not 0/);
  assert.throws(() => studentQuantile(1.5, 3), /probability must be from 0 to 1, not 1.5/);
  assert.throws(() => normalQuantile(Number.NaN), /not NaN/);
  assert.throws(() => studentProbability(1, 0), /above 0 and at most 100000, not 0/);
  assert.throws(() => studentProbability(1, Number.POSITIVE_INFINITY), /not Infinity/);
  assert.throws(() => studentProbability(Number.NaN, 3), /t must be a number/);
});

test.run();
