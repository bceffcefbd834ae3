import type { Socket } from 'node:net';
import { addressOf, listenForPeers } from '../transport/listening.ts';
import { firstHealth } from './first-health.ts';
import type { OpenedHost } from './host-handler.ts';
import type { Log } from './log.ts';
import { type OnePort, serveOnePort } from './one-port.ts';

/** How a host that a runner will configure is served. */
export interface HostOptions {
  /** Where to listen for the runner; 0: a free port. */
  readonly port: number;
  /** Where to listen for the hosts of other nodes; 0: a free port. */
  readonly peerPort: number;
  /** The address to listen on, both ports. */
  readonly host: string;
  /** What a runner must show to configure this host; empty: nothing. */
  readonly token: string;
  readonly version: string;
  readonly allowOrigins: readonly string[];
  readonly log: Log;
}

/** A host that is being served. */
export interface ServedHost {
  readonly port: number;
  /** Where peers reach it, "host:port". */
  readonly peerAddress: string;
  /** Finishes what is in hand and closes all sockets, within a deadline in milliseconds. */
  stop(deadline: number): Promise<void>;
  /** Resolves when it has stopped because a runner called Stop. */
  readonly stopped: Promise<void>;
}

/**
 * Serves a host without nodes, which a runner configures. Its ports are open when this resolves; what answers on them is
 * loaded when somebody calls, so that many hosts can be started at once.
 *
 * @throws GossipError `input` for an address it cannot have
 */
export async function serveHost(options: HostOptions): Promise<ServedHost> {
  const { host: address, token, version, allowOrigins, log } = options;
  const peers = await listenForPeers({ host: address, port: options.peerPort });
  const peerAddress = addressOf(peers);
  const peerPort = Number(peerAddress.slice(peerAddress.lastIndexOf(':') + 1));
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  let opened: Promise<OpenedHost> | null = null;
  let closing: Promise<void> | null = null;
  let web: OnePort;

  async function open(): Promise<OpenedHost> {
    const { openHost } = await import('./host-handler.ts');
    peers.off('connection', wait);
    const stopLater = (deadline: number) =>
      void stop(deadline).then(stopped.resolve, stopped.reject);
    const process = { version, token, peerPort, stopping: stopping.signal, stop: stopLater };
    return openHost(peers, process, allowOrigins);
  }

  /** A peer that comes before there is a host. */
  async function wait(socket: Socket): Promise<void> {
    socket.on('error', () => {}); // it is gone then
    opened ??= open();
    await opened;
    peers.emit('connection', socket);
  }

  function stop(deadline: number): Promise<void> {
    closing ??= (async () => {
      const until = performance.now() + deadline;
      stopping.abort();
      if (opened === null) peers.close();
      else await (await opened).close(deadline);
      await web.close(Math.max(0, until - performance.now()));
      log('stopped', {});
    })();
    return closing;
  }

  peers.on('connection', wait);
  try {
    const load = async () => {
      opened ??= open();
      return (await opened).handler;
    };
    const handler = firstHealth(load, () => !stopping.signal.aborted);
    web = await serveOnePort(async () => handler, { host: address, port: options.port }, '--port');
  } catch (error) {
    peers.close();
    throw error;
  }
  log('listening', { port: web.port, peerAddress });
  return { port: web.port, peerAddress, stop, stopped: stopped.promise };
}
