import { Server } from 'node:net';
import { type Address, parseAddress } from './address.ts';
import { createIncoming, type Incoming, LIMITS, type Limits } from './incoming.ts';
import { addressOf, listenForPeers } from './listening.ts';
import { createPeer, type Peer } from './peer.ts';
import { DEADLINE, GRACE, noTraffic, type Transport } from './transport.ts';
import { TransportError } from './transport-error.ts';

/** Deadlines are kept to this many milliseconds. */
const TICK = 20;

/** How a host exchanges over TCP; what is not given is the default. */
export interface TcpSettings {
  /** Where to listen, or what does already (`listenForPeers`); by default 127.0.0.1 and a free port. */
  readonly listen?: Address | Server;
  /** The secret that this host says to its peers and asks of them; by default '', which is not asked for. */
  readonly token?: string;
  /** Of exchanges that give none, in milliseconds; a peer silent for so long is connected to anew. */
  readonly deadline?: number;
  readonly limits?: Partial<Limits>;
}

/** A transport over TCP. */
export interface TcpTransport extends Transport {
  /** Says and asks for another token from now on. Connections that were made with the former one are dropped. */
  useToken(token: string): void;
}

/** Exchanges over pooled TCP connections, in the frames of proto/gossip/v1/peer.proto. */
export function createTcp(settings: TcpSettings = {}): TcpTransport {
  const { listen: address = { host: '127.0.0.1', port: 0 }, deadline = DEADLINE } = settings;
  const traffic = noTraffic();
  const peers = new Map<string, Peer>();
  let token = settings.token ?? '';
  let server: Server | null = null;
  let incoming: Incoming | null = null;
  let closing: Promise<void> | null = null;
  // Time is counted in ticks of this program, so a moment when it was held up makes no exchange expire whose answer has
  // arrived and was not read yet.
  let tick = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function onTick(): void {
    tick++;
    let busy = false;
    for (const peer of peers.values()) busy = peer.expire(tick, deadline / TICK) || busy;
    if (busy) return;
    clearInterval(ticking);
    ticking = undefined;
  }

  function peerOf(name: string): Peer {
    const settings = { token: () => token, traffic, now: () => tick };
    const peer = createPeer(name, parseAddress(name), settings);
    peers.set(name, peer);
    return peer;
  }

  async function shut(grace: number): Promise<void> {
    const closed = new TransportError('closed', 'this transport was closed', false);
    for (const peer of peers.values()) peer.disconnect(closed);
    const stopped = new Promise<void>((resolve) => {
      if (server === null) resolve();
      else server.close(() => resolve());
    });
    incoming?.stop();
    const timer = setTimeout(() => incoming?.drop(closed), grace);
    await Promise.all([stopped, ...Array.from(peers.values(), (peer) => peer.closed())]);
    clearTimeout(timer);
    clearInterval(ticking);
  }

  return {
    traffic,
    async listen(handler) {
      const begun = createIncoming(
        handler,
        () => token,
        { ...LIMITS, ...settings.limits },
        traffic,
      );
      server = address instanceof Server ? address : await listenForPeers(address);
      server.on('connection', begun.accept);
      incoming = begun;
      return addressOf(server);
    },
    send(name, request, done, own = deadline) {
      try {
        if (closing !== null)
          throw new TransportError('closed', 'this transport was closed', false);
        ticking ??= setInterval(onTick, TICK);
        const peer = peers.get(name) ?? peerOf(name);
        peer.send(request, done, tick + 1 + Math.ceil(own / TICK));
      } catch (thrown) {
        process.nextTick(done, asError(thrown));
      }
    },
    disconnect(name) {
      peers.get(name)?.disconnect(new TransportError('closed', 'disconnected', true));
    },
    useToken(other) {
      if (other === token) return;
      token = other;
      const error = new TransportError('closed', 'the token was changed', true);
      for (const peer of peers.values()) peer.disconnect(error);
      incoming?.drop(error);
    },
    close(grace = GRACE) {
      closing ??= shut(grace);
      return closing;
    },
  };
}

/** What cannot even be sent. */
function asError(thrown: unknown): TransportError {
  if (thrown instanceof TransportError) return thrown;
  return new TransportError('unreachable', (thrown as Error).message, false);
}
