import { GossipError } from '../errors.ts';
import type * as proto from '../gen/gossip/v1/host_pb.ts';
import type { Host, HostConfiguration } from '../host/host.ts';
import { type Beginning, beginningOf, progressOf } from '../host/progress.ts';
import type { NodeRange } from '../host/shards.ts';
import { addTo, createHistogram, type Histogram } from '../statistics/index.ts';
import { isComplete, join, type Round, sizeOf } from './shares.ts';

/** What the exchanges of a run between hosts have cost, those of rounds played ahead of its end included. */
export interface HostTraffic {
  /** Bytes that hosts sent each other, not what TCP adds; with several runs at once only their sum is exact. */
  readonly bytes: number;
  /** Exchanges sent again because the time before failed; their sum as well. */
  readonly retries: number;
  /** How many exchanges took how long, in microseconds. */
  readonly latencies: Histogram;
}

/** Plays one run at a time on hosts in other processes, while others of its kind play other runs on them. */
export interface RemoteRun extends Pick<Host, 'reset' | 'play' | 'values' | 'participations'> {
  /** Of the run in hand, up to the last call to `play`. */
  traffic(): HostTraffic;
}

/** What the runs on some hosts share. */
export interface RunsSettings {
  readonly configuration: HostConfiguration;
  /** By process, the nodes it holds. */
  readonly shares: readonly (readonly NodeRange[])[];
  readonly rounds: RoundsPlayed;
  /** Has all processes play, each answering for itself; throws GossipError `failed` where one does not. */
  play(
    request: { lane: number; repetition: number; firstRound: number; rounds: number },
    start: readonly number[],
  ): Promise<proto.PlayResponse[]>;
  /** What a process is called in messages. */
  nameOf(process: number): string;
}

/** How many rounds runs have taken so far. */
export interface RoundsPlayed {
  runs: number;
  rounds: number;
}

/** Rounds asked for at first, before any run has shown how many it takes; then twice as many. */
const FIRST_ROUNDS = 4;
const MOST_ROUNDS = 64;
/** Where other runs have shown how many it takes, this share of that is asked for when it takes more. */
const MORE_ROUNDS = 1 / 8;

/**
 * Plays runs in a lane. Hosts play several rounds at a call, also a few beyond the last that counts: a call costs more
 * than a round of few nodes, and what comes after convergence changes no result.
 */
export function createRemoteRun(lane: number, settings: RunsSettings): RemoteRun {
  const { configuration, shares, rounds: past } = settings;
  const { aggregate, graph } = configuration;
  let repetition = 0;
  let beginning: Beginning = { values: new Float64Array(0), final: 0, allowed: 0 };
  let values = beginning.values;
  let start: number[] = [];
  let participations: Uint32Array = new Uint32Array(0);
  let rounds = new Map<number, Round>();
  let next = FIRST_ROUNDS;
  let played = 0;
  let traffic: HostTraffic = { bytes: 0, retries: 0, latencies: createHistogram() };

  async function fetch(firstRound: number): Promise<void> {
    const responses = await settings.play(
      { lane, repetition, firstRound, rounds: next },
      // Sent with the first rounds: a call less than to begin the run before.
      firstRound === 1 ? start : [],
    );
    for (const [index, response] of responses.entries()) {
      if (isComplete(response, firstRound, next, sizeOf(shares[index]))) continue;
      throw new GossipError(
        'failed',
        `${nameRounds(firstRound, next)}: ${settings.nameOf(index)} did not answer with these`,
      );
    }
    rounds = new Map();
    traffic = sum(traffic, responses);
    for (let index = 0; index < next; index++) {
      const parts = responses.map((response) => response.rounds[index]);
      rounds.set(firstRound + index, join(parts, shares, graph.nodeCount));
    }
    const more = past.runs === 0 ? 2 * next : Math.ceil((past.rounds / past.runs) * MORE_ROUNDS);
    next = Math.min(MOST_ROUNDS, more);
  }

  return {
    async reset(of) {
      if (played > 0) {
        past.runs++;
        past.rounds += played;
      }
      repetition = of;
      played = 0;
      rounds = new Map();
      traffic = { bytes: 0, retries: 0, latencies: createHistogram() };
      const expected = past.runs === 0 ? FIRST_ROUNDS : Math.floor(past.rounds / past.runs);
      next = Math.min(MOST_ROUNDS, expected);
      beginning = beginningOf(configuration, repetition);
      values = beginning.values;
      participations = new Uint32Array(values.length);
      start = Array.from(values);
      return progressOf(aggregate, values, beginning);
    },
    async play(round) {
      if (!rounds.has(round)) await fetch(round);
      const { exchanges, useful, ...left } = rounds.get(round)!;
      values = left.values;
      participations = left.participations;
      played = round;
      return { exchanges, useful, ...progressOf(aggregate, values, beginning) };
    },
    async values() {
      return values;
    },
    async participations() {
      return participations;
    },
    traffic: () => traffic,
  };
}

/** What rounds are called in messages. */
export function nameRounds(first: number, count: number): string {
  return count === 1 ? `round ${first}` : `rounds ${first} to ${first + count - 1}`;
}

function sum(before: HostTraffic, responses: readonly proto.PlayResponse[]): HostTraffic {
  const latencies = createHistogram();
  addTo(latencies, before.latencies);
  let { bytes, retries } = before;
  for (const { traffic } of responses) {
    bytes += Number(traffic?.sentBytes ?? 0);
    retries += Number(traffic?.retries ?? 0);
    addTo(latencies, traffic?.latencies ?? []);
  }
  return { bytes, retries, latencies };
}
