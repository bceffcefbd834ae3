import { graphFromEdges } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { requireNodeCount } from './node-count.ts';

/**
 * The star: node 0 is the center and every other node's only neighbor. nodeCount counts the center.
 *
 * @throws GossipError where nodeCount is not an integer of at least 2.
 */
export function star(nodeCount: number): Graph {
  requireNodeCount(nodeCount, 2);
  const leaves = new Uint32Array(nodeCount - 1);
  for (let leaf = 1; leaf < nodeCount; leaf++) leaves[leaf - 1] = leaf;
  return graphFromEdges(nodeCount, new Uint32Array(nodeCount - 1), leaves);
}
