import { Code, ConnectError } from '@connectrpc/connect';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;

/** How `retrying` goes on. */
export interface RetryingOptions {
  /** Ends it: its reason is thrown. */
  readonly signal: AbortSignal;
  /** Told of each failure that another attempt follows, and when: milliseconds as Date.now has them. */
  readonly onAway?: (error: unknown, nextAttempt: number) => void;
  /** The first pause, which doubles until it is 20 times as long, in milliseconds. */
  readonly firstPause?: number;
}

/**
 * Calls until it succeeds or fails for another reason than that the server cannot be reached; what it threw is thrown.
 * Pauses grow up to 5 s, and end when `wake` is called. The call tells by `answered` that the server is there, as at the
 * first message of a stream: then pauses are short again.
 *
 * @example
 * const answer = await retrying((signal) => client.getServer({}, { signal }), { signal });
 */
export async function retrying<T>(
  call: (signal: AbortSignal, answered: () => void) => Promise<T>,
  { signal, onAway, firstPause = FIRST_PAUSE }: RetryingOptions,
): Promise<T> {
  const longest = (LONGEST_PAUSE / FIRST_PAUSE) * firstPause;
  let pause = firstPause;
  for (;;) {
    try {
      return await call(signal, () => {
        pause = firstPause;
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!isAway(error)) throw error;
      // Many pages that lost a server should not come back at once.
      const wait = pause * (0.75 + Math.random() / 4);
      onAway?.(error, Date.now() + wait);
      await sleep(wait, signal);
      pause = Math.min(2 * pause, longest);
    }
  }
}

/** Thrown by a stream that ended where it should go on: the server stops. */
export class StreamEnded extends Error {
  override readonly name = 'StreamEnded';
}

/** Whether an error says that the server cannot be reached now, rather than that it answered so. */
export function isAway(error: unknown): boolean {
  if (error instanceof StreamEnded) return true;
  if (!(error instanceof ConnectError)) return false;
  return (
    error.code === Code.Unavailable ||
    // The answer was cut.
    error.rawMessage === 'missing trailer' ||
    error.rawMessage === 'protocol error: incomplete envelope' ||
    // What fetch throws where there is no connection.
    error.cause instanceof TypeError
  );
}

const waiting = new Set<() => void>();

/** Ends the pauses of all that is being tried again: the server seems to be back, or somebody wants to know now. */
export function wake(): void {
  for (const go of [...waiting]) go();
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      waiting.delete(over);
      signal.removeEventListener('abort', over);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(over, milliseconds);
    waiting.add(over);
    signal.addEventListener('abort', over);
    if (signal.aborted) over();
  });
}
