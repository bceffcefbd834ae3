/** Simulations as their folders have them, read without the code that is checked. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A run's history. */
export interface StoredRun {
  readonly folder: string;
  readonly graph: string;
  readonly run: number;
  /** By round from the start, and by node. */
  readonly values: readonly (readonly number[])[];
}

/** The folder of the only simulation of this name. */
export async function folderOf(results: string, name: string): Promise<string> {
  const folders = (await readdir(results)).filter(
    (one) => one.replace(/-[0-9a-f]{8}$/, '') === name,
  );
  if (folders.length === 1) return folders[0];
  throw new Error(`there are ${folders.length} simulations called ${name} in ${results}`);
}

/** A run of the simulation of this name. */
export async function storedRun(
  results: string,
  name: string,
  graph: string,
  run = 1,
): Promise<StoredRun> {
  const folder = await folderOf(results, name);
  const file = join(results, folder, graph, `run-${run}`, `${name}_node_value_history.json`);
  const rounds: { nodes: Record<string, number> }[] = JSON.parse(await readFile(file, 'utf8'));
  const values = rounds.map(({ nodes }) => Object.values(nodes));
  return { folder, graph, run, values };
}

/** What is said of a round of `minimum`. */
export function momentOf(run: StoredRun, round: number): string {
  const { values } = run;
  return `round ${round} of ${values.length - 1}: ${holdingOf(run, round)} of ${values[0].length} nodes hold ${leastOf(run)}`;
}

/** The final value of `minimum`. */
export function leastOf({ values }: StoredRun): number {
  return Math.min(...values[0]);
}

/** How many nodes hold it after a round. */
export function holdingOf(run: StoredRun, round: number): number {
  const least = leastOf(run);
  return run.values[round].filter((value) => value === least).length;
}

/** How many values there are after a round. */
export function distinctOf({ values }: StoredRun, round: number): number {
  return new Set(values[round]).size;
}
