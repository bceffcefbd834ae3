import { setImmediate } from 'node:timers/promises';
import type { RunPlace, RunRow, Storage } from '../storage/index.ts';
import { createBackground } from './background.ts';
import { type Manifest, type MeasuredGraph, manifestOf } from './manifest.ts';
import type { Measurer } from './measures.ts';
import { overlapOf, type Part, partOfGraph, sizeOfPart, wholeOf } from './part.ts';
import type { SimulationPlan } from './plan.ts';
import type { HistoryKind, OnRound, RunOutcome } from './play-run.ts';
import { createPlayer, createWorkerPlayer, type Player, type RunSetup } from './player.ts';
import { createProcessPlayer, type ProcessSettings, refuseOnProcesses } from './process-player.ts';
import { tasksOf } from './tasks.ts';
import { createTimings } from './timings.ts';

/** What the runs of a command share. */
export interface RunOptions {
  readonly storage: Storage;
  readonly measurer: Measurer;
  /** Threads that play runs in memory. */
  readonly jobs: number;
  /** How nodes are shared out among local processes; null: they are played in memory. */
  readonly processes: ProcessSettings | null;
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
  /** Which runs of a simulation are played here; all where it is not given. What is not is not waited for. */
  readonly partOf?: (plan: SimulationPlan) => Part;
  /** Told when the graphs are measured. */
  readonly onMeasured?: () => void;
  /** What is told the rounds of a run that begins; runs are watched only where they are played in this thread. */
  readonly watch?: (setup: RunSetup, place: RunPlace) => OnRound;
}

/** A simulation and its runs at their places in the order graph, execution, repetition; others' may be missing. */
export interface FinishedSimulation {
  readonly plan: SimulationPlan;
  readonly rows: readonly RunRow[];
}

/** Up to so many nodes histories are written unless asked otherwise. */
const LARGEST_HISTORY = 10_000;
/** Below this many nodes times runs, threads cost more than they save. */
export const FEW_EXCHANGES = 2_000_000;

/** How many runs are written while others are played, and how large their histories are together. */
const RUNS_WRITTEN = 16;
const BYTES_WRITTEN = 2 ** 26;

/**
 * Plays all plans: measures their graphs, writes each manifest, plays the runs that are not finished yet, and writes
 * each simulation's runs.csv when its last run is there. Throws GossipError, and the signal's reason where it aborts;
 * what was finished until then stays.
 */
export async function runSimulations(
  plans: readonly SimulationPlan[],
  options: RunOptions,
): Promise<FinishedSimulation[]> {
  if (options.processes !== null) refuseOnProcesses(plans, options.processes);
  const finished = plans.map((plan) => ({ plan, rows: [] as RunRow[] }));
  const { partOf = wholeOf } = options;
  const toPlay = plans.reduce((sum, plan) => sum + sizeOfPart(partOf(plan)), 0);
  const threads = options.processes === null ? Math.min(options.jobs, toPlay) : 1;
  const useThreads = threads > 1 && work(plans, partOf) > FEW_EXCHANGES;
  const manifests: Manifest[] = [];
  for (const plan of plans) manifests.push(await measured(plan, partOf(plan), options));
  options.onMeasured?.();
  const tasks = tasksOf(finished, manifests, options, useThreads);
  const timings = createTimings(options.storage);
  const writing = createBackground(RUNS_WRITTEN, BYTES_WRITTEN);
  const players: Player[] = [];
  const close = () => Promise.all(players.map((player) => player.close()));
  const abort = () => void close();
  options.signal.addEventListener('abort', abort);
  try {
    for (let i = 0; i < (useThreads ? threads : 1); i++) {
      players.push(playerOf(options, useThreads));
    }
    const played = Promise.all(
      players.flatMap(loopsOf).map(async (player) => {
        for await (const task of takeFrom(tasks)) {
          options.signal.throwIfAborted();
          const { setup, place, repetition } = task;
          const onRound = options.watch?.(setup, { ...place, run: repetition });
          const outcome = await player.play(setup, repetition, onRound);
          await writing.start(sizeOf(outcome), async () => {
            const row = await task.recorder.record(repetition, outcome);
            if (outcome.timing !== undefined) await timings.add(place.folder, row, outcome.timing);
            await task.done(row);
          });
        }
      }),
    );
    await Promise.race([played, writing.failed]);
    await writing.end();
    options.signal.throwIfAborted();
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', abort);
    await close();
    // What was played is kept, and one failure is enough to tell.
    await writing.end().catch(() => {});
    await timings.flush();
  }
  return finished;
}

/** The bytes that a run's history and its values for pictures take in memory. */
function sizeOf({ history, valuesByRound }: RunOutcome): number {
  const parts = [...(history ?? []), ...(valuesByRound ?? [])];
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** A player for each run that it may be asked for at once. */
function loopsOf(player: Player): Player[] {
  return Array.from({ length: player.atOnce }, () => player);
}

function playerOf({ processes }: RunOptions, useThreads: boolean): Player {
  if (processes !== null) return createProcessPlayer(processes);
  return useThreads ? createWorkerPlayer() : createPlayer();
}

/** The manifest of a plan. All are made before anything is written: a graph may not have what an algorithm measures. */
async function measured(plan: SimulationPlan, part: Part, options: RunOptions): Promise<Manifest> {
  const { measures } = plan.algorithm.strategy;
  const graphs: MeasuredGraph[] = [];
  for (const [index, graph] of plan.graphs.entries()) {
    const isPlayed = sizeOfPart(overlapOf(part, partOfGraph(plan, index))) > 0;
    // The one that takes long, and of which a manifest says nothing.
    const wanted = isPlayed ? measures : measures.filter((measure) => measure !== 'betweenness');
    const found = await options.measurer.measure(graph, wanted, plan.seed);
    graphs.push({
      communities: found.communities ?? null,
      betweennessSample: measures.includes('betweenness') ? options.sample : null,
    });
    // Lets Ctrl-C be heard.
    await setImmediate();
    options.signal.throwIfAborted();
  }
  return manifestOf(plan, graphs, historyOf(plan, options.history), options.timestamp);
}

/** The histories that a simulation writes: what is asked for, or else by the size of its largest graph. */
export function historyOf(plan: SimulationPlan, asked: HistoryKind | null): HistoryKind {
  const largest = Math.max(...plan.graphs.map(({ source }) => source.graph.nodeCount));
  return asked ?? (largest <= LARGEST_HISTORY ? 'rounds' : 'none');
}

/** Lets several loops share one generator, each task going to one of them. */
function takeFrom<T>(tasks: AsyncGenerator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => tasks.next() }) };
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
function work(plans: readonly SimulationPlan[], partOf: (plan: SimulationPlan) => Part): number {
  const ofGraph = (plan: SimulationPlan, index: number) =>
    plan.graphs[index].source.graph.nodeCount *
    sizeOfPart(overlapOf(partOf(plan), partOfGraph(plan, index)));
  return plans.reduce(
    (sum, plan) => plan.graphs.reduce((nodes, _, index) => nodes + ofGraph(plan, index), sum),
    0,
  );
}
