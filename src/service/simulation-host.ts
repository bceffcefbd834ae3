import { GossipError, inputError } from '../errors.ts';
import type { ConfigureRequest, PlayRequest, ResetRequest } from '../gen/gossip/v1/host_pb.ts';
import type { Meeting, ShardRound } from '../host/shard.ts';
import { createShards, type NodeRange, type Shards } from '../host/shards.ts';
import {
  createLedger,
  type ExchangeRequest,
  type Outcome,
  refused,
  type Transport,
  TransportError,
} from '../transport/index.ts';
import { type Configured, parseConfiguration } from './configuration.ts';

/** The rounds of a run as this process has seen them, joined over its hosts. */
export interface HostRound {
  readonly repetition: number;
  readonly round: number;
  readonly exchanges: number;
  readonly useful: number;
  /** By node, in the order of the ranges. */
  readonly values: Float64Array;
  readonly participations: Uint32Array;
}

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
  /** What one node held after each round of the run, the start value first; throws GossipError for a node of others. */
  history(node: number): Float64Array;
  /** Calls back after each round played; returns how to end it. */
  watch(onRound: (round: HostRound) => void): () => void;
  /** Answers an exchange of a peer. */
  answer(request: ExchangeRequest): Outcome | Promise<Outcome>;
}

const MOST_ROUNDS = 1024;
/** Rounds whose values are kept for `history`. */
const LONGEST_HISTORY = 10_000;
/** An exchange waits for its turn, which may be long after it was asked for; in milliseconds. */
const EXCHANGE_DEADLINE = 20_000;

/** A process without nodes yet; `transport` must repeat exchanges that may be repeated (createReliable). */
export function createSimulationHost(transport: Transport): SimulationHost {
  const ledger = createLedger();
  const watchers = new Set<(round: HostRound) => void>();
  let configured: Configured | null = null;
  let shards: Shards | null = null;
  let repetition = 0;
  let history: HostRound[] = [];
  let start = new Float64Array(0);
  let fail: (error: unknown) => void = () => {};

  function current(epoch: bigint): Configured {
    if (configured === null) throw inputError('this host is not configured');
    if (epoch === configured.epoch) return configured;
    throw inputError(`epoch ${epoch} is not the one configured, ${configured.epoch}`);
  }

  function connect(to: Configured): Shards {
    const peerOf = addresses(to);
    return createShards(to, {
      exchange(meeting, value, onReply) {
        const request = { epoch: Number(to.epoch), repetition, ...meeting, value, pickOnly: false };
        transport.send(
          peerOf(meeting.partner),
          request,
          (outcome) => {
            if (configured !== to) return; // replaced meanwhile
            if (!(outcome instanceof TransportError)) onReply(outcome.value);
            else fail(unsettled(request, outcome));
          },
          EXCHANGE_DEADLINE,
        );
      },
      announce(meeting, onTold) {
        const request = {
          epoch: Number(to.epoch),
          repetition,
          ...meeting,
          value: 0,
          pickOnly: true,
        };
        const told = peersToTell(to, meeting);
        let left = told.length;
        if (left === 0) queueMicrotask(onTold);
        for (const peer of told) {
          transport.send(
            peer,
            request,
            (outcome) => {
              if (configured !== to) return; // replaced meanwhile
              if (outcome instanceof TransportError) fail(unsettled(request, outcome));
              else if (--left === 0) onTold();
            },
            EXCHANGE_DEADLINE,
          );
        }
      },
    });
  }

  return {
    get configured() {
      return configured;
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
      fail(new GossipError('failed', 'the host was configured anew'));
      configured = next;
      shards = connect(next);
      repetition = 0;
      history = [];
      ledger.begin(Number(next.epoch), next.graph.nodeCount);
    },
    reset(request) {
      const { graph } = current(request.epoch);
      if (request.start.length !== graph.nodeCount || !request.start.every(Number.isFinite)) {
        throw inputError(`start must have ${graph.nodeCount} finite values, one a node`);
      }
      fail(new GossipError('failed', 'a new run was begun'));
      repetition = request.repetition;
      start = Float64Array.from(request.start);
      history = [];
      shards!.reset(repetition, start);
    },
    async play(request) {
      const { ranges } = current(request.epoch);
      const { firstRound, rounds } = request;
      const next = (history.at(-1)?.round ?? 0) + 1;
      if (repetition === 0 || request.repetition !== repetition) {
        throw inputError(`repetition ${request.repetition} was not begun by Reset`);
      }
      if (firstRound !== next) throw inputError(`the next round is ${next}, not ${firstRound}`);
      if (rounds < 1 || rounds > MOST_ROUNDS) throw inputError(`rounds must be 1..${MOST_ROUNDS}`);
      const played = await new Promise<ShardRound[][]>((resolve, reject) => {
        fail = reject;
        shards!.play(firstRound, firstRound + rounds - 1).then(resolve, reject);
      });
      fail = () => {};
      const joined = Array.from({ length: rounds }, (_, index) =>
        join(
          repetition,
          ranges,
          played.map((of) => of[index]),
        ),
      );
      history.push(...joined);
      if (history.length > LONGEST_HISTORY) history = history.slice(-LONGEST_HISTORY);
      for (const round of joined) for (const watcher of watchers) watcher(round);
      return joined;
    },
    history(node) {
      const index = indexOf(node, configured?.ranges ?? []);
      if (index < 0) throw inputError(`node ${node} is not held here`);
      return Float64Array.from([start[node], ...history.map(({ values }) => values[index])]);
    },
    watch(onRound) {
      watchers.add(onRound);
      return () => watchers.delete(onRound);
    },
    answer(request) {
      return ledger.answer(request, (first) => {
        if (shards === null || first.repetition !== repetition) {
          return refused('not-configured', `repetition ${first.repetition} is not begun here`);
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
          resolve = settle;
        });
      });
    },
  };
}

