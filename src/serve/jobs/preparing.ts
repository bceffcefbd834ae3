import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Code, ConnectError } from '@connectrpc/connect';
import { ownModule } from '../../own-files.ts';
import type { Preparation, PrepareRequest } from './prepare.ts';
import { ofRequest, refusal } from './problems.ts';

/** What reading and planning may take: a small file can be made to fill any memory, and to take any time. */
const SECONDS = 30;
const MEBIBYTES = 1024;
/** Who comes later is told to come again. */
const MOST_WAITING = 16;

/** Prepares simulations in a thread, so that calls are answered meanwhile, one request after the other. */
export interface Preparing {
  /** Throws ConnectError where a request takes too much of anything, or too many wait. */
  prepare(request: PrepareRequest): Promise<Preparation>;
  /** Ends what is in hand. */
  stop(): void;
}

export function createPreparing(seconds = SECONDS): Preparing {
  const stopped = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  /** It stays for the next request: starting one takes longer than most requests. */
  let thread: Worker | null = null;

  async function open(): Promise<Worker> {
    const opened = new Worker(ownModule('src/serve/jobs/prepare.worker'), {
      resourceLimits: { maxOldGenerationSizeMb: MEBIBYTES },
    });
    // It says so also while nobody asks it anything.
    opened.on('error', () => close(opened));
    opened.on('exit', () => close(opened));
    thread = opened;
    // That it takes long to start on a busy machine is nobody's fault.
    const { signal } = stopped;
    await once(opened, 'message', { signal }).catch((error) => {
      signal.throwIfAborted();
      throw error;
    });
    return opened;
  }

  function close(ended: Worker): void {
    void ended.terminate();
    if (thread === ended) thread = null;
  }

  async function ask(request: PrepareRequest): Promise<Preparation> {
    const { signal } = stopped;
    signal.throwIfAborted();
    const asked = thread ?? (await open());
    const { promise, resolve, reject } = Promise.withResolvers<Preparation>();
    const abort = () => reject(signal.reason);
    const fail = (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch(`${MEBIBYTES} MiB`) : error);
    const exit = () => reject(new Error('a thread that reads files has ended'));
    const timer = setTimeout(() => reject(tooMuch(`${seconds} seconds`)), seconds * 1000);
    signal.addEventListener('abort', abort);
    asked.on('message', resolve).on('error', fail).on('exit', exit);
    try {
      asked.postMessage(request);
      return await promise;
    } catch (error) {
      close(asked);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      asked.off('message', resolve).off('error', fail).off('exit', exit);
    }
  }

  return {
    async prepare(request) {
      if (waiting >= MOST_WAITING) {
        throw new ConnectError(
          'too many files are being read here; try again in a moment',
          Code.ResourceExhausted,
        );
      }
      waiting++;
      const prepared = last.then(() => ask(request));
      last = prepared.catch(() => {});
      try {
        return await prepared;
      } finally {
        waiting--;
      }
    },
    stop() {
      stopped.abort(new ConnectError('this server stops', Code.Unavailable));
      if (thread !== null) close(thread);
    },
  };
}

function tooMuch(what: string): ConnectError {
  return refusal([
    ofRequest(
      `reading these files takes more than ${what}: write large graphs as edge lists, or play them with gossip run`,
    ),
  ]);
}
