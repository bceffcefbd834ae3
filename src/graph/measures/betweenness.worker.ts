import { parentPort, workerData } from 'node:worker_threads';
import { type BetweennessWork, sumChunk } from './betweenness-chunk.ts';
import { createBrandes } from './brandes.ts';

const work = workerData as BetweennessWork;
const addDependencies = createBrandes(work.offsets, work.neighbors);
parentPort!.on('message', (chunk: number) => {
  const sums = sumChunk(addDependencies, work, chunk);
  parentPort!.postMessage({ chunk, sums }, [sums.buffer]);
});
