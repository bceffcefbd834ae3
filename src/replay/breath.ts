/** How long others may be kept waiting, in milliseconds: two frames of a page, nearly. */
const PATIENCE = 30;

/**
 * For what takes long: a function to be called and awaited now and then, which lets others run where they have waited
 * long enough. It throws the signal's reason once that has aborted.
 */
export function createBreath(signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > PATIENCE) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}
