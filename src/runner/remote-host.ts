import { randomBytes } from 'node:crypto';
import { GossipError } from '../errors.ts';
import * as proto from '../gen/gossip/v1/host_pb.ts';
import type { Host, HostConfiguration } from '../host/host.ts';
import { type Beginning, beginningOf, progressOf } from '../host/progress.ts';
import type { NodeRange } from '../host/shards.ts';
import type { HostClient } from './host-client.ts';

/** A process that holds nodes. */
export interface RemoteProcess {
  readonly client: HostClient;
  /** Where it listens for exchanges, "host:port". */
  readonly peerAddress: string;
}

/** A round as its hosts reported it. */
interface Round {
  readonly exchanges: number;
  readonly useful: number;
  readonly values: Float64Array;
  readonly participations: Uint32Array;
}

/** Rounds asked for at first, before any run has shown how many it takes. */
const FIRST_ROUNDS = 4;
const MOST_ROUNDS = 64;

/**
 * All nodes of a graph, held by other processes. Hosts play several rounds at a call, also a few beyond the last that
 * counts: a call costs more than a round of few nodes, and what comes after convergence changes no result.
 *
 * @param nodesPerHost how many nodes each host has; the hosts are shared out evenly among the processes
 */
export function createRemoteHost(
  processes: readonly RemoteProcess[],
  nodesPerHost: number,
  token = randomBytes(24).toString('base64url'),
): Host {
  let configuration: HostConfiguration | null = null;
  let shares: readonly (readonly NodeRange[])[] = [];
  let epoch = Date.now();
  let repetition = 0;
  let beginning: Beginning = { values: new Float64Array(0), final: 0, allowed: 0 };
  let values = beginning.values;
  let participations: Uint32Array = new Uint32Array(0);
  let rounds = new Map<number, Round>();
  let next = FIRST_ROUNDS;
  let played = 0;
  let shortest = Number.POSITIVE_INFINITY;

  const all = <T>(call: (process: RemoteProcess, index: number) => Promise<T>) =>
    Promise.all(processes.map(call));

  async function fetch(round: number): Promise<void> {
    const responses = await all(({ client }) =>
      client.play({ epoch: BigInt(epoch), repetition, firstRound: round, rounds: next }),
    ).catch((error) => {
      throw new GossipError('failed', `round ${round}: ${(error as Error).message}`, {
        cause: error,
      });
    });
    rounds = new Map();
    for (let index = 0; index < next; index++) {
      const parts = responses.map((response) => response.rounds[index]);
      rounds.set(round + index, join(parts, shares, configuration!.graph.nodeCount));
    }
    next = Math.min(MOST_ROUNDS, 2 * next);
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
      );
      shortest = Number.POSITIVE_INFINITY;
    },
    async reset(of) {
      if (played > 0) shortest = Math.min(shortest, played);
      repetition = of;
      played = 0;
      rounds = new Map();
      next = Math.min(MOST_ROUNDS, shortest === Number.POSITIVE_INFINITY ? FIRST_ROUNDS : shortest);
      beginning = beginningOf(configuration!, repetition);
      values = beginning.values;
      participations = new Uint32Array(values.length);
      const start = Array.from(values);
      await all(({ client }) => client.reset({ epoch: BigInt(epoch), repetition, start }));
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
    async stop() {
      await all(async ({ client }) => {
        await client.stop({}).catch(() => {});
        client.close();
      });
    },
  };
}

/** Hosts of nodesPerHost nodes each, in order, shared out evenly: for each process its ranges. */
function share(nodeCount: number, nodesPerHost: number, processes: number): NodeRange[][] {
  const hosts: NodeRange[] = [];
  for (let first = 0; first < nodeCount; first += nodesPerHost) {
    hosts.push({ first, end: Math.min(first + nodesPerHost, nodeCount) });
  }
  return Array.from({ length: processes }, (_, index) =>
    hosts.slice(
      Math.floor((index * hosts.length) / processes),
      Math.floor(((index + 1) * hosts.length) / processes),
    ),
  );
}

function join(
  parts: readonly proto.PlayedRound[],
  shares: readonly (readonly NodeRange[])[],
  nodeCount: number,
): Round {
  const values = new Float64Array(nodeCount);
  const participations = new Uint32Array(nodeCount);
  let exchanges = 0;
  let useful = 0;
  for (const [index, part] of parts.entries()) {
    exchanges += part.exchanges;
    useful += part.useful;
    // Ranges of one process follow one another.
    const first = shares[index][0]?.first ?? 0;
    values.set(part.values, first);
    participations.set(part.participations, first);
  }
  return { exchanges, useful, values, participations };
}

function configureRequest(configuration: HostConfiguration, epoch: number, token: string) {
  const { graph, graphWords, seed, weights, memory, priorPartnerFactor, aggregate, schedule } =
    configuration;
  const degrees = Array.from(
    { length: graph.nodeCount },
    (_, node) => graph.offsets[node + 1] - graph.offsets[node],
  );
  return {
    epoch: BigInt(epoch),
    token,
    graph: { degrees, neighbors: Array.from(graph.neighbors) },
    graphWords: [...graphWords],
    seed: BigInt(seed),
    weights: weights === null ? [] : Array.from(weights),
    memory: { none: proto.Memory.NONE, plain: proto.Memory.PLAIN, complex: proto.Memory.COMPLEX }[
      memory
    ],
    priorPartnerFactor,
    aggregate: {
      minimum: proto.Aggregate.MINIMUM,
      maximum: proto.Aggregate.MAXIMUM,
      mean: proto.Aggregate.MEAN,
    }[aggregate],
    schedule: {
      ascending: proto.Schedule.ASCENDING,
      shuffled: proto.Schedule.SHUFFLED,
      random: proto.Schedule.RANDOM,
      synchronous: proto.Schedule.SYNCHRONOUS,
    }[schedule],
  };
}
