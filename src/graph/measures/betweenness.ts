import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { GossipError, inputError } from '../../errors.ts';
import type { Graph } from '../graph.ts';
import { type BetweennessWork, chunkCount, sumChunk } from './betweenness-chunk.ts';
import { createBrandes } from './brandes.ts';

/** Sources times (nodes + edge ends) above which worker threads pay for their start. */
export const LARGE_BETWEENNESS_WORK = 3e7;

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
  const { jobs = 1, sample, signal } = options;
  if (sample && !(Number.isInteger(sample.count) && sample.count > 0)) {
    throw inputError(`a sample has a positive integer number of pivots, not ${sample.count}`);
  }
  if (nodeCount < 3) return { scores: new Float64Array(nodeCount), errorBound: 0 };
  const isExact = sample === undefined || sample.count >= nodeCount;
  const sources = isExact ? allNodes(nodeCount) : pivots(nodeCount, sample.count, sample.draw);
  const work = { offsets: graph.offsets, neighbors: graph.neighbors, sources };
  const threads = Math.min(jobs, chunkCount(work));
  const isLarge = workOf(graph, sources.length) >= LARGE_BETWEENNESS_WORK;
  signal?.throwIfAborted();
  const scores = new Float64Array(nodeCount);
  const add = adder(scores, chunkCount(work), options.onProgress);
  if (threads > 1 && isLarge) await sumInWorkers(shared(work), threads, add, signal);
  else await sumHere(work, add, signal);
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

/** About how many seconds exact betweenness will take here, measured on a few sources spread over the graph. */
export function estimateBetweennessSeconds(graph: Graph, jobs: number): number {
  const { nodeCount } = graph;
  if (nodeCount < 3) return 0;
  const addDependencies = createBrandes(graph.offsets, graph.neighbors);
  const sums = new Float64Array(nodeCount);
  // The engine compiles the loops while they run first: the first source is not counted, unless it was long.
  let seconds = secondsOf(() => addDependencies(0, sums));
  if (seconds < 1) {
    const probes = Math.min(nodeCount, 8);
    const start = performance.now();
    let played = 0;
    while (played < probes && (played < 2 || performance.now() - start < 1000)) {
      addDependencies(Math.floor(((played + 0.5) * nodeCount) / probes), sums);
      played++;
    }
    seconds = (performance.now() - start) / 1000 / played;
  }
  const isLarge = workOf(graph, nodeCount) >= LARGE_BETWEENNESS_WORK;
  return (seconds * nodeCount) / (isLarge ? Math.max(1, jobs) : 1);
}

function secondsOf(play: () => void): number {
  const start = performance.now();
  play();
  return (performance.now() - start) / 1000;
}

function workOf(graph: Graph, sources: number): number {
  return sources * (graph.nodeCount + graph.neighbors.length);
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

/** Takes the chunks' sums in any order and adds them to the scores in ascending order. True when all are in. */
function adder(scores: Float64Array, total: number, onProgress?: BetweennessOptions['onProgress']) {
  const waiting = new Map<number, Float64Array>();
  let next = 0;
  return (chunk: number, sums: Float64Array): boolean => {
    waiting.set(chunk, sums);
    for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
      for (let node = 0; node < scores.length; node++) scores[node] += ready[node];
      waiting.delete(next++);
    }
    onProgress?.(next, total);
    return next === total;
  };
}

type Add = ReturnType<typeof adder>;

async function sumHere(work: BetweennessWork, add: Add, signal?: AbortSignal): Promise<void> {
  const addDependencies = createBrandes(work.offsets, work.neighbors);
  for (let chunk = 0; chunk < chunkCount(work); chunk++) {
    add(chunk, sumChunk(addDependencies, work, chunk));
    await setImmediate();
    signal?.throwIfAborted();
  }
}

async function sumInWorkers(
  work: BetweennessWork,
  threads: number,
  add: Add,
  signal?: AbortSignal,
): Promise<void> {
  const url = new URL('./betweenness.worker.ts', import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(url, { workerData: work }));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  let next = 0;
  for (const worker of workers) {
    worker.on('error', reject);
    worker.on('message', (done: { chunk: number; sums: Float64Array }) => {
      if (add(done.chunk, done.sums)) resolve();
      else if (next < chunkCount(work)) worker.postMessage(next++);
    });
    worker.postMessage(next++);
  }
  try {
    await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function shared(work: BetweennessWork): BetweennessWork {
  return {
    offsets: inSharedMemory(work.offsets),
    neighbors: inSharedMemory(work.neighbors),
    sources: inSharedMemory(work.sources),
  };
}

function inSharedMemory(array: Uint32Array): Uint32Array {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const copy = new Uint32Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
