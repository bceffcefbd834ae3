/**
 * An undirected graph without self-loops and double edges, as compressed sparse rows. Nodes are 0..nodeCount-1, in
 * ascending order of their numbers; this is the order in which they take their turns.
 */
export interface Graph {
  readonly nodeCount: number;
  /** Undirected edges; each stands twice in `neighbors`. */
  readonly edgeCount: number;
  /** nodeCount + 1 entries: the neighbors of node i are neighbors[offsets[i]..offsets[i + 1]). */
  readonly offsets: Uint32Array;
  /** 2 * edgeCount entries, ascending within a node. */
  readonly neighbors: Uint32Array;
  /** The number that people know node i by, ascending (ids need not be contiguous); null where it is i itself. */
  readonly numbers: Float64Array | null;
  /** The labels of a file whose labels are not all integers, by node; null where the numbers are the labels. */
  readonly labels: readonly string[] | null;
}

/** The number of node i, as it stands in results. */
export function numberOf(graph: Graph, node: number): number {
  return graph.numbers === null ? node : graph.numbers[node];
}

/** How many neighbors node i has. */
export function degreeOf(graph: Graph, node: number): number {
  return graph.offsets[node + 1] - graph.offsets[node];
}
