import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { GossipError } from '../errors.ts';
import { ConfigureRequestSchema } from '../gen/gossip/v1/host_pb.ts';
import type { HostConfiguration } from '../host/host.ts';
import type { NodeRange } from '../host/shards.ts';
import { createBackground } from './background.ts';
import { configureRequest } from './configure-request.ts';
import type { HostClient } from './host-client.ts';
import { createRemoteRun, nameRounds, type RemoteRun, type RunsSettings } from './remote-run.ts';
import { share } from './shares.ts';

/** A process that holds nodes. */
export interface RemoteProcess {
  readonly client: HostClient;
  /** Where it listens for exchanges, "host:port". */
  readonly peerAddress: string;
  /** What it was last configured for, maybe by another runner; not given: nothing. */
  readonly epoch?: number;
  /** How it ended, such as "was ended by SIGKILL"; null while it runs. Not given where nobody here can know. */
  readonly fate?: () => string | null;
}

/** All nodes of a graph, held by other processes. */
export interface RemoteHosts {
  /**
   * Gives the processes their nodes, in place of what they held.
   *
   * @param runsAtOnce how many runs may be played at once
   * @returns what plays them, each one run at a time
   */
  configure(wanted: HostConfiguration, runsAtOnce?: number): Promise<readonly RemoteRun[]>;
}

/** How long a host may say nothing when it is asked whether it is there, in milliseconds. */
const SIGN_OF_LIFE = 10_000;
/** A message names so many hosts. */
const MOST_NAMED = 3;
/** How many hosts are configured at once, and how large what they are sent may be together. */
const CALLS_AT_ONCE = 32;
const BYTES_AT_ONCE = 2 ** 26;

/**
 * Hosts in these processes. What one of them fails at is a GossipError `failed` that names it and the rounds in hand; one
 * that hangs while rounds are played is found out too.
 *
 * @param nodesPerHost how many nodes each host has; the hosts are shared out evenly among the processes
 */
export function createRemoteHosts(
  processes: readonly RemoteProcess[],
  nodesPerHost: number,
  token = randomBytes(24).toString('base64url'),
  signOfLife = SIGN_OF_LIFE,
): RemoteHosts {
  let shares: readonly (readonly NodeRange[])[] = [];
  // Later than any before, also where the clock of the runner before was ahead of ours.
  let epoch = processes.reduce((latest, { epoch = 0 }) => Math.max(latest, epoch), Date.now());

  const all = <T>(call: (process: RemoteProcess, index: number) => Promise<T>) =>
    Promise.all(processes.map(call));

  /** What is wrong with the processes, as far as can be known from here: [] where all are there and answer. */
  async function missing(): Promise<string[]> {
    const hosts = await all(async ({ client, fate }, index) => {
      const silence = await client.describe({}, signOfLife).then(() => null, silenceOf);
      // Its sockets are gone a moment before it is known how it ended.
      const last = performance.now() + signOfLife;
      const isEnding = () => silence === status.UNAVAILABLE && fate?.() === null;
      while (isEnding() && performance.now() < last) await sleep(10);
      return { name: nameOf(shares[index], client.address), silence, fate: fate?.() ?? null };
    });
    const gone = hosts.filter(({ fate }) => fate !== null);
    // A host that computes is silent as well: it is not suspected where another is known to be gone.
    const found = gone.length > 0 ? gone : hosts.filter(({ silence }) => silence !== null);
    return found.map(({ name, fate }) => `${name} ${fate ?? 'does not answer'}`);
  }

  /** The error of a call, or, where hosts are gone or hang, one that names these: others fail because of them. */
  async function explain(what: string, error: unknown): Promise<GossipError> {
    const said = await missing();
    const more = said.splice(MOST_NAMED).length;
    const reason = said.length > 0 ? said.join('; ') : (error as Error).message;
    const others = more > 0 ? `; and ${more} more` : '';
    return new GossipError('failed', `${what}: ${reason}${others}`, { cause: error });
  }

  /** What the calls give, or an error as soon as a process is found to be gone or to hang: calls wait much longer. */
  async function watched<T>(calls: Promise<T>): Promise<T> {
    const ended = new AbortController();
    const { signal } = ended;
    const alarm = (async () => {
      for (;;) {
        await sleep(signOfLife, undefined, { signal });
        const said = await missing();
        if (said.length > 0) throw new GossipError('failed', said[0]);
      }
    })();
    try {
      return await Promise.race([calls, alarm]);
    } finally {
      ended.abort();
    }
  }

  /** What is the same for all is encoded once: messages that follow one another are one. */
  async function configureAll(request: MessageInitShape<typeof ConfigureRequestSchema>) {
    const encoded = (part: MessageInitShape<typeof ConfigureRequestSchema>) =>
      toBinary(ConfigureRequestSchema, create(ConfigureRequestSchema, part));
    const common = encoded(request);
    const calls = createBackground(CALLS_AT_ONCE, BYTES_AT_ONCE);
    for (const [index, { client }] of processes.entries()) {
      await calls.start(common.length, async () => {
        const own = encoded({ nodes: [...shares[index]] });
        await client.configure(Buffer.concat([common, own]));
      });
    }
    await calls.end();
  }

  function play(of: bigint): RunsSettings['play'] {
    return async (request, start) => {
      const calls = all(({ client }) =>
        client.play({ ...request, epoch: of, start: start as number[] }),
      );
      return watched(calls).catch(async (error) => {
        throw await explain(nameRounds(request.firstRound, request.rounds), error);
      });
    };
  }

  return {
    async configure(configuration, runsAtOnce = 1) {
      epoch++;
      const { graph } = configuration;
      shares = share(graph.nodeCount, nodesPerHost, processes.length);
      const peers = shares.flatMap((ranges, index) =>
        ranges.map((nodes) => ({ nodes, address: processes[index].peerAddress })),
      );
      const request = { ...configureRequest(configuration, epoch, token), peers, runsAtOnce };
      await configureAll(request).catch(async (error) => {
        throw await explain('before the first round', error);
      });
      const settings: RunsSettings = {
        configuration,
        shares,
        rounds: { runs: 0, rounds: 0 },
        play: play(BigInt(epoch)),
        nameOf: (index) => `the host at ${processes[index].client.address}`,
      };
      return Array.from({ length: runsAtOnce }, (_, lane) => createRemoteRun(lane, settings));
    },
  };
}

/** The status of a call that failed because nobody answered; null where it did not: a refusal is an answer. */
function silenceOf({ cause }: Error): number | null {
  const { code } = (cause ?? {}) as { code?: number };
  return code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED ? code : null;
}

function nameOf(ranges: readonly NodeRange[], address: string): string {
  const first = ranges[0].first;
  const last = ranges[ranges.length - 1].end - 1;
  return `the host of ${first === last ? `node ${first}` : `nodes ${first} to ${last}`} at ${address}`;
}
