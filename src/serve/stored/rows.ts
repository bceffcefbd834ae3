import { createCache } from '../../cache.ts';
import { readRows, type StoredSimulation } from '../../results/index.ts';
import type { PartialRunRow, Storage } from '../../storage/index.ts';
import { breathing } from './breathing.ts';

/** The rows of a simulation's finished runs in the order of runs.csv; on one graph alone where it is named. */
export type RowsOf = (
  simulation: StoredSimulation,
  graph: string | null,
) => AsyncIterable<PartialRunRow>;

/** So many rows, of about 300 bytes, are remembered. */
const MOST_REMEMBERED = 200_000;

/** Rows that are remembered as long as no further run is finished. */
export function createRowsOf(storage: Storage): RowsOf {
  const known = createCache<readonly PartialRunRow[]>({
    most: MOST_REMEMBERED,
    weigh: ({ length }) => length,
  });

  return async function* (simulation, graph) {
    if (simulation.finished > MOST_REMEMBERED) {
      yield* breathing(readRows(storage, simulation, graph === null ? null : [graph]));
      return;
    }
    const rows = await known.get(stateOf(simulation), () =>
      allOf(breathing(readRows(storage, simulation, null))),
    );
    yield* breathing(wanted(rows, graph));
  };
}

/** The same as long as the same runs are finished. */
export function stateOf({ folder, timestamp, finished, hasRunsCsv }: StoredSimulation): string {
  return JSON.stringify([folder, timestamp, finished, hasRunsCsv]);
}

/** All of an asynchronous sequence. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* wanted(rows: readonly PartialRunRow[], graph: string | null) {
  for (const row of rows) if (graph === null || row.graph === graph) yield row;
}
