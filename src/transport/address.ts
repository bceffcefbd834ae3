import { isIP } from 'node:net';
import { inputError } from '../errors.ts';

/** Where a host listens. */
export interface Address {
  /** A name, an IPv4 address, or an IPv6 address without brackets. */
  readonly host: string;
  /** 0..65535; 0 asks the system for a free one. */
  readonly port: number;
}

const PATTERN = /^(?:\[(?<v6>[^\]]{1,64})\]|(?<host>[^[\]:\s/]{1,255})):(?<port>\d{1,5})$/;

/**
 * Reads `host:port`, `1.2.3.4:port` or `[::1]:port`.
 *
 * @throws GossipError (input)
 */
export function parseAddress(text: string): Address {
  const { v6, host = v6, port } = PATTERN.exec(text)?.groups ?? {};
  if (host === undefined || (v6 !== undefined && isIP(v6) !== 6) || Number(port) > 65535) {
    throw inputError(
      `${JSON.stringify(text.slice(0, 300))} is no address: write host:port, such as gossip-3:50052, 10.0.0.7:50052 or [::1]:50052`,
    );
  }
  return { host, port: Number(port) };
}

/** The reverse of `parseAddress`. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
