import { parentPort } from 'node:worker_threads';
import { createPlayer, type RunSetup, type WorkerReply, type WorkerRequest } from './player.ts';

const port = parentPort!;
const player = createPlayer();
let current: RunSetup | null = null;

port.on('message', async ({ setup, repetition }: WorkerRequest) => {
  current = setup ?? current;
  let reply: WorkerReply;
  try {
    reply = { outcome: await player.play(current!, repetition) };
  } catch (error) {
    reply = { error };
  }
  const { history = [], valuesByRound = [] } = 'outcome' in reply ? reply.outcome : {};
  port.postMessage(
    reply,
    [...(history ?? []), ...(valuesByRound ?? [])].map(({ buffer }) => buffer as ArrayBuffer),
  );
});
