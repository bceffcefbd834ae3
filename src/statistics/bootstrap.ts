import { inputError } from '../errors.ts';
import { FEWEST_FOR_INTERVAL, type Interval, mean, quantile } from './summary.ts';

export interface BootstrapOptions {
  /** A number in [0, 1) each call; from a seeded source, so that the interval can be repeated. */
  readonly draw: () => number;
  readonly resamples?: number;
  /** 0.95: a 95 % interval. */
  readonly level?: number;
}

/**
 * The ratio of the means over pairs (numerators[i] belongs to denominators[i]) with its percentile bootstrap interval:
 * whole pairs are drawn with replacement (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). The
 * interval is null under FEWEST_FOR_INTERVAL pairs and where a resample has no finite ratio.
 * @throws GossipError `input` where the two differ in length.
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  { draw, resamples = 2000, level = 0.95 }: BootstrapOptions,
): { readonly ratio: number; readonly interval: Interval | null } {
  const pairs = numerators.length;
  if (pairs !== denominators.length) {
    throw inputError(
      `${pairs} numerators and ${denominators.length} denominators do not make pairs`,
    );
  }
  const ratio = mean(numerators) / mean(denominators);
  if (pairs < FEWEST_FOR_INTERVAL || !Number.isFinite(ratio)) return { ratio, interval: null };
  const ratios = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let above = 0;
    let below = 0;
    for (let i = 0; i < pairs; i++) {
      const pair = Math.floor(draw() * pairs);
      above += numerators[pair];
      below += denominators[pair];
    }
    ratios[r] = above / below;
  }
  if (!ratios.every(Number.isFinite)) return { ratio, interval: null };
  const low = quantile(ratios, (1 - level) / 2);
  return { ratio, interval: { low, high: quantile(ratios, (1 + level) / 2) } };
}
