/** A growing list of pairs of numbers; 16 bytes a pair, without the copies of an array that doubles. */
export interface PairList {
  readonly length: number;
  push(a: number, b: number): void;
  /** Replaces every pair's numbers, a before b, in order. */
  map(change: (value: number) => number): void;
  /** The pairs in order, chunk by chunk as [a, b, a, b, …]; what was handed out is no longer held. */
  drain(): Generator<Float64Array>;
  /** The pairs in order, as `drain` gives them, and they stay. */
  chunks(): Generator<Float64Array>;
}

const smallest = 1 << 10;
const largest = 1 << 21;

export function createPairList(): PairList {
  let full: Float64Array[] = [];
  let last = new Float64Array(smallest);
  let used = 0;
  let length = 0;

  const list: PairList = {
    get length() {
      return length;
    },
    push(a, b) {
      if (used === last.length) {
        full.push(last);
        last = new Float64Array(Math.min(largest, 2 * last.length));
        used = 0;
      }
      last[used] = a;
      last[used + 1] = b;
      used += 2;
      length++;
    },
    map(change) {
      for (const chunk of list.chunks()) {
        for (let i = 0; i < chunk.length; i++) chunk[i] = change(chunk[i]);
      }
    },
    *chunks() {
      yield* full;
      yield last.subarray(0, used);
    },
    *drain() {
      const chunks = [...full, last.subarray(0, used)].reverse();
      full = [];
      last = new Float64Array(smallest);
      used = 0;
      length = 0;
      while (chunks.length > 0) yield chunks.pop()!;
    },
  };
  return list;
}
