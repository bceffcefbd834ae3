import { GossipError } from '../errors.ts';
import type { Meeting } from '../host/shard.ts';
import type { ExchangeRequest, TransportError } from '../transport/index.ts';
import type { Configured } from './configuration.ts';

/** Why a run fails: an exchange that retrying could not settle. */
export function unsettled(
  { initiator, partner, round }: ExchangeRequest,
  error: TransportError,
): GossipError {
  return new GossipError(
    'failed',
    `round ${round}: the exchange of node ${initiator} with node ${partner} could not be settled: ${error.message}`,
    { cause: error },
  );
}

/** The address of the host that holds a node. */
export function addresses({ peers, graph }: Configured): (node: number) => string {
  const holder = new Uint32Array(graph.nodeCount);
  for (const [index, { first, end }] of peers.entries()) holder.fill(index, first, end);
  return (node) => peers[holder[node]].address;
}

/**
 * The peers that must be told of a pick: all that hold a neighbor of the initiator, but the partner's, which the exchange
 * itself tells, unless it is within one host and nobody sees it.
 */
export function peersToTell(
  { peers, graph }: Configured,
  { initiator, partner }: Meeting,
): string[] {
  const holderOf = (node: number) => peers.find(({ first, end }) => node >= first && node < end)!;
  const { offsets, neighbors } = graph;
  const told = new Set<string>();
  for (const neighbor of neighbors.subarray(offsets[initiator], offsets[initiator + 1])) {
    told.add(holderOf(neighbor).address);
  }
  if (holderOf(partner) !== holderOf(initiator)) told.delete(holderOf(partner).address);
  return [...told];
}
