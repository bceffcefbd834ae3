import { GossipError } from '../errors.ts';

/** Why a peer refuses an exchange, as proto/gossip/v1/peer.proto has it; `unspecified`: its handler failed. */
export type RefusalReason =
  | 'unspecified'
  | 'wrong-token'
  | 'wrong-version'
  | 'old-epoch'
  | 'stale'
  | 'unknown-node'
  | 'overloaded'
  | 'not-configured'
  | 'stopping';

/**
 * What became of an exchange that did not end well.
 * - `unreachable`: no connection to the peer; nothing was applied
 * - `timeout`: no answer within the deadline; the partner may have applied its half
 * - `closed`: the connection was lost, or this side closed it; the partner may have applied its half
 * - `refused`: the peer says that it applied nothing, and why
 * - `garbage`: the peer sent what no host of ours sends
 * - `canceled`: the caller lost interest; the partner may have applied its half
 */
export type TransportReason =
  | 'unreachable'
  | 'timeout'
  | 'closed'
  | 'refused'
  | 'garbage'
  | 'canceled';

/** The one error of transports. */
export class TransportError extends GossipError {
  readonly reason: TransportReason;
  /** Whether the same exchange, sent again, may yet be answered. */
  readonly retryable: boolean;
  /** Given with the reason `refused`. */
  readonly refusal: RefusalReason | undefined;

  constructor(
    reason: TransportReason,
    message: string,
    retryable: boolean,
    refusal?: RefusalReason,
  ) {
    super('failed', message);
    this.name = 'TransportError';
    this.reason = reason;
    this.retryable = retryable;
    this.refusal = refusal;
  }
}

/** A refusal for a handler to return; it may be retried where time can mend the reason. */
export function refused(refusal: RefusalReason, message: string): TransportError {
  const retryable = refusal === 'overloaded' || refusal === 'not-configured';
  return new TransportError('refused', message, retryable, refusal);
}

/** Bytes that no host of ours sends. */
export function garbage(message: string): TransportError {
  return new TransportError('garbage', message, false);
}

/** What a handler or a library threw, as a refusal that may be sent to a peer. */
export function asRefusal(thrown: unknown): TransportError {
  if (thrown instanceof TransportError && thrown.reason === 'refused') return thrown;
  return refused('unspecified', thrown instanceof Error ? thrown.message : String(thrown));
}
