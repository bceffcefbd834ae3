import { GossipError } from '../errors.ts';
import { formatAddress, parseAddress } from '../transport/address.ts';
import { createHostClient, type HostClient } from './host-client.ts';
import type { Processes } from './processes.ts';
import type { RemoteProcess } from './remote-host.ts';
import { resolveAll } from './resolve.ts';
import { VERSION } from './version.ts';

/** As long as a batch of rounds of a slow simulation, in milliseconds. */
const CALL_DEADLINE = 120_000;
/** A host that has nothing to do must answer within this time, in milliseconds. */
const SHORT_DEADLINE = 10_000;

/**
 * Hosts that are there already, at addresses "host:port"; their peers reach them under the same name. They stay when
 * they are let go of: what `kill` ends are the calls to them.
 *
 * @param token what they must be shown; empty: nothing
 * @throws GossipError `input` for an address that is none or does not resolve; `failed` naming a host that does not
 * answer, wants another token, or is of another version
 */
export async function openHosts(
  addresses: readonly string[],
  token: string,
  signal?: AbortSignal,
): Promise<Processes> {
  await resolveAll(addresses);
  const clients = addresses.map((address) => createHostClient(address, token, CALL_DEADLINE));
  const close = () => clients.forEach((client) => void client.close());
  signal?.addEventListener('abort', close);
  try {
    const remotes = await Promise.all(clients.map(describe));
    return { remotes, pids: [], token, kill: async () => close() };
  } catch (error) {
    close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', close);
  }
}

/** Tells hosts to leave; gives a sentence for each that did not answer. */
export async function stopHosts(addresses: readonly string[], token: string): Promise<string[]> {
  const answers = await Promise.allSettled(
    addresses.map(async (address) => {
      const client = createHostClient(address, token, SHORT_DEADLINE);
      await client.stop({}).finally(() => client.close());
    }),
  );
  return answers.flatMap((answer) =>
    answer.status === 'rejected' ? [(answer.reason as Error).message] : [],
  );
}

async function describe(client: HostClient): Promise<RemoteProcess> {
  const { version, peerPort, epoch } = await client.describe({}, SHORT_DEADLINE);
  refuseOtherVersion(client.address, version);
  const { host } = parseAddress(client.address);
  return { client, peerAddress: formatAddress({ host, port: peerPort }), epoch: Number(epoch) };
}

/** Throws GossipError `failed` where the host at an address is not of this runner's version. */
export function refuseOtherVersion(address: string, version: string): void {
  if (version === VERSION.gossip) return;
  throw new GossipError(
    'failed',
    `the host at ${address} is of gossip ${version || 'before 0.1.0'}, this runner of ${VERSION.gossip}: give them the same version`,
  );
}
