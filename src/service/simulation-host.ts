import type { MessageInitShape } from '@bufbuild/protobuf';
import { inputError } from '../errors.ts';
import type {
  ConfigureRequest,
  ExplainResponseSchema,
  InspectResponseSchema,
  PlayRequest,
  ResetRequest,
} from '../gen/gossip/v1/host_pb.ts';
import { type ExchangeRequest, type Outcome, refused, type Transport } from '../transport/index.ts';
import { type Configured, parseConfiguration } from './configuration.ts';
import { type HostRound, indexOf } from './host-round.ts';
import { explainNode, inspectNodes } from './inspection.ts';
import { createLane, type Lane } from './lane.ts';
import { createTrafficMeter, type RunTraffic } from './run-traffic.ts';

/** Rounds that were played, and what they cost. */
export interface Played {
  readonly rounds: readonly HostRound[];
  readonly traffic: RunTraffic;
}

/** The nodes of one process: one or more hosts of a simulation, which its runner drives. */
export interface SimulationHost {
  /** What is held now; null before the first configure. */
  readonly configured: Configured | null;
  /** The last round played of the run begun last; null before its first. */
  readonly last: HostRound | null;
  /** Takes the place of whatever was configured. Throws GossipError `input` where the request does not fit together. */
  configure(request: ConfigureRequest): void;
  reset(request: ResetRequest): void;
  /** Plays rounds; rejects where an exchange cannot be settled. */
  play(request: PlayRequest): Promise<Played>;
  /**
   * What one node held after each round of the run begun last, the start value first, or after the rounds that are kept;
   * throws GossipError for a node of others.
   */
  history(node: number): Float64Array;
  /** The nodes as they stand in the run begun last, as HostService says it. */
  inspect(): MessageInitShape<typeof InspectResponseSchema>;
  /** Why a node picked whom it did; throws GossipError for a node of others, or one that has not picked in this run. */
  explain(node: number): MessageInitShape<typeof ExplainResponseSchema>;
  /** Calls back after each round played, of whatever run; returns how to end it. */
  watch(onRound: (round: HostRound) => void): () => void;
  /** Answers an exchange of a peer. */
  answer(request: ExchangeRequest): Outcome | Promise<Outcome>;
  /** Fails the rounds in hand, and refuses the exchanges of peers that wait for their turn in them. */
  stop(): void;
}

/** A process without nodes yet; `transport` must repeat exchanges that may be repeated (createReliable). */
export function createSimulationHost(transport: Transport): SimulationHost {
  const meter = createTrafficMeter(transport);
  const watchers = new Set<(round: HostRound) => void>();
  let configured: Configured | null = null;
  let lanes: readonly Lane[] = [];
  /** The lane of the run begun last. */
  let latest: Lane | null = null;

  function laneOf({ epoch, lane }: Pick<PlayRequest, 'epoch' | 'lane'>): Lane {
    if (configured === null) throw inputError('this host is not configured');
    if (epoch !== configured.epoch) {
      throw inputError(`epoch ${epoch} is not the one configured, ${configured.epoch}`);
    }
    if (lane < lanes.length) return lanes[lane];
    throw inputError(`lane ${lane} is not one of the ${lanes.length} configured, counted from 0`);
  }

  /** The lane that people look at; throws for a node of others. */
  function laneWith(node: number): Lane {
    if (indexOf(node, configured?.ranges ?? []) < 0) {
      throw inputError(`node ${node} is not held here`);
    }
    if (latest === null) throw inputError('no run was begun here yet');
    return latest;
  }

  return {
    get configured() {
      return configured;
    },
    get last() {
      return latest?.last ?? null;
    },
    configure(request) {
      const next = parseConfiguration(request);
      if (configured !== null && next.epoch <= configured.epoch) {
        throw inputError(
          `epoch ${next.epoch} is not later than the one configured, ${configured.epoch}`,
        );
      }
      for (const lane of lanes) lane.abandon('old-epoch', 'the host was configured anew');
      configured = next;
      latest = null;
      lanes = Array.from({ length: next.runsAtOnce }, (_, index) =>
        createLane(index, {
          configured: next,
          transport,
          onBegin() {
            meter.begin(index);
            latest = lanes[index];
          },
          onReply: (sentAt) => meter.onReply(index, sentAt),
        }),
      );
    },
    reset: (request) => laneOf(request).begin(request),
    async play(request) {
      const rounds = await laneOf(request).play(request);
      for (const round of rounds) for (const watcher of watchers) watcher(round);
      return { rounds, traffic: meter.take(request.lane) };
    },
    history: (node) => laneWith(node).history(node),
    inspect: () => ({
      epoch: configured?.epoch ?? 0n,
      repetition: latest?.repetition ?? 0,
      round: latest?.last?.round ?? 0,
      nodes: configured === null || latest === null ? [] : inspectNodes(configured, latest.shards),
    }),
    explain: (node) => explainNode(configured!, laneWith(node).shards, node),
    watch(onRound) {
      watchers.add(onRound);
      return () => watchers.delete(onRound);
    },
    answer(request) {
      // A lane that is not there is refused by one that is, after what else may be wrong.
      const lane = lanes[request.lane] ?? lanes[0];
      return lane?.answer(request) ?? refused('not-configured', 'this host is not configured');
    },
    stop() {
      for (const lane of lanes) lane.abandon('stopping', 'the host was stopped');
    },
  };
}
