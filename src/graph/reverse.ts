import type { Graph } from './graph.ts';

/**
 * For each entry e of graph.neighbors (the edge from i to j) the index of the opposite entry (from j to i). O(m):
 * rows are visited in ascending order and are ascending themselves, so each row's opposite entries come in its order.
 */
export function reverseEdges(graph: Graph): Uint32Array {
  const { nodeCount, offsets, neighbors } = graph;
  const reverse = new Uint32Array(neighbors.length);
  const next = offsets.slice();
  for (let node = 0; node < nodeCount; node++) {
    const end = offsets[node + 1];
    for (let edge = offsets[node]; edge < end; edge++) reverse[edge] = next[neighbors[edge]]++;
  }
  return reverse;
}
