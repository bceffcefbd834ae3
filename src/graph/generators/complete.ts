import type { Graph } from '../graph.ts';
import { requireNodeCount } from './node-count.ts';

/**
 * The complete graph: every node is every other's neighbor.
 *
 * @throws GossipError where nodeCount is not an integer from 1 to 65,536 (the edges of more cannot be indexed).
 */
export function complete(nodeCount: number): Graph {
  requireNodeCount(nodeCount, 1, 65536);
  const degree = nodeCount - 1;
  const offsets = Uint32Array.from({ length: nodeCount + 1 }, (_, node) => node * degree);
  const neighbors = new Uint32Array(nodeCount * degree);
  let slot = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (let other = 0; other < nodeCount; other++) {
      if (other !== node) neighbors[slot++] = other;
    }
  }
  return {
    nodeCount,
    edgeCount: neighbors.length / 2,
    offsets,
    neighbors,
    numbers: null,
    labels: null,
  };
}
