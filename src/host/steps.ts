import { createTurns, pickAll } from './choice.ts';
import { exchangeAll, exchangeWithMemory } from './exchange.ts';
import { explainPick } from './explain.ts';
import type { HostConfiguration } from './host.ts';
import type { LastExchange } from './last-exchanges.ts';
import type { Played } from './play.ts';
import { createAtOnce, playAtOnce } from './play-at-once.ts';
import { createPlayer } from './player.ts';
import type { Progress } from './progress.ts';
import type { Key } from './random.ts';
import type { ExplainedPick } from './shards.ts';

/**
 * The exchanges of a round by turn; all arrays are parallel. In a synchronous round all happen at once: values before are
 * those of the round's start, values after those of its end.
 */
export interface RoundExchanges {
  readonly initiators: Uint32Array;
  readonly partners: Uint32Array;
  readonly initiatorsBefore: Float64Array;
  readonly partnersBefore: Float64Array;
  readonly initiatorsAfter: Float64Array;
  readonly partnersAfter: Float64Array;
}

/** A host that plays turn by turn, so that every exchange can be seen; what it plays is what createHost does. */
export interface Steps {
  /** The values now, by node, and in how many exchanges of this run each took part; valid until the next call. */
  readonly values: Float64Array;
  readonly participations: Uint32Array;
  /** Begins a run (repetition counts from 1) in which the picks of one node are noted; null: of none. */
  reset(repetition: number, noted: number | null): Progress;
  /** Plays one round (counted from 1). */
  play(round: number): Played & Progress;
  /** Those of the round played last; valid until the next is played. */
  exchanges(): RoundExchanges;
  /** The weights by which a node picks next, one a neighbor. */
  weightsOf(node: number): Float64Array;
  /** Why the noted node picked whom it did last; null before its first pick. @param nameOf what people call a node */
  explain(nameOf: (node: number) => string): ExplainedPick | null;
}

/** A pick of the noted node. */
interface NotedPick {
  readonly exchange: LastExchange;
  readonly weights: Float64Array;
  readonly counter: number;
  readonly key: Key;
}

/** Holds 48 bytes a node beside what a host does. */
export function createSteps(configuration: HostConfiguration): Steps {
  const { graph, schedule } = configuration;
  const { nodeCount, offsets } = graph;
  const player = createPlayer(configuration);
  const { nodes, order, byTurn } = player;
  const { choice, values } = nodes;
  const { memory } = choice;
  /** The turns of the round played last. */
  const turns = createTurns(nodeCount);
  const { initiators, counters, partners } = turns;
  const one = createTurns(1);
  const atOnce = schedule === 'synchronous' ? createAtOnce(nodeCount) : null;
  const initiatorsBefore = new Float64Array(nodeCount);
  const partnersBefore = new Float64Array(nodeCount);
  const initiatorsAfter = new Float64Array(nodeCount);
  const partnersAfter = new Float64Array(nodeCount);
  let noted: number | null = null;
  let notedPick: NotedPick | null = null;

  function weightsOf(node: number): Float64Array {
    const weights = memory?.weights ?? configuration.weights;
    if (weights === null) return new Float64Array(offsets[node + 1] - offsets[node]).fill(1);
    return weights.slice(offsets[node], offsets[node + 1]);
  }

  function note(round: number, turn: number, weights: Float64Array, key: Key): void {
    const [before, after] = [initiatorsBefore[turn], initiatorsAfter[turn]];
    const exchange = { round, turn, other: partners[turn], before, after };
    notedPick = { exchange, weights, counter: counters[turn], key };
  }

  function playInTurn(round: number, key: Key): Played {
    const { k0, k1 } = key;
    let useful = 0;
    turns.count = 0;
    one.count = 1;
    for (let position = 0; position < nodeCount; position++) {
      const node = order === null ? position : order[position];
      if (offsets[node] === offsets[node + 1]) continue;
      const turn = turns.count++;
      const weights = node === noted ? weightsOf(node) : null;
      one.initiators[0] = node;
      one.counters[0] = byTurn ? position : node;
      // With memory this only says who it will be: the exchange picks once more, by the same weights.
      pickAll(choice, one, k0, k1);
      const partner = one.partners[0];
      initiators[turn] = node;
      counters[turn] = one.counters[0];
      partners[turn] = partner;
      initiatorsBefore[turn] = values[node];
      partnersBefore[turn] = values[partner];
      useful +=
        memory === null ? exchangeAll(nodes, one) : exchangeWithMemory(nodes, memory, one, k0, k1);
      initiatorsAfter[turn] = values[node];
      partnersAfter[turn] = values[partner];
      if (weights !== null) note(round, turn, weights, key);
    }
    return { exchanges: turns.count, useful };
  }

  function playAllAtOnce(before: Float64Array, round: number, key: Key): Played {
    const weights = noted === null ? null : weightsOf(noted);
    const played = playAtOnce(nodes, turns, atOnce!, key.k0, key.k1);
    for (let turn = 0; turn < turns.count; turn++) {
      initiatorsBefore[turn] = before[initiators[turn]];
      partnersBefore[turn] = before[partners[turn]];
      initiatorsAfter[turn] = values[initiators[turn]];
      partnersAfter[turn] = values[partners[turn]];
      if (weights !== null && initiators[turn] === noted) note(round, turn, weights, key);
    }
    return played;
  }

  return {
    values,
    participations: nodes.participations,
    weightsOf,
    reset(repetition, node) {
      noted = node;
      notedPick = null;
      turns.count = 0;
      return player.reset(repetition);
    },
    play(round) {
      const key = player.begin(round);
      const played =
        atOnce === null ? playInTurn(round, key) : playAllAtOnce(atOnce.values, round, key);
      return { ...played, ...player.progress() };
    },
    exchanges() {
      const { count } = turns;
      return {
        initiators: initiators.subarray(0, count),
        partners: partners.subarray(0, count),
        initiatorsBefore: initiatorsBefore.subarray(0, count),
        partnersBefore: partnersBefore.subarray(0, count),
        initiatorsAfter: initiatorsAfter.subarray(0, count),
        partnersAfter: partnersAfter.subarray(0, count),
      };
    },
    explain(nameOf) {
      if (noted === null || notedPick === null) return null;
      const { exchange, weights, counter, key } = notedPick;
      const pick = { initiator: noted, weights, counter, key };
      return { exchange, weights, ...explainPick(choice, pick, nameOf) };
    },
  };
}
