import { parentPort } from 'node:worker_threads';
import { replayGraph, type Task } from './replay.ts';

const port = parentPort!;
port.on('message', async (task: Task) => port.postMessage(await replayGraph(task)));
