import { GossipError } from '../errors.ts';
import type { Link, Meeting } from '../host/shard.ts';
import {
  type ExchangeRequest,
  type Outcome,
  type Transport,
  TransportError,
} from '../transport/index.ts';
import type { Configured } from './configuration.ts';

/** What a link must know of the run in hand, and whom it tells what became of an exchange. */
export interface RunInHand {
  /** Where it is played. */
  readonly lane: number;
  /** Counts the runs: what is still under way of an earlier one is passed over. */
  run(): number;
  repetition(): number;
  /** A reply has come to what was sent at this time (performance.now). */
  onReply(sentAt: number): void;
  /** An exchange could not be settled. */
  fail(error: GossipError): void;
}

/** An exchange waits for its turn, which may be long after it was asked for; in milliseconds. */
const EXCHANGE_DEADLINE = 20_000;

/** Reaches the hosts of all nodes by their addresses. */
export function linkToPeers(transport: Transport, to: Configured, inHand: RunInHand): Link {
  const peerOf = addresses(to);

  function send(peer: string, request: ExchangeRequest, done: (value: number) => void): void {
    const sentIn = inHand.run();
    const onOutcome = (outcome: Outcome) => {
      if (inHand.run() !== sentIn) return;
      if (outcome instanceof TransportError) inHand.fail(unsettled(request, outcome));
      else done(outcome.value);
    };
    transport.send(peer, request, onOutcome, EXCHANGE_DEADLINE);
  }

  const nameOf = (meeting: Meeting) => ({
    ...meeting,
    epoch: Number(to.epoch),
    lane: inHand.lane,
    repetition: inHand.repetition(),
  });

  return {
    exchange(meeting, value, onReply) {
      const sentAt = performance.now();
      send(peerOf(meeting.partner), { ...nameOf(meeting), value, pickOnly: false }, (other) => {
        inHand.onReply(sentAt);
        onReply(other);
      });
    },
    announce(meeting, onTold) {
      const told = peersToTell(to, meeting);
      let left = told.length;
      if (left === 0) queueMicrotask(onTold);
      for (const peer of told) {
        send(peer, { ...nameOf(meeting), value: 0, pickOnly: true }, () => {
          if (--left === 0) onTold();
        });
      }
    },
  };
}

/** Why a run fails: an exchange that retrying could not settle. */
function unsettled(
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
function addresses({ peers, graph }: Configured): (node: number) => string {
  const holder = new Uint32Array(graph.nodeCount);
  for (const [index, { first, end }] of peers.entries()) holder.fill(index, first, end);
  return (node) => peers[holder[node]].address;
}

/**
 * The peers that must be told of a pick: all that hold a neighbor of the initiator, but the partner's, which the exchange
 * itself tells, unless it is within one host and nobody sees it.
 */
function peersToTell({ peers, graph }: Configured, { initiator, partner }: Meeting): string[] {
  const holderOf = (node: number) => peers.find(({ first, end }) => node >= first && node < end)!;
  const { offsets, neighbors } = graph;
  const told = new Set<string>();
  for (const neighbor of neighbors.subarray(offsets[initiator], offsets[initiator + 1])) {
    told.add(holderOf(neighbor).address);
  }
  if (holderOf(partner) !== holderOf(initiator)) told.delete(holderOf(partner).address);
  return [...told];
}
