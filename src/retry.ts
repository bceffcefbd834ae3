import { setTimeout as sleep } from 'node:timers/promises';

/** When something that failed is done again. */
export interface RetryOptions {
  /** How long the other side asks to wait, in milliseconds (0: it does not say); null: the error will not pass. */
  readonly delayOf: (error: unknown) => number | null;
  /** How long after the first failure another attempt is still made, in milliseconds. */
  readonly patience: number;
  /** The pause after the first failure, which doubles until it is the longest; both in milliseconds. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** Told of each failure that another attempt follows. */
  readonly onRetry: (error: unknown) => void;
  /** Ends the waiting: its reason is thrown. */
  readonly signal?: AbortSignal;
}

/** Calls until it succeeds, fails for good, or patience ends; then throws the last error. */
export async function retry<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { delayOf, patience, firstPause, longestPause, onRetry, signal } = options;
  let end: number | null = null;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await call();
    } catch (error) {
      const asked = delayOf(error);
      if (asked === null) throw error;
      signal?.throwIfAborted();
      end ??= performance.now() + patience;
      // Many that failed at once should not come again at once.
      const wait = Math.min(Math.max(asked, pause * (0.5 + Math.random() / 2)), longestPause);
      if (performance.now() + wait > end) throw error;
      onRetry(error);
      await sleep(wait, undefined, { signal }).catch((reason) => {
        throw signal?.aborted ? signal.reason : reason;
      });
    }
  }
}
