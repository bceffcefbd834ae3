import { GossipError, inputError } from '../../errors.ts';
import type { Graph } from '../graph.ts';
import { sumDependencies } from './betweenness-sum.ts';

export interface BetweennessOptions {
  /** Worker threads, default 1; the result is the same, bit for bit, for any number. */
  readonly jobs?: number;
  /** Estimate from so many pivots instead of all nodes; draw gives numbers in [0, 1). */
  readonly sample?: { readonly count: number; readonly draw: () => number };
  readonly signal?: AbortSignal;
  /** Told how many of the chunks of work are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Betweenness {
  /** By node: the share of the other pairs' shortest paths through it, summed over pairs, times 2/((n-1)(n-2)). */
  readonly scores: Float64Array;
  /** 0 where exact; of a sample, what no node's error exceeds, with a probability of 95 %. */
  readonly errorBound: number;
}

/**
 * Betweenness centrality, normalized as networkx does for undirected graphs: exact (Brandes 2001), or estimated from
 * pivots drawn uniformly without replacement (U. Brandes, C. Pich: Centrality estimation in large networks, 2007). The
 * bound of the latter is Hoeffding's for all nodes at once, as in D. Eppstein, J. Wang: Fast approximation of
 * centrality, 2004: n/(n-1) * sqrt(ln(2n / 0.05) / (2 * pivots)). Below 3 nodes all scores are 0.
 *
 * @throws GossipError where the sample is not a positive integer, or where there are more shortest paths between two
 * nodes than a double can count; the signal's reason where it aborts.
 */
export async function betweenness(
  graph: Graph,
  options: BetweennessOptions = {},
): Promise<Betweenness> {
  const { nodeCount } = graph;
  const { sample } = options;
  if (sample && !(Number.isInteger(sample.count) && sample.count > 0)) {
    throw inputError(`a sample has a positive integer number of pivots, not ${sample.count}`);
  }
  if (nodeCount < 3) return { scores: new Float64Array(nodeCount), errorBound: 0 };
  const isExact = sample === undefined || sample.count >= nodeCount;
  const sources = isExact ? allNodes(nodeCount) : pivots(nodeCount, sample.count, sample.draw);
  const work = { offsets: graph.offsets, neighbors: graph.neighbors, sources };
  const scores = await sumDependencies(work, options);
  if (Number.isNaN(scores[0])) {
    throw new GossipError(
      'failed',
      'betweenness cannot be computed: two nodes of this graph have more than 10^308 shortest paths between them',
    );
  }
  const scale = nodeCount / sources.length / ((nodeCount - 1) * (nodeCount - 2));
  for (let node = 0; node < nodeCount; node++) scores[node] *= scale;
  const errorBound = isExact
    ? 0
    : (nodeCount / (nodeCount - 1)) *
      Math.sqrt(Math.log((2 * nodeCount) / 0.05) / (2 * sources.length));
  return { scores, errorBound };
}

function allNodes(nodeCount: number): Uint32Array {
  const nodes = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) nodes[node] = node;
  return nodes;
}

function pivots(nodeCount: number, count: number, draw: () => number): Uint32Array {
  const nodes = allNodes(nodeCount);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(draw() * (nodeCount - i));
    const node = nodes[i];
    nodes[i] = nodes[j];
    nodes[j] = node;
  }
  return nodes.slice(0, count);
}
