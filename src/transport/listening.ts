import { createServer, type Server } from 'node:net';
import { type GossipError, inputError } from '../errors.ts';
import { type Address, formatAddress } from './address.ts';

/**
 * Listens for peers. Who answers them is added later (`createTcp`), so that a host can say its port before it has loaded
 * that.
 *
 * @throws GossipError (input) where the address cannot be listened on
 */
export function listenForPeers({ host, port }: Address): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(bindError(formatAddress({ host, port }), error)),
    );
    server.listen({ host, port, backlog: 1024 }, () => {
      server.removeAllListeners('error').on('error', () => {}); // of single connections: their peers will try again
      resolve(server);
    });
  });
}

/** The address at which peers on this machine reach a server that listens. */
export function addressOf(server: Server): string {
  const { address, port } = server.address() as { address: string; port: number };
  return formatAddress({ host: reachable(address), port });
}

const NOT_HERE = 'this machine has no such address: 0.0.0.0 or :: are all it has';

const HINTS: Record<string, string> = {
  EADDRINUSE: 'it is in use: end the program that has it, or choose another port',
  EACCES: 'this needs a privilege (root or CAP_NET_BIND_SERVICE): choose a port of 1024 or more',
  EADDRNOTAVAIL: NOT_HERE,
  EINVAL: NOT_HERE, // the same, as Deno has it
  ENOTFOUND: 'the name does not resolve: give an address of this machine',
};

function bindError(address: string, error: NodeJS.ErrnoException): GossipError {
  const hint = HINTS[error.code ?? ''] ?? error.message;
  return inputError(`cannot listen on ${address}: ${hint}`, { cause: error });
}

/** An address that is all addresses is none to connect to. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
}
