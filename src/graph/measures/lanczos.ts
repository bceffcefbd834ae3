import type { Graph } from '../graph.ts';
import { largestEigenpair } from './tridiagonal.ts';

export interface LanczosOptions {
  /** The vector to begin with, any norm; not changed. */
  readonly start: Float64Array;
  /** Search only what is orthogonal to this vector of norm 1. */
  readonly orthogonalTo?: Float64Array;
  /** Whether this approximation will do: the largest eigenvalue found, its residual, the steps taken. */
  readonly isEnough: (value: number, residual: number, steps: number) => boolean;
  readonly maximumSteps: number;
}

export interface LanczosResult {
  /** The largest eigenvalue that was found, approached from below. */
  readonly value: number;
  /** False where the steps ran out first. */
  readonly isEnough: boolean;
  /** Its eigenvector, of norm 1: takes as many steps again. */
  vector(): Float64Array;
}

/**
 * The largest eigenvalue of the graph's adjacency matrix by Lanczos' method (C. C. Paige: Computational variants of
 * the Lanczos method, 1972), without keeping its basis: the vector is summed up by going through the same steps a
 * second time, so memory is 4 vectors whatever the number of steps.
 */
export function lanczos(graph: Graph, options: LanczosOptions): LanczosResult {
  const { isEnough, maximumSteps } = options;
  const diagonal: number[] = [];
  const beside: number[] = [];
  const walk = createWalk(graph, options);
  for (let nextCheck = 1; ; ) {
    walk.step();
    diagonal.push(walk.along());
    beside.push(walk.beside());
    const steps = diagonal.length;
    const ends = beside[steps - 1] === 0 || steps >= maximumSteps;
    if (steps < nextCheck && !ends) continue;
    nextCheck = Math.ceil(steps * 1.1);
    const { value, vector } = largestEigenpair(diagonal, beside);
    const residual = beside[steps - 1] * Math.abs(vector[steps - 1]);
    const enough = beside[steps - 1] === 0 || isEnough(value, residual, steps);
    if (enough || ends) {
      return { value, isEnough: enough, vector: () => combine(graph, options, vector) };
    }
  }
}

/** The sum of the Lanczos vectors times the weights, of norm 1. */
function combine(graph: Graph, options: LanczosOptions, weights: Float64Array): Float64Array {
  const walk = createWalk(graph, options);
  const sum = new Float64Array(graph.nodeCount);
  for (let step = 0; step < weights.length; step++) {
    const vector = walk.vector();
    for (let node = 0; node < sum.length; node++) sum[node] += weights[step] * vector[node];
    if (step + 1 < weights.length) walk.step();
  }
  normalize(sum);
  return sum;
}

function createWalk(graph: Graph, { start, orthogonalTo }: LanczosOptions) {
  let current = start.slice();
  if (orthogonalTo) removePart(current, orthogonalTo);
  normalize(current);
  let previous = new Float64Array(graph.nodeCount);
  let product = new Float64Array(graph.nodeCount);
  let along = 0;
  let beside = 0;
  return {
    vector: () => current,
    along: () => along,
    beside: () => beside,
    step() {
      multiply(graph, current, product);
      for (let node = 0; node < product.length; node++) product[node] -= beside * previous[node];
      along = dot(product, current);
      for (let node = 0; node < product.length; node++) product[node] -= along * current[node];
      if (orthogonalTo) removePart(product, orthogonalTo);
      beside = normalize(product);
      [previous, current, product] = [current, product, previous];
    },
  };
}

/** product = A vector. */
export function multiply(graph: Graph, vector: Float64Array, product: Float64Array): void {
  const { nodeCount, offsets, neighbors } = graph;
  for (let node = 0; node < nodeCount; node++) {
    let sum = 0;
    for (let i = offsets[node], end = offsets[node + 1]; i < end; i++) sum += vector[neighbors[i]];
    product[node] = sum;
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let node = 0; node < a.length; node++) sum += a[node] * b[node];
  return sum;
}

/** Divides the vector by its Euclidean norm, which it returns; what is 0 but for rounding becomes 0. */
export function normalize(vector: Float64Array): number {
  const norm = Math.sqrt(dot(vector, vector));
  if (norm < 1e-13) {
    vector.fill(0);
    return 0;
  }
  for (let node = 0; node < vector.length; node++) vector[node] /= norm;
  return norm;
}

function removePart(vector: Float64Array, direction: Float64Array): void {
  const part = dot(vector, direction);
  for (let node = 0; node < vector.length; node++) vector[node] -= part * direction[node];
}
