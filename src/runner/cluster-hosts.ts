import { setTimeout as sleep } from 'node:timers/promises';
import { GossipError } from '../errors.ts';
import { formatAddress } from '../transport/address.ts';
import { refuseOtherVersion } from './addresses.ts';
import { eachAtOnce } from './each-at-once.ts';
import { createHostClient } from './host-client.ts';
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
  const close = () => found.forEach((host) => void host?.remote.client.close());
  const ready = () => onReady(found.filter((host) => host !== undefined).length);
  ready();
  try {
    for (let wanted = [...names.keys()]; wanted.length > 0; wanted = twice(found)) {
      const late: (Late | undefined)[] = [];
      await eachAtOnce(wanted, AT_ONCE, async (index) => {
        const before = found[index];
        found[index] = undefined;
        if (before !== undefined) {
          before.remote.client.close();
          await pauseFor(LONGEST_PAUSE, either);
        }
        const host = await find(names[index], hosts, end, either);
        if ('reason' in host) late[index] = { name: names[index].split('.', 1)[0], ...host };
        else found[index] = host;
        ready();
      });
      const missing = late.filter((host) => host !== undefined);
      if (missing.length > 0) throw tooLate(missing, names.length);
    }
    return {
      remotes: found.map((host) => host!.remote),
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
  readonly address: string;
  readonly remote: RemoteProcess;
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
      const remote = await meet(address, port, token, signal);
      if (typeof remote !== 'string') return { address, remote };
      reason = remote;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GossipError) throw error;
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

/** The host at an IP address; a text that says why where it does not answer. Throws GossipError for another version. */
async function meet(
  ip: string,
  port: number,
  token: string,
  signal: AbortSignal,
): Promise<RemoteProcess | string> {
  const client = createHostClient(formatAddress({ host: ip, port }), token, CALL_DEADLINE);
  const close = () => client.close();
  signal.addEventListener('abort', close);
  try {
    const described = await client.describe({}, SHORT_DEADLINE).catch((error: Error) => {
      close();
      return error;
    });
    if (described instanceof Error) return described.message;
    const { version, peerPort, epoch } = described;
    refuseOtherVersion(client.address, version);
    const peerAddress = formatAddress({ host: ip, port: peerPort });
    return { client, peerAddress, epoch: Number(epoch) };
  } catch (error) {
    close();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/**
 * The hosts whose address another one has as well: a name may lead for a while to the address of one that is gone, which
 * another has got since.
 */
function twice(found: readonly (Found | undefined)[]): number[] {
  const byAddress = Map.groupBy(found.keys(), (index) => found[index]?.address);
  return [...byAddress.values()].filter(({ length }) => length > 1).flat();
}

function tooLate(late: readonly Late[], count: number): GossipError {
  const names = late.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = late.length > MOST_NAMED ? ` and ${late.length - MOST_NAMED} more` : '';
  const [{ name, reason }] = late;
  return new GossipError(
    'failed',
    `${late.length} of ${count} hosts did not answer: ${names.join(', ')}${more} (${name}: ${reason})`,
  );
}
