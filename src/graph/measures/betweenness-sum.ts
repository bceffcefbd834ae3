import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ownModule } from '../../own-files.ts';
import type { BetweennessOptions } from './betweenness.ts';
import { type BetweennessWork, chunkCount, sumChunk } from './betweenness-chunk.ts';
import { createBrandes } from './brandes.ts';

/** Sources times (nodes + edge ends) above which worker threads pay for their start. */
export const LARGE_BETWEENNESS_WORK = 3e7;

/** Whether the sources' work on this graph is enough for worker threads. */
export function isLarge(
  graph: { readonly offsets: Uint32Array; readonly neighbors: Uint32Array },
  sources: number,
): boolean {
  return sources * (graph.offsets.length + graph.neighbors.length) >= LARGE_BETWEENNESS_WORK;
}

/** By node, the dependencies of all sources on it, by worker threads where that pays. */
export async function sumDependencies(
  work: BetweennessWork,
  { jobs = 1, signal, onProgress }: BetweennessOptions,
): Promise<Float64Array> {
  signal?.throwIfAborted();
  const total = new Float64Array(work.offsets.length - 1);
  const add = adder(total, chunkCount(work), onProgress);
  const threads = Math.min(jobs, chunkCount(work));
  if (threads > 1 && isLarge(work, work.sources.length)) {
    await sumInWorkers(shared(work), threads, add, signal);
  } else {
    await sumHere(work, add, signal);
  }
  return total;
}

/** Takes the chunks' sums in any order and adds them up in ascending order. True when all are in. */
function adder(total: Float64Array, chunks: number, onProgress?: BetweennessOptions['onProgress']) {
  const waiting = new Map<number, Float64Array>();
  let next = 0;
  return (chunk: number, sums: Float64Array): boolean => {
    waiting.set(chunk, sums);
    for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
      for (let node = 0; node < total.length; node++) total[node] += ready[node];
      waiting.delete(next++);
    }
    onProgress?.(next, chunks);
    return next === chunks;
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
  const url = ownModule('src/graph/measures/betweenness.worker');
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
