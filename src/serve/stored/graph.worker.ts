import { parentPort, workerData } from 'node:worker_threads';
import { GossipError } from '../../errors.ts';
import { doGraphWork, type GraphWork, type GraphWorkDone } from './graph-work.ts';

/** What the thread answers. */
export type GraphReply = { readonly done: GraphWorkDone } | { readonly refused: string };

async function reply(): Promise<GraphReply> {
  try {
    return { done: await doGraphWork(workerData as GraphWork) };
  } catch (error) {
    // An error's class does not outlive the way to another thread.
    if (error instanceof GossipError && error.code === 'input') return { refused: error.message };
    throw error;
  }
}

parentPort!.postMessage(await reply());
