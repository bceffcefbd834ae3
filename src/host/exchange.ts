import type { Aggregate } from './aggregate.ts';
import { type Choice, pickAll, pickOne, type Turns } from './choice.ts';
import { forget, type Memory, remember } from './memory.ts';

/** What the nodes of a host hold while a run is played: structure of arrays. */
export interface Nodes {
  readonly choice: Choice;
  readonly aggregate: Aggregate;
  readonly values: Float64Array;
  /** How many exchanges each node has taken part in, in this run. */
  readonly participations: Uint32Array;
  /** What all nodes hold in the end. */
  final: number;
  /** How many nodes hold exactly `final`; kept up to date for minimum and maximum. */
  holding: number;
}

/** Plays turns whose partners are picked; returns how many changed a value. */
export function exchangeAll(nodes: Nodes, turns: Turns): number {
  return nodes.aggregate === 'mean' ? exchangeMeans(nodes, turns) : exchangeExtremes(nodes, turns);
}

function exchangeExtremes(nodes: Nodes, turns: Turns): number {
  const { values, participations, final } = nodes;
  const { initiators, partners, count } = turns;
  const maximum = nodes.aggregate === 'maximum';
  let useful = 0;
  let holding = 0;
  for (let turn = 0; turn < count; turn++) {
    const node = initiators[turn];
    const partner = partners[turn];
    participations[node]++;
    participations[partner]++;
    const own = values[node];
    const other = values[partner];
    // No branch on the values: one that cannot be foretold costs more than all of this.
    const taken = +(maximum ? own < other : other < own);
    const result = values[(node + Math.imul(partner - node, taken)) >>> 0];
    values[node] = result;
    values[partner] = result;
    const changed = +(own !== other);
    useful += changed;
    holding += changed & +(result === final);
  }
  nodes.holding += holding;
  return useful;
}

function exchangeMeans(nodes: Nodes, turns: Turns): number {
  const { values, participations } = nodes;
  const { initiators, partners, count } = turns;
  let useful = 0;
  for (let turn = 0; turn < count; turn++) {
    const node = initiators[turn];
    const partner = partners[turn];
    participations[node]++;
    participations[partner]++;
    const own = values[node];
    const other = values[partner];
    if (own !== other) useful++;
    const result = own + (other - own) / 2;
    values[node] = result;
    // The remainder, so that rounding does not change the sum.
    values[partner] = own === other ? other : own + other - result;
  }
  return useful;
}

/** Plays turns one by one, each picking by the weights that the one before left; returns how many changed a value. */
export function exchangeWithMemory(
  nodes: Nodes,
  memory: Memory,
  turns: Turns,
  k0: number,
  k1: number,
): number {
  const { choice, values, participations, final } = nodes;
  const { offsets } = choice;
  const { initiators, partners, slots, count } = turns;
  const mean = nodes.aggregate === 'mean';
  const maximum = nodes.aggregate === 'maximum';
  pickAll(choice, turns, k0, k1);
  fetched[0] = fetch(nodes, memory, turns);
  let useful = 0;
  let holding = 0;
  for (let turn = 0; turn < count; turn++) {
    pickOne(choice, memory, turns, turn, k0, k1);
    const node = initiators[turn];
    const partner = partners[turn];
    participations[node]++;
    participations[partner]++;
    const own = values[node];
    const other = values[partner];
    if (own !== other) {
      useful++;
      const result = mean
        ? own + (other - own) / 2
        : maximum
          ? Math.max(own, other)
          : Math.min(own, other);
      const remainder = mean ? own + other - result : result;
      if (result === final) holding++;
      values[node] = result;
      values[partner] = remainder;
      if (result !== own) forget(memory, offsets[node], offsets[node + 1]);
      if (remainder !== other) forget(memory, offsets[partner], offsets[partner + 1]);
    }
    remember(memory, slots[turn]);
    remember(memory, memory.reverse[slots[turn]]);
  }
  nodes.holding += holding;
  return useful;
}

/** Keeps the reads of `fetch` from being optimized away. */
const fetched = new Float64Array(1);

/**
 * Reads what the turns would touch if they all picked by the weights as they are now, and most will: the processor
 * fetches it for many turns at once, where the turns themselves would wait for it one after the other. This doubles the
 * speed of large graphs and changes nothing else.
 */
function fetch(nodes: Nodes, memory: Memory, turns: Turns): number {
  const { values, participations, choice } = nodes;
  const { partners, slots, count } = turns;
  let sum = 0;
  for (let turn = 0; turn < count; turn++) {
    const partner = partners[turn];
    const back = memory.reverse[slots[turn]];
    sum += values[partner] + participations[partner] + choice.offsets[partner];
    sum += memory.weights[back] + memory.start[back];
  }
  return sum;
}
