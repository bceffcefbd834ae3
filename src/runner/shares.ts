import type * as proto from '../gen/gossip/v1/host_pb.ts';
import type { NodeRange } from '../host/shards.ts';

/** A round as its hosts reported it. */
export interface Round {
  readonly exchanges: number;
  readonly useful: number;
  readonly values: Float64Array;
  readonly participations: Uint32Array;
}

/** Hosts of nodesPerHost nodes each, in order, shared out evenly: for each process its ranges. */
export function share(nodeCount: number, nodesPerHost: number, processes: number): NodeRange[][] {
  const hosts: NodeRange[] = [];
  for (let first = 0; first < nodeCount; first += nodesPerHost) {
    hosts.push({ first, end: Math.min(first + nodesPerHost, nodeCount) });
  }
  return Array.from({ length: processes }, (_, index) =>
    hosts.slice(
      Math.floor((index * hosts.length) / processes),
      Math.floor(((index + 1) * hosts.length) / processes),
    ),
  );
}

/** How many nodes these are. */
export function sizeOf(ranges: readonly NodeRange[]): number {
  return ranges.reduce((sum, { first, end }) => sum + end - first, 0);
}

/** Whether a host answers with the rounds that it was asked for, and all of its nodes in each. */
export function isComplete(
  { rounds }: proto.PlayResponse,
  first: number,
  count: number,
  nodes: number,
): boolean {
  return (
    rounds.length === count &&
    rounds.every(
      ({ round, values, participations }, index) =>
        round === first + index && values.length === nodes && participations.length === nodes,
    )
  );
}

/** A round of all nodes, from what each process says of its own. */
export function join(
  parts: readonly proto.PlayedRound[],
  shares: readonly (readonly NodeRange[])[],
  nodeCount: number,
): Round {
  const values = new Float64Array(nodeCount);
  const participations = new Uint32Array(nodeCount);
  let exchanges = 0;
  let useful = 0;
  for (const [index, part] of parts.entries()) {
    exchanges += part.exchanges;
    useful += part.useful;
    // Ranges of one process follow one another.
    const first = shares[index][0]?.first ?? 0;
    values.set(part.values, first);
    participations.set(part.participations, first);
  }
  return { exchanges, useful, values, participations };
}
