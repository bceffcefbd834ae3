import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ExplainResponseSchema,
  LastExchangeSchema,
  NeighborSchema,
} from '../gen/gossip/v1/host_pb.ts';
import type { Graph } from '../graph/graph.ts';
import type { LastExchange } from '../host/last-exchanges.ts';
import type { ExplainedPick } from '../host/shards.ts';

/** A graph, and what people call its nodes; null: their index. */
export interface NamedGraph {
  readonly graph: Graph;
  readonly names: readonly string[] | null;
}

export function nameOf({ names }: NamedGraph, node: number): string {
  return names?.[node] ?? String(node);
}

/** The neighbors of a node with a weight each. */
export function neighborsOf(
  named: NamedGraph,
  node: number,
  weights: Float64Array,
): MessageInitShape<typeof NeighborSchema>[] {
  const { offsets, neighbors } = named.graph;
  return Array.from(weights, (weight, index) => {
    const neighbor = neighbors[offsets[node] + index];
    return { node: neighbor, name: nameOf(named, neighbor), weight };
  });
}

/** An exchange of a node; `initiated` is the last that it initiated. */
export function exchangeOf(
  named: NamedGraph,
  { round, turn, other, before, after }: LastExchange,
  initiated: LastExchange | null,
): MessageInitShape<typeof LastExchangeSchema> {
  return {
    round,
    turn,
    // A turn has one initiator.
    initiated: initiated?.round === round && initiated.turn === turn,
    other,
    otherName: nameOf(named, other),
    valueBefore: before,
    valueAfter: after,
  };
}

/** Why a node picked whom it did. */
export function explanationOf(
  named: NamedGraph,
  node: number,
  pick: ExplainedPick,
): MessageInitShape<typeof ExplainResponseSchema> {
  return {
    node,
    name: nameOf(named, node),
    exchange: exchangeOf(named, pick.exchange, pick.exchange),
    neighbors: neighborsOf(named, node, pick.weights),
    draws: [...pick.draws],
    derivation: pick.derivation,
  };
}
