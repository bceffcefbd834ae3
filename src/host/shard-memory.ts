import type { Graph } from '../graph/graph.ts';
import { type Choice, createTurns, pickOne } from './choice.ts';
import { forget, remember } from './memory.ts';
import type { RoundPlan } from './round-plan.ts';

/** What a shard needs where picks depend on contacts. */
export interface ShardMemory {
  readonly choice: Choice;
  /** The round's key for choices. */
  readonly keyOf: (round: number) => { k0: number; k1: number };
}

/** The weights of a shard's nodes as contacts change them. */
export interface Weights {
  /** A node picks its partner of a turn, and the plan of the round is told. */
  pick(node: number, plan: RoundPlan, round: number, turn: number): number;
  /** The weights by which it picked last. */
  pickedBy(node: number): Float64Array;
  /** The value of a node has changed. */
  forget(node: number): void;
  /** A node has exchanged with another. */
  remember(node: number, other: number): void;
}

/** The weights of the nodes first..last - 1. */
export function createWeights(
  { choice, keyOf }: ShardMemory,
  { offsets, neighbors }: Graph,
  first: number,
  last: number,
): Weights {
  const memory = choice.memory!;
  const one = createTurns(1);
  /** Parallel to this shard's part of the graph's neighbors. */
  const picked = new Float64Array(offsets[last] - offsets[first]);

  function slotOf(node: number, other: number): number {
    let low = offsets[node];
    let high = offsets[node + 1];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (neighbors[middle] <= other) low = middle;
      else high = middle;
    }
    return low;
  }

  return {
    pick(node, plan, round, turn) {
      const { k0, k1 } = keyOf(round);
      one.initiators[0] = node;
      one.counters[0] = plan.counters[turn];
      one.count = 1;
      pickOne(choice, memory, one, 0, k0, k1);
      picked.set(
        memory.weights.subarray(offsets[node], offsets[node + 1]),
        offsets[node] - offsets[first],
      );
      plan.partners[turn] = one.partners[0];
      return one.partners[0];
    },
    pickedBy: (node) =>
      picked.slice(offsets[node] - offsets[first], offsets[node + 1] - offsets[first]),
    forget: (node) => forget(memory, offsets[node], offsets[node + 1]),
    remember: (node, other) => remember(memory, slotOf(node, other)),
  };
}
