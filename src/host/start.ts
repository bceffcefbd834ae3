import type { Graph } from '../graph/graph.ts';
import { degreeOf, numberOf } from '../graph/graph.ts';
import type { Aggregate } from './aggregate.ts';
import { integer, type Key } from './random.ts';

/** The greatest value that a random start draws; the least is 0. */
export const RANDOM_START_MAXIMUM = 100;

/** The values that nodes begin with. */
export type Start =
  | { readonly kind: 'values'; readonly values: Float64Array }
  | { readonly kind: 'numbers' }
  | { readonly kind: 'random' }
  /** A rumor: one informed node. */
  | {
      readonly kind: 'source';
      readonly source: 'random' | 'max-degree' | { readonly node: number };
    };

/** The start values of a graph's nodes; the key says which draw, where the start is a drawn one. */
export function startValues(
  graph: Graph,
  start: Start,
  aggregate: Aggregate,
  key: Key,
): Float64Array {
  const values = new Float64Array(graph.nodeCount);
  switch (start.kind) {
    case 'values':
      values.set(start.values);
      return values;
    case 'numbers':
      for (let node = 0; node < values.length; node++) values[node] = numberOf(graph, node);
      return values;
    case 'random':
      for (let node = 0; node < values.length; node++) {
        values[node] = integer(key.k0, key.k1, node, RANDOM_START_MAXIMUM + 1);
      }
      return values;
    case 'source': {
      // The informed node holds the value that spreads: the least one, or else the greatest.
      values.fill(aggregate === 'minimum' ? 1 : 0);
      values[sourceNode(graph, start.source, key)] = aggregate === 'minimum' ? 0 : 1;
      return values;
    }
  }
}

function sourceNode(
  graph: Graph,
  source: 'random' | 'max-degree' | { readonly node: number },
  key: Key,
): number {
  if (source === 'random') return integer(key.k0, key.k1, 0, graph.nodeCount);
  if (source !== 'max-degree') return source.node;
  let best = 0;
  for (let node = 1; node < graph.nodeCount; node++) {
    if (degreeOf(graph, node) > degreeOf(graph, best)) best = node;
  }
  return best;
}
