import { readFileSync } from 'node:fs';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Client, createClient, type Interceptor } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import {
  Aggregate,
  type ConfigureRequestSchema,
  HostService,
  Memory,
  Schedule,
} from '../gen/gossip/v1/host_pb.ts';
import { type Graph, graphFromEdges } from '../graph/index.ts';
import { type HostConfiguration, startValues } from '../host/index.ts';
import { deriveKey, Purpose, seedWords } from '../host/random.ts';
import { TOKEN_HEADER } from './host-service.ts';
import { type HostOptions, type ServedHost, serveHost } from './serve-host.ts';

/** For tests: Zachary's karate club. */
export const KARATE: Graph = karate();

function karate(): Graph {
  const yaml = readFileSync(new URL('../../examples/karate.yaml', import.meta.url), 'utf8');
  const pairs = [...yaml.matchAll(/- "([\d ]+),"/g)].flatMap(([, line]) => {
    const [node, ...others] = line.split(' ').map(Number);
    return others.map((other) => [node, other]);
  });
  const ends = (side: number) => Uint32Array.from(pairs, (pair) => pair[side]);
  return graphFromEdges(34, ends(0), ends(1));
}

/** For tests: a configuration of which what matters is given; on karate's graph. */
export function settings(given: Partial<HostConfiguration> = {}): HostConfiguration {
  return {
    graph: KARATE,
    graphWords: [1, 2, 3, 4],
    seed: 7,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 0.5,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'graph',
    tolerance: 0.001,
    ...given,
  };
}

/** For tests: what all nodes begin with. */
export function startOf({
  graph,
  start,
  aggregate,
  seed,
  graphWords,
}: HostConfiguration): number[] {
  const key = deriveKey([Purpose.start, ...seedWords(seed), ...graphWords]);
  return [...startValues(graph, start, aggregate, key)];
}

const AGGREGATE = { minimum: Aggregate.MINIMUM, maximum: Aggregate.MAXIMUM, mean: Aggregate.MEAN };
const MEMORY = { none: Memory.NONE, plain: Memory.PLAIN, complex: Memory.COMPLEX };
const SCHEDULE = {
  ascending: Schedule.ASCENDING,
  shuffled: Schedule.SHUFFLED,
  random: Schedule.RANDOM,
  synchronous: Schedule.SYNCHRONOUS,
};

/** A Configure as its parts. */
export type Configuration = Exclude<
  MessageInitShape<typeof ConfigureRequestSchema>,
  { $typeName: string }
>;

/** For tests: a Configure of the first epoch, which says nothing of hosts yet. */
export function configureRequest({ graph, ...of }: HostConfiguration) {
  const { nodeCount, offsets, neighbors } = graph;
  const degrees = Array.from({ length: nodeCount }, (_, node) => offsets[node + 1] - offsets[node]);
  return {
    epoch: 1n,
    token: '',
    graph: { degrees, neighbors: [...neighbors] },
    graphWords: [...of.graphWords],
    seed: BigInt(of.seed),
    weights: of.weights === null ? [] : [...of.weights],
    memory: MEMORY[of.memory],
    priorPartnerFactor: of.priorPartnerFactor,
    aggregate: AGGREGATE[of.aggregate],
    schedule: SCHEDULE[of.schedule],
  } satisfies Configuration;
}

/** For tests: ways to call a host. */
export const PROTOCOLS = {
  gRPC: createGrpcTransport,
  'gRPC-web': (options: {
    baseUrl: string;
    interceptors: Interceptor[];
    defaultTimeoutMs: number;
  }) => createGrpcWebTransport({ ...options, httpVersion: '1.1' }),
  'Connect JSON': (options: {
    baseUrl: string;
    interceptors: Interceptor[];
    defaultTimeoutMs: number;
  }) => createConnectTransport({ ...options, httpVersion: '1.1', useBinaryFormat: false }),
};

/** For tests: calls a host, showing this token. No call takes longer than 10 seconds. */
export function clientOf(
  { port }: { readonly port: number },
  token = '',
  protocol: keyof typeof PROTOCOLS = 'gRPC',
): Client<typeof HostService> {
  const show: Interceptor = (next) => (request) => {
    if (token !== '') request.header.set(TOKEN_HEADER, token);
    return next(request);
  };
  const baseUrl = `http://127.0.0.1:${port}`;
  return createClient(
    HostService,
    PROTOCOLS[protocol]({ baseUrl, interceptors: [show], defaultTimeoutMs: 10_000 }),
  );
}

/** For tests: serves so many hosts on free ports, and stops them afterwards. */
export async function withHosts(
  count: number,
  use: (hosts: readonly ServedHost[]) => Promise<void>,
  options: Partial<HostOptions> = {},
): Promise<void> {
  const hosts: ServedHost[] = [];
  try {
    while (hosts.length < count) {
      hosts.push(
        await serveHost({
          port: 0,
          peerPort: 0,
          host: '127.0.0.1',
          token: '',
          version: '1.2.3',
          allowOrigins: [],
          log: () => {},
          ...options,
        }),
      );
    }
    await use(hosts);
  } finally {
    await Promise.all(hosts.map((host) => host.stop(1000)));
  }
}

/** For tests: drives hosts as a runner does. */
export interface Driver {
  readonly clients: readonly Client<typeof HostService>[];
  /** What each host is configured by. */
  readonly requests: readonly Configuration[];
  configure(given?: Configuration): Promise<void>;
  reset(repetition: number): Promise<void>;
  /** Plays the next rounds; all values after each of them. */
  play(rounds: number): Promise<number[][]>;
}

/** For tests: shares the nodes out evenly; the first host's are two ranges, which exchange over TCP too. */
export function driverOf(hosts: readonly ServedHost[], of: HostConfiguration, token = ''): Driver {
  const { nodeCount } = of.graph;
  const cuts = hosts.map((_, index) => Math.floor((index * nodeCount) / hosts.length));
  const shares = cuts.map((first, index) => {
    const end = cuts[index + 1] ?? nodeCount;
    const middle = Math.ceil((first + end) / 2);
    return index > 0 || middle === end
      ? [{ first, end }]
      : [
          { first, end: middle },
          { first: middle, end },
        ];
  });
  const peers = shares.flatMap((ranges, index) =>
    ranges.map((nodes) => ({ nodes, address: hosts[index].peerAddress })),
  );
  const requests = shares.map((nodes) => ({ ...configureRequest(of), token, nodes, peers }));
  const clients = hosts.map((host) => clientOf(host, token));
  const start = startOf(of);
  let now = { epoch: 1n, repetition: 0 };
  let firstRound = 1;
  return {
    clients,
    requests,
    async configure(given = {}) {
      now = { epoch: given.epoch ?? 1n, repetition: 0 };
      await Promise.all(
        clients.map((client, index) => client.configure({ ...requests[index], ...given })),
      );
    },
    async reset(repetition) {
      now = { ...now, repetition };
      firstRound = 1;
      await Promise.all(clients.map((client) => client.reset({ ...now, start })));
    },
    async play(rounds) {
      const answers = await Promise.all(
        clients.map((client) => client.play({ ...now, firstRound, rounds })),
      );
      firstRound += rounds;
      return Array.from({ length: rounds }, (_, index) =>
        answers.flatMap((answer) => answer.rounds[index].values),
      );
    },
  };
}
