import type { Graph } from '../graph.ts';
import { roundTo } from './round.ts';

/**
 * P_j(c(i)) for every edge from i to a neighbor j, parallel to graph.neighbors: the share of j's neighbors that are in
 * i's community, rounded to `decimals` (null: not at all). i itself is such a neighbor, so no share is 0; one that
 * would round to 0 is left exact, since strategies divide by it.
 */
export function communityProbabilities(
  graph: Graph,
  communities: ArrayLike<number>,
  decimals: number | null,
): Float64Array {
  const { nodeCount, offsets, neighbors } = graph;
  let communityCount = 0;
  for (let node = 0; node < nodeCount; node++) {
    communityCount = Math.max(communityCount, communities[node] + 1);
  }
  const inCommunity = new Uint32Array(communityCount);
  const result = new Float64Array(neighbors.length);
  // Rows are ascending, so taking j in ascending order fills each of its neighbors' rows from the left.
  const next = offsets.slice(0, nodeCount);
  for (let j = 0; j < nodeCount; j++) {
    const start = offsets[j];
    const end = offsets[j + 1];
    for (let k = start; k < end; k++) inCommunity[communities[neighbors[k]]]++;
    for (let k = start; k < end; k++) {
      const i = neighbors[k];
      const share = inCommunity[communities[i]] / (end - start);
      result[next[i]++] = roundTo(share, decimals) || share;
    }
    for (let k = start; k < end; k++) inCommunity[communities[neighbors[k]]] = 0;
  }
  return result;
}
