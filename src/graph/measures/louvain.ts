import louvainModule from 'graphology-communities-louvain';
import modularityModule from 'graphology-metrics/graph/modularity.js';
import type { Graph } from '../graph.ts';
import { toGraphology } from './to-graphology.ts';

// Both packages are CommonJS whose types declare a default export that Node gives as the module itself.
const louvain = louvainModule as unknown as typeof louvainModule.default;
const modularityOf = modularityModule as unknown as typeof modularityModule.default;

/**
 * The community of each node by Louvain's method (V. D. Blondel et al.: Fast unfolding of communities in large
 * networks, J. Stat. Mech. P10008, 2008), numbered from 0 in the order of each community's first node. Its order of
 * moves is random: the partition is a function of the graph and the draws.
 *
 * @param draw gives numbers in [0, 1).
 * @throws GossipError where the graph has more than 2^24 nodes or edges.
 */
export function communities(graph: Graph, draw: () => number): Uint32Array {
  const result = new Uint32Array(graph.nodeCount);
  if (graph.edgeCount === 0) return result.map((_, node) => node);
  const found = louvain(toGraphology(graph), { rng: draw, getEdgeWeight: null });
  const numbers = new Map<number, number>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const community = found[node];
    if (!numbers.has(community)) numbers.set(community, numbers.size);
    result[node] = numbers.get(community)!;
  }
  return result;
}

/** Newman's modularity of a partition of the nodes, from -1/2 to 1; 0 for a graph without edges. */
export function modularity(graph: Graph, communities: ArrayLike<number>): number {
  if (graph.edgeCount === 0) return 0;
  return modularityOf(toGraphology(graph), {
    getNodeCommunity: (node) => communities[Number(node)],
    getEdgeWeight: null,
  });
}
