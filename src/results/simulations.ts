import { GossipError } from '../errors.ts';
import { type Manifest, parseManifest } from '../runner/manifest.ts';
import { manifestKey, parseRunObject, runsCsvKey, type Storage } from '../storage/index.ts';
import { inOrder } from './in-order.ts';
import { objectOf } from './object.ts';
import { publishedFolder, runOfKey, type StoredRun } from './run-key.ts';
import { parseSummary } from './summary.ts';

/** A simulation as a storage holds it. */
export interface StoredSimulation {
  readonly folder: string;
  readonly name: string;
  /** What its folder's name has after the name. */
  readonly id: string;
  readonly algorithm: string;
  /** Null: not known, as the published system keeps none. */
  readonly seed: number | null;
  /** When it began, or its first run ended where that is not known: YYYY-MM-DD-HH-MM-SS. */
  readonly timestamp: string;
  readonly graphs: readonly string[];
  /** How many runs are finished. */
  readonly finished: number;
  /** How many there are in all; null: not known. */
  readonly runs: number | null;
  /** Null where the published system wrote it, or a runner that drove nodes of the published wire. */
  readonly manifest: Manifest | null;
  /** What tells its runs: our marks, or the published system's summaries. */
  readonly kind: StoredRun['kind'];
  /**
   * Whether its runs.csv is there and has all runs. Without a manifest that is not known: several runners may write it, one
   * a graph, and the last one need not have seen the runs of all others.
   */
  readonly hasRunsCsv: boolean;
}

/** What is looked for; null: all. */
export interface Wanted {
  /** The only folder to look into. */
  readonly folder: string | null;
  /** Names of simulations or of their folders. */
  readonly simulations: readonly string[] | null;
  readonly algorithms: readonly string[] | null;
}

/** Folders looked into at once: a storage may be far away. */
const AT_ONCE = 8;

/**
 * The simulations in a storage, in the order of their folders. A finished one takes its manifest alone; of others the
 * keys are listed, since these say what is finished. What cannot be read is given to `onProblem` and passed over.
 */
export async function* findSimulations(
  storage: Storage,
  wanted: Wanted,
  onProblem: (problem: GossipError) => void,
): AsyncGenerator<StoredSimulation> {
  const folders = wanted.folder === null ? storage.folders('') : [wanted.folder];
  const found = inOrder(folders, AT_ONCE, async (folder) => {
    if (!mayBeWanted(folder, wanted)) return null;
    try {
      return await simulationIn(storage, folder);
    } catch (error) {
      if (error instanceof GossipError && error.code === 'input') return error;
      throw error;
    }
  });
  for await (const simulation of found) {
    if (simulation instanceof GossipError) onProblem(simulation);
    else if (simulation !== null && isWanted(simulation, wanted)) yield simulation;
  }
}

/** The simulation in a folder; null where there is none. */
async function simulationIn(storage: Storage, folder: string): Promise<StoredSimulation | null> {
  const key = manifestKey(folder);
  const bytes = await storage.get(key);
  if (bytes === null) return withoutManifest(storage, folder);
  const manifest = parseManifest(bytes, `${storage.describe()}/${key}`);
  const { simulation, id, spec, seed, timestamp, graphs, executions } = manifest;
  const runs = graphs.length * executions.length * spec.repetitions;
  const hasRunsCsv = await isThere(storage, runsCsvKey(folder));
  return {
    ...{ folder, name: simulation, id, algorithm: spec.algorithm, seed, timestamp },
    graphs: graphs.map(({ name }) => name),
    finished: hasRunsCsv ? runs : (await runsBelow(storage, `${folder}/_gossip/`)).finished.count,
    ...{ runs, manifest, kind: 'finished', hasRunsCsv },
  };
}

async function withoutManifest(storage: Storage, folder: string): Promise<StoredSimulation | null> {
  const found = await runsBelow(storage, `${folder}/`);
  const kind = found.finished.count > 0 ? 'finished' : 'summary';
  const { first, count, graphs } = found[kind];
  if (first === null) return null;
  const name = first.simulation;
  const placeOf = (key: string) => `${storage.describe()}/${key}`;
  const key = `${publishedFolder(first)}${name}_summary.json`;
  const { algorithm, timestamp } = parseSummary(await objectOf(storage, key), placeOf(key));
  const row =
    kind === 'summary'
      ? null
      : parseRunObject(await objectOf(storage, first.key), placeOf(first.key));
  return {
    ...{ folder, name, algorithm, seed: row?.seed ?? null, timestamp },
    id: folder.startsWith(`${name}-`) ? folder.slice(name.length + 1) : '',
    graphs: [...graphs],
    ...{ finished: count, runs: null, manifest: null, kind, hasRunsCsv: false },
  };
}

interface FoundRuns {
  count: number;
  first: StoredRun | null;
  readonly graphs: Set<string>;
}

async function runsBelow(
  storage: Storage,
  prefix: string,
): Promise<Record<StoredRun['kind'], FoundRuns>> {
  const found = {
    finished: { count: 0, first: null, graphs: new Set<string>() } as FoundRuns,
    summary: { count: 0, first: null, graphs: new Set<string>() } as FoundRuns,
  };
  for await (const key of storage.list(prefix)) {
    const run = runOfKey(key);
    if (run === null) continue;
    const runs = found[run.kind];
    runs.count++;
    runs.first ??= run;
    runs.graphs.add(run.graph);
  }
  return found;
}

/** Whether there is an object of this key, without reading it. */
async function isThere(storage: Storage, key: string): Promise<boolean> {
  for await (const found of storage.list(key)) return found === key;
  return false;
}

/** Whether a folder's name begins as that of a wanted simulation. */
function mayBeWanted(folder: string, { simulations }: Wanted): boolean {
  return (
    simulations === null ||
    simulations.some((name) => folder === name || folder.startsWith(`${name}-`))
  );
}

function isWanted(simulation: StoredSimulation, { simulations, algorithms }: Wanted): boolean {
  const { name, folder, algorithm } = simulation;
  return (
    (simulations === null || simulations.includes(name) || simulations.includes(folder)) &&
    (algorithms === null || algorithms.includes(algorithm))
  );
}
