import { connect, createServer, type Socket } from 'node:net';
import type { Address } from '../transport/address.ts';
import { type Listening, listenOn } from './listen.ts';
import { atMostOneASecond, type Log } from './log.ts';
import type { SeedHost } from './seed-host.ts';
import { encodeSeedMessage, parseSeedMessage, type SeedMessage } from './seed-message.ts';
import { silentConnections } from './silent-connections.ts';

/*
 * The seed's wire between nodes: one TCP connection for one exchange. The initiator sends `name:value`; the partner
 * takes the lesser value and answers `name:value` with it; the initiator takes that. Each side writes once, reads once
 * and closes. Nothing on this wire names an exchange, so none is ever tried again.
 */

/** How an exchange went for its initiator. */
export type SeedReply =
  | { readonly kind: 'reply'; readonly message: SeedMessage }
  /** The partner did not read our message: nothing has happened. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The partner may have taken part, or not. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Listens to initiators. */
export interface SeedPeer {
  readonly port: number;
  /** Closes at once; an answer that was given is sent. */
  close(): Promise<void>;
}

/**
 * Answers for a host's node as the partner of exchanges. An exchange is one step without any waiting from the message read
 * to the answer written, so none can come between; messages that are not the seed's, connections that are silent or
 * empty, are closed without an answer, and change nothing.
 *
 * @param deadline how long a connection may be silent, in milliseconds
 * @throws GossipError `input` where the address cannot be listened on
 */
export async function listenToPeers(
  { node, counters }: SeedHost,
  address: Listening,
  deadline: number,
  log: Log,
): Promise<SeedPeer> {
  const complain = atMostOneASecond(log);

  function answer(socket: Socket, bytes: Buffer): void {
    const message = parseSeedMessage(bytes);
    if (message === null) {
      counters.refused++;
      complain('a message that is not name:value was refused', { from: socket.remoteAddress });
      socket.destroy();
      return;
    }
    if (!node.isNeighbor(message.name)) {
      complain('an exchange with a node that is not in NEIGHBORS', { partner: message.name });
    }
    const value = node.meet(message.name, message.value);
    counters.answered++;
    const reply = encodeSeedMessage({ name: node.name, value });
    socket.end(reply, () => socket.destroy());
  }

  const silent = silentConnections(deadline, answer);
  const server = createServer((socket) => silent.add(socket));
  const port = await listenOn(server, address, 'PEER_PORT or --peer-port');
  return {
    port,
    async close() {
      silent.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Initiates an exchange with the partner at this address and gives its answer. Never throws.
 *
 * @param message made when the connection stands, so that it tells the value as it is then
 * @param deadline for all of it, in milliseconds
 */
export function exchangeWith(
  address: Address,
  message: () => SeedMessage,
  deadline: number,
): Promise<SeedReply> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, family: 4, noDelay: true });
    let sent = false;
    const end = (reply: SeedReply) => {
      clearTimeout(timer);
      resolve(reply);
      socket.destroy();
    };
    const fail = (reason: string) => end({ kind: sent ? 'lost' : 'unreachable', reason });
    const timer = setTimeout(() => fail(`no answer in ${deadline} ms`), deadline);
    socket.on('connect', () => {
      sent = true;
      socket.write(encodeSeedMessage(message()));
    });
    socket.once('data', (bytes: Buffer) => {
      const reply = parseSeedMessage(bytes);
      if (reply !== null) end({ kind: 'reply', message: reply });
      else fail('its answer was not name:value');
    });
    socket.on('end', () => fail('it closed without an answer'));
    // Whoever closes without reading our message resets the connection.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const reset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      if (reset) end({ kind: 'unreachable', reason: error.message });
      else fail(error.message);
    });
    socket.on('close', () => fail('the connection was closed'));
  });
}
