import { connect } from 'node:net';
import type { PeerFrame } from '../gen/gossip/v1/peer_pb.ts';
import type { Address } from './address.ts';
import { createConnection } from './connection.ts';
import { readFrame, refusalOf, writeHello, writeRequest } from './frame.ts';
import type { Done, ExchangeRequest, Traffic } from './transport.ts';
import { garbage, TransportError } from './transport-error.ts';

/** A connection to a peer with the exchanges under way on it. */
export interface Link {
  /** Whether the peer has answered an exchange. */
  readonly answered: boolean;
  /** @param expires the tick at which the exchange ends as `timeout` */
  send(request: ExchangeRequest, done: Done, expires: number): void;
  /**
   * Ends what has expired at this tick, and the link with it if the peer was silent for `patience` ticks; returns whether
   * exchanges are still under way.
   */
  expire(tick: number, patience: number): boolean;
  /** Ends the link; soon after, what is under way ends with this error. */
  fail(error: TransportError): void;
  /** Resolves once there is no socket. */
  readonly closed: Promise<void>;
}

/** What the links of a transport share. */
export interface LinkSettings {
  readonly token: () => string;
  readonly traffic: Traffic;
  /** The current tick. */
  readonly now: () => number;
}

interface Pending {
  readonly done: Done;
  readonly expires: number;
}

/**
 * Opens a link after `wait` milliseconds; what is sent before waits for it. `onLost` is called once, when the link can no
 * longer be used and before any exchange ends for that reason.
 */
export function openLink(
  name: string,
  { host, port }: Address,
  wait: number,
  settings: LinkSettings,
  onLost: () => void,
): Link {
  const { traffic, now } = settings;
  const pending = new Map<number, Pending>();
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  let lost = false;
  let answered = false;
  let lastId = 0;
  let nextExpiry = Number.POSITIVE_INFINITY; // no exchange expires before
  let heard = now();

  const connection = createConnection(traffic, {
    onFrame: (bytes) => receive(readFrame(bytes)),
    onClosed({ reason, message, retryable, refusal }) {
      lose();
      clearTimeout(timer);
      const error = new TransportError(reason, `${name}: ${message}`, retryable, refusal);
      for (const { done } of pending.values()) done(error);
      pending.clear();
      close();
    },
  });

  function lose(): void {
    if (lost) return;
    lost = true;
    onLost();
  }

  function attach(): void {
    traffic.connections++;
    connection.attach(connect({ host, port }));
  }

  function receive({ id, body }: PeerFrame): void {
    heard = now();
    const { done } = pending.get(id) ?? {};
    if (body.case === 'reply') {
      answered = true;
      pending.delete(id);
      done?.({ value: body.value.value });
    } else if (body.case === 'refusal') {
      const { message, retryable, refusal } = refusalOf(body.value.reason, body.value.text);
      const error = new TransportError('refused', `${name}: ${message}`, retryable, refusal);
      pending.delete(id);
      if (id === 0) fail(error);
      else done?.(error);
    } else throw garbage('it answers with what is no answer');
  }

  function fail(error: TransportError): void {
    lose();
    connection.fail(error);
  }

  writeHello(connection.frames, settings.token());
  const timer = wait > 0 ? setTimeout(attach, wait) : undefined;
  if (wait <= 0) attach();

  return {
    get answered() {
      return answered;
    },
    send(request, done, expires) {
      lastId = lastId === 0xffffffff ? 1 : lastId + 1;
      writeRequest(connection.frames, lastId, request);
      connection.flush();
      pending.set(lastId, { done, expires });
      if (expires < nextExpiry) nextExpiry = expires;
    },
    expire(tick, patience) {
      if (tick < nextExpiry) return pending.size > 0;
      nextExpiry = Number.POSITIVE_INFINITY;
      const expired: Done[] = [];
      for (const [id, { done, expires }] of pending) {
        if (expires <= tick) {
          pending.delete(id);
          expired.push(done);
        } else if (expires < nextExpiry) nextExpiry = expires;
      }
      if (expired.length > 0) {
        const error = new TransportError('timeout', `${name}: no answer within the deadline`, true);
        if (tick - heard >= patience) {
          fail(new TransportError('closed', 'it said nothing for too long', true));
        }
        for (const done of expired) done(error);
      }
      return pending.size > 0;
    },
    fail,
    closed,
  };
}
