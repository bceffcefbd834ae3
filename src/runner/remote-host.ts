import { randomBytes } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { GossipError } from '../errors.ts';
import type * as proto from '../gen/gossip/v1/host_pb.ts';
import type { Host, HostConfiguration } from '../host/host.ts';
import { type Beginning, beginningOf, progressOf } from '../host/progress.ts';
import type { NodeRange } from '../host/shards.ts';
import { addTo, createHistogram, type Histogram } from '../statistics/index.ts';
import { configureRequest } from './configure-request.ts';
import type { HostClient } from './host-client.ts';
import { isComplete, join, type Round, share, sizeOf } from './shares.ts';

/** A process that holds nodes. */
export interface RemoteProcess {
  readonly client: HostClient;
  /** Where it listens for exchanges, "host:port". */
  readonly peerAddress: string;
  /** How it ended, such as "was ended by SIGKILL"; null while it runs. Not given where nobody here can know. */
  readonly fate?: () => string | null;
}

/** What the exchanges of a run between hosts have cost, those of rounds played ahead of its end included. */
export interface HostTraffic {
  /** Bytes that hosts sent each other, not what TCP adds. */
  readonly bytes: number;
  /** Exchanges sent again because the time before failed. */
  readonly retries: number;
  /** How many exchanges took how long, in microseconds. */
  readonly latencies: Histogram;
}

/** Hosts in other processes. */
export interface RemoteHost extends Host {
  /** Of the run in hand, up to the last call to `play`. */
  traffic(): HostTraffic;
}

/** Rounds asked for at first, before any run has shown how many it takes; then twice as many. */
const FIRST_ROUNDS = 4;
const MOST_ROUNDS = 64;
/** Where other runs have shown how many it takes, this share of that is asked for when it takes more. */
const MORE_ROUNDS = 1 / 8;
/** A host that is asked whether it is there must answer within this time, in milliseconds. */
const SIGN_OF_LIFE = 5000;
/** A message names so many hosts. */
const MOST_NAMED = 3;

/**
 * All nodes of a graph, held by other processes. What one of them fails at is a GossipError `failed` that names it and
 * the rounds in hand. Hosts play several rounds at a call, also a few beyond the last that
 * counts: a call costs more than a round of few nodes, and what comes after convergence changes no result.
 *
 * @param nodesPerHost how many nodes each host has; the hosts are shared out evenly among the processes
 */
