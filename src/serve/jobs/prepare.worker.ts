import { parentPort } from 'node:worker_threads';
import { type PrepareRequest, prepare } from './prepare.ts';

const port = parentPort!;

port.postMessage('ready');
port.on('message', async (request: PrepareRequest) => port.postMessage(await prepare(request)));
