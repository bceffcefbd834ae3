import type { SimulationPlan } from './plan.ts';

/**
 * Some of the runs of a simulation, by their places (from 0) in the order graph, execution, repetition: from `first` to
 * before `end`.
 */
export interface Part {
  readonly first: number;
  readonly end: number;
}

/** All runs. */
export function wholeOf(plan: SimulationPlan): Part {
  return { first: 0, end: plan.graphs.length * runsOfGraph(plan) };
}

/** The runs on one graph (its index in the plan). */
export function partOfGraph(plan: SimulationPlan, graph: number): Part {
  const runs = runsOfGraph(plan);
  return { first: graph * runs, end: (graph + 1) * runs };
}

/** The runs of one of several workers (from 0), who share all runs out evenly; none where there are fewer runs. */
export function shareOf(plan: SimulationPlan, worker: number, workers: number): Part {
  const { end } = wholeOf(plan);
  return {
    first: Math.floor((worker * end) / workers),
    end: Math.floor(((worker + 1) * end) / workers),
  };
}

/** The runs that two parts have in common; `end` is `first` where they have none. */
export function overlapOf(one: Part, other: Part): Part {
  const first = Math.max(one.first, other.first);
  return { first, end: Math.max(first, Math.min(one.end, other.end)) };
}

/** How many runs there are in a part. */
export function sizeOfPart({ first, end }: Part): number {
  return end - first;
}

function runsOfGraph({ executions, spec }: SimulationPlan): number {
  return executions.length * spec.repetitions;
}
