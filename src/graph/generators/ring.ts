import { graphFromEdges } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { requireNodeCount } from './node-count.ts';

/**
 * The ring (cycle): node i's neighbors are i - 1 and i + 1, the last one's the first.
 *
 * @throws GossipError where nodeCount is not an integer of at least 3.
 */
export function ring(nodeCount: number): Graph {
  requireNodeCount(nodeCount, 3);
  const sources = new Uint32Array(nodeCount);
  const targets = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    sources[node] = node;
    targets[node] = node + 1 < nodeCount ? node + 1 : 0;
  }
  return graphFromEdges(nodeCount, sources, targets);
}
