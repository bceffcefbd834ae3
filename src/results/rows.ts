import { inputError } from '../errors.ts';
import {
  type PartialRunRow,
  parseRunObject,
  parseRunsCsv,
  runsCsvKey,
  type Storage,
} from '../storage/index.ts';
import { inOrder } from './in-order.ts';
import { objectOf } from './object.ts';
import { runOfKey, type StoredRun } from './run-key.ts';
import type { StoredSimulation } from './simulations.ts';
import { parseSummary, rowOfSummary } from './summary.ts';

/** Objects read at once: a storage may be far away. */
const AT_ONCE = 16;

/**
 * The rows of a simulation's finished runs in the order of runs.csv: graph, execution, run. They come from its runs.csv,
 * else from its runs' own objects, a graph's keys and a few objects being held at a time.
 *
 * @param graphs the names of the graphs wanted; null: all
 * @throws GossipError `input` where an object is not what its key says, with the field
 */
export async function* readRows(
  storage: Storage,
  simulation: StoredSimulation,
  graphs: readonly string[] | null,
): AsyncGenerator<PartialRunRow> {
  const isWanted = (graph: string) => graphs === null || graphs.includes(graph);
  if (simulation.hasRunsCsv) {
    for await (const row of tableOf(storage, simulation)) if (isWanted(row.graph)) yield row;
    return;
  }
  for (const graph of simulation.graphs.filter(isWanted)) {
    yield* inOrder(await runsOn(storage, simulation, graph), AT_ONCE, (run) => rowOf(storage, run));
  }
}

async function* tableOf(
  storage: Storage,
  { folder, runs }: StoredSimulation,
): AsyncGenerator<PartialRunRow> {
  const key = runsCsvKey(folder);
  const place = `${storage.describe()}/${key}`;
  let count = 0;
  for (const row of parseRunsCsv(await objectOf(storage, key), place)) {
    count++;
    yield row;
  }
  if (count === runs) return;
  throw inputError(
    `${place} has ${count} runs, but the manifest beside it says ${runs}; remove it, and its runs are read from their own objects`,
  );
}

/** A simulation's runs on one graph, by execution and run. */
async function runsOn(
  storage: Storage,
  { folder, kind }: StoredSimulation,
  graph: string,
): Promise<StoredRun[]> {
  const runs: StoredRun[] = [];
  const own = kind === 'finished' ? '_gossip/' : '';
  for await (const key of storage.list(`${folder}/${own}${graph}/`)) {
    const run = runOfKey(key);
    if (run !== null) runs.push(run);
  }
  return runs.sort((a, b) => a.execution - b.execution || a.run - b.run);
}

async function rowOf(storage: Storage, run: StoredRun): Promise<PartialRunRow> {
  const bytes = await objectOf(storage, run.key);
  const place = `${storage.describe()}/${run.key}`;
  if (run.kind === 'finished') return parseRunObject(bytes, place);
  return rowOfSummary(run, parseSummary(bytes, place));
}
