import { GossipError, inputError } from '../errors.ts';
import type { PlayRequest, ResetRequest } from '../gen/gossip/v1/host_pb.ts';
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
import type { Configured } from './configuration.ts';
import { type HostRound, indexOf, joinRound } from './host-round.ts';
import { linkToPeers } from './peers.ts';

/** One of the places in which a process plays runs, one after the other in each, side by side with the others'. */
export interface Lane {
  /** The repetition of the run in hand; 0 before the first. */
  readonly repetition: number;
  /** The last round played; null before the first of a run. */
  readonly last: HostRound | null;
  /** The nodes of this process, as the run has them. */
  readonly shards: Shards;
  /** Begins a run; throws GossipError `input` where it does not fit. */
  begin(request: Pick<ResetRequest, 'repetition' | 'start'>): void;
  /** Plays rounds, of a run that it begins if there are start values; rejects where an exchange cannot be settled. */
  play(request: PlayRequest): Promise<HostRound[]>;
  /** As SimulationHost has it, for a node of this process. */
  history(node: number): Float64Array;
  /** Answers an exchange of a peer. */
  answer(request: ExchangeRequest): Outcome | Promise<Outcome>;
  /** Fails the rounds in hand, and refuses the exchanges of peers that wait for their turn in them. */
  abandon(reason: RefusalReason, message: string): void;
}

/** What lanes share and whom they tell. */
export interface LaneSettings {
  readonly configured: Configured;
  readonly transport: Transport;
  /** A run has begun. */
  readonly onBegin: () => void;
  /** An exchange has ended that was sent at this time (performance.now()). */
  readonly onReply: (sentAt: number) => void;
}

const MOST_ROUNDS = 1024;
/** Exchanges that may wait for a run to begin. */
const MOST_EARLY = 100_000;
/** Rounds whose values are kept for `history`. */
const LONGEST_HISTORY = 10_000;
/** And values, those of all nodes and lanes together. */
const LARGEST_HISTORY = 200 * LONGEST_HISTORY;

/** A lane without a run yet; `index` is its own among those of the configuration. */
export function createLane(index: number, settings: LaneSettings): Lane {
  const { configured, transport, onBegin, onReply } = settings;
  const { graph, runsAtOnce } = configured;
  const ledger = createLedger();
  ledger.begin(Number(configured.epoch), graph.nodeCount);
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
  const link = linkToPeers(transport, configured, {
    lane: index,
    run: () => run,
    repetition: () => repetition,
    onReply,
    fail: (error) => fail(error),
  });
  const shards = createShards(configured, link);

  /** Ends the run in hand: its rounds fail, and peers that wait for their turn in them are refused. */
  function end(reason: RefusalReason, message: string): void {
    run++;
    fail(new GossipError('failed', message));
    for (const answer of waiting) answer(refused(reason, message));
    waiting.clear();
    unfinished = 0;
  }

  function begin(request: Pick<ResetRequest, 'repetition' | 'start'>): void {
    if (request.start.length !== graph.nodeCount || !request.start.every(Number.isFinite)) {
      throw inputError(`start must have ${graph.nodeCount} finite values, one a node`);
    }
    if (request.repetition <= repetition) {
      throw inputError(
        `repetition ${request.repetition} is not later than the one before, ${repetition}; a later epoch begins anew`,
      );
    }
    end('stale', 'a new run was begun');
    repetition = request.repetition;
    start = Float64Array.from(request.start);
    history = [];
    shards.reset(repetition, start);
    onBegin();
    const begun = early;
    early = [];
    for (const answer of begun) answer();
  }

  function apply(first: ExchangeRequest): Outcome | Promise<Outcome> {
    if (first.lane !== index) {
      return refused('unknown-node', `lane ${first.lane} is not one of the ${runsAtOnce} here`);
    }
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
    shards,
    get repetition() {
      return repetition;
    },
    get last() {
      return history.at(-1) ?? null;
    },
    begin,
    async play(request) {
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
        shards.play(firstRound, firstRound + rounds - 1).then(resolve, reject);
      });
      fail = () => {};
      unfinished = 0;
      const joined = Array.from({ length: rounds }, (_, round) =>
        joinRound(
          configured,
          repetition,
          firstRound + round,
          played.map((rounds) => rounds[round]),
        ),
      );
      history.push(...joined);
      const kept = LARGEST_HISTORY / runsAtOnce / Math.max(1, joined[0].values.length);
      history = history.slice(-Math.max(1, Math.min(LONGEST_HISTORY, Math.floor(kept))));
      return joined;
    },
    history(node) {
      const at = indexOf(node, configured.ranges);
      const values = history.map((round) => round.values[at]);
      if ((history[0]?.round ?? 1) === 1) values.unshift(start[node]);
      return Float64Array.from(values);
    },
    answer: (request) => ledger.answer(request, apply),
    abandon(reason, message) {
      end(reason, message);
      for (const answer of early) answer(refused(reason, message));
      early = [];
    },
  };
}
