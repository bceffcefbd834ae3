import { parentPort, workerData } from 'node:worker_threads';
import { type PlayRequest, play } from './play.ts';

const port = parentPort!;
const canceled = new AbortController();
// The one thing that it is told.
port.on('message', () => canceled.abort(new Error('canceled')));
await play(
  workerData as PlayRequest,
  (news, transfer) => port.postMessage(news, transfer ?? []),
  canceled.signal,
);
