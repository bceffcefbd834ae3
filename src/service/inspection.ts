import type { MessageInitShape } from '@bufbuild/protobuf';
import { inputError } from '../errors.ts';
import type { ExplainResponseSchema, InspectedNodeSchema } from '../gen/gossip/v1/host_pb.ts';
import type { Shards } from '../host/shards.ts';
import type { Configured } from './configuration.ts';
import { exchangeOf, explanationOf, nameOf, neighborsOf } from './node-messages.ts';

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
  const pick = shards.explain(node, (other) => nameOf(configured, other));
  if (pick === null) {
    throw inputError(`node ${nameOf(configured, node)} has not initiated an exchange in this run`);
  }
  return explanationOf(configured, node, pick);
}
