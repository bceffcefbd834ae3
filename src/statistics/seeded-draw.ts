/** A seeded source of numbers in (0, 1) for the tests of this folder: xorshift32 (Marsaglia 2003). */
export function seededDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
