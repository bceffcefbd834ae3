import { Worker } from 'node:worker_threads';
import { GossipError } from '../../errors.ts';
import { shareGraph } from '../../graph/share.ts';
import { ownModule } from '../../own-files.ts';
import type { GraphReply } from './graph.worker.ts';
import type { GraphWork, GraphWorkDone } from './graph-work.ts';
import { tooLarge } from './refusals.ts';

/** Does a graph's work elsewhere, so that calls are answered meanwhile. */
export type WorkOnGraph = (work: GraphWork) => Promise<GraphWorkDone>;

/** The processor has other things to do, and who comes too late is told to come again. */
const LIMITS = { atOnce: 2, waiting: 32 };

/**
 * A thread for each work, two at a time; `signal` ends them. Throws ConnectError where too many wait, and what doGraphWork
 * throws.
 */
export function createGraphWorker(signal: AbortSignal, limits = LIMITS): WorkOnGraph {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working >= limits.atOnce) {
      if (waiting.length >= limits.waiting) {
        throw tooLarge('too many graphs are being measured; try again in a minute');
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else working++;
    try {
      return await inThread(
        { ...work, graph: { ...shareGraph(work.graph), labels: null } },
        signal,
      );
    } finally {
      const next = waiting.shift();
      if (next === undefined) working--;
      else next();
    }
  };
}

async function inThread(workerData: GraphWork, signal: AbortSignal): Promise<GraphWorkDone> {
  signal.throwIfAborted();
  const thread = new Worker(ownModule('src/serve/stored/graph.worker'), { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<GraphReply>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  thread.on('message', resolve);
  thread.on('error', reject);
  thread.on('exit', (code) => reject(new Error(`a worker thread ended with code ${code}`)));
  try {
    const reply = await promise;
    if ('done' in reply) return reply.done;
    throw new GossipError('input', reply.refused);
  } finally {
    signal.removeEventListener('abort', abort);
    await thread.terminate();
  }
}
