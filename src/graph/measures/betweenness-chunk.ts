import type { AddDependencies } from './brandes.ts';

/** What betweenness is summed over; in shared memory where worker threads take part. */
export interface BetweennessWork {
  readonly offsets: Uint32Array;
  readonly neighbors: Uint32Array;
  readonly sources: Uint32Array;
}

/** Fixed, so that the additions are the same ones, in the same order, whoever makes them. */
const SOURCES_PER_CHUNK = 16;

/** How many chunks the work has. */
export function chunkCount(work: BetweennessWork): number {
  return Math.ceil(work.sources.length / SOURCES_PER_CHUNK);
}

/** The dependencies of one chunk's sources, summed for each node. */
export function sumChunk(
  addDependencies: AddDependencies,
  work: BetweennessWork,
  chunk: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(work.offsets.length - 1);
  const start = chunk * SOURCES_PER_CHUNK;
  for (const source of work.sources.subarray(start, start + SOURCES_PER_CHUNK)) {
    addDependencies(source, sums);
  }
  return sums;
}
