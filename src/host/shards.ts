import type { Graph } from '../graph/graph.ts';
import { reverseEdges } from '../graph/reverse.ts';
import type { Choice } from './choice.ts';
import { createChoice, resetChoice } from './choice.ts';
import { type Explanation, explainPick } from './explain.ts';
import type { HostConfiguration } from './host.ts';
import type { LastExchange } from './last-exchanges.ts';
import { deriveKey, Purpose, seedWords } from './random.ts';
import { planRound, type RoundPlan } from './round-plan.ts';
import { drawTurns } from './schedule.ts';
import type { Link, Meeting, Shard, ShardRound } from './shard.ts';
import { createShardAtOnce } from './shard-at-once.ts';
import { createShardInTurn } from './shard-in-turn.ts';

/** The nodes first..end - 1. */
export interface NodeRange {
  readonly first: number;
  readonly end: number;
}

/** What shards must know of a simulation; start values come with each run. */
export type ShardsConfiguration = Omit<HostConfiguration, 'start' | 'redraw' | 'tolerance'> & {
  readonly ranges: readonly NodeRange[];
};

/** The last pick of a node: the exchange it led to, the weights it went by (one a neighbor), and how it came about. */
export interface ExplainedPick extends Explanation {
  readonly exchange: LastExchange;
  readonly weights: Float64Array;
}

/** The shards of one process: each range a host of its own, all of them sharing what they can work out. */
export interface Shards {
  /** Begins a run with these start values of all nodes. */
  reset(repetition: number, start: Float64Array): void;
  /** Plays rounds; by range, then by round. */
  play(from: number, to: number): Promise<ShardRound[][]>;
  /** The shard that holds a node; undefined where none of these does, or before the first reset. */
  shardOf(node: number): Shard | undefined;
  /** Tells all shards a pick of another host's node. */
  hear(meeting: Meeting): void;
  /** Whether a turn of a round is the initiator's, and, where that can be worked out, picks this partner. */
  isPlanned(round: number, turn: number, initiator: number, partner: number): boolean;
  /** The weights by which one of their nodes picks next, one a neighbor. */
  weightsOf(node: number): Float64Array;
  /** Why one of their nodes picked whom it did in the last exchange that it initiated; null before the first. */
  explain(node: number, nameOf: (node: number) => string): ExplainedPick | null;
}

/** Rounds whose plans are kept behind the one in hand, for what comes late. */
const KEPT = 2;

/** Shards for these ranges; `link` reaches all nodes, those of the same process included. */
export function createShards(configuration: ShardsConfiguration, link: Link): Shards {
  const { graph, graphWords, seed, schedule, memory, ranges } = configuration;
  const choice: Choice = createChoice(graph, configuration, () => reverseEdges(graph));
  const simulation = [...seedWords(seed), ...graphWords];
  const plans = new Map<number, RoundPlan>();
  let repetition = 0;
  let shards: Shard[] = [];

  const key = (purpose: number) => deriveKey([purpose, ...simulation, repetition]);
  const keyOf = (round: number) => deriveKey([round], key(Purpose.choice));

  function plan(round: number): RoundPlan {
    let found = plans.get(round);
    if (found === undefined) {
      let order: Uint32Array | null = null;
      if (schedule === 'shuffled' || schedule === 'random') {
        order = new Uint32Array(graph.nodeCount);
        drawTurns(schedule, key(Purpose.order), key(Purpose.initiator), round, order);
      }
      const { k0, k1 } = keyOf(round);
      found = planRound(choice, order, schedule === 'random', k0, k1);
      plans.set(round, found);
    }
    return found;
  }

  function weightsOf(node: number): Float64Array {
    const { offsets } = graph;
    const weights = choice.memory?.weights ?? configuration.weights;
    if (weights === null) return new Float64Array(offsets[node + 1] - offsets[node]).fill(1);
    return weights.slice(offsets[node], offsets[node + 1]);
  }

  function shardOf(node: number): Shard | undefined {
    return shards[ranges.findIndex(({ first, end }) => node >= first && node < end)];
  }

  return {
    reset(next, start) {
      repetition = next;
      plans.clear();
      resetChoice(choice);
      shards = ranges.map(({ first, end }) => {
        const settings = {
          graph,
          first,
          last: end,
          aggregate: configuration.aggregate,
          link,
          plan,
          start,
        };
        const create = schedule === 'synchronous' ? createShardAtOnce : createShardInTurn;
        return create(settings, memory === 'none' ? null : { choice, keyOf });
      });
    },
    play(from, to) {
      for (const round of plans.keys()) if (round < from - KEPT) plans.delete(round);
      return Promise.all(shards.map((shard) => shard.play(from, to)));
    },
    shardOf,
    weightsOf,
    explain(initiator, nameOf) {
      const { initiated: exchange = null, pickedBy = null } =
        shardOf(initiator)?.look(initiator) ?? {};
      if (exchange === null) return null;
      const weights = pickedBy ?? weightsOf(initiator);
      const { round, turn } = exchange;
      const pick = { initiator, weights, counter: plan(round).counters[turn], key: keyOf(round) };
      return { exchange, weights, ...explainPick(choice, pick, nameOf) };
    },
    hear(meeting) {
      if (memory !== 'none') for (const shard of shards) shard.hear(meeting);
    },
    isPlanned(round, turn, initiator, partner) {
      const { initiators, partners } = plan(round);
      if (initiators[turn] !== initiator) return false;
      return memory === 'none'
        ? partners[turn] === partner
        : areNeighbors(graph, initiator, partner);
    },
  };
}

function areNeighbors({ offsets, neighbors }: Graph, node: number, other: number): boolean {
  return neighbors.subarray(offsets[node], offsets[node + 1]).includes(other);
}
