import {
  mean,
  normalQuantile,
  standardDeviation,
  studentProbability,
  studentQuantile,
} from '../../src/statistics/index.ts';

/** The rounds of a group on one graph. */
export interface GraphRounds {
  readonly published: readonly number[];
  readonly ours: readonly number[];
}

/** How ours differ from the published, over the graphs of a group. */
export interface Comparison {
  readonly graphs: number;
  /** Means of the graphs' means, in rounds. */
  readonly published: number;
  readonly ours: number;
  /** The mean over graphs of published - ours, in rounds. */
  readonly difference: number;
  /** The mean difference over its standard error across graphs. */
  readonly t: number;
  /** What a normal variable would be if it were as improbable as t is under Student's distribution. */
  readonly z: number;
  /** The z of the logarithms of rounds. */
  readonly zOfLogs: number;
  /** The smallest true difference, in rounds, that gives |z| >= LIMIT in 90 % of such comparisons. */
  readonly caught: number;
}

/** No |z| may reach this. */
export const LIMIT = 4;
/** Few |z| may reach this. */
export const UNUSUAL = 3;
/** P(Z < -LIMIT) of a standard normal Z. */
const BEYOND_LIMIT = 3.167124183311986e-5;
const POWER = 0.9;

/**
 * Compares one group.
 *
 * A graph is a cluster: its published runs share one partition (and its start values), so however many they are they
 * count as one difference d = mean(published) - mean(ours), and what varies between partitions and between runs is in
 * the spread of d over graphs; no model of the variance within is needed. The standard error is estimated from few
 * graphs, so the ratio t follows Student's distribution with graphs - 1 degrees of freedom, not the normal: with 5
 * graphs |t| >= 4 happens once in 60 by chance, with 17 once in 1,000. z is therefore the normal equivalent of t: the
 * thresholds 3 and 4 then mean the same chance (1 in 370, 1 in 16,000) for every group.
 *
 * Of one graph there is no spread over graphs: t, z and what would be caught are NaN.
 *
 * The rounds of some graphs are ten times those of others, and so is their spread: a difference in rounds then speaks
 * of the slowest graphs only. The logarithms of rounds spread alike, so they are compared too, in the same way.
 */
export function compare(rounds: readonly GraphRounds[]): Comparison {
  const { difference, error, t, z } = cluster(rounds, (value) => value);
  return {
    graphs: rounds.length,
    published: mean(rounds.map(({ published }) => mean(published))),
    ours: mean(rounds.map(({ ours }) => mean(ours))),
    difference,
    t,
    z,
    zOfLogs: cluster(rounds, Math.log).z,
    caught: rounds.length < 2 ? Number.NaN : caughtErrors(rounds.length - 1) * error,
  };
}

function cluster(rounds: readonly GraphRounds[], scale: (rounds: number) => number) {
  const differences = rounds.map(
    ({ published, ours }) => mean(published.map(scale)) - mean(ours.map(scale)),
  );
  const difference = mean(differences);
  if (differences.length < 2)
    return { difference, error: Number.NaN, t: Number.NaN, z: Number.NaN };
  const error = standardDeviation(differences) / Math.sqrt(differences.length);
  const t = difference === 0 ? 0 : difference / error;
  // The lower tail, where small probabilities are exact.
  const lower = studentProbability(-Math.abs(t), differences.length - 1);
  return { difference, error, t, z: -Math.sign(t) * normalQuantile(lower) };
}

/**
 * How many standard errors a true difference must be, so that |z| reaches LIMIT with 90 % probability: the noncentral
 * t distribution in its normal approximation (Abramowitz & Stegun 26.7.10), solved for the noncentrality.
 */
function caughtErrors(degreesOfFreedom: number): number {
  const t = -studentQuantile(BEYOND_LIMIT, degreesOfFreedom);
  const spread = Math.sqrt(1 + t ** 2 / (2 * degreesOfFreedom));
  return t * (1 - 1 / (4 * degreesOfFreedom)) + normalQuantile(POWER) * spread;
}
