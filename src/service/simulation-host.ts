import type { MessageInitShape } from '@bufbuild/protobuf';
import { GossipError, inputError } from '../errors.ts';
import type {
  ConfigureRequest,
  ExplainResponseSchema,
  InspectResponseSchema,
  PlayRequest,
  ResetRequest,
} from '../gen/gossip/v1/host_pb.ts';
import type { ShardRound } from '../host/shard.ts';
import { createShards, type Shards } from '../host/shards.ts';
import {
  createLedger,
  type ExchangeRequest,
  type Outcome,
  type RefusalReason,
  refused,
  type Transport,
  type TransportError,
} from '../transport/index.ts';
import { type Configured, parseConfiguration } from './configuration.ts';
import { type HostRound, indexOf, joinRound } from './host-round.ts';
import { explainNode, inspectNodes } from './inspection.ts';
import { linkToPeers } from './peers.ts';
import { createTrafficMeter, type RunTraffic } from './run-traffic.ts';

/** The nodes of one process: one or more hosts of a simulation, which its runner drives. */
export interface SimulationHost {
  /** What is held now; null before the first configure. */
  readonly configured: Configured | null;
  /** The last round played; null before the first of a run. */
  readonly last: HostRound | null;
  /** Takes the place of whatever was configured. Throws GossipError `input` where the request does not fit together. */
  configure(request: ConfigureRequest): void;
  reset(request: ResetRequest): void;
  /** Plays rounds; rejects where an exchange cannot be settled. */
  play(request: PlayRequest): Promise<HostRound[]>;
  /** What the run in hand has cost so far. */
  readonly traffic: RunTraffic;
  /**
   * What one node held after each round of the run, the start value first, or after the rounds that are kept; throws
   * GossipError for a node of others.
   */
  history(node: number): Float64Array;
  /** The nodes as they stand, as HostService says it. */
  inspect(): MessageInitShape<typeof InspectResponseSchema>;
  /** Why a node picked whom it did; throws GossipError for a node of others, or one that has not picked in this run. */
  explain(node: number): MessageInitShape<typeof ExplainResponseSchema>;
  /** Calls back after each round played; returns how to end it. */
  watch(onRound: (round: HostRound) => void): () => void;
  /** Answers an exchange of a peer. */
  answer(request: ExchangeRequest): Outcome | Promise<Outcome>;
  /** Fails the rounds in hand, and refuses the exchanges of peers that wait for their turn in them. */
  stop(): void;
}

const MOST_ROUNDS = 1024;
/** Exchanges that may wait for a run to begin. */
const MOST_EARLY = 100_000;
/** Rounds whose values are kept for `history`. */
const LONGEST_HISTORY = 10_000;
/** And values, those of all nodes together. */
const LARGEST_HISTORY = 200 * LONGEST_HISTORY;

