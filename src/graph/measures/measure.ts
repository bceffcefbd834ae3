import { undirectedDensity } from 'graphology-metrics/graph/density.js';
import type { Graph } from '../graph.ts';
import { type BetweennessOptions, betweenness } from './betweenness.ts';
import { eigenvector } from './eigenvector.ts';
import { hubScore } from './hub-score.ts';
import { communities, modularity } from './louvain.ts';
import { transitivity } from './transitivity.ts';

/** Measures of a whole graph, in full precision, under the names of the published graphProperties. */
export interface GraphMeasures {
  readonly nodeCount: number;
  readonly numEdges: number;
  readonly density: number;
  readonly transitivity: number;
  readonly averageBetweennessCentrality: number;
  /** null where the leading eigenvector is not unique. */
  readonly averageEigenvectorCentrality: number | null;
  /** null where hub scores are not unique. */
  readonly averageHubScore: number | null;
  /** Of one Louvain partition. */
  readonly modularity: number;
  readonly numCommunities: number;
  /** Why measures are null or only estimates, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * All measures of a graph.
 *
 * @param options.draw gives numbers in [0, 1), for Louvain; the others are betweenness'.
 * @throws GossipError where communities or betweenness cannot be computed.
 */
export async function measureGraph(
  graph: Graph,
  options: BetweennessOptions & { readonly draw: () => number },
): Promise<GraphMeasures> {
  const { nodeCount, edgeCount } = graph;
  const partition = communities(graph, options.draw);
  const { scores, errorBound } = await betweenness(graph, options);
  const leading = eigenvector(graph);
  const hubs = hubScore(graph, leading);
  const remarks = [leading.reason, hubs.reason].filter((reason) => reason !== null);
  if (errorBound > 0) {
    remarks.push(
      `betweenness is estimated: with 95 % probability no node's is off by more than ${errorBound.toPrecision(2)}`,
    );
  }
  return {
    nodeCount,
    numEdges: edgeCount,
    density: undirectedDensity(nodeCount, edgeCount),
    transitivity: transitivity(graph),
    averageBetweennessCentrality: average(scores),
    averageEigenvectorCentrality: leading.scores && average(leading.scores),
    averageHubScore: hubs.scores && average(hubs.scores),
    modularity: modularity(graph, partition),
    numCommunities: new Set(partition).size,
    remarks,
  };
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
