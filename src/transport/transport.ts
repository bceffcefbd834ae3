import type { TransportError } from './transport-error.ts';

/** The initiator's half of an exchange; all but `partner` and `value` name it. */
export interface ExchangeRequest {
  /** Which play of a simulation this belongs to, an integer 0..2^53-1; one begun later has a greater one. */
  readonly epoch: number;
  /** Which of the runs that are played at once, from 0; below 2^32. */
  readonly lane: number;
  /** Counted from 1. */
  readonly repetition: number;
  /** Counted from 1 in each repetition. */
  readonly round: number;
  /** Tells apart the exchanges that one node initiates in a round, ascending in time; below 2^32. */
  readonly turn: number;
  /** Index of the node in the graph. */
  readonly initiator: number;
  /** Index of a node that the peer holds. */
  readonly partner: number;
  /** The initiator's value before the exchange. */
  readonly value: number;
  /** No exchange: only says whom the initiator picked, to a host of other neighbors of it. */
  readonly pickOnly: boolean;
}

/** The partner's half of an exchange, which it has applied. */
export interface ExchangeReply {
  /** The partner's value before the exchange. */
  readonly value: number;
}

/** How an exchange ended: the partner's half, or why there is none. */
export type Outcome = ExchangeReply | TransportError;

/** Learns how an exchange ended; called once for each, and never before the call that began it has returned. */
export type Done = (outcome: Outcome) => void;

/**
 * Applies the partner's half of an exchange. A refusal is returned (`refused(...)`) or thrown; whatever else is thrown
 * reaches the initiator as a refusal for no named reason. Answers at once are the fast ones.
 */
export type Handler = (request: ExchangeRequest) => Outcome | Promise<Outcome>;

/** What a transport has done since it was made. */
export interface Traffic {
  /** Bytes written and read, frames with their lengths, not counting what TCP adds; 0 where nothing is sent. */
  sentBytes: number;
  receivedBytes: number;
  /** Connections opened to peers, again after each loss. */
  connections: number;
  /** Exchanges sent again because the time before failed. */
  retries: number;
}

/**
 * How hosts exchange. A peer is named by its address, `host:port`. Many exchanges may be under way with one peer; they
 * may end in any order. Errors are values: neither `send` nor `done` is how one throws.
 */
export interface Transport {
  /**
   * Begins to answer peers and returns the address they may use from this machine.
   *
   * @throws GossipError (input) where the address cannot be listened on
   */
  listen(handler: Handler): Promise<string>;
  /**
   * Begins an exchange. The primitive of all others: callbacks, since a promise for each would cost as much as the rest.
   *
   * @param deadline in milliseconds, after which it ends as `timeout`, checked from time to time; the transport's own if
   *   not given
   */
  send(peer: string, request: ExchangeRequest, done: Done, deadline?: number): void;
  /** Drops the connection to a peer, if there is one: exchanges under way end as `closed`, the next one opens anew. */
  disconnect(peer: string): void;
  /**
   * Ends all: own exchanges under way end as `closed`, new ones of peers are refused as `stopping`, those in hand are
   * finished and answered. Resolves when no socket is left; may be called twice.
   *
   * @param grace how long those in hand may take, in milliseconds; 5 seconds if not given
   */
  close(grace?: number): Promise<void>;
  readonly traffic: Readonly<Traffic>;
}

/** How long an exchange may take where nobody says: 5 seconds, in milliseconds. */
export const DEADLINE = 5000;

/** How long a transport that closes waits for exchanges in hand where nobody says, in milliseconds. */
export const GRACE = 5000;

/** The counts at the start. */
export function noTraffic(): Traffic {
  return { sentBytes: 0, receivedBytes: 0, connections: 0, retries: 0 };
}
