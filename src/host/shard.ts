import type { Graph } from '../graph/graph.ts';
import type { Aggregate } from './aggregate.ts';
import type { LastExchange } from './last-exchanges.ts';
import type { RoundPlan } from './round-plan.ts';

/** One exchange, or the announcement of one, as hosts name it to each other. */
export interface Meeting {
  readonly round: number;
  readonly turn: number;
  readonly initiator: number;
  readonly partner: number;
}

/** How a shard reaches the hosts of other nodes. */
export interface Link {
  /** Sends the initiator's value; `onReply` gets the value that the partner held before the exchange, once. */
  exchange(meeting: Meeting, value: number, onReply: (value: number) => void): void;
  /** Tells the other hosts of the initiator's neighbors whom it picked, where they cannot work it out; `onTold` once. */
  announce(meeting: Meeting, onTold: () => void): void;
}

/** How the part of one round that a shard has seen went. */
export interface ShardRound {
  readonly round: number;
  /** Exchanges that a node of this shard initiated. */
  readonly exchanges: number;
  /** Those of them that changed a value. */
  readonly useful: number;
  /** This shard's values after the round, by node; the same for participations in the run. */
  readonly values: Float64Array;
  readonly participations: Uint32Array;
}

/** What both kinds of shard share. */
export interface ShardSettings {
  readonly graph: Graph;
  /** The shard holds the nodes first..last - 1. */
  readonly first: number;
  readonly last: number;
  readonly aggregate: Aggregate;
  readonly link: Link;
  /** The plan of a round; partners that are not decided yet are UNDECIDED. */
  readonly plan: (round: number) => RoundPlan;
  /** Start values of all nodes. */
  readonly start: Float64Array;
}

/** One node as it stands, for people who look. */
export interface NodeState {
  readonly value: number;
  readonly participations: number;
  /** Its last exchange of the run, and the last that it initiated; null before the first. */
  readonly last: LastExchange | null;
  readonly initiated: LastExchange | null;
  /** The weights by which it picked the partner of the latter, where contacts change them. */
  readonly pickedBy: Float64Array | null;
}

/** Some of a graph's nodes, which play their part of each round in the order that the plan gives. */
export interface Shard {
  /** Plays rounds from..to and resolves when this shard's part of them is done. Only one call at a time. */
  play(from: number, to: number): Promise<ShardRound[]>;
  /** An exchange from a node of another host; `reply` is called once its turn has come. */
  receive(meeting: Meeting, value: number, reply: (value: number) => void): void;
  /** A pick of another host's node. */
  hear(meeting: Meeting): void;
  /** One of its nodes as it stands; while it plays, nodes may be in different rounds. */
  look(node: number): NodeState;
}

/** The values of both sides after an exchange: [initiator's, partner's], as exchange.ts has them. */
export function exchanged(
  aggregate: Aggregate,
  initiator: number,
  partner: number,
): readonly [number, number] {
  if (initiator === partner) return [initiator, partner];
  if (aggregate === 'minimum') {
    const result = Math.min(initiator, partner);
    return [result, result];
  }
  if (aggregate === 'maximum') {
    const result = Math.max(initiator, partner);
    return [result, result];
  }
  const result = initiator + (partner - initiator) / 2;
  return [result, initiator + partner - result];
}

/** Keeps what each round left until all of the shard's nodes have played it. */
export function createRounds(
  own: number,
  from: number,
  to: number,
  onEnd: (rounds: ShardRound[]) => void,
) {
  const rounds = Array.from({ length: to - from + 1 }, (_, index) => ({
    round: from + index,
    exchanges: 0,
    useful: 0,
    values: new Float64Array(own),
    participations: new Uint32Array(own),
  }));
  let left = rounds.length * own;
  return {
    count(round: number, changed: boolean): void {
      rounds[round - from].exchanges++;
      if (changed) rounds[round - from].useful++;
    },
    /** A node of the shard (counted from its first) is through with a round. */
    leave(node: number, round: number, value: number, participations: number): void {
      rounds[round - from].values[node] = value;
      rounds[round - from].participations[node] = participations;
      if (--left === 0) onEnd(rounds);
    },
  };
}
