import { createCache } from '../../cache.ts';
import { contentHash, type GraphSource, sourceHash, wordsOfHash } from '../../graph/index.ts';
import type { StoredSimulation } from '../../results/index.ts';
import { rebuiltGraph, summarizedGraph } from '../../results/rebuilt-graph.ts';
import type { Storage } from '../../storage/index.ts';
import { refuseGraph } from './find.ts';
import { impossible, tooLarge } from './refusals.ts';

/** A graph of a stored simulation. */
export interface StoredGraph {
  readonly source: GraphSource;
  /** As in manifests. */
  readonly sha256: string;
  /** The content's hash as words, which enter every draw. */
  readonly words: readonly number[];
}

/**
 * The graph of this name. Throws ConnectError where the simulation has none, where it is too large to be shown, or where
 * its results do not say what it is.
 */
export type GraphOf = (simulation: StoredSimulation, graph: string) => Promise<StoredGraph>;

/** Larger graphs are not shown: nodes would cover each other, and a browser would take long to draw them. */
export const MOST_NODES = 50_000;
export const MOST_EDGES = 500_000;
/** Nodes and edges of the graphs that are remembered, of about 30 bytes each. */
const MOST_REMEMBERED = 3_000_000;

/** @param known graphs that are at hand, by the SHA-256 that manifests have; others are rebuilt from results */
export function createGraphOf(storage: Storage, known: ReadonlyMap<string, GraphSource>): GraphOf {
  const graphs = createCache<StoredGraph>({
    most: MOST_REMEMBERED,
    weigh: ({ source: { graph } }) => graph.nodeCount + graph.edgeCount,
  });

  async function published({ folder }: StoredSimulation, name: string): Promise<StoredGraph> {
    const source = await summarizedGraph(storage, folder, name);
    if (source !== null) return storedGraph(source, sourceHash(source));
    throw impossible(`the results in ${folder} do not say what the graph ${name} is`);
  }

  async function ours(simulation: StoredSimulation, index: number): Promise<StoredGraph> {
    const { folder, manifest } = simulation;
    const { name, sha256 } = manifest!.graphs[index];
    const source = known.get(sha256) ?? (await rebuiltGraph(storage, manifest!, folder, index));
    if (source !== null) return storedGraph(source, sha256);
    throw impossible(
      simulation.finished === 0
        ? `no run of ${folder} is finished yet, and the graph ${name} is rebuilt from the results of one`
        : `the graph ${name} cannot be rebuilt from the results in ${folder}: they have no text of a graph over 1 MiB, and the values of its file only in histories`,
    );
  }

  return async (simulation, name) => {
    refuseGraph(simulation, name);
    const { folder, manifest } = simulation;
    if (manifest === null) {
      return graphs.get(JSON.stringify([folder, name]), () => published(simulation, name));
    }
    const index = manifest.graphs.findIndex((graph) => graph.name === name);
    const { nodes, edges, sha256 } = manifest.graphs[index];
    refuseSize(name, nodes, edges);
    return graphs.get(sha256, () => ours(simulation, index));
  };
}

function storedGraph(source: GraphSource, sha256: string): StoredGraph {
  const { nodeCount, edgeCount } = source.graph;
  refuseSize(source.name, nodeCount, edgeCount);
  return { source, sha256, words: wordsOfHash(contentHash(source.graph)) };
}

function refuseSize(name: string, nodes: number, edges: number): void {
  if (nodes <= MOST_NODES && edges <= MOST_EDGES) return;
  throw tooLarge(
    `the graph ${name} has ${nodes} nodes and ${edges} edges: graphs are shown up to ${MOST_NODES} nodes and ${MOST_EDGES} edges`,
  );
}

/** What people call the nodes of a graph, in their order. */
export function namesOf({ source: { graph } }: StoredGraph): string[] {
  const { labels, numbers, nodeCount } = graph;
  return Array.from({ length: nodeCount }, (_, node) =>
    labels === null ? `${numbers?.[node] ?? node}` : labels[node].toWellFormed(),
  );
}
