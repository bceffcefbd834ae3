import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError, type ConnectRouter, type HandlerContext } from '@connectrpc/connect';
import { GossipError } from '../errors.ts';
import {
  Aggregate,
  HostService,
  type PlayEachRequest,
  PlayRequestSchema,
  type PlayResponseSchema,
} from '../gen/gossip/v1/host_pb.ts';
import { AGGREGATE_CODES } from '../protocol-enums.ts';
import { isToken } from '../transport/index.ts';
import { answerEach } from './answer-each.ts';
import type { HostRound } from './host-round.ts';
import type { Played, SimulationHost } from './simulation-host.ts';
import { slowReader } from './slow-reader.ts';

/** The header in which a caller shows the token of its simulation. */
export const TOKEN_HEADER = 'gossip-token';

/** What the service tells of the process beside its nodes. */
export interface HostProcess {
  readonly version: string;
  readonly peerPort: number;
  /** The token that calls must show where none is configured; empty: none. */
  readonly token: string;
  /** Told when a token is configured. */
  readonly useToken: (token: string) => void;
  /** Aborts when the process begins to stop. */
  readonly stopping: AbortSignal;
  /** Called once Stop has been asked for, with the deadline in milliseconds. */
  readonly stop: (deadline: number) => void;
}

const STOP_DEADLINE = 5000;
/** A watcher who does not read is given only so many of the newest rounds. */
const MOST_WAITING = 16;

/** gossip.v1.HostService for the nodes of this process. */
export function hostService(
  router: ConnectRouter,
  host: SimulationHost,
  process: HostProcess,
): void {
  const admit = (context: HandlerContext) => {
    const ours = host.configured?.token || process.token;
    if (ours === '' || isToken(ours, context.requestHeader.get(TOKEN_HEADER) ?? '')) return;
    throw new ConnectError(
      `this host belongs to a simulation with a token: show it as ${TOKEN_HEADER}`,
      Code.Unauthenticated,
    );
  };
  const guarded =
    <Request, Response>(answer: (request: Request) => Response | Promise<Response>) =>
    async (request: Request, context: HandlerContext): Promise<Response> => {
      admit(context);
      try {
        return await answer(request);
      } catch (error) {
        throw asConnectError(error);
      }
    };

  router.service(HostService, {
    describe: guarded(() => ({
      version: process.version,
      peerPort: process.peerPort,
      epoch: host.configured?.epoch ?? 0n,
      nodes: [...(host.configured?.ranges ?? [])],
      nodeCount: host.configured?.graph.nodeCount ?? 0,
      repetition: host.last?.repetition ?? 0,
      round: host.last?.round ?? 0,
      aggregate:
        host.configured === null
          ? Aggregate.UNSPECIFIED
          : AGGREGATE_CODES[host.configured.aggregate],
    })),
    configure: guarded((request) => {
      host.configure(request);
      process.useToken(request.token || process.token);
      return {};
    }),
    reset: guarded((request) => {
      host.reset(request);
      return {};
    }),
    play: guarded(async (request) => playedOf(await host.play(request))),
    async *playEach(requests, context) {
      admit(context);
      const answer = async ({ play = create(PlayRequestSchema) }: PlayEachRequest) => ({
        lane: play.lane,
        played: playedOf(await host.play(play)),
      });
      try {
        yield* answerEach(requests, answer);
      } catch (error) {
        throw asConnectError(error);
      }
    },
    values: guarded(() => ({ nodes: host.last === null ? [] : nodesOf(host.last) })),
    history: guarded(({ node }) => {
      const values = host.history(node);
      return {
        values: Array.from(values),
        firstRound: (host.last?.round ?? 0) - values.length + 1,
      };
    }),
    inspect: guarded(() => host.inspect()),
    explain: guarded(({ node }) => host.explain(node)),
    async *watch(_, context) {
      admit(context);
      const ended = AbortSignal.any([context.signal, process.stopping]);
      for await (const played of roundsOf(host, ended)) {
        const { epoch, repetition, round } = played;
        yield { epoch, repetition, round, nodes: nodesOf(played) };
      }
    },
    stop: guarded(({ deadlineMilliseconds }) => {
      process.stop(deadlineMilliseconds || STOP_DEADLINE);
      return {};
    }),
  });
}

function playedOf({ rounds, traffic }: Played): MessageInitShape<typeof PlayResponseSchema> {
  const { sentBytes, retries, latencies } = traffic;
  return {
    traffic: {
      sentBytes: BigInt(sentBytes),
      retries: BigInt(retries),
      latencies: Array.from(latencies),
    },
    rounds: rounds.map(({ round, exchanges, useful, values, participations }) => ({
      round,
      exchanges,
      useful,
      values: Array.from(values),
      participations: Array.from(participations),
    })),
  };
}

function nodesOf({ ranges, values, participations }: HostRound) {
  const numbers = ranges.flatMap(({ first, end }) =>
    Array.from({ length: end - first }, (_, index) => first + index),
  );
  return numbers.map((node, index) => ({
    node,
    value: values[index],
    participations: participations[index],
  }));
}

/** The last round played and the rounds as they are played, until the signal aborts; a slow reader misses the older ones. */
function roundsOf(host: SimulationHost, signal: AbortSignal): AsyncGenerator<HostRound> {
  return slowReader<HostRound>(
    (tell) => {
      if (host.last !== null) tell(host.last);
      return host.watch(tell);
    },
    (waiting) => {
      if (waiting.length > MOST_WAITING) waiting.shift();
    },
    signal,
  );
}

function asConnectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error;
  if (!(error instanceof GossipError)) return ConnectError.from(error);
  return new ConnectError(
    error.message,
    error.code === 'input' ? Code.InvalidArgument : Code.Aborted,
  );
}
