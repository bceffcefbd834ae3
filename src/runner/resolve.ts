import { lookup } from 'node:dns/promises';
import { inputError } from '../errors.ts';
import { parseAddress } from '../transport/address.ts';

/** Looks all addresses "host:port" up. Throws GossipError `input` naming the first that is none or does not resolve. */
export async function resolveAll(addresses: readonly string[]): Promise<void> {
  await Promise.all(
    addresses.map(async (address) => {
      const { host } = parseAddress(address);
      try {
        await lookup(host);
      } catch (cause) {
        throw inputError(
          `the host of ${address} does not resolve to an address (${(cause as Error).message}): give the name or the address of a machine that is there`,
          { cause },
        );
      }
    }),
  );
}
