import { UndirectedGraph } from 'graphology';
import { inputError } from '../../errors.ts';
import type { Graph } from '../graph.ts';

/** graphology keeps edges in a Map, which ends at 2^24 entries. */
const MAXIMUM_EDGES = 2 ** 24;

/**
 * The graph as graphology's, its nodes keyed 0..nodeCount-1 in this order.
 *
 * @throws GossipError where it has more than 2^24 edges.
 */
export function toGraphology(graph: Graph): UndirectedGraph {
  const { nodeCount, edgeCount, offsets, neighbors } = graph;
  if (edgeCount > MAXIMUM_EDGES || nodeCount > MAXIMUM_EDGES) {
    throw inputError(
      `communities need a graph of at most ${MAXIMUM_EDGES} nodes and edges; this one has ${nodeCount} and ${edgeCount}`,
    );
  }
  const result = new UndirectedGraph();
  for (let node = 0; node < nodeCount; node++) result.addNode(node);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]; i < offsets[node + 1]; i++) {
      if (node < neighbors[i]) result.addUndirectedEdge(node, neighbors[i]);
    }
  }
  return result;
}
