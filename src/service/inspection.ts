import type { MessageInitShape } from '@bufbuild/protobuf';
import { inputError } from '../errors.ts';
import type {
  ExplainResponseSchema,
  InspectedNodeSchema,
  LastExchangeSchema,
  NeighborSchema,
} from '../gen/gossip/v1/host_pb.ts';
import type { LastExchange } from '../host/last-exchanges.ts';
import type { Shards } from '../host/shards.ts';
import type { Configured } from './configuration.ts';

/** The nodes held, as they stand; none before the first run. */
export function inspectNodes(
  configured: Configured,
  shards: Shards,
): MessageInitShape<typeof InspectedNodeSchema>[] {
  const nodes: MessageInitShape<typeof InspectedNodeSchema>[] = [];
  for (const { first, end } of configured.ranges) {
    for (let node = first; node < end; node++) {
      const state = shards.shardOf(node)?.look(node);
      if (state === undefined) continue;
      const { value, participations, last, initiated } = state;
      nodes.push({
        node,
        name: nameOf(configured, node),
        value,
        participations,
        neighbors: neighborsOf(configured, node, shards.weightsOf(node)),
        lastExchange: last === null ? undefined : exchangeOf(configured, last, initiated),
      });
    }
  }
  return nodes;
}

/** Why a node picked whom it did. Throws GossipError `input` where it has not picked yet, or is not held here. */
export function explainNode(
  configured: Configured,
  shards: Shards,
  node: number,
): MessageInitShape<typeof ExplainResponseSchema> {
  const name = nameOf(configured, node);
  const pick = shards.explain(node, (other) => nameOf(configured, other));
  if (pick === null) throw inputError(`node ${name} has not initiated an exchange in this run`);
  return {
    node,
    name,
    exchange: exchangeOf(configured, pick.exchange, pick.exchange),
    neighbors: neighborsOf(configured, node, pick.weights),
    draws: [...pick.draws],
    derivation: pick.derivation,
  };
}

function nameOf({ names }: Configured, node: number): string {
  return names?.[node] ?? String(node);
}

function neighborsOf(
  configured: Configured,
  node: number,
  weights: Float64Array,
): MessageInitShape<typeof NeighborSchema>[] {
  const { offsets, neighbors } = configured.graph;
  return Array.from(weights, (weight, index) => {
    const neighbor = neighbors[offsets[node] + index];
    return { node: neighbor, name: nameOf(configured, neighbor), weight };
  });
}

function exchangeOf(
  configured: Configured,
  { round, turn, other, before, after }: LastExchange,
  initiated: LastExchange | null,
): MessageInitShape<typeof LastExchangeSchema> {
  return {
    round,
    turn,
    // A turn has one initiator.
    initiated: initiated?.round === round && initiated.turn === turn,
    other,
    otherName: nameOf(configured, other),
    valueBefore: before,
    valueAfter: after,
  };
}
