import { normalQuantile } from '../statistics/index.ts';

/**
 * How far a statistic that is standard normal in a right program may lie from 0, for the tests of this folder. They make
 * fewer than 10,000 such comparisons, each at level 1e-8, two-sided: all of them together are at level 1e-4 (Bonferroni).
 */
export const LIMIT = normalQuantile(1 - 0.5e-8);

/** Cells expected fewer times than this are taken together with their neighbors: there chi-square is no good. */
const LEAST_EXPECTED = 5;

/**
 * Pearson's chi-square statistic of counts as a standard normal (Wilson, Hilferty 1931), for the tests of this folder.
 * Infinity where something was counted that cannot be.
 *
 * @param weights are in proportion to what is expected; without them all cells are equally likely
 */
export function chiSquareZ(
  counts: ArrayLike<number>,
  weights: ArrayLike<number> = new Uint8Array(counts.length).fill(1),
): number {
  const scale = total(counts) / total(weights);
  const groups: { count: number; expected: number }[] = [];
  let last = { count: 0, expected: LEAST_EXPECTED };
  for (let cell = 0; cell < counts.length; cell++) {
    if (weights[cell] === 0 && counts[cell] > 0) return Number.POSITIVE_INFINITY;
    if (last.expected >= LEAST_EXPECTED) {
      last = { count: 0, expected: 0 };
      groups.push(last);
    }
    last.count += counts[cell];
    last.expected += weights[cell] * scale;
  }
  if (last.expected < LEAST_EXPECTED && groups.length > 1) {
    groups.pop();
    groups[groups.length - 1].count += last.count;
    groups[groups.length - 1].expected += last.expected;
  }
  const freedom = groups.length - 1;
  if (freedom === 0) return 0; // one group holds everything: nothing was left to chance
  const sum = groups.reduce(
    (sum, { count, expected }) => sum + (count - expected) ** 2 / expected,
    0,
  );
  const variance = 2 / (9 * freedom);
  return (Math.cbrt(sum / freedom) - (1 - variance)) / Math.sqrt(variance);
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
