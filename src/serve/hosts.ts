import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { Aggregate } from '../gen/gossip/v1/host_pb.ts';
import {
  type HistoryPart,
  RunPlaceSchema,
  type SimulationService,
  type WatchHostsResponseSchema,
} from '../gen/gossip/v1/simulation_pb.ts';
import { AGGREGATE_CODES, wordOf } from '../protocol-enums.ts';
import { createHistoryEncoder, type HistoryEncoder } from '../replay/history-encoder.ts';
import { slowReader } from '../service/slow-reader.ts';
import { drawHosts } from './host-graph.ts';
import type { WholeRound } from './host-rounds.ts';
import { createGraphWorker } from './stored/graph-worker.ts';
import { createWatchedHosts, type HostsNews } from './watched-hosts.ts';

type Message = MessageInitShape<typeof WatchHostsResponseSchema>;

/** A watcher who does not read is given only so many of the newest rounds. */
const MOST_WAITING = 64;
/** Hosts do not know the tolerance of a mean: this one is the default of simulations. */
const TOLERANCE = 0.001;

/** Which hosts are watched. */
export interface HostsOptions {
  /** "host:port" each. */
  readonly addresses: readonly string[];
  /** What they are shown; empty: nothing. */
  readonly token: string;
  /** Ends threads. */
  readonly signal: AbortSignal;
}

/** WatchHosts: the hosts are looked at while somebody watches them, over one connection to each. */
export function hosts({
  addresses,
  token,
  signal: ending,
}: HostsOptions): Pick<ServiceImpl<typeof SimulationService>, 'watchHosts'> {
  const draw = drawHosts(createGraphWorker(ending));
  const watched = createWatchedHosts({ addresses, token, draw });
  return {
    async *watchHosts(_, { signal }) {
      if (addresses.length === 0) {
        throw new ConnectError(
          'this server was told of no hosts: gossip serve --hosts names them',
          Code.FailedPrecondition,
        );
      }
      const write = createWriter();
      for await (const news of slowReader(watched.watch, dropRound, signal)) yield write(news);
    },
  };
}

/** Graphs and problems are few, and each matters. */
function dropRound(waiting: HostsNews[]): void {
  if (waiting.length <= MOST_WAITING) return;
  const oldest = waiting.findIndex((news) => 'round' in news);
  if (oldest >= 0) waiting.splice(oldest, 1);
}

/** Makes messages of news, for one watcher: each message has all problems that there are. */
function createWriter(): (news: HostsNews) => Message {
  let problems: string[] = [];
  let aggregate: Aggregate = Aggregate.UNSPECIFIED;
  let run: { encoder: HistoryEncoder; repetition: number } | null = null;

  function begin({ repetition, values }: WholeRound): HistoryEncoder {
    // The first round seen stands for the start: no value comes up later that it does not have, but for mean.
    const encoder = createHistoryEncoder({
      aggregate: wordOf(AGGREGATE_CODES, aggregate) ?? 'mean',
      tolerance: TOLERANCE,
      start: values,
      place: create(RunPlaceSchema, { run: repetition }),
    });
    run = { encoder, repetition };
    return encoder;
  }

  function partOf(whole: WholeRound): HistoryPart | undefined {
    const encoder = run?.repetition === whole.repetition ? run.encoder : begin(whole);
    return encoder.add(whole.round, whole.values) ?? encoder.flush() ?? undefined;
  }

  return function write(news) {
    if ('problems' in news) {
      problems = [...news.problems];
      return { problems };
    }
    if ('picture' in news) {
      aggregate = news.aggregate;
      run = null;
      return { problems, graph: news.picture };
    }
    return { problems, part: partOf(news.round) };
  };
}
