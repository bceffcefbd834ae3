import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../transport/address.ts';
import type { NodeEnvironment } from './environment.ts';
import { resolveHost } from './listen.ts';
import type { Log } from './log.ts';
import { type OnePort, serveOnePort } from './one-port.ts';
import { createSeedHost, type SeedHost } from './seed-host.ts';
import { createSeedNode } from './seed-node.ts';
import { listenToPeers } from './seed-peer.ts';

/** The seed's ports. */
export const SEED_PORT = 50051;
export const SEED_PEER_PORT = 90;

/** How long an exchange may take, in milliseconds; and how long a peer that has connected may be silent. */
const EXCHANGE_DEADLINE = 5000;
/** How long stopping may take, in milliseconds: longer than the exchange in hand. */
const STOP_DEADLINE = 8000;
/** What of it is left for answers to leave, in milliseconds, even if the exchange in hand took all of it. */
const FAREWELL = 200;

/** What the command line says; it goes before the environment. */
export interface ServeOptions {
  /** Where to listen for runners. */
  readonly port?: number;
  /** Where to listen for peers; theirs is the same. */
  readonly peerPort?: number;
  /** The address to listen on, both ports; else peers are listened to on HOSTNAME's, runners on all. */
  readonly host?: string;
  /** Origins whose pages may call the services from a browser. */
  readonly allowOrigins?: readonly string[];
  /** Where the node of a name is; its name and our own peer port where this is left out. */
  readonly addressOf?: (name: string) => Address;
  readonly log: Log;
}

/** A node that is being served. */
export interface ServedNode {
  readonly host: SeedHost;
  readonly port: number;
  readonly peerPort: number;
  /**
   * Finishes the exchange in hand, refuses new ones and closes all sockets, within a deadline in milliseconds (8 s).
   * Further calls wait for the first.
   */
  stop(deadline?: number): Promise<void>;
  /** Resolves when it has stopped because a runner called StopApplication. */
  readonly stopped: Promise<void>;
}

/**
 * Serves the node that an environment describes: gossip.Gossip to its runner, the seed's exchanges to its peers.
 *
 * @throws GossipError where environment and algorithm do not fit, or a port or an address cannot be listened on
 */
export async function serveNode(
  environment: NodeEnvironment,
  options: ServeOptions,
): Promise<ServedNode> {
  const { log } = options;
  const { host, peers } = await hostWithPeers(environment, options);
  let stopping: Promise<void> | null = null;
  let web: OnePort;
  const stopped = Promise.withResolvers<void>();

  function stop(deadline = STOP_DEADLINE): Promise<void> {
    stopping ??= shutDown(performance.now() + deadline);
    return stopping;
  }

  async function shutDown(end: number): Promise<void> {
    await Promise.race([host.stop(), sleep(end - performance.now(), undefined, { ref: false })]);
    await peers.close();
    await web.close(Math.max(end - performance.now(), FAREWELL));
    log('stopped', { node: environment.name });
  }

  const load = async () => {
    const { seedHandler } = await import('./seed-handler.ts');
    const leave = () => stop().then(stopped.resolve, stopped.reject);
    return seedHandler(host, leave, options.allowOrigins);
  };
  try {
    const address = { host: options.host, port: options.port ?? environment.port ?? SEED_PORT };
    web = await serveOnePort(load, address, 'GRPC_PORT or --port');
  } catch (error) {
    await peers.close();
    throw error;
  }
  log('listening', {
    node: environment.name,
    port: web.port,
    peerPort: peers.port,
    algorithm: environment.algorithm,
    neighbors: environment.neighbors.length,
    seed: host.node.seed,
  });
  return { host, port: web.port, peerPort: peers.port, stop, stopped: stopped.promise };
}

/** The node, with its peers' port open: all but the runner's port. */
export async function hostWithPeers(environment: NodeEnvironment, options: ServeOptions) {
  const { log } = options;
  const node = await createSeedNode(environment, (text) => log(text, { node: environment.name }));
  const address = {
    host: options.host ?? (await resolveHost(environment.name, 'HOSTNAME')),
    port: options.peerPort ?? environment.peerPort ?? SEED_PEER_PORT,
  };
  let peerPort = address.port;
  const addressOf = options.addressOf ?? ((name) => ({ host: name, port: peerPort }));
  const host = createSeedHost(node, addressOf, EXCHANGE_DEADLINE, log);
  const peers = await listenToPeers(host, address, EXCHANGE_DEADLINE, log);
  peerPort = peers.port;
  return { host, peers };
}
