/** Processor time of threads, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** What Node calls its worker threads. */
const WORKER = 'WorkerThread';

/** Processor time of the worker threads of a process that is on this machine, by thread, in seconds. */
export function workerSeconds(pid: number): Map<number, number> {
  const seconds = new Map<number, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      if (readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim() !== WORKER) continue;
      const [ran] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      seconds.set(Number(thread), Number(ran) / 1e9);
    } catch {
      // It is over meanwhile.
    }
  }
  return seconds;
}

/** Lets a process have what processor time others leave to it. */
export function stepBack(pid: number): void {
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      setPriority(Number(thread), 19);
    } catch {
      // It is over meanwhile.
    }
  }
}
