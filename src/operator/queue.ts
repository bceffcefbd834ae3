/** Time, as a queue sees it. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls after so many milliseconds; what it returns prevents that. */
  after(milliseconds: number, call: () => void): () => void;
}

export interface QueueOptions {
  /**
   * Brings what a key names to what it should be. It is never at work twice at once for a key. What it returns is when
   * the key should be looked at again, in milliseconds; nothing: not before something is added. Where it throws, the
   * key is tried again with growing pauses.
   */
  readonly work: (key: string, signal: AbortSignal) => Promise<number | undefined>;
  /** Keys worked on at once. */
  readonly workers: number;
  /** The pause after a key's first failure, which doubles until it is the longest; both in milliseconds. */
  readonly firstPause?: number;
  readonly longestPause?: number;
  /** Told of each failure, and in how many milliseconds the key is tried again. */
  readonly onFailure?: (key: string, error: unknown, pause: number) => void;
  readonly clock?: Clock;
}

/** Keys to be worked on: each waits once however often it is added. */
export interface WorkQueue {
  /** Now, or, where it is being worked on, once more after that. */
  add(key: string): void;
  /** After so many milliseconds. The earliest of several counts; work that begins before then makes it void. */
  addAfter(key: string, milliseconds: number): void;
  /** Keys that wait for a worker. */
  readonly depth: number;
  /** Works until the signal aborts; resolves when what was being worked on has ended. What waits then is dropped. */
  run(signal: AbortSignal): Promise<void>;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
/** Timers know no longer time. A key that waits longer is looked at in between, which does no harm. */
const LONGEST_WAIT = 2 ** 31 - 1;
const CLOCK: Clock = {
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
  now: () => performance.now(),
};

/** A queue that works on its keys once it is run. */
export function createQueue(options: QueueOptions): WorkQueue {
  const { work, workers, onFailure = () => {}, clock = CLOCK } = options;
  const { firstPause = FIRST_PAUSE, longestPause = LONGEST_PAUSE } = options;
  const waiting = new Set<string>();
  const working = new Set<string>();
  const later = new Map<string, { readonly at: number; readonly prevent: () => void }>();
  const pauses = new Map<string, number>();
  let running: { readonly signal: AbortSignal; readonly drained: () => void } | null = null;

  function add(key: string): void {
    waiting.add(key);
    start();
  }

  function addAfter(key: string, milliseconds: number): void {
    const wait = Math.min(Math.max(0, milliseconds), LONGEST_WAIT);
    const at = clock.now() + wait;
    const before = later.get(key);
    if (before !== undefined && before.at <= at) return;
    before?.prevent();
    const call = () => {
      later.delete(key);
      add(key);
    };
    later.set(key, { at, prevent: clock.after(wait, call) });
  }

  function start(): void {
    if (running === null || running.signal.aborted) return;
    for (const key of waiting) {
      if (working.size >= workers) return;
      // What is added to a key that is being worked on waits until that has ended.
      if (!working.has(key)) void pass(key, running.signal);
    }
  }

  async function pass(key: string, signal: AbortSignal): Promise<void> {
    waiting.delete(key);
    working.add(key);
    later.get(key)?.prevent();
    later.delete(key);
    try {
      const again = await work(key, signal);
      pauses.delete(key);
      if (again !== undefined && !signal.aborted) addAfter(key, again);
    } catch (error) {
      const pause = pauses.get(key) ?? firstPause;
      pauses.set(key, Math.min(2 * pause, longestPause));
      if (!signal.aborted) {
        onFailure(key, error, pause);
        addAfter(key, pause);
      }
    }
    working.delete(key);
    if (signal.aborted && working.size === 0) running?.drained();
    start();
  }

  return {
    add,
    addAfter,
    get depth() {
      return waiting.size;
    },
    async run(signal) {
      const { promise, resolve } = Promise.withResolvers<void>();
      running = { signal, drained: resolve };
      const stop = () => {
        for (const { prevent } of later.values()) prevent();
        later.clear();
        waiting.clear();
        pauses.clear();
        if (working.size === 0) resolve();
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      start();
      await promise;
      running = null;
    },
  };
}
