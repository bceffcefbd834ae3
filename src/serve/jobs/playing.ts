import { Worker } from 'node:worker_threads';
import { ownModule } from '../../own-files.ts';
import { type Ending, failureOf, type PlayNews, type PlayRequest } from './play.ts';

/** A simulation that is played in a thread of its own. */
export interface Playing {
  /** How it ended; what is finished stays. Never rejects. */
  readonly ended: Promise<Ending>;
  cancel(): void;
}

/** A thread that does not hear that it is to end is ended after so long, in milliseconds. */
const PATIENCE = 5000;

/** Plays a simulation; `onNews` is told all but its end. */
export function startPlaying(request: PlayRequest, onNews: (news: PlayNews) => void): Playing {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  let timer: NodeJS.Timeout | undefined;
  const thread = new Worker(ownModule('src/serve/jobs/play.worker'), { workerData: request });

  let ending: Ending | null = null;

  function end(found: Ending): void {
    if (ending !== null) return;
    ending = found;
    clearTimeout(timer);
    // Not before its thread can write no more.
    void thread.terminate().then(() => resolve(found));
  }

  thread.on('message', (news: PlayNews) => {
    if (news.kind === 'over') end(news);
    else onNews(news);
  });
  thread.on('error', (error: unknown) => end({ ...failureOf(error), cpuSeconds: 0 }));
  thread.on('exit', (code) =>
    end({ ...failureOf(new Error(`a worker thread ended with code ${code}`)), cpuSeconds: 0 }),
  );
  return {
    ended: promise,
    cancel() {
      thread.postMessage('cancel');
      timer ??= setTimeout(
        () => end({ state: 'canceled', problem: '', detail: '', cpuSeconds: 0 }),
        PATIENCE,
      );
    },
  };
}
