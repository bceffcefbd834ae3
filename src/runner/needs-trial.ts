import { createHost } from '../host/host.ts';
import { mean } from '../statistics/index.ts';
import type { Measurer } from './measures.ts';
import { modelOf, type RoundsEstimate } from './needs-rounds.ts';
import { type SimulationSizes, sizesOf } from './needs-sizes.ts';
import { measureSeconds } from './needs-work.ts';
import type { SimulationPlan } from './plan.ts';
import { playRun } from './play-run.ts';
import { setupOf } from './tasks.ts';

/** Exchanges of all runs that are tried: a second or less. */
const MOST_EXCHANGES = 20_000_000;
/** Runs of an execution, executions of a graph, and graphs that are tried; the others are taken to be like these. */
const RUNS = 3;
const EXECUTIONS = 3;
const GRAPHS = 8;
/** Where measuring takes longer, in seconds, nodes pick uniformly in the trial. */
const LONGEST_MEASURING = 1;

/**
 * Plays some runs of a simulation in memory, the first that it would play, and says how many rounds they took. Graphs too
 * large for that have the model's rounds, corrected by how those of the others compare with it.
 */
export async function tryRounds(plan: SimulationPlan, measurer: Measurer): Promise<RoundsEstimate> {
  const sizes = sizesOf(plan);
  const models = sizes.graphs.map((graph) => modelOf(graph, plan.aggregate));
  const graphs = some(plan.graphs.length, GRAPHS);
  const executions = some(plan.executions.length, EXECUTIONS);
  const budget = MOST_EXCHANGES / graphs.length / executions.length;
  const byGraph: (number | undefined)[] = new Array(models.length);
  let tried = 0;
  let unfinished = 0;
  for (const graph of graphs) {
    const found: number[] = [];
    for (const execution of executions) {
      const runs = await tryRuns(plan, sizes, graph, execution, budget, measurer);
      found.push(...runs.rounds);
      unfinished += runs.unfinished;
    }
    tried += found.length;
    if (found.length > 0) byGraph[graph] = mean(found);
  }
  const ratios = graphs.flatMap((graph) => {
    const rounds = byGraph[graph];
    return rounds === undefined ? [] : [rounds / models[graph]];
  });
  const correction = ratios.length === 0 ? 1 : mean(ratios);
  return {
    byGraph: models.map((model, graph) => byGraph[graph] ?? model * correction),
    tried,
    unfinished,
  };
}

/** The rounds of the first repetitions of an execution, within so many exchanges. */
async function tryRuns(
  plan: SimulationPlan,
  sizes: SimulationSizes,
  graph: number,
  execution: number,
  exchanges: number,
  measurer: Measurer,
): Promise<{ readonly rounds: readonly number[]; readonly unfinished: number }> {
  const { nodes } = sizes.graphs[graph];
  const rounds: number[] = [];
  let unfinished = 0;
  let left = Math.floor(exchanges / nodes);
  if (left === 0) return { rounds, unfinished };
  const uniform = measureSeconds(sizes, sizes.graphs[graph], 1) > LONGEST_MEASURING;
  const { algorithm } = plan;
  const strategy = { ...algorithm.strategy, measures: [], weigh: weighAlike };
  const asked = uniform ? { ...plan, algorithm: { ...algorithm, strategy } } : plan;
  const quiet = { measurer, notice: () => {} };
  const setup = await setupOf(asked, { history: 'none' }, graph, execution, quiet, false);
  const host = createHost();
  await host.configure(setup.host);
  for (let run = 1; run <= Math.min(RUNS, plan.spec.repetitions) && left > 0; run++) {
    const maxRounds = Math.min(left, plan.maxRounds);
    const played = await playRun(host, { ...setup.run, maxRounds, keptRounds: 0 }, run);
    rounds.push(played.rounds);
    left -= played.rounds;
    if (!played.converged && maxRounds < plan.maxRounds) unfinished++;
  }
  await host.stop();
  return { rounds, unfinished };
}

function weighAlike({ degree }: { readonly degree: number }, _: unknown, out: Float64Array): void {
  out.fill(1, 0, degree);
}

/** Indices of up to `most` of `count`, evenly. */
function some(count: number, most: number): number[] {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, i) => Math.floor((i * count) / chosen));
}
