import type { Graph } from '../graph.ts';
import { dot, lanczos, multiply, normalize } from './lanczos.ts';
import type { Scores } from './scores.ts';

/** Scores are given where they are known to this much of their Euclidean norm, which is 1. */
const TOLERANCE = 1e-6;
/** Matrix entries that may be read while searching: minutes, on graphs whose largest eigenvalues nearly touch. */
const MAXIMUM_WORK = 2e10;

/**
 * Eigenvector centrality (P. Bonacich, 1972): the eigenvector of the adjacency matrix's largest eigenvalue, its
 * entries 0 or positive, of Euclidean norm 1. It exists only where that eigenvalue is simple; so the second largest is
 * sought as well, until the two can be told apart: with a failure probability of 1e-6 by J. Kuczynski, H. Wozniakowski:
 * Estimating the largest eigenvalue by the power and Lanczos algorithms with a random start, 1992.
 */
export function eigenvector(graph: Graph): Scores {
  const { nodeCount } = graph;
  if (graph.edgeCount === 0) {
    return { scores: null, reason: 'a graph without edges has no eigenvector centrality' };
  }
  const maximumSteps = Math.ceil(MAXIMUM_WORK / (nodeCount + graph.neighbors.length));
  const leading = lanczos(graph, {
    start: new Float64Array(nodeCount).fill(1),
    isEnough: (value, residual) => residual <= 1e-12 * value,
    maximumSteps,
  });
  if (!leading.isEnough) return unsettled(leading.value);
  const scores = leading.vector();
  makePositive(scores);
  polish(graph, scores);
  const image = new Float64Array(nodeCount);
  multiply(graph, scores, image);
  const value = dot(image, scores);
  for (let node = 0; node < nodeCount; node++) image[node] -= value * scores[node];
  const residual = Math.sqrt(dot(image, image));

  if (nodeCount === 2) return { scores, reason: null };
  const confidence = Math.log(1.648 * Math.sqrt(nodeCount) * 1e6);
  const second = lanczos(graph, {
    start: scattered(nodeCount),
    orthogonalTo: scores,
    // An eigenvalue half-way to the leading one would have been found by now.
    isEnough: (found, _, steps) =>
      value - found <= 1e-9 * value ||
      Math.sqrt((value - found) / (4 * value)) * (2 * steps - 1) >= confidence,
    maximumSteps,
  });
  if (!second.isEnough) return unsettled(value);
  const gap = (value - second.value) / 2;
  if (residual > TOLERANCE * gap || gap <= 1e-9 * value) {
    return {
      scores: null,
      reason:
        `the largest eigenvalue of the adjacency matrix, ${value.toPrecision(6)}, is not simple (or cannot be told ` +
        'from the second), so the leading eigenvector is not unique',
    };
  }
  return { scores, reason: null };
}

function unsettled(value: number): Scores {
  return {
    scores: null,
    reason:
      `the largest eigenvalue of the adjacency matrix, about ${value.toPrecision(6)}, could not be told from the ` +
      'second in reasonable time',
  };
}

/** Turns the sign and clears rounding errors: an eigenvector of a nonnegative matrix is nonnegative. */
function makePositive(vector: Float64Array): void {
  let sum = 0;
  let largest = 0;
  for (const entry of vector) {
    sum += entry;
    largest = Math.max(largest, Math.abs(entry));
  }
  for (let node = 0; node < vector.length; node++) {
    const entry = sum < 0 ? -vector[node] : vector[node];
    vector[node] = entry > 1e-12 * largest ? entry : 0;
  }
}

/**
 * Steps of the power method on A + I. They bring the entries of nodes far from the center, smaller than the rounding
 * errors of the others, to the same relative accuracy, and leave 0 what is 0: other parts of the graph.
 */
function polish(graph: Graph, vector: Float64Array): void {
  const product = new Float64Array(vector.length);
  for (let step = 0, change = 1; step < 200 && change > 1e-10; step++) {
    multiply(graph, vector, product);
    for (let node = 0; node < vector.length; node++) product[node] += vector[node];
    normalize(product);
    change = 0;
    for (let node = 0; node < vector.length; node++) {
      if (product[node] > 0) change = Math.max(change, Math.abs(1 - vector[node] / product[node]));
      vector[node] = product[node];
    }
  }
}

/** Numbers in (-1, 1) without order, the same in every run: Knuth's multiplicative hash of the node. */
function scattered(nodeCount: number): Float64Array {
  const vector = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    let hash = Math.imul(node + 1, 2654435761);
    hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
    vector[node] = ((hash ^ (hash >>> 13)) | 0) / 2 ** 31;
  }
  return vector;
}
