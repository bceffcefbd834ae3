import { shareGraph } from '../graph/share.ts';
import { type RunRow, runsCsv, runsCsvKey, type Storage } from '../storage/index.ts';
import { claim, type Manifest, type MeasuredGraph, manifestOf } from './manifest.ts';
import type { Measurer } from './measures.ts';
import type { SimulationPlan } from './plan.ts';
import type { HistoryKind } from './play-run.ts';
import { createPlayer, createWorkerPlayer, type Player, type RunSetup } from './player.ts';
import { createRecorder, type Recorder, recordNodes } from './record.ts';
import { weigh } from './weights.ts';

/** What the runs of a command share. */
export interface RunOptions {
  readonly storage: Storage;
  readonly measurer: Measurer;
  /** Threads that play runs. */
  readonly jobs: number;
  /** What histories to write; null: rounds up to 10,000 nodes, none above. */
  readonly history: HistoryKind | null;
  /** Pivots that betweenness is estimated from; null: it is exact. */
  readonly sample: number | null;
  /** For manifests: YYYY-MM-DD-HH-MM-SS. */
  readonly timestamp: string;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
  /** Told when a run is finished: played now, or found finished. */
  readonly onRun: (row: RunRow, played: boolean) => void;
}

/** A simulation and all its runs, in the order graph, execution, repetition. */
export interface FinishedSimulation {
  readonly plan: SimulationPlan;
  readonly rows: readonly RunRow[];
}

/** Up to so many nodes histories are written unless asked otherwise. */
const LARGEST_HISTORY = 10_000;
/** Below this many nodes times runs, threads cost more than they save. */
const FEW_EXCHANGES = 2_000_000;

/**
 * Plays all plans: writes each manifest, plays the runs that are not finished yet, and writes each simulation's
 * runs.csv when its last run is there. Throws GossipError, and the signal's reason where it aborts; what was finished
 * until then stays.
 */
export async function runSimulations(
  plans: readonly SimulationPlan[],
  options: RunOptions,
): Promise<FinishedSimulation[]> {
  const finished = plans.map((plan) => ({ plan, rows: [] as RunRow[] }));
  const threads = Math.min(options.jobs, countRuns(plans));
  const useThreads = threads > 1 && work(plans) > FEW_EXCHANGES;
  const tasks = tasksOf(plans, finished, options, useThreads);
  const players: Player[] = [];
  const close = () => Promise.all(players.map((player) => player.close()));
  const abort = () => void close();
  options.signal.addEventListener('abort', abort);
  try {
    for (let i = 0; i < (useThreads ? threads : 1); i++) {
      players.push(useThreads ? createWorkerPlayer() : createPlayer());
    }
    await Promise.all(
      players.map(async (player) => {
        for await (const task of takeFrom(tasks)) {
          options.signal.throwIfAborted();
          const outcome = await player.play(task.setup, task.repetition);
          await task.done(await task.recorder.record(task.repetition, outcome));
        }
      }),
    );
    options.signal.throwIfAborted();
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', abort);
    await close();
  }
  return finished;
}

interface Task {
  readonly setup: RunSetup;
  readonly repetition: number;
  readonly recorder: Recorder;
  done(row: RunRow): Promise<void>;
}

/** Lets several loops share one generator, each task going to one of them. */
function takeFrom<T>(tasks: AsyncGenerator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => tasks.next() }) };
}

