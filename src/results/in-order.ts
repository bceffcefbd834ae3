/**
 * Does what `make` does for each item, up to `limit` of them at once, and gives the results in the order of the items.
 * Throws what the first of them in this order throws; the others are waited for.
 */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  make: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = make(item);
      // Whether it fails is asked for when its turn comes; until then nobody must be alarmed.
      result.catch(() => {});
      waiting.push(result);
      if (waiting.length >= limit) yield await waiting.shift()!;
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } finally {
    await Promise.allSettled(waiting);
  }
}
