import type { Example, Simulation } from '../../../gen/gossip/v1/simulation_pb.ts';
import type { Contents } from './contents.ts';
import type { GraphChoice } from './form.ts';

/** Graphs that can be played on, by where they are. */
export interface GraphOptions {
  readonly examples: readonly GraphChoice[];
  readonly files: readonly GraphChoice[];
  readonly stored: readonly GraphChoice[];
}

/** All graphs there are to choose from; of stored graphs of one name, the newest. */
export function graphOptions(
  examples: readonly Pick<Example, 'name'>[],
  contents: readonly Contents[],
  simulations: readonly Pick<Simulation, 'folder' | 'graphs' | 'hasManifest' | 'timestamp'>[],
): GraphOptions {
  const newest = simulations
    .filter(({ hasManifest }) => hasManifest)
    .toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : a.timestamp > b.timestamp ? -1 : 0));
  const stored = new Map<string, GraphChoice>();
  for (const { folder, graphs } of newest) {
    for (const name of graphs) {
      if (!stored.has(name)) stored.set(name, { kind: 'stored', folder, name });
    }
  }
  return {
    examples: examples.map(({ name }) => ({ kind: 'example', name })),
    files: contents.flatMap(({ graphs }) =>
      graphs.map((name) => ({ kind: 'file', name }) as const),
    ),
    stored: [...stored.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The graph that was chosen; where none was, or it was in a file that is no longer there, the first of all. */
export function graphOrFirst(
  chosen: GraphChoice | null,
  { files, examples, stored }: GraphOptions,
): GraphChoice | null {
  const isGone = chosen?.kind === 'file' && !files.some(({ name }) => name === chosen.name);
  if (chosen !== null && !isGone) return chosen;
  return [...files, ...examples, ...stored][0] ?? null;
}

/**
 * Graphs that Simulations of files select by name and that no file has: an example, or a stored one.
 */
export function missingGraphs(
  contents: readonly Contents[],
  { examples, stored }: Pick<GraphOptions, 'examples' | 'stored'>,
): GraphChoice[] {
  const there = contents.flatMap(({ graphs }) => graphs);
  const selected = contents.flatMap(({ simulations }) => simulations.map(({ graph }) => graph));
  return [...new Set(selected)]
    .filter((name) => name !== '' && !there.includes(name))
    .flatMap((name) => [...examples, ...stored].find((graph) => graph.name === name) ?? []);
}
