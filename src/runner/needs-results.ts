import type { GraphSizes, SimulationSizes } from './needs-sizes.ts';

/** What a simulation leaves in its storage. */
export interface ResultsNeeds {
  readonly objects: number;
  readonly bytes: number;
}

/** Bytes of what has about the same size everywhere. */
const MANIFEST = 1000;
const ROW = 360;
const SUMMARY = 300;
const CSV_LINE = 110;
/** A value in a history of all rounds, and a node in one of what changed. */
const HISTORY_VALUE = 17;
const CHANGED_NODE = 25;
/** In summaries and manifests a node's community takes so much. */
const COMMUNITY = 10;
/** A longer adjacency list is in no summary. */
const LONGEST_ADJACENCY = 2 ** 20;
/** What GEXF files say of a node and of an edge. */
const GEXF = { node: 165, edge: 40 } as const;
const FILM = 150_000;
const PNG = 600_000;

/** About what a simulation leaves in its storage, with so many rounds a run on each graph. */
export function resultsOf(sizes: SimulationSizes, rounds: readonly number[]): ResultsNeeds {
  let objects = 2;
  let bytes = MANIFEST;
  for (const [index, graph] of sizes.graphs.entries()) {
    const left = ofGraph(sizes, graph, rounds[index]);
    objects += left.objects;
    bytes += left.bytes;
  }
  return { objects, bytes };
}

function ofGraph(sizes: SimulationSizes, graph: GraphSizes, rounds: number): ResultsNeeds {
  const { executions, repetitions, history, measures } = sizes;
  const { nodes, edges, resourceBytes, picturedRounds, isDrawn } = graph;
  const runs = executions * repetitions;
  const communities = measures.includes('sameCommunity') ? nodes * COMMUNITY : 0;
  const adjacency = resourceBytes > LONGEST_ADJACENCY ? 0 : resourceBytes;
  const summary = SUMMARY + adjacency + communities;
  let objects = 2;
  let bytes = ROW + summary + CSV_LINE;
  if (history !== 'none') {
    objects++;
    bytes += nodes * (history === 'rounds' ? (rounds + 1) * HISTORY_VALUE : CHANGED_NODE);
  }
  if (rounds <= picturedRounds) {
    objects += rounds + 1;
    bytes += (rounds + 1) * (nodes * GEXF.node + edges * GEXF.edge);
    if (isDrawn) {
      objects += 2;
      bytes += FILM + PNG;
    }
  }
  const averages = repetitions > 1 ? executions : 0;
  return { objects: runs * objects + averages, bytes: runs * bytes + averages * summary };
}
