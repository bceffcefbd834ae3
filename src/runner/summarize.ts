import { type Interval, mean, meanInterval, median } from '../statistics/index.ts';
import type { PartialRunRow } from '../storage/index.ts';

/** What a summary takes of a run. */
export type SummarizedRun = Pick<PartialRunRow, 'num_rounds' | 'converged' | 't99' | 'max_load'>;

/** What runs on one graph say together. */
export interface RunsSummary {
  readonly runs: number;
  /** How many of the runs converged. */
  readonly converged: number;
  /** Mean rounds; null where a run did not converge. */
  readonly meanRounds: number | null;
  /** 95 % confidence interval of the mean (Student's t); null below 5 runs. */
  readonly interval: Interval | null;
  /** Median rounds, those not converged counted as more than any; null where it is one of them. */
  readonly medianRounds: number | null;
  /** The mean with the last round of each run that did not converge: the true mean is at least this. */
  readonly lowerBound: number;
  /** Mean of the first round in which 99 % of the nodes hold the final value; null where a run never got there. */
  readonly t99: number | null;
  /** Mean participations a round of the busiest node; null where that is not known of a run. */
  readonly maxLoad: number | null;
}

/** The summary of at least one run. */
export function summarize(runs: readonly SummarizedRun[]): RunsSummary {
  const rounds = runs.map(roundsOf);
  const all = rounds.every(Number.isFinite);
  const middle = median(rounds);
  const t99 = runs.map((run) => run.t99 ?? Number.POSITIVE_INFINITY);
  const loads = runs.flatMap((run) => run.max_load ?? []);
  return {
    runs: runs.length,
    converged: runs.filter((run) => run.converged).length,
    meanRounds: all ? mean(rounds) : null,
    interval: all ? meanInterval(rounds) : null,
    medianRounds: Number.isFinite(middle) ? middle : null,
    lowerBound: mean(runs.map((run) => run.num_rounds)),
    t99: t99.every(Number.isFinite) ? mean(t99) : null,
    maxLoad: loads.length === runs.length ? mean(loads) : null,
  };
}

/** A run's rounds; infinite where it did not converge. */
export function roundsOf(run: Pick<SummarizedRun, 'num_rounds' | 'converged'>): number {
  return run.converged ? run.num_rounds : Number.POSITIVE_INFINITY;
}