async function* tasksOf(
  plans: readonly SimulationPlan[],
  finished: readonly { plan: SimulationPlan; rows: RunRow[] }[],
  options: RunOptions,
  share: boolean,
): AsyncGenerator<Task> {
  for (const [index, plan] of plans.entries()) {
    const manifest = await prepare(plan, options);
    const { rows } = finished[index];
    const { repetitions } = plan.spec;
    let missing = plan.graphs.length * plan.executions.length * repetitions;
    const oneLess = async () => {
      if (--missing === 0) {
        await options.storage.put(runsCsvKey(plan.folder), runsCsv(rows), {
          contentType: 'text/csv',
        });
      }
    };
    for (const graphIndex of plan.graphs.keys()) {
      for (const executionIndex of plan.executions.keys()) {
        const recorder = createRecorder(
          options.storage,
          plan,
          manifest,
          graphIndex,
          executionIndex + 1,
        );
        const first = (graphIndex * plan.executions.length + executionIndex) * repetitions;
        let setup: RunSetup | null = null;
        let left = repetitions;
        for (let repetition = 1; repetition <= repetitions; repetition++) {
          const done = async (row: RunRow, played: boolean) => {
            rows[first + repetition - 1] = row;
            if (--left === 0) await recorder.average(rows.slice(first, first + repetitions));
            options.onRun(row, played);
            await oneLess();
          };
          const before = await recorder.finished(repetition);
          if (before !== null) {
            await done(before, false);
            continue;
          }
          setup ??= await setupOf(plan, manifest, graphIndex, executionIndex, options, share);
          yield { setup, repetition, recorder, done: (row) => done(row, true) };
        }
      }
    }
  }
}

async function prepare(plan: SimulationPlan, options: RunOptions): Promise<Manifest> {
  const measured: MeasuredGraph[] = [];
  for (const graph of plan.graphs) {
    const { measures } = plan.algorithm.strategy;
    const found = await options.measurer.measure(graph, measures, plan.seed);
    measured.push({
      communities: found.communities ?? null,
      betweennessSample: found.betweenness === undefined ? null : options.sample,
    });
  }
  const largest = Math.max(...plan.graphs.map(({ source }) => source.graph.nodeCount));
  const history = options.history ?? (largest <= LARGEST_HISTORY ? 'rounds' : 'none');
  const wanted = manifestOf(plan, measured, history, options.timestamp);
  const manifest = await claim(options.storage, plan.folder, wanted);
  for (const { source } of plan.graphs) await recordNodes(options.storage, plan.folder, source);
  return manifest;
}

async function setupOf(
  plan: SimulationPlan,
  manifest: Manifest,
  graphIndex: number,
  executionIndex: number,
  options: RunOptions,
  share: boolean,
): Promise<RunSetup> {
  const planned = plan.graphs[graphIndex];
  const { source, words, start } = planned;
  const { algorithm, aggregate, schedule, seed, spec, maxRounds } = plan;
  const parameters = plan.executions[executionIndex];
  const measures = await options.measurer.measure(planned, algorithm.strategy.measures, seed);
  const { slots, fallbacks } = weigh(source.graph, algorithm.strategy, parameters, measures);
  if (fallbacks > 0) {
    options.notice(
      `${plan.name} on ${source.name}: all weights are 0 at ${fallbacks} of ${source.graph.nodeCount} nodes, which pick uniformly`,
    );
  }
  const graph = share ? shareGraph(source.graph) : source.graph;
  return {
    host: {
      graph: { ...graph, labels: null },
      graphWords: words,
      seed,
      weights: slots,
      memory: algorithm.memory,
      priorPartnerFactor: Number(parameters.priorPartnerFactor ?? 1),
      aggregate,
      schedule,
      start,
      redraw: spec.redraw,
      tolerance: spec.tolerance,
    },
    run: { maxRounds, history: manifest.history, aggregate, numbers: graph.numbers },
  };
}

/** How many runs the plans have in all. */
export function countRuns(plans: readonly SimulationPlan[]): number {
  return plans.reduce(
    (sum, { graphs, executions, spec }) =>
      sum + graphs.length * executions.length * spec.repetitions,
    0,
  );
}

/** Nodes times runs: a round of everything. */
function work(plans: readonly SimulationPlan[]): number {
  const nodes = ({ graphs }: SimulationPlan) =>
    graphs.reduce((sum, { source }) => sum + source.graph.nodeCount, 0);
  return plans.reduce(
    (sum, plan) => sum + nodes(plan) * plan.executions.length * plan.spec.repetitions,
    0,
  );
}
