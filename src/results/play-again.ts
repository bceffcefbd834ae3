import { setImmediate } from 'node:timers/promises';
import { inputError } from '../errors.ts';
import {
  createMeasurer,
  createPlayer,
  createRecorder,
  drawerOf,
  parseManifest,
  planOfManifest,
  type RunSetup,
  recordedExecution,
  sampleOf,
  setupOf,
  VERSION,
} from '../runner/index.ts';
import { manifestKey, runsCsvKey, runsCsvLine, type Storage } from '../storage/index.ts';
import type { Strategies } from '../strategies/index.ts';
import { type Difference, firstDifference, lineDifference } from './difference.ts';
import { graphsOf } from './graphs.ts';
import { createKept } from './kept.ts';
import { objectOf } from './object.ts';
import type { StoredRun } from './run-key.ts';

/** How runs are played again. */
export interface PlayAgainOptions {
  /** Where graphs are read from; none: they are rebuilt from the results, or read where the manifest says. */
  readonly paths: readonly string[];
  readonly strategies: Strategies;
  /** Threads for betweenness. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}

/**
 * Plays finished runs again in memory, from the manifests of their simulations, and gives for each the first difference
 * between what is stored and what it leaves now; null: equal byte for byte, its line of runs.csv included.
 *
 * @throws GossipError `input` where a simulation cannot be played again: no manifest, its graph or strategy not found
 */
export async function* playAgain(
  storage: Storage,
  runs: readonly StoredRun[],
  options: PlayAgainOptions,
): AsyncGenerator<Difference | null> {
  let compare: Compare | null = null;
  let folder: string | null = null;
  const player = createPlayer();
  const close = () => void player.close();
  options.signal.addEventListener('abort', close);
  try {
    for (const run of runs) {
      if (compare === null || run.folder !== folder) {
        compare = await comparer(storage, run.folder, player.play, options);
        folder = run.folder;
      }
      yield await compare(run);
      // Lets Ctrl-C be heard.
      await setImmediate();
      options.signal.throwIfAborted();
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', close);
    await player.close();
  }
}

type Compare = (run: StoredRun) => Promise<Difference | null>;

/** What compares the runs of one simulation. */
async function comparer(
  storage: Storage,
  folder: string,
  play: ReturnType<typeof createPlayer>['play'],
  { paths, strategies, jobs, signal, notice }: PlayAgainOptions,
): Promise<Compare> {
  const key = manifestKey(folder);
  const place = `${storage.describe()}/${key}`;
  const manifest = parseManifest(await objectOf(storage, key), place);
  if (manifest.versions.gossip !== VERSION.gossip) {
    notice(
      `${folder} was played by gossip ${manifest.versions.gossip}; this is ${VERSION.gossip}, and may play differently`,
    );
  }
  const { algorithm } = manifest.spec;
  // Never from where the manifest says: it may come from somebody else, and a strategy is run when it is loaded.
  if (manifest.strategy !== null && !strategies.names().includes(algorithm)) {
    throw inputError(
      `${place}: ${algorithm} is a strategy of its author's own (it was ${manifest.strategy.file}): name its folder with --strategies`,
    );
  }
  const graphs = await graphsOf(storage, folder, manifest, paths);
  const plan = await planOfManifest(manifest, place, graphs, strategies);
  const measurer = createMeasurer({
    ...{ jobs, signal, notice, exact: true, sample: sampleOf(manifest) },
  });
  const { objects, storage: kept } = createKept();
  const setups = new Map<string, Promise<RunSetup>>();
  const drawers = new Map<number, ReturnType<typeof drawerOf>>();
  const table = await storage.get(runsCsvKey(folder));
  const lines = table === null ? null : new TextDecoder().decode(table).split('\n');

  return async (run) => {
    const graph = manifest.graphs.findIndex(({ name }) => name === run.graph);
    const { repetitions } = plan.spec;
    const isPlanned = graph >= 0 && run.execution <= plan.executions.length;
    if (!isPlanned || run.run > repetitions) return unplanned(run);
    const of = `${graph} ${run.execution}`;
    if (!setups.has(of)) {
      setups.clear();
      const options = { measurer, notice };
      setups.set(of, setupOf(plan, manifest, graph, run.execution - 1, options, false));
    }
    if (!drawers.has(graph)) {
      drawers.clear();
      drawers.set(graph, drawerOf(plan, manifest, graph, { storage: kept, signal, notice }));
    }
    const outcome = await play(await setups.get(of)!, run.run);
    const recorded = recordedExecution(plan, manifest, graph, run.execution);
    objects.clear();
    const recorder = createRecorder(kept, recorded, await drawers.get(graph)!);
    const row = await recorder.record(run.run, outcome);
    if (!objects.has(run.key)) return unplanned(run);
    // What happened in the rounds says more than what came of it.
    for (const [key, played] of [...objects].sort(([a], [b]) => rank(a) - rank(b))) {
      const difference = firstDifference(key, await storage.get(key), played);
      if (difference !== null) return difference;
    }
    if (lines === null) return null;
    const line = (graph * plan.executions.length + run.execution - 1) * repetitions + run.run;
    return lineDifference(runsCsvKey(folder), line + 1, `${lines[line]}\n`, runsCsvLine(row));
  };
}

function unplanned({ key }: StoredRun): Difference {
  return { key, where: '', stored: 'a run', played: 'nothing: its manifest has no such run' };
}

function rank(key: string): number {
  return /_(node_value_history\.json|changes\.jsonl)$/.test(key) ? 0 : 1;
}
