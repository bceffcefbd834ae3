import { setTimeout as sleep } from 'node:timers/promises';
import { GossipError } from '../errors.ts';
import { HealthCheckResponse_ServingStatus as Status } from '../gen/grpc/health/v1/health_pb.ts';
import { formatAddress } from '../transport/address.ts';
import { refuseOtherVersion } from './addresses.ts';
import { eachAtOnce } from './each-at-once.ts';
import { createHostClient, type HostClient } from './host-client.ts';
import type { Processes } from './processes.ts';
import type { RemoteProcess } from './remote-host.ts';

/** Hosts of a cluster that are to be waited for. */
export interface ClusterHosts {
  /** By index; absolute. */
  readonly names: readonly string[];
  /** Where all of them listen for their runner. */
  readonly port: number;
  readonly token: string;
  /** How long all of them may take to be there, in milliseconds. */
  readonly deadline: number;
  /** The IP address of a name, 4 or 6; rejects where there is none (yet). */
  readonly lookup: (name: string) => Promise<string>;
  /**
   * How long the address of a host that does not answer is believed, in milliseconds: another may have its name by now;
   * 5 s, if not given.
   */
  readonly believed?: number;
  /** Told how many are there, from 0. */
  readonly onReady: (ready: number) => void;
}

/** Hosts that are waited for at a time: they start in order. */
const AT_ONCE = 16;
const FIRST_PAUSE = 100;
/** Between two attempts to find a host, in milliseconds. */
const LONGEST_PAUSE = 1000;
const BELIEVED = 5000;
/** A host that has nothing to do must answer within this time, in milliseconds. */
const SHORT_DEADLINE = 10_000;
/** As long as a batch of rounds of many runs on a machine that has much else to do, in milliseconds. */
const CALL_DEADLINE = 600_000;
/** A message names so many hosts. */
const MOST_NAMED = 5;

/**
 * Waits until all hosts are there and answer. Each name is looked up until it leads to an address, and then only if
 * nobody answers there; hosts are told each other's addresses, so that they look up none.
 *
 * @throws GossipError `failed` naming those that did not answer within the deadline, or one of another version; the
 * signal's reason where it aborts
 */
export async function openClusterHosts(
  hosts: ClusterHosts,
  signal: AbortSignal,
): Promise<Processes> {
  const { names, token, deadline, onReady } = hosts;
  const end = performance.now() + deadline;
  const found: (Found | undefined)[] = new Array(names.length);
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const close = () => found.forEach((host) => void host?.client.close());
  const ready = () => onReady(found.filter((host) => host !== undefined).length);
  ready();
  try {
    for (let wanted = [...names.keys()]; wanted.length > 0; ) {
      const late: (Late | undefined)[] = [];
      const reach = async (index: number) => {
        const before = found[index];
        found[index] = undefined;
        if (before !== undefined) {
          before.client.close();
          await pauseFor(LONGEST_PAUSE, either);
        }
        const host = await find(names[index], hosts, end, either);
        if ('reason' in host) late[index] = { name: shortName(names[index]), ...host };
        else found[index] = host;
        ready();
      };
      await eachAtOnce(wanted, AT_ONCE, reach);
      refuseLate(late, names.length);
      const strangers = new Set<number>();
      // Only now, when all of them are there: what answers it takes a host longer to load than the host to start.
      await eachAtOnce(wanted, AT_ONCE, async (index) => {
        const reason = await describe(found[index]!);
        if (reason === null) return;
        strangers.add(index);
        late[index] = { name: shortName(names[index]), reason };
      });
      if (performance.now() + LONGEST_PAUSE > end) refuseLate(late, names.length);
      wanted = [...strangers.union(new Set(twice(found)))];
    }
    return {
      remotes: found.map((host) => ({ client: host!.client, ...host!.described! })),
      pids: [],
      token,
      kill: async () => close(),
    };
  } catch (error) {
    ended.abort(error);
    close();
    signal.throwIfAborted();
    throw error;
  }
}

interface Late {
  readonly name: string;
  readonly reason: string;
}

interface Found {
  /** IP. */
  readonly address: string;
  readonly client: HostClient;
  /** What it has said of itself; absent before. */
  described?: Pick<RemoteProcess, 'peerAddress' | 'epoch'>;
}

/** The host of a name once it answers; or, where it does not by the end (a time of `performance`), why not. */
async function find(
  name: string,
  { port, token, lookup, believed = BELIEVED }: ClusterHosts,
  end: number,
  signal: AbortSignal,
): Promise<Found | Pick<Late, 'reason'>> {
  let address: string | null = null;
  let doubted = 0;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    signal.throwIfAborted();
    let reason: string;
    try {
      if (address === null || performance.now() > doubted) {
        address = await lookup(name);
        doubted = performance.now() + believed;
      }
      return { address, client: await meet(address, port, token, signal) };
    } catch (error) {
      signal.throwIfAborted();
      reason = (error as Error).message;
    }
    if (performance.now() + pause > end) return { reason };
    await pauseFor(pause, signal);
  }
}

async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}

/** A client of the host at an IP address. Throws where it does not serve. */
async function meet(
  ip: string,
  port: number,
  token: string,
  signal: AbortSignal,
): Promise<HostClient> {
  const client = createHostClient(formatAddress({ host: ip, port }), token, CALL_DEADLINE);
  const close = () => client.close();
  signal.addEventListener('abort', close);
  try {
    const { status } = await client.check({}, SHORT_DEADLINE);
    if (status !== Status.SERVING) throw new Error(`the host at ${client.address} is stopping`);
    return client;
  } catch (error) {
    close();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** Asks a host what it is; why it did not say, or null. Throws GossipError for another version. */
async function describe(host: Found): Promise<string | null> {
  const { address, client } = host;
  const described = await client.describe({}, SHORT_DEADLINE).catch((error: Error) => error);
  if (described instanceof Error) return described.message;
  const { version, peerPort, epoch } = described;
  refuseOtherVersion(client.address, version);
  const peerAddress = formatAddress({ host: address, port: peerPort });
  host.described = { peerAddress, epoch: Number(epoch) };
  return null;
}

/**
 * The hosts whose address another one has as well: a name may lead for a while to the address of one that is gone, which
 * another has got since.
 */
function twice(found: readonly (Found | undefined)[]): number[] {
  const byAddress = Map.groupBy(found.keys(), (index) => found[index]?.address);
  return [...byAddress.values()].filter(({ length }) => length > 1).flat();
}

/** The pod's name of a host's. */
function shortName(name: string): string {
  return name.split('.', 1)[0];
}

function refuseLate(all: readonly (Late | undefined)[], count: number): void {
  const late = all.filter((host) => host !== undefined);
  if (late.length === 0) return;
  const names = late.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = late.length > MOST_NAMED ? ` and ${late.length - MOST_NAMED} more` : '';
  const [{ name, reason }] = late;
  throw new GossipError(
    'failed',
    `${late.length} of ${count} hosts did not answer: ${names.join(', ')}${more} (${name}: ${reason})`,
  );
}
