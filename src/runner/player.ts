import { Worker } from 'node:worker_threads';
import { createHost, type HostConfiguration } from '../host/host.ts';
import { ownModule } from '../own-files.ts';
import { type OnRound, playRun, type RunOutcome, type RunSettings } from './play-run.ts';

/** All that the runs of an execution on a graph share. */
export interface RunSetup {
  readonly host: HostConfiguration;
  readonly run: RunSettings;
}

/** Plays runs. */
export interface Player {
  /** How many runs it may be asked for at once. */
  readonly atOnce: number;
  /** @param onRound told of rounds where the nodes are in this thread, else not */
  play(setup: RunSetup, repetition: number, onRound?: OnRound): Promise<RunOutcome>;
  /** Ends what it plays, at once. */
  close(): Promise<void>;
}

/** A player in this thread. */
export function createPlayer(): Player {
  const host = createHost();
  const abort = new AbortController();
  let configured: RunSetup | null = null;
  return {
    atOnce: 1,
    async play(setup, repetition, onRound) {
      if (configured !== setup) await host.configure(setup.host);
      configured = setup;
      return playRun(host, setup.run, repetition, abort.signal, onRound);
    },
    async close() {
      abort.abort();
      await host.stop();
    },
  };
}

/** What a worker is told: a new setup where there is one, and the repetition to play. */
export interface WorkerRequest {
  readonly setup: RunSetup | null;
  readonly repetition: number;
}

/** What a worker answers. */
export type WorkerReply = { readonly outcome: RunOutcome } | { readonly error: unknown };

/** A player in a worker thread of its own; graphs and weights in shared memory are not copied to it. */
export function createWorkerPlayer(): Player {
  const worker = new Worker(ownModule('src/runner/player.worker'));
  let sent: RunSetup | null = null;
  let broken: unknown = null;
  let waiting: { resolve: (outcome: RunOutcome) => void; reject: (error: unknown) => void } | null =
    null;
  const fail = (error: unknown) => {
    broken = error;
    waiting?.reject(error);
  };
  worker.on('message', (reply: WorkerReply) => {
    if ('error' in reply) waiting?.reject(reply.error);
    else waiting?.resolve(reply.outcome);
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a worker thread ended with code ${code}`)));
  return {
    atOnce: 1,
    play(setup, repetition) {
      return new Promise((resolve, reject) => {
        if (broken !== null) return reject(broken);
        waiting = { resolve, reject };
        worker.postMessage({
          setup: setup === sent ? null : setup,
          repetition,
        } satisfies WorkerRequest);
        sent = setup;
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}
