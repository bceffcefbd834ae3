import { deriveKey, Purpose, seedWords, sequence } from '../host/random.ts';
import { type Interval, ratioInterval } from '../statistics/index.ts';
import type { SimulationSpec } from './simulation.ts';

/** What must be equal for runs of equal number on one graph to have equal draws. */
const DECIDING = [
  'seed',
  'aggregate',
  'tolerance',
  'schedule',
  'start',
  'source',
  'redraw',
  'randomInitialization',
] as const satisfies readonly (keyof SimulationSpec)[];

/** Ratio of mean rounds with its 95 % interval, which is null below 5 pairs. */
export interface SpeedUp {
  readonly ratio: number;
  readonly interval: Interval | null;
}

/** The first field in which two specs differ so that their runs are no pairs; null: they are. */
export function unpairedBy(
  one: SimulationSpec,
  other: SimulationSpec,
): (typeof DECIDING)[number] | null {
  return DECIDING.find((field) => one[field] !== other[field]) ?? null;
}

/**
 * The ratio of mean rounds, the baseline's to these, over pairs; null where a run has not converged (is infinite). The
 * simulation's seed decides the bootstrap's draws.
 */
export function speedUpOf(
  seed: number,
  baseline: readonly number[],
  rounds: readonly number[],
): SpeedUp | null {
  if (![...baseline, ...rounds].every(Number.isFinite)) return null;
  const draw = sequence(deriveKey([Purpose.bootstrap, ...seedWords(seed)]));
  return ratioInterval(baseline, rounds, { draw });
}
