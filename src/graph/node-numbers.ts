import type { PairList } from './pair-list.ts';

/** The distinct ids of a file in ascending order, and which of them is which node. */
export interface NodeNumbers {
  readonly nodeCount: number;
  /** Null where the ids are 0..nodeCount-1. */
  readonly numbers: Float64Array | null;
  nodeOf(id: number): number;
}

/**
 * Orders the non-negative integers of a list of pairs (negative entries stand for nothing). Where a table of all ids
 * takes no more room than sorting them, they are looked up in it, else by binary search: a Map ends at 2^24 of them.
 */
export function orderNumbers(pairs: PairList): NodeNumbers {
  let largest = -1;
  for (const chunk of pairs.chunks()) {
    for (let i = 0; i < chunk.length; i++) if (chunk[i] > largest) largest = chunk[i];
  }
  return largest < 4 * pairs.length + 1024 && largest < 2 ** 32 - 1
    ? orderByTable(pairs, largest)
    : orderBySorting(pairs);
}

function orderByTable(pairs: PairList, largest: number): NodeNumbers {
  const table = new Uint32Array(largest + 1);
  for (const chunk of pairs.chunks()) {
    for (let i = 0; i < chunk.length; i++) if (chunk[i] >= 0) table[chunk[i]] = 1;
  }
  let nodeCount = 0;
  for (let id = 0; id <= largest; id++) nodeCount += table[id];
  if (nodeCount === largest + 1) return { nodeCount, numbers: null, nodeOf: (id) => id };

  const numbers = new Float64Array(nodeCount);
  let node = 0;
  for (let id = 0; id <= largest; id++) {
    if (table[id] === 0) continue;
    numbers[node] = id;
    table[id] = node++;
  }
  return { nodeCount, numbers, nodeOf: (id) => table[id] };
}

function orderBySorting(pairs: PairList): NodeNumbers {
  const ids = new Float64Array(2 * pairs.length);
  let length = 0;
  for (const chunk of pairs.chunks()) {
    for (let i = 0; i < chunk.length; i++) if (chunk[i] >= 0) ids[length++] = chunk[i];
  }
  ids.subarray(0, length).sort();
  let nodeCount = 0;
  for (let i = 0; i < length; i++) {
    if (i === 0 || ids[i] !== ids[i - 1]) ids[nodeCount++] = ids[i];
  }
  const numbers = ids.slice(0, nodeCount);
  return { nodeCount, numbers, nodeOf: (id) => search(numbers, id) };
}

function search(numbers: Float64Array, id: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
