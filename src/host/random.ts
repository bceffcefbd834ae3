/**
 * Counter-based randomness: every draw is a pure function of a key and a counter, so no state has to be kept, sent or
 * stored, and a draw is the same on whichever host it is made. (The idea: Salmon et al., "Parallel random numbers: as
 * easy as 1, 2, 3", 2011. The 32-bit mixer has the shape and constants found by Wellons' search, "hash-prospector".)
 */

/** Two 32-bit words that name a stream of draws. */
export interface Key {
  readonly k0: number;
  readonly k1: number;
}

/** What a stream of draws is for; streams of different purpose share no draws. */
export const Purpose = {
  choice: 1,
  start: 2,
  order: 3,
  initiator: 4,
  source: 5,
  community: 6,
  pivot: 7,
  bootstrap: 8,
} as const;

/** Mixes 32 bits; a bijection. */
export function mix(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0xd35a2d97);
  return x ^ (x >>> 15);
}

/** A key that depends on every word given and on their order. */
export function deriveKey(
  words: Iterable<number>,
  from: Key = { k0: 0x6a09e667, k1: 0x3c6ef372 },
): Key {
  let { k0, k1 } = from;
  for (const word of words) {
    k0 = mix(k0 ^ word);
    k1 = mix((k1 + word + 0x9e3779b9) ^ k0);
    k0 = (k0 + k1) | 0;
  }
  return { k0, k1 };
}

/** The two words of a seed, an integer 0..2^53-1. */
export function seedWords(seed: number): [low: number, high: number] {
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}

/** 32 random bits, as an unsigned integer, for this counter and attempt. */
export function word(k0: number, k1: number, counter: number, attempt: number): number {
  const first = mix(counter ^ k0);
  // Adding the first half again makes this a random function of the counter rather than a permutation.
  return (mix(first + k1 + Math.imul(attempt, 0x9e3779b9)) + first) >>> 0;
}

/** A number in [0, 1) with 53 random bits; attempt a uses the words 2a and 2a + 1. */
export function unit(k0: number, k1: number, counter: number, attempt: number): number {
  const high = word(k0, k1, counter, 2 * attempt);
  const low = word(k0, k1, counter, 2 * attempt + 1);
  return (high * 0x200000 + (low >>> 11)) * 2 ** -53;
}

/** An integer in 0..range-1, range at most 2^32: one multiply, biased by at most range / 2^32. */
export function integer(k0: number, k1: number, counter: number, range: number): number {
  return Math.floor(word(k0, k1, counter, 0) * range * 2 ** -32);
}

/** The stream of a key as a function, for libraries that ask for a random source. */
export function sequence(key: Key): () => number {
  let counter = 0;
  return () => unit(key.k0, key.k1, counter++, 0);
}
