import { lookup } from 'node:dns/promises';
import type { Server } from 'node:net';
import { inputError } from '../errors.ts';

/** Where to listen. */
export interface Listening {
  /** An address, or a name of one; undefined listens on all addresses of this machine. */
  readonly host?: string;
  /** 0 listens on any that is free. */
  readonly port: number;
}

/**
 * Begins to listen, and gives the port.
 *
 * @param setting how people choose the port, for messages
 * @throws GossipError `input` where the address is not this machine's, taken, or needs a privilege
 */
export function listenOn(
  server: Server,
  { host, port }: Listening,
  setting: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => {
      reject(inputError(listenProblem(error, host, port, setting), { cause: error }));
    };
    server.once('error', refused);
    server.listen({ port, host }, () => {
      server.off('error', refused);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

function listenProblem(
  error: NodeJS.ErrnoException,
  host: string | undefined,
  port: number,
  setting: string,
): string {
  const where = host === undefined ? `port ${port}` : `${host}, port ${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return `cannot listen on ${where}: another process does; stop it, or choose another port (${setting})`;
    case 'EACCES':
    case 'EPERM':
      return `cannot listen on ${where}: ports below 1024 need a privilege (root, or CAP_NET_BIND_SERVICE); get it, or choose a port from 1024 on (${setting})`;
    case 'EADDRNOTAVAIL':
    case 'EINVAL': // Deno's
      return `cannot listen on ${where}: this machine does not have the address; choose one that it has (--host)`;
    default:
      return `cannot listen on ${where}: ${error.message}`;
  }
}

/**
 * The IPv4 address of a name.
 *
 * @param what whose name it is, for messages
 * @throws GossipError `input` where it does not resolve
 */
export async function resolveHost(host: string, what: string): Promise<string> {
  try {
    return (await lookup(host, { family: 4 })).address;
  } catch (cause) {
    throw inputError(
      `${what} ${host} does not resolve to an address (${(cause as Error).message}): it must be a name or an address of this machine`,
      { cause },
    );
  }
}
