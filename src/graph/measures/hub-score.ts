import type { Graph } from '../graph.ts';
import { eigenvector } from './eigenvector.ts';
import type { Scores } from './scores.ts';

/**
 * HITS hub scores (J. Kleinberg: Authoritative sources in a hyperlinked environment, 1999), summing to 1. On an
 * undirected graph hubs and authorities are the same: the leading eigenvector of A^2, which is A's, unless the part of
 * the graph that carries it is bipartite. Then A has the eigenvalue -λ beside λ, λ^2 is double and the scores are not
 * unique.
 *
 * @param leading the graph's eigenvector centrality, where it is known already.
 */
export function hubScore(graph: Graph, leading: Scores = eigenvector(graph)): Scores {
  if (leading.scores === null) {
    return { scores: null, reason: `hub scores are not unique: ${leading.reason}` };
  }
  if (isBipartiteAround(graph, indexOfLargest(leading.scores))) {
    return {
      scores: null,
      reason:
        'hub scores are not unique: the graph (or the part of it that carries the leading eigenvector) is bipartite, ' +
        'so the largest eigenvalue of the squared adjacency matrix is double',
    };
  }
  const sum = leading.scores.reduce((total, score) => total + score, 0);
  return { scores: leading.scores.map((score) => score / sum), reason: null };
}

function indexOfLargest(scores: Float64Array): number {
  let largest = 0;
  for (let node = 1; node < scores.length; node++) {
    if (scores[node] > scores[largest]) largest = node;
  }
  return largest;
}

/** Whether the part of the graph around this node can be split in two with all edges between the halves. */
function isBipartiteAround(graph: Graph, root: number): boolean {
  const { nodeCount, offsets, neighbors } = graph;
  const side = new Int8Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  let reached = 0;
  side[root] = 1;
  queue[reached++] = root;
  for (let head = 0; head < reached; head++) {
    const node = queue[head];
    for (let i = offsets[node]; i < offsets[node + 1]; i++) {
      const neighbor = neighbors[i];
      if (side[neighbor] === side[node]) return false;
      if (side[neighbor] === 0) {
        side[neighbor] = -side[node];
        queue[reached++] = neighbor;
      }
    }
  }
  return true;
}
