/** Work that goes on while other work does, so much of it at once. */
export interface Background {
  /**
   * Starts `work`, which holds `bytes` of memory until it ends, when there is room for it, and waits for its end where
   * alone it holds more than there is room for. Throws what an earlier one failed with.
   */
  start(bytes: number, work: () => Promise<void>): Promise<void>;
  /** Settles when all that was started has; rejects with the first failure. */
  end(): Promise<void>;
  /** Rejects with the first failure when it comes, and never resolves. */
  readonly failed: Promise<never>;
}

/** Runs at most `most` at once, which together hold at most `mostBytes` unless one alone holds more. */
export function createBackground(most: number, mostBytes: number): Background {
  const running = new Set<Promise<void>>();
  let held = 0;
  const failed = Promise.withResolvers<never>();
  let failure: { readonly error: unknown } | null = null;
  // Nobody has to listen.
  failed.promise.catch(() => {});

  const throwFailure = () => {
    if (failure !== null) throw failure.error;
  };

  return {
    async start(bytes, work) {
      while (running.size >= most || (running.size > 0 && held + bytes > mostBytes)) {
        await Promise.race(running);
      }
      throwFailure();
      held += bytes;
      const ended: Promise<void> = work()
        .catch((error) => {
          failure ??= { error };
          failed.reject(error);
        })
        .then(() => {
          held -= bytes;
          running.delete(ended);
        });
      running.add(ended);
      if (bytes > mostBytes) await ended;
    },
    async end() {
      while (running.size > 0) await Promise.race(running);
      throwFailure();
    },
    failed: failed.promise,
  };
}
