import type { GraphSource } from '../../src/graph/index.ts';
import { communities, type NodeMeasures } from '../../src/graph/measures/index.ts';
import { createHost, type Host } from '../../src/host/host.ts';
import { deriveKey, Purpose, seedWords, sequence } from '../../src/host/random.ts';
import {
  createMeasurer,
  planSimulation,
  type SimulationPlan,
  simulationSpec,
  weigh,
} from '../../src/runner/index.ts';
import { playRun } from '../../src/runner/play-run.ts';
import { type Measure, openStrategies } from '../../src/strategies/index.ts';
import type { Group } from './runs.ts';
import { createUnresetHost } from './unreset-host.ts';

/** What to replay on one graph; plain data, so that it can be sent to a worker. */
export interface Task {
  readonly source: GraphSource;
  readonly groups: readonly Group[];
  readonly repetitions: number;
  readonly seed: number;
  /** An engine that is wrong on purpose; null: the real one. */
  readonly wrong: Wrong | null;
}

/**
 * Engines that are wrong on purpose: nodes in a new order each round, the factor on the other side of the community's
 * border, memory kept from an earlier run, effects only at the round's end.
 */
export const WRONG = ['shuffled', 'favor', 'memory', 'delayed'] as const;
export type Wrong = (typeof WRONG)[number];

const ON_PARTITION: readonly Measure[] = ['community', 'sameCommunity', 'communityProbability'];

/**
 * Plays the groups on the graph as they were published, and gives the rounds of each group's repetitions. Repetition r
 * has a Louvain partition of its own, the same for all groups.
 */
export async function replayGraph(task: Task): Promise<number[][]> {
  const plans = await Promise.all(task.groups.map((group) => planGroup(group, task)));
  const [planned] = plans[0].graphs;
  const asked = new Set(plans.flatMap(({ algorithm }) => algorithm.strategy.measures));
  const lasting = [...asked].filter((measure) => !ON_PARTITION.includes(measure));
  const measurer = createMeasurer({ jobs: 1, exact: true, sample: null, notice: () => {} });
  const measures = await measurer.measure(planned, lasting, task.seed);
  const host = task.wrong === 'memory' ? createUnresetHost() : createHost();
  const rounds: number[][] = plans.map(() => []);
  for (let repetition = 1; repetition <= task.repetitions; repetition++) {
    const key = [Purpose.community, ...seedWords(task.seed), ...planned.words, repetition];
    const partition = communities(task.source.graph, sequence(deriveKey(key)));
    for (const [index, plan] of plans.entries()) {
      const played = await play(
        host,
        plan,
        { ...measures, communities: partition },
        repetition,
        task,
      );
      rounds[index].push(played);
    }
  }
  return rounds;
}

function planGroup(group: Group, { source, seed, wrong }: Task): Promise<SimulationPlan> {
  const list = (value: number | null) => (value === null ? undefined : [value]);
  const spec = simulationSpec.parse({
    graphSelector: { matchLabels: { name: source.name } },
    algorithm: group.algorithm,
    factor: list(group.factor),
    priorPartnerFactor: list(group.priorPartnerFactor),
    weightingParamA: list(group.weightingParamA),
    favor: wrong === 'favor' ? 'inside' : 'outside',
    randomInitialization: false,
    measureDecimals: 4,
    schedule: wrong === 'shuffled' ? 'shuffled' : wrong === 'delayed' ? 'synchronous' : 'ascending',
  });
  return planSimulation(
    { name: group.series, spec, place: group.series },
    [source],
    openStrategies(),
    seed,
  );
}

async function play(
  host: Host,
  plan: SimulationPlan,
  measures: NodeMeasures,
  repetition: number,
  { repetitions, wrong }: Task,
): Promise<number> {
  const { algorithm, aggregate, schedule, seed, spec, maxRounds } = plan;
  const [{ source, words, start }] = plan.graphs;
  const [parameters] = plan.executions;
  await host.configure({
    graph: source.graph,
    graphWords: words,
    seed,
    weights: weigh(source.graph, algorithm.strategy, parameters, measures).slots,
    memory: algorithm.memory,
    priorPartnerFactor: Number(parameters.priorPartnerFactor ?? 1),
    aggregate,
    schedule,
    start,
    redraw: spec.redraw,
    tolerance: spec.tolerance,
  });
  const settings = { maxRounds, history: 'none', aggregate, numbers: null } as const;
  // The run whose memory is kept; its draws are its own.
  if (wrong === 'memory') await playRun(host, settings, repetitions + repetition);
  return (await playRun(host, settings, repetition)).rounds;
}
