/** A sample of items, in their order, and how many there were. */
export interface Sample<T> {
  readonly items: readonly T[];
  readonly of: number;
}

/**
 * Draws `count` of the items, each set of so many being as likely as any other, or all where there are fewer. (Vitter's
 * algorithm R, 1985: only the sample is held.)
 *
 * @param draw numbers in [0, 1)
 */
export async function drawSample<T>(
  items: AsyncIterable<T>,
  count: number,
  draw: () => number,
): Promise<Sample<T>> {
  const held: { index: number; item: T }[] = [];
  let of = 0;
  for await (const item of items) {
    const place = of < count ? of : Math.floor(draw() * (of + 1));
    if (place < count) held[place] = { index: of, item };
    of++;
  }
  return { items: held.sort((a, b) => a.index - b.index).map(({ item }) => item), of };
}