export function createRemoteHost(
  processes: readonly RemoteProcess[],
  nodesPerHost: number,
  token = randomBytes(24).toString('base64url'),
  signOfLife = SIGN_OF_LIFE,
): RemoteHost {
  let configuration: HostConfiguration | null = null;
  let shares: readonly (readonly NodeRange[])[] = [];
  let epoch = Date.now();
  let repetition = 0;
  let beginning: Beginning = { values: new Float64Array(0), final: 0, allowed: 0 };
  let values = beginning.values;
  let start: number[] = [];
  let participations: Uint32Array = new Uint32Array(0);
  let rounds = new Map<number, Round>();
  let next = FIRST_ROUNDS;
  let played = 0;
  /** Of the runs so far: how many, and their rounds in all. */
  let runs = 0;
  let total = 0;
  let traffic: HostTraffic = { bytes: 0, retries: 0, latencies: createHistogram() };

  const all = <T>(call: (process: RemoteProcess, index: number) => Promise<T>) =>
    Promise.all(processes.map(call));

  /** The error of a call, or, where hosts are gone or hang, one that names these: others fail because of them. */
  async function explain(what: string, error: unknown): Promise<GossipError> {
    const hosts = await all(async ({ client, fate }, index) => {
      const isSilent = await client.describe({}, signOfLife).then(() => false, saysNothing);
      return { name: nameOf(shares[index], client.address), isSilent, fate };
    });
    const gone = hosts.filter(({ fate }) => (fate?.() ?? null) !== null);
    // A host that computes is silent as well: it is not suspected where another is known to be gone.
    const missing = gone.length > 0 ? gone : hosts.filter(({ isSilent }) => isSilent);
    const said = missing.map(({ name, fate }) => `${name} ${fate?.() ?? 'does not answer'}`);
    const more = said.splice(MOST_NAMED).length;
    const reason = said.length > 0 ? said.join('; ') : (error as Error).message;
    const others = more > 0 ? `; and ${more} more` : '';
    return new GossipError('failed', `${what}: ${reason}${others}`, { cause: error });
  }

  async function fetch(round: number): Promise<void> {
    const what = next === 1 ? `round ${round}` : `rounds ${round} to ${round + next - 1}`;
    const responses = await all(({ client }) =>
      client.play({
        epoch: BigInt(epoch),
        repetition,
        firstRound: round,
        rounds: next,
        start: round === 1 ? start : [],
      }),
    ).catch(async (error) => {
      throw await explain(what, error);
    });
    for (const [index, response] of responses.entries()) {
      if (isComplete(response, round, next, sizeOf(shares[index]))) continue;
      const { address } = processes[index].client;
      throw new GossipError('failed', `${what}: the host at ${address} did not answer with these`);
    }
    rounds = new Map();
    traffic = sum(responses);
    for (let index = 0; index < next; index++) {
      const parts = responses.map((response) => response.rounds[index]);
      rounds.set(round + index, join(parts, shares, configuration!.graph.nodeCount));
    }
    next = Math.min(MOST_ROUNDS, runs === 0 ? 2 * next : Math.ceil((total / runs) * MORE_ROUNDS));
  }

  return {
    async configure(wanted) {
      configuration = wanted;
      epoch++;
      shares = share(wanted.graph.nodeCount, nodesPerHost, processes.length);
      const request = configureRequest(wanted, epoch, token);
      const peers = shares.flatMap((ranges, index) =>
        ranges.map((nodes) => ({ nodes, address: processes[index].peerAddress })),
      );
      await all(({ client }, index) =>
        client.configure({ ...request, peers, nodes: [...shares[index]] }),
      ).catch(async (error) => {
        throw await explain('before the first round', error);
      });
      runs = 0;
      total = 0;
      played = 0;
    },
    async reset(of) {
      if (played > 0) {
        runs++;
        total += played;
      }
      repetition = of;
      played = 0;
      rounds = new Map();
      next = Math.min(MOST_ROUNDS, runs === 0 ? FIRST_ROUNDS : Math.floor(total / runs));
      beginning = beginningOf(configuration!, repetition);
      values = beginning.values;
      participations = new Uint32Array(values.length);
      // Sent with the first rounds: a call less.
      start = Array.from(values);
      return progressOf(configuration!.aggregate, values, beginning);
    },
    async play(round) {
      if (!rounds.has(round)) await fetch(round);
      const { exchanges, useful, ...left } = rounds.get(round)!;
      values = left.values;
      participations = left.participations;
      played = round;
      return { exchanges, useful, ...progressOf(configuration!.aggregate, values, beginning) };
    },
    async values() {
      return values;
    },
    async participations() {
      return participations;
    },
    traffic: () => traffic,
    async stop() {
      await all(async ({ client }) => {
        await client.stop({}).catch(() => {});
        client.close();
      });
    },
  };
}

/** Whether a call failed because nobody answered; a refusal is an answer. */
function saysNothing({ cause }: Error): boolean {
  const { code } = (cause ?? {}) as { code?: unknown };
  return code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED;
}

function nameOf(ranges: readonly NodeRange[], address: string): string {
  const first = ranges[0].first;
  const last = ranges[ranges.length - 1].end - 1;
  return `the host of ${first === last ? `node ${first}` : `nodes ${first} to ${last}`} at ${address}`;
}

function sum(responses: readonly proto.PlayResponse[]): HostTraffic {
  const latencies = createHistogram();
  let bytes = 0;
  let retries = 0;
  for (const { traffic } of responses) {
    bytes += Number(traffic?.sentBytes ?? 0);
    retries += Number(traffic?.retries ?? 0);
    addTo(latencies, traffic?.latencies ?? []);
  }
  return { bytes, retries, latencies };
}
