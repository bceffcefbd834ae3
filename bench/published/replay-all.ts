import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Task } from './replay.ts';

/** Replays all tasks, each in one of so many threads; the results do not depend on their number. */
export async function replayAll(
  tasks: readonly Task[],
  jobs: number,
): Promise<Map<number, number[]>[]> {
  const results: Map<number, number[]>[] = [];
  let next = 0;
  const workers = Array.from(
    { length: Math.min(jobs, tasks.length) },
    () => new Worker(new URL('./replay.worker.ts', import.meta.url)),
  );
  try {
    await Promise.all(
      workers.map(async (worker) => {
        while (next < tasks.length) {
          const index = next++;
          worker.postMessage(tasks[index]);
          [results[index]] = await once(worker, 'message');
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
