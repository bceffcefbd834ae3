import { unit } from './random.ts';

/**
 * Alias tables of all nodes, each over the node's own slots (positions in the graph's `neighbors`): a pick by fixed
 * weights in constant time (Walker 1977; built as in Vose 1991).
 */
export interface AliasTables {
  /** Slot s is kept with probability keep[s], else alias[s] is taken. */
  readonly keep: Float64Array;
  readonly alias: Uint32Array;
}

/** Builds the alias tables of `weights`, which lie parallel to the slots that `offsets` divides among nodes. */
export function aliasTables(offsets: Uint32Array, weights: Float64Array): AliasTables {
  const keep = new Float64Array(weights.length).fill(1);
  const alias = new Uint32Array(weights.length);
  let largest = 0;
  for (let node = 0; node + 1 < offsets.length; node++) {
    largest = Math.max(largest, offsets[node + 1] - offsets[node]);
  }
  // One stack from both ends: slots below the mean grow from the left, the others from the right.
  const stack = new Uint32Array(largest);
  for (let node = 0; node + 1 < offsets.length; node++) {
    const begin = offsets[node];
    const end = offsets[node + 1];
    let sum = 0;
    for (let slot = begin; slot < end; slot++) sum += weights[slot];
    if (!(sum > 0)) continue; // all kept: uniform
    let small = 0;
    let large = largest;
    for (let slot = begin; slot < end; slot++) {
      // Divided first, so that weights near the largest number do not overflow.
      keep[slot] = (weights[slot] / sum) * (end - begin);
      if (keep[slot] < 1) stack[small++] = slot;
      else stack[--large] = slot;
    }
    while (small > 0 && large < largest) {
      const low = stack[--small];
      const high = stack[large];
      alias[low] = high;
      keep[high] -= 1 - keep[low];
      if (keep[high] < 1) {
        large++;
        stack[small++] = high;
      }
    }
    // What is left over is 1 but for rounding.
    while (small > 0) keep[stack[--small]] = 1;
    while (large < largest) keep[stack[large++]] = 1;
  }
  return { keep, alias };
}

/** A slot by its start weight. */
export function pickByAlias(
  tables: AliasTables,
  begin: number,
  degree: number,
  draw: number,
): number {
  const scaled = draw * degree;
  const column = scaled >>> 0;
  const slot = (begin + column) >>> 0;
  // The alias is read in any case: a branch that cannot be foretold costs more.
  const alias = tables.alias[slot];
  return (alias + Math.imul(slot - alias, +(scaled - column < tables.keep[slot]))) >>> 0;
}

/** A slot by weights that change: one pass for their sum, one to the draw; uniform where they sum to 0. */
export function pickByScan(
  weights: Float64Array,
  begin: number,
  degree: number,
  draw: number,
): number {
  const end = begin + degree;
  let sum = 0;
  for (let slot = begin; slot < end; slot++) sum += weights[slot];
  if (!(sum > 0)) return begin + Math.floor(draw * degree);
  const target = draw * sum;
  let reached = 0;
  let slot = begin;
  // Counting to the end instead of leaving early costs less than a branch that cannot be foretold.
  for (let next = begin; next < end; next++) {
    reached += weights[next];
    slot += +(reached <= target);
  }
  if (slot < end) return slot;
  // The target was rounded up to the sum.
  do slot--;
  while (weights[slot] === 0);
  return slot;
}

/** From this degree on, weights that change are tried by rejection before they are scanned. */
export const LARGE_DEGREE = 64;
/** How often before they are scanned. */
export const REJECTIONS = 4;

/**
 * A slot by weights that have only been lowered from the start weights: a few rejections over the start weights' alias
 * tables, then the scan, so that the cost stays bounded however low they are.
 */
export function pickByRejection(
  tables: AliasTables,
  start: Float64Array,
  weights: Float64Array,
  begin: number,
  degree: number,
  k0: number,
  k1: number,
  counter: number,
): number {
  for (let attempt = 0; attempt < REJECTIONS; attempt++) {
    const slot = pickByAlias(tables, begin, degree, unit(k0, k1, counter, 2 * attempt));
    if (unit(k0, k1, counter, 2 * attempt + 1) * start[slot] < weights[slot]) return slot;
  }
  return pickByScan(weights, begin, degree, unit(k0, k1, counter, 2 * REJECTIONS));
}