/** A process without nodes yet; `transport` must repeat exchanges that may be repeated (createReliable). */
export function createSimulationHost(transport: Transport): SimulationHost {
  const ledger = createLedger();
  const meter = createTrafficMeter(transport);
  const watchers = new Set<(round: HostRound) => void>();
  let configured: Configured | null = null;
  let shards: Shards | null = null;
  let repetition = 0;
  /** Counts the runs, so that what is still under way of an earlier one does not enter a later one. */
  let run = 0;
  /** The first of the rounds that are being played, or could not be; 0: none. */
  let unfinished = 0;
  let history: HostRound[] = [];
  let start = new Float64Array(0);
  let fail: (error: unknown) => void = () => {};
  /** Exchanges of a run that others have begun and this host has not. */
  let early: ((refusal?: TransportError) => void)[] = [];
  /** Exchanges that wait for their turn. */
  const waiting = new Set<(outcome: Outcome) => void>();

  function current(epoch: bigint): Configured {
    if (configured === null) throw inputError('this host is not configured');
    if (epoch === configured.epoch) return configured;
    throw inputError(`epoch ${epoch} is not the one configured, ${configured.epoch}`);
  }

  function connect(to: Configured): Shards {
    const link = linkToPeers(transport, to, {
      run: () => run,
      repetition: () => repetition,
      onReply: meter.onReply,
      fail: (error) => fail(error),
    });
    return createShards(to, link);
  }

  /** Ends the run in hand: its rounds fail, and peers that wait for their turn in them are refused. */
  function abandon(reason: RefusalReason, message: string): void {
    run++;
    fail(new GossipError('failed', message));
    for (const answer of waiting) answer(refused(reason, message));
    waiting.clear();
    unfinished = 0;
  }

  function abandonAll(reason: RefusalReason, message: string): void {
    abandon(reason, message);
    for (const answer of early) answer(refused(reason, message));
    early = [];
  }

  function begin(request: Pick<ResetRequest, 'epoch' | 'repetition' | 'start'>): void {
    const { graph } = current(request.epoch);
    if (request.start.length !== graph.nodeCount || !request.start.every(Number.isFinite)) {
      throw inputError(`start must have ${graph.nodeCount} finite values, one a node`);
    }
    if (request.repetition <= repetition) {
      throw inputError(
        `repetition ${request.repetition} is not later than the one before, ${repetition}; a later epoch begins anew`,
      );
    }
    abandon('stale', 'a new run was begun');
    repetition = request.repetition;
    start = Float64Array.from(request.start);
    history = [];
    meter.begin();
    shards!.reset(repetition, start);
    const begun = early;
    early = [];
    for (const answer of begun) answer();
  }

  function apply(first: ExchangeRequest): Outcome | Promise<Outcome> {
    if (shards === null) return refused('not-configured', 'this host is not configured');
    if (first.repetition > repetition) {
      if (early.length >= MOST_EARLY)
        return refused('overloaded', 'too many exchanges of a run not begun here');
      return new Promise((resolve) => early.push((refusal) => resolve(refusal ?? apply(first))));
    }
    if (first.repetition < repetition) {
      return refused('stale', `repetition ${first.repetition} is over`);
    }
    const shard = shards.shardOf(first.partner);
    if (shard === undefined && !first.pickOnly) {
      return refused('unknown-node', `node ${first.partner} is not held here`);
    }
    const latest = (history.at(-1)?.round ?? 0) + MOST_ROUNDS;
    if (first.round < 1 || first.round > latest) {
      return refused('unknown-node', `round ${first.round} is far from those played`);
    }
    if (!shards.isPlanned(first.round, first.turn, first.initiator, first.partner)) {
      return refused(
        'unknown-node',
        `node ${first.initiator} does not pick ${first.partner} in turn ${first.turn} of round ${first.round}`,
      );
    }
    shards.hear(first);
    if (shard === undefined || first.pickOnly) return { value: 0 };
    // Most exchanges are answered at once, and a promise for each would cost more than the exchange.
    let answered: number | null = null;
    let resolve: ((outcome: Outcome) => void) | null = null;
    shard.receive(first, first.value, (value) => {
      answered = value;
      resolve?.({ value });
    });
    if (answered !== null) return { value: answered };
    return new Promise((settle) => {
      waiting.add(settle);
      resolve = (outcome) => {
        waiting.delete(settle);
        settle(outcome);
      };
    });
  }

  return {
    get configured() {
      return configured;
    },
    get traffic() {
      return meter.read();
    },
    get last() {
      return history.at(-1) ?? null;
    },
    configure(request) {
      const next = parseConfiguration(request);
      if (configured !== null && next.epoch <= configured.epoch) {
        throw inputError(
          `epoch ${next.epoch} is not later than the one configured, ${configured.epoch}`,
        );
      }
      abandonAll('old-epoch', 'the host was configured anew');
      configured = next;
      shards = connect(next);
      repetition = 0;
      history = [];
      ledger.begin(Number(next.epoch), next.graph.nodeCount);
    },
    reset: begin,
    async play(request) {
      const of = current(request.epoch);
      const { firstRound, rounds } = request;
      if (rounds < 1 || rounds > MOST_ROUNDS) throw inputError(`rounds must be 1..${MOST_ROUNDS}`);
      if (firstRound === 1 && request.start.length > 0) begin(request);
      const next = (history.at(-1)?.round ?? 0) + 1;
      if (repetition === 0 || request.repetition !== repetition) {
        throw inputError(`repetition ${request.repetition} was not begun by Reset`);
      }
      if (unfinished > 0) {
        throw inputError(
          `the rounds from ${unfinished} on are being played, or could not be: only a new run can be`,
        );
      }
      if (firstRound !== next) throw inputError(`the next round is ${next}, not ${firstRound}`);
      unfinished = firstRound;
      const played = await new Promise<ShardRound[][]>((resolve, reject) => {
        fail = reject;
        shards!.play(firstRound, firstRound + rounds - 1).then(resolve, reject);
      });
      fail = () => {};
      unfinished = 0;
      const joined = Array.from({ length: rounds }, (_, index) =>
        joinRound(
          of,
          repetition,
          firstRound + index,
          played.map((rounds) => rounds[index]),
        ),
      );
      history.push(...joined);
      const kept = Math.floor(LARGEST_HISTORY / Math.max(1, joined[0].values.length));
      history = history.slice(-Math.max(1, Math.min(LONGEST_HISTORY, kept)));
      for (const round of joined) for (const watcher of watchers) watcher(round);
      return joined;
    },
    history(node) {
      const index = indexOf(node, configured?.ranges ?? []);
      if (index < 0) throw inputError(`node ${node} is not held here`);
      const values = history.map((round) => round.values[index]);
      if ((history[0]?.round ?? 1) === 1) values.unshift(start[node]);
      return Float64Array.from(values);
    },
    inspect: () => ({
      epoch: configured?.epoch ?? 0n,
      repetition,
      round: history.at(-1)?.round ?? 0,
      nodes: configured === null || shards === null ? [] : inspectNodes(configured, shards),
    }),
    explain(node) {
      if (configured === null || shards === null || indexOf(node, configured.ranges) < 0) {
        throw inputError(`node ${node} is not held here`);
      }
      return explainNode(configured, shards, node);
    },
    watch(onRound) {
      watchers.add(onRound);
      return () => watchers.delete(onRound);
    },
    answer: (request) => ledger.answer(request, apply),
    stop: () => abandonAll('stopping', 'the host was stopped'),
  };
}
