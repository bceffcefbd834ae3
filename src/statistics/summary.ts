import { studentQuantile } from './student.ts';

/** Below this many values there is no interval: it would say more than the values know. */
export const FEWEST_FOR_INTERVAL = 5;

/** A confidence interval, in the unit of the values. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The arithmetic mean; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The standard deviation of the population that the values are a sample of (n - 1); NaN of fewer than two. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const center = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - center) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * The value that a share `probability` (0..1) of the values stays below, linear between two of them (type 7 of Hyndman
 * & Fan 1996, as numpy and R do). Infinity is a value like others; NaN of no values.
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, probability));
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  // Where both are Infinity their difference would be NaN.
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}

/** The median. A run that did not converge is passed as Infinity: where half of them did not, so is the median. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/**
 * The mean with its confidence interval by Student's t distribution (`level` 0.95: 95 %). Null under
 * FEWEST_FOR_INTERVAL values and where one is not finite (a run that did not converge has no place in a mean).
 */
export function meanInterval(
  values: ArrayLike<number>,
  level = 0.95,
): ({ readonly mean: number } & Interval) | null {
  const center = mean(values);
  if (values.length < FEWEST_FOR_INTERVAL || !Number.isFinite(center)) return null;
  const t = studentQuantile((1 + level) / 2, values.length - 1);
  const half = (t * standardDeviation(values)) / Math.sqrt(values.length);
  return { mean: center, low: center - half, high: center + half };
}
