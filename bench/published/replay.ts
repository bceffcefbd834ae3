import { GossipError, inputError } from '../../src/errors.ts';
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
  /** All groups; those without runs on this graph are passed over. */
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

/** Names of runs that come before others, for their draws. */
const EARLIER = 2 ** 30;

/**
 * Plays the groups on the graph as they were published, and gives the rounds of each group's repetitions, by the
 * group's index. Repetition r has a Louvain partition of its own, the same for all groups; the choices are drawn anew
 * for each group, so that chance does not move them all one way.
 */
export async function replayGraph(task: Task): Promise<Map<number, number[]>> {
  const plans = new Map<number, SimulationPlan>();
  for (const [index, group] of task.groups.entries()) {
    if (group.rounds.has(task.source.name)) plans.set(index, await planGroup(group, task));
  }
  const rounds = new Map([...plans.keys()].map((index): [number, number[]] => [index, []]));
  const [first] = plans.values();
  if (first === undefined) return rounds;
  const [planned] = first.graphs;
  const asked = new Set(
    [...plans.values()].flatMap(({ algorithm }) => algorithm.strategy.measures),
  );
  const lasting = [...asked].filter((measure) => !ON_PARTITION.includes(measure));
  const measurer = createMeasurer({ jobs: 1, exact: true, sample: null, notice: () => {} });
  const measures = await measurer.measure(planned, lasting, task.seed);
  const host = task.wrong === 'memory' ? createUnresetHost() : createHost();
  for (let repetition = 1; repetition <= task.repetitions; repetition++) {
    const key = [Purpose.community, ...seedWords(task.seed), ...planned.words, repetition];
    const partition = communities(task.source.graph, sequence(deriveKey(key)));
    for (const [index, plan] of plans) {
      await configure(host, plan, { ...measures, communities: partition });
      const run = index * task.repetitions + repetition;
      // The run whose memory is kept.
      if (task.wrong === 'memory') await play(host, plan, EARLIER + run);
      rounds.get(index)!.push(await play(host, plan, run));
    }
  }
  return rounds;
}

function planGroup(group: Group, { source, seed, wrong }: Task): Promise<SimulationPlan> {
  const list = (value: number | null) => (value === null ? undefined : [value]);
  const parsed = simulationSpec.safeParse({
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
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw inputError(`${group.series}, ${group.algorithm}: ${path[0].toString()}: ${message}`);
  }
  return planSimulation(
    { name: group.series, spec: parsed.data, place: group.series },
    [source],
    openStrategies(),
    seed,
  );
}

async function configure(host: Host, plan: SimulationPlan, measures: NodeMeasures): Promise<void> {
  const { algorithm, aggregate, schedule, seed, spec } = plan;
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
}

async function play(host: Host, { maxRounds, aggregate, name }: SimulationPlan, run: number) {
  const settings = { maxRounds, history: 'none', aggregate, numbers: null } as const;
  const { rounds, converged } = await playRun(host, settings, run);
  if (converged) return rounds;
  throw new GossipError('failed', `${name}: a run did not converge within ${maxRounds} rounds`);
}
