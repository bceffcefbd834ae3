import type { Socket } from 'node:net';
import type { PeerFrame } from '../gen/gossip/v1/peer_pb.ts';
import { type Answering, createAnswering } from './answering.ts';
import { type Connection, createConnection } from './connection.ts';
import { readFrame, VERSION, writeRefusal } from './frame.ts';
import { isToken } from './token.ts';
import type { Handler, Traffic } from './transport.ts';
import { garbage, refused, TransportError } from './transport-error.ts';

/** What strangers and peers may ask of a host. */
export interface Limits {
  /** Connections that have said hello; more are refused as overloaded. */
  readonly connections: number;
  /** Connections that have not; of more, the oldest is closed. */
  readonly silent: number;
  /** How long a connection may go without a hello, in milliseconds. */
  readonly handshake: number;
  /** Requests of one connection in hand; with more it is not read until half of them are answered. */
  readonly inHand: number;
}

/** The limits where nobody says. */
export const LIMITS: Limits = { connections: 4096, silent: 256, handshake: 5000, inHand: 4096 };

/** The connections that others have opened. */
export interface Incoming {
  accept(socket: Socket): void;
  /** Refuses new requests and closes each connection as soon as it has none in hand. */
  stop(): void;
  /** Closes all connections at once. */
  drop(error: TransportError): void;
}

/** Answers, by the handler, whoever says this token; an empty one is not asked for. */
export function createIncoming(
  handler: Handler,
  token: () => string,
  limits: Limits,
  traffic: Traffic,
): Incoming {
  const silent = new Set<Connection>(); // the oldest first
  const greeted = new Map<Connection, Answering>();
  const quiet = new TransportError('closed', 'no hello was said', false);

  function greet(connection: Connection, { body }: PeerFrame): Answering | null {
    if (body.case !== 'hello') throw garbage('no hello was said');
    const { version } = body.value;
    const refusal =
      token() !== '' && !isToken(token(), body.value.token)
        ? refused('wrong-token', "this host's token is needed")
        : version !== VERSION
          ? refused('wrong-version', `this host speaks version ${VERSION}, not ${version}`)
          : greeted.size >= limits.connections
            ? refused('overloaded', `this host has ${limits.connections} connections, all it takes`)
            : null;
    if (refusal === null) return createAnswering(connection, handler, limits.inHand);
    writeRefusal(connection.frames, 0, refusal);
    connection.end();
    return null;
  }

  function accept(socket: Socket): void {
    let answering: Answering | null = null;
    const connection = createConnection(traffic, {
      onFrame(bytes) {
        const frame = readFrame(bytes);
        if (answering !== null) {
          answering.answer(frame);
          return;
        }
        clearTimeout(timer);
        silent.delete(connection);
        answering = greet(connection, frame);
        if (answering !== null) greeted.set(connection, answering);
      },
      onFull: (full) => answering?.full(full),
      onClosed() {
        clearTimeout(timer);
        silent.delete(connection);
        greeted.delete(connection);
      },
    });
    const timer = setTimeout(() => connection.fail(quiet), limits.handshake);
    silent.add(connection);
    if (silent.size > limits.silent) {
      const [oldest] = silent;
      silent.delete(oldest);
      oldest.fail(quiet);
    }
    connection.attach(socket);
  }

  return {
    accept,
    stop() {
      for (const connection of [...silent]) connection.fail(quiet);
      for (const answering of [...greeted.values()]) answering.stop();
    },
    drop(error) {
      for (const connection of [...silent, ...greeted.keys()]) connection.fail(error);
    },
  };
}
