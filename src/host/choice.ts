import type { Graph } from '../graph/graph.ts';
import { clearMemory, createMemory, type Memory, type MemoryKind } from './memory.ts';
import { unit, word } from './random.ts';
import {
  type AliasTables,
  aliasTables,
  LARGE_DEGREE,
  pickByAlias,
  pickByRejection,
  pickByScan,
} from './sampling.ts';

/** How nodes pick partners: uniformly, by fixed weights, or by weights that contacts lower. */
export interface Choice {
  readonly offsets: Uint32Array;
  readonly neighbors: Uint32Array;
  /** Present where weights are fixed, or some degree is large. */
  readonly tables: AliasTables | null;
  /** Present where contacts lower weights; picks then depend on all exchanges before. */
  readonly memory: Memory | null;
}

/** The weights that nodes start from; null is 1 everywhere. */
export interface ChoiceSettings {
  readonly weights: Float64Array | null;
  readonly memory: MemoryKind;
  /** By which contact lowers a weight, in [0, 1]; not used without memory. */
  readonly priorPartnerFactor: number;
}

/** Some turns of a round, in order, with the neighbors picked; all arrays are parallel. */
export interface Turns {
  readonly initiators: Uint32Array;
  /** What names the turn's draws within the round. */
  readonly counters: Uint32Array;
  /** Positions in the graph's `neighbors`. */
  readonly slots: Uint32Array;
  readonly partners: Uint32Array;
  count: number;
}

/** Room for `length` turns. */
export function createTurns(length: number): Turns {
  return {
    initiators: new Uint32Array(length),
    counters: new Uint32Array(length),
    slots: new Uint32Array(length),
    partners: new Uint32Array(length),
    count: 0,
  };
}

/** Prepares the picks of a graph's nodes; `reverse` is asked for only where there is memory. */
export function createChoice(
  graph: Graph,
  settings: ChoiceSettings,
  reverse: () => Uint32Array,
): Choice {
  const { offsets, neighbors } = graph;
  if (settings.memory === 'none') {
    const tables = settings.weights === null ? null : aliasTables(offsets, settings.weights);
    return { offsets, neighbors, tables, memory: null };
  }
  const start = settings.weights ?? new Float64Array(neighbors.length).fill(1);
  const memory = createMemory(settings.memory, start, reverse(), settings.priorPartnerFactor);
  const tables = hasLargeDegree(graph) ? aliasTables(offsets, start) : null;
  return { offsets, neighbors, tables, memory };
}

function hasLargeDegree({ offsets, nodeCount }: Graph): boolean {
  for (let node = 0; node < nodeCount; node++) {
    if (offsets[node + 1] - offsets[node] >= LARGE_DEGREE) return true;
  }
  return false;
}

/** Every run begins without contacts. */
export function resetChoice(choice: Choice): void {
  if (choice.memory !== null) clearMemory(choice.memory);
}

/** Picks for all the turns at once; k0, k1 are the round's key. Every initiator must have a neighbor. */
export function pickAll(choice: Choice, turns: Turns, k0: number, k1: number): void {
  // Picks without memory are pure functions of the draw, so a tight loop can look far ahead of the exchanges.
  if (choice.memory !== null) {
    for (let turn = 0; turn < turns.count; turn++) {
      pickOne(choice, choice.memory, turns, turn, k0, k1);
    }
  } else if (choice.tables !== null) pickAllByAlias(choice, choice.tables, turns, k0, k1);
  else pickAllUniformly(choice, turns, k0, k1);
}

/** Picks for one turn by the weights as they are now. */
export function pickOne(
  choice: Choice,
  memory: Memory,
  turns: Turns,
  turn: number,
  k0: number,
  k1: number,
): void {
  const { offsets, tables } = choice;
  const counter = turns.counters[turn];
  const begin = offsets[turns.initiators[turn]];
  const degree = offsets[turns.initiators[turn] + 1] - begin;
  const slot =
    tables !== null && degree >= LARGE_DEGREE
      ? pickByRejection(tables, memory.start, memory.weights, begin, degree, k0, k1, counter)
      : pickByScan(memory.weights, begin, degree, unit(k0, k1, counter, 0));
  turns.slots[turn] = slot;
  turns.partners[turn] = choice.neighbors[slot];
}

function pickAllUniformly(choice: Choice, turns: Turns, k0: number, k1: number): void {
  const { offsets, neighbors } = choice;
  const { initiators, counters, slots, partners, count } = turns;
  for (let turn = 0; turn < count; turn++) {
    const begin = offsets[initiators[turn]];
    const degree = offsets[initiators[turn] + 1] - begin;
    const slot = begin + ((word(k0, k1, counters[turn], 0) * degree * 2 ** -32) >>> 0);
    slots[turn] = slot;
    partners[turn] = neighbors[slot];
  }
}

function pickAllByAlias(
  choice: Choice,
  tables: AliasTables,
  turns: Turns,
  k0: number,
  k1: number,
): void {
  const { offsets, neighbors } = choice;
  const { initiators, counters, slots, partners, count } = turns;
  for (let turn = 0; turn < count; turn++) {
    const begin = offsets[initiators[turn]];
    const degree = offsets[initiators[turn] + 1] - begin;
    const slot = pickByAlias(tables, begin, degree, unit(k0, k1, counters[turn], 0));
    slots[turn] = slot;
    partners[turn] = neighbors[slot];
  }
}
