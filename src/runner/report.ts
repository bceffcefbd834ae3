import { mean, meanInterval } from '../statistics/index.ts';
import type { RunRow } from '../storage/index.ts';
import type { Parameters } from '../strategies/index.ts';
import { type SpeedUp, speedUpOf, unpairedBy } from './pairs.ts';
import type { SimulationPlan } from './plan.ts';
import type { FinishedSimulation } from './run.ts';
import { type RunsSummary, roundsOf, summarize } from './summarize.ts';

/** What the runs of one algorithm and execution say, on one graph or over a simulation's graphs. */
export interface ReportRow extends RunsSummary {
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
  readonly maxLoad: number;
  /** Whether this is the default that others are compared with. */
  readonly isBaseline: boolean;
  /** Ratio of mean rounds, default's to this, over pairs of equal graph, repetition and seed; null without default. */
  readonly speedUp: SpeedUp | null;
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

/** An execution's parameters as people read them: "factor=1.5 favor=inside". */
export function parametersText(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function isBaseline(other: SimulationPlan, plan: SimulationPlan): boolean {
  return other.algorithm.name === 'default' && unpairedBy(other.spec, plan.spec) === null;
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
  const pairs = baseline === null ? 0 : Math.min(baseline.length, runs.length);
  return {
    ...shared(plan, execution, runs),
    graph: plan.graphs[graph].source.name,
    population: 'runs',
    start: plan.graphs[graph].start.kind,
    speedUp:
      baseline &&
      speedUpOf(
        plan.seed,
        baseline.slice(0, pairs).map(roundsOf),
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
    speedUp:
      known.length === groups.length
        ? speedUpOf(
            plan.seed,
            known.map((of) => mean(of.map(roundsOf))),
            means,
          )
        : null,
  };
}

function shared(plan: SimulationPlan, execution: number, runs: readonly RunRow[]) {
  const summary = summarize(runs);
  return {
    simulation: plan.name,
    algorithm: plan.algorithm.name,
    parameters: parametersText(plan.executions[execution]),
    schedule: plan.schedule,
    aggregate: plan.aggregate,
    seed: plan.seed,
    maxRounds: plan.maxRounds,
    isBaseline: plan.algorithm.name === 'default',
    ...summary,
    // Of runs of ours it is known.
    maxLoad: summary.maxLoad!,
  };
}
