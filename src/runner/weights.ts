import { inputError } from '../errors.ts';
import { type Graph, numberOf } from '../graph/index.ts';
import { createView, type NodeMeasures } from '../graph/measures/index.ts';
import type { Parameters, Strategy } from '../strategies/index.ts';

/** The weights that a strategy gives to all edges of a graph. */
export interface Weights {
  /** By slot (position in the graph's `neighbors`), in shared memory; null where every node weighs its neighbors alike. */
  readonly slots: Float64Array | null;
  /** Nodes that have neighbors, all of weight 0: they pick uniformly. */
  readonly fallbacks: number;
}

/** Asks the strategy for each node's weights. Throws GossipError `input` where one is negative or not finite. */
export function weigh(
  graph: Graph,
  strategy: Strategy,
  parameters: Parameters,
  measures: NodeMeasures,
): Weights {
  const { nodeCount, offsets, neighbors } = graph;
  const { view, look } = createView(graph, strategy.measures, measures);
  const slots = new Float64Array(
    new SharedArrayBuffer(neighbors.length * Float64Array.BYTES_PER_ELEMENT),
  );
  let fallbacks = 0;
  let alike = true;
  for (let node = 0; node < nodeCount; node++) {
    const begin = offsets[node];
    const end = offsets[node + 1];
    if (begin === end) continue;
    look(node);
    strategy.weigh(view, parameters, slots.subarray(begin, end));
    let sum = 0;
    for (let slot = begin; slot < end; slot++) {
      const weight = slots[slot];
      if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
        throw inputError(
          `it gives node ${numberOf(graph, node)} the weight ${weight} for neighbor ${numberOf(graph, neighbors[slot])}: a weight is finite and not negative (gossip strategies check tries more)`,
        );
      }
      sum += weight;
      if (weight !== slots[begin]) alike = false;
    }
    if (!(sum > 0)) fallbacks++;
  }
  // Zeros must stay: memory multiplies them, and they remain 0.
  return { slots: alike && fallbacks === 0 ? null : slots, fallbacks };
}
