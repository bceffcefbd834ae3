import type { Graph } from '../graph/graph.ts';

/** A run's GEXF files hold at most so many nodes and edges in all: about 150 MB. */
const MOST_ELEMENTS = 2_000_000;
/** Runs of more rounds leave no pictures. */
const MOST_ROUNDS = 1000;
/** In a larger graph nodes cover each other, and drawing takes long. */
const MOST_NODES = 2000;
const MOST_EDGES = 20_000;

/** Up to how many rounds a run on a graph leaves GEXF files, and pictures; 0: the graph is too large. */
export function mostRounds({ nodeCount, edgeCount }: Graph): number {
  return Math.max(
    0,
    Math.min(MOST_ROUNDS, Math.floor(MOST_ELEMENTS / (nodeCount + edgeCount)) - 1),
  );
}

/** Whether a graph is small enough to be drawn. */
export function isDrawn({ nodeCount, edgeCount }: Graph): boolean {
  return nodeCount <= MOST_NODES && edgeCount <= MOST_EDGES;
}

/** About what one GEXF file of a graph takes, in bytes; 0 where none is written. */
export function gexfBytes(graph: Graph): number {
  return mostRounds(graph) === 0 ? 0 : 170 * graph.nodeCount + 50 * graph.edgeCount;
}

/** What is left out of the pictures of runs on a graph, in a sentence; null: nothing. */
export function leftOut(name: string, graph: Graph): string | null {
  const size = `the graph ${name} has ${graph.nodeCount} nodes and ${graph.edgeCount} edges`;
  const rounds = mostRounds(graph);
  if (rounds === 0) {
    return `visualize is not used: ${size}, and GEXF files hold at most ${MOST_ELEMENTS} in a run, once for each round`;
  }
  if (isDrawn(graph)) return null;
  return `${size}, so its rounds are written as GEXF only: GIF and PNG are drawn up to ${MOST_NODES} nodes and ${MOST_EDGES} edges`;
}

/** What is said where runs on a graph took too many rounds. */
export function tooManyRounds(name: string, graph: Graph): string {
  return `runs on ${name} that took more than ${mostRounds(graph)} rounds have no GEXF and no pictures`;
}
