import { deriveKey, Purpose, seedWords, sequence } from '../host/random.ts';
import { type Interval, mean, meanInterval, median, ratioInterval } from '../statistics/index.ts';
import type { RunRow } from '../storage/index.ts';
import type { SimulationPlan } from './plan.ts';
import type { FinishedSimulation } from './run.ts';

/** What the runs of one algorithm and execution say, on one graph or over a simulation's graphs. */
export interface ReportRow {
  /** The graph's name; for a row over several graphs, how many there are. */
  readonly graph: string;
  /** What the intervals speak of: more runs on this graph with these start values, or more graphs like these. */
  readonly population: 'runs' | 'graphs';
  readonly simulation: string;
  readonly algorithm: string;
  /** The execution's parameters, "factor=1.5 favor=inside". */
  readonly parameters: string;
  readonly schedule: string;
  readonly aggregate: string;
  readonly seed: number;
  /** Where a run ends that has not converged. */
  readonly maxRounds: number;
  readonly start: string;
  readonly runs: number;
  /** How many of the runs converged. */
  readonly converged: number;
  /** Mean rounds; null where a run did not converge. */
  readonly meanRounds: number | null;
  /** 95 % confidence interval of the mean (Student's t); null below 5 runs (graphs). */
  readonly interval: Interval | null;
  /** Median rounds, those not converged counted as more than any; null where it is one of them. */
  readonly medianRounds: number | null;
  /** The mean with maxRounds for each run that did not converge: the true mean is at least this. */
  readonly lowerBound: number;
  /** Mean of the first round in which 99 % of the nodes hold the final value; null where a run never got there. */
  readonly t99: number | null;
  /** Mean participations a round of the busiest node. */
  readonly maxLoad: number;
  /** Whether this is the default that others are compared with. */
  readonly isBaseline: boolean;
  /** Ratio of mean rounds, default's to this, over pairs of equal graph, repetition and seed; null without default. */
  readonly speedUp: { readonly ratio: number; readonly interval: Interval | null } | null;
}

/** The rows of a report: for each simulation and execution one a graph, and one over all where there are several. */
export function report(finished: readonly FinishedSimulation[]): ReportRow[] {
  return finished.flatMap((simulation) => {
    const { plan } = simulation;
    const baseline = finished.find((other) => isBaseline(other.plan, plan));
    return plan.executions.flatMap((_, executionIndex) => {
      const groups = plan.graphs.map((__, graph) => group(simulation, graph, executionIndex));
      const pairs = plan.graphs.map(({ sha256 }) => {
        const graph = baseline?.plan.graphs.findIndex((planned) => planned.sha256 === sha256) ?? -1;
        return graph < 0 ? null : group(baseline!, graph, 0);
      });
      const rows = groups.map((runs, graph) =>
        rowOf(plan, graph, executionIndex, runs, pairs[graph]),
      );
      return groups.length < 2 ? rows : [...rows, overGraphs(plan, executionIndex, groups, pairs)];
    });
  });
}

function isBaseline(other: SimulationPlan, plan: SimulationPlan): boolean {
  const same = [
    'aggregate',
    'tolerance',
    'schedule',
    'start',
    'source',
    'redraw',
    'randomInitialization',
  ] as const;
  return (
    other.algorithm.name === 'default' &&
    other.seed === plan.seed &&
    same.every((field) => other.spec[field] === plan.spec[field])
  );
}

function group({ plan, rows }: FinishedSimulation, graph: number, execution: number): RunRow[] {
  const { repetitions } = plan.spec;
  const first = (graph * plan.executions.length + execution) * repetitions;
  return rows.slice(first, first + repetitions);
}

function rowOf(
  plan: SimulationPlan,
  graph: number,
  execution: number,
  runs: readonly RunRow[],
  baseline: readonly RunRow[] | null,
): ReportRow {
  const rounds = runs.map((run) => run.num_rounds);
  const all = runs.every((run) => run.converged);
  const pairs = baseline === null ? 0 : Math.min(baseline.length, runs.length);
  return {
    ...shared(plan, execution, runs),
    graph: plan.graphs[graph].source.name,
    population: 'runs',
    start: plan.graphs[graph].start.kind,
    meanRounds: all ? mean(rounds) : null,
    interval: all ? meanInterval(rounds) : null,
    speedUp: speedUp(
      plan,
      baseline?.slice(0, pairs).map(roundsOf) ?? null,
      runs.slice(0, pairs).map(roundsOf),
    ),
  };
}

function overGraphs(
  plan: SimulationPlan,
  execution: number,
  groups: readonly (readonly RunRow[])[],
  baselines: readonly (readonly RunRow[] | null)[],
): ReportRow {
  const runs = groups.flat();
  const means = groups.map((of) => mean(of.map(roundsOf)));
  const all = means.every(Number.isFinite);
  const known = baselines.filter((of) => of !== null);
  const kinds = new Set(plan.graphs.map(({ start }) => start.kind));
  return {
    ...shared(plan, execution, runs),
    graph: `all ${groups.length} graphs`,
    population: 'graphs',
    start: [...kinds].join(', '),
    meanRounds: all ? mean(means) : null,
    interval: all ? meanInterval(means) : null,
    speedUp: speedUp(
      plan,
      known.length === groups.length ? known.map((of) => mean(of.map(roundsOf))) : null,
      means,
    ),
  };
}

function shared(plan: SimulationPlan, execution: number, runs: readonly RunRow[]) {
  const middle = median(runs.map(roundsOf));
  const t99 = runs.map((run) => run.t99 ?? Number.POSITIVE_INFINITY);
  const parameters = Object.entries(plan.executions[execution]).map(
    ([name, value]) => `${name}=${value}`,
  );
  return {
    simulation: plan.name,
    algorithm: plan.algorithm.name,
    parameters: parameters.join(' '),
    schedule: plan.schedule,
    aggregate: plan.aggregate,
    seed: plan.seed,
    maxRounds: plan.maxRounds,
    isBaseline: plan.algorithm.name === 'default',
    runs: runs.length,
    converged: runs.filter((run) => run.converged).length,
    medianRounds: Number.isFinite(middle) ? middle : null,
    lowerBound: mean(runs.map((run) => run.num_rounds)),
    t99: t99.every(Number.isFinite) ? mean(t99) : null,
    maxLoad: mean(runs.map((run) => run.max_load)),
  };
}

/** A run's rounds; infinite where it did not converge. */
function roundsOf(run: RunRow): number {
  return run.converged ? run.num_rounds : Number.POSITIVE_INFINITY;
}

function speedUp(
  plan: SimulationPlan,
  baseline: readonly number[] | null,
  rounds: readonly number[],
) {
  if (baseline === null || ![...baseline, ...rounds].every(Number.isFinite)) return null;
  const draw = sequence(deriveKey([Purpose.bootstrap, ...seedWords(plan.seed)]));
  return ratioInterval(baseline, rounds, { draw });
}
