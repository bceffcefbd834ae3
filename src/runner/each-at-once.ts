/** Does `work` for each item in order, for at most so many at once. Rejects with the first failure; then no more is begun. */
export async function eachAtOnce<T>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let failed = false;
  const loop = async () => {
    for (;;) {
      const next = failed ? { done: true as const } : left.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  const loops = Array.from({ length: most }, () =>
    loop().catch((error) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(loops);
}
