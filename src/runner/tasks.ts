import { shareGraph } from '../graph/share.ts';
import { mostRounds } from '../pictures/limits.ts';
import type { RunRow } from '../storage/index.ts';
import { at } from './at.ts';
import { claim, type Manifest } from './manifest.ts';
import { overlapOf, type Part, partOfGraph, sizeOfPart, wholeOf } from './part.ts';
import { createDrawer, type Drawer } from './pictures.ts';
import type { SimulationPlan } from './plan.ts';
import type { RunSetup } from './player.ts';
import { createRecorder, type Recorder, recordNodes } from './record.ts';
import { type RecordedExecution, recordedExecution } from './recorded.ts';
import { complete } from './rows.ts';
import type { RunOptions } from './run.ts';
import { weigh } from './weights.ts';

/** How many rows are looked for at once. */
const LOOKUPS = 16;

/** A run to play, and what to do when it is played. */
export interface Task {
  readonly setup: RunSetup;
  readonly repetition: number;
  readonly recorder: Recorder;
  readonly place: RecordedExecution['place'];
  done(row: RunRow): Promise<void>;
}

/**
 * The runs that are not finished yet, in the order graph, execution, repetition. Writes each simulation's manifest before
 * its first run, the averages, and runs.csv after its last. `rows` of `finished` are filled on the way.
 */
export async function* tasksOf(
  finished: readonly { plan: SimulationPlan; rows: RunRow[] }[],
  manifests: readonly Manifest[],
  options: RunOptions,
  share: boolean,
): AsyncGenerator<Task> {
  const { storage, notice, onRun, partOf = wholeOf } = options;
  for (const [index, { plan, rows }] of finished.entries()) {
    const part = partOf(plan);
    let missing = sizeOfPart(part);
    if (missing === 0) continue;
    const manifest = await claim(storage, plan.folder, manifests[index]);
    if (options.history !== null && options.history !== manifest.history) {
      notice(`${plan.name} was begun with --history ${manifest.history}, and goes on with it`);
    }
    for (const graphIndex of plan.graphs.keys()) {
      if (sizeOfPart(overlapOf(part, partOfGraph(plan, graphIndex))) === 0) continue;
      await recordNodes(storage, plan.folder, plan.graphs[graphIndex].source);
      const drawer = await drawerOf(plan, manifest, graphIndex, options);
      for (const executionIndex of plan.executions.keys()) {
        const { repetitions } = plan.spec;
        const first = (graphIndex * plan.executions.length + executionIndex) * repetitions;
        const runs = overlapOf(part, { first, end: first + repetitions });
        let left = sizeOfPart(runs);
        if (left === 0) continue;
        const isWhole = left === repetitions;
        const recorded = recordedExecution(plan, manifest, graphIndex, executionIndex + 1);
        const recorder = createRecorder(storage, recorded, drawer);
        const done = async (repetition: number, row: RunRow, played: boolean) => {
          rows[first + repetition - 1] = row;
          if (--left === 0 && isWhole) {
            await recorder.average(rows.slice(first, first + repetitions));
          }
          onRun(row, played);
          if (--missing === 0) await complete(plan, manifest, part, rows, storage);
        };
        let setup: RunSetup | null = null;
        // Of a simulation that begins only now, nothing can be there.
        const begun = manifest !== manifests[index];
        const repetitionsOf = { first: runs.first - first + 1, end: runs.end - first + 1 };
        for await (const [repetition, before] of runsOf(recorder, repetitionsOf, begun)) {
          if (before !== null) {
            await done(repetition, before, false);
            continue;
          }
          setup ??= await setupOf(plan, manifest, graphIndex, executionIndex, options, share);
          const { place } = recorded;
          yield {
            setup,
            repetition,
            recorder,
            place,
            done: (row) => done(repetition, row, true),
          };
        }
      }
    }
  }
}

/** What draws the runs on a graph (its index in the plan); null where they are not drawn. */
export async function drawerOf(
  plan: SimulationPlan,
  manifest: Manifest,
  graphIndex: number,
  { storage, signal, notice }: Pick<RunOptions, 'storage' | 'signal' | 'notice'>,
): Promise<Drawer | null> {
  if (!plan.spec.visualize) return null;
  const { source } = plan.graphs[graphIndex];
  const { timestamp, graphs } = manifest;
  const communities = graphs[graphIndex].communities?.split(' ').map(Number) ?? null;
  return createDrawer({ storage, source, communities, timestamp, signal, notice });
}

/** Each of these repetitions, and its row where it was finished before. */
async function* runsOf(
  recorder: Recorder,
  repetitions: Part,
  begun: boolean,
): AsyncGenerator<[number, RunRow | null]> {
  for (let first = repetitions.first; first < repetitions.end; first += LOOKUPS) {
    const some = Array.from(
      { length: Math.min(LOOKUPS, repetitions.end - first) },
      (_, i) => first + i,
    );
    const rows = begun ? await Promise.all(some.map(recorder.finished)) : [];
    for (const [i, repetition] of some.entries()) yield [repetition, rows[i] ?? null];
  }
}

/**
 * What the runs of one execution on one graph (their indices in the plan) are played from.
 *
 * @param share whether other threads will read it
 */
export async function setupOf(
  plan: SimulationPlan,
  manifest: Pick<Manifest, 'history'>,
  graphIndex: number,
  executionIndex: number,
  options: Pick<RunOptions, 'measurer' | 'notice'>,
  share: boolean,
): Promise<RunSetup> {
  const planned = plan.graphs[graphIndex];
  const { source, words, start } = planned;
  const { algorithm, aggregate, schedule, seed, spec, maxRounds } = plan;
  const parameters = plan.executions[executionIndex];
  const measures = await options.measurer.measure(planned, algorithm.strategy.measures, seed);
  const { slots, fallbacks } = await at(algorithm.file, () =>
    weigh(source.graph, algorithm.strategy, parameters, measures),
  );
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
    run: {
      maxRounds,
      history: manifest.history,
      aggregate,
      keptRounds: spec.visualize ? mostRounds(graph) : 0,
      numbers: graph.numbers,
    },
  };
}
