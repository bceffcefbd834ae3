/**
 * What somebody is told as it happens, one thing after the other until the signal aborts, for a reader who may be slow:
 * what waits for him is shortened, so that nothing is kept without bound and nobody waits for him.
 *
 * @param subscribe begins to tell, and gives what ends it
 * @param shorten takes away from what waits what may be missed, whenever something was added
 */
export async function* slowReader<T>(
  subscribe: (tell: (news: T) => void) => () => void,
  shorten: (waiting: T[]) => void,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const waiting: T[] = [];
  let wake = () => {};
  const end = subscribe((news) => {
    waiting.push(news);
    shorten(waiting);
    wake();
  });
  const abort = () => wake();
  signal.addEventListener('abort', abort);
  try {
    while (!signal.aborted) {
      if (waiting.length > 0) yield waiting.shift()!;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    end();
    signal.removeEventListener('abort', abort);
  }
}
