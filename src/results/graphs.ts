import { GossipError, inputError } from '../errors.ts';
import type { GraphSource } from '../graph/index.ts';
import { type Manifest, readResources } from '../runner/index.ts';
import type { Storage } from '../storage/index.ts';
import { rebuiltGraph } from './rebuilt-graph.ts';

/**
 * The graphs of a manifest, in its order: from the paths given, else rebuilt from the results, else from where the
 * manifest says. Throws GossipError `input` naming the first that is in none of these.
 */
export async function graphsOf(
  storage: Storage,
  folder: string,
  manifest: Manifest,
  paths: readonly string[],
): Promise<GraphSource[]> {
  const given = paths.length === 0 ? [] : (await readResources(paths)).graphs;
  const graphs: GraphSource[] = [];
  for (const [index, { name, file }] of manifest.graphs.entries()) {
    const source =
      given.find((graph) => graph.name === name) ??
      (await rebuiltGraph(storage, manifest, folder, index)) ??
      (await fromFile(file, name));
    if (source === undefined) {
      throw inputError(
        `the graph ${name} of ${folder} cannot be rebuilt from its results, and is not in ${file}: name files or folders with it`,
      );
    }
    graphs.push(source);
  }
  return graphs;
}

async function fromFile(file: string, name: string): Promise<GraphSource | undefined> {
  try {
    const { graphs } = await readResources([file]);
    return graphs.find((graph) => graph.name === name);
  } catch (error) {
    // Results are moved, and what they were made of need not come along.
    if (error instanceof GossipError) return undefined;
    throw error;
  }
}