function unsettled(
  { initiator, partner, round }: ExchangeRequest,
  error: TransportError,
): GossipError {
  return new GossipError(
    'failed',
    `round ${round}: the exchange of node ${initiator} with node ${partner} could not be settled: ${error.message}`,
    { cause: error },
  );
}

/** The address of the host that holds a node. */
function addresses({ peers, graph }: Configured): (node: number) => string {
  const holder = new Uint32Array(graph.nodeCount);
  for (const [index, { first, end }] of peers.entries()) holder.fill(index, first, end);
  return (node) => peers[holder[node]].address;
}

/**
 * The peers that must be told of a pick: all that hold a neighbor of the initiator, but the partner's, which the exchange
 * itself tells, unless it is within one host and nobody sees it.
 */
function peersToTell({ peers, graph }: Configured, { initiator, partner }: Meeting): string[] {
  const holderOf = (node: number) => peers.find(({ first, end }) => node >= first && node < end)!;
  const { offsets, neighbors } = graph;
  const told = new Set<string>();
  for (const neighbor of neighbors.subarray(offsets[initiator], offsets[initiator + 1])) {
    told.add(holderOf(neighbor).address);
  }
  if (holderOf(partner) !== holderOf(initiator)) told.delete(holderOf(partner).address);
  return [...told];
}

function indexOf(node: number, ranges: readonly NodeRange[]): number {
  let before = 0;
  for (const { first, end } of ranges) {
    if (node >= first && node < end) return before + node - first;
    before += end - first;
  }
  return -1;
}

function join(
  repetition: number,
  ranges: readonly NodeRange[],
  parts: readonly ShardRound[],
): HostRound {
  const count = ranges.reduce((sum, { first, end }) => sum + end - first, 0);
  const values = new Float64Array(count);
  const participations = new Uint32Array(count);
  let exchanges = 0;
  let useful = 0;
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    participations.set(part.participations, at);
    at += part.values.length;
    exchanges += part.exchanges;
    useful += part.useful;
  }
  return { repetition, round: parts[0]?.round ?? 0, exchanges, useful, values, participations };
}
