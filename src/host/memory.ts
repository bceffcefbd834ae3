/**
 * How contact lowers weights: `plain` lowers a neighbor's weight at the first contact of a run, `complex` at each
 * contact, and returns all of a node's weights to their start when the node's own value changes.
 */
export type MemoryKind = 'none' | 'plain' | 'complex';

/** The weights of all nodes as contacts have left them, slot by slot (positions in the graph's `neighbors`). */
export interface Memory {
  readonly kind: MemoryKind;
  readonly start: Float64Array;
  readonly weights: Float64Array;
  /** Slots already contacted in this run; empty for complex memory. */
  readonly met: Uint8Array;
  /** reverse[slot] is the partner's slot for this edge. */
  readonly reverse: Uint32Array;
  readonly factor: number;
}

/** Memory over these start weights; `factor` is the priorPartnerFactor. */
export function createMemory(
  kind: 'plain' | 'complex',
  start: Float64Array,
  reverse: Uint32Array,
  factor: number,
): Memory {
  const met = new Uint8Array(kind === 'plain' ? start.length : 0);
  return { kind, start, weights: start.slice(), met, reverse, factor };
}

/** Every run begins with the start weights and nobody met. */
export function clearMemory(memory: Memory): void {
  memory.weights.set(memory.start);
  memory.met.fill(0);
}

/** One side of a contact: the owner of `slot` has exchanged with the neighbor in it. */
export function remember(memory: Memory, slot: number): void {
  if (memory.kind === 'plain') {
    if (memory.met[slot] === 1) return;
    memory.met[slot] = 1;
  }
  memory.weights[slot] *= memory.factor;
}

/** Returns the weights of the slots begin..end-1 to their start; plain memory never forgets. */
export function forget(memory: Memory, begin: number, end: number): void {
  if (memory.kind === 'plain') return;
  for (let slot = begin; slot < end; slot++) memory.weights[slot] = memory.start[slot];
}
