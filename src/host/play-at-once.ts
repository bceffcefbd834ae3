import { pickAll, type Turns } from './choice.ts';
import type { Nodes } from './exchange.ts';
import { forget, remember } from './memory.ts';
import type { Played } from './play.ts';

/** What a synchronous round needs beside the nodes, by node. */
export interface AtOnce {
  /** What the nodes held at the round's start. */
  readonly values: Float64Array;
  /** How many exchanges of this round each node takes part in. */
  readonly contacts: Uint32Array;
}

/** Room for so many nodes. */
export function createAtOnce(nodeCount: number): AtOnce {
  return { values: new Float64Array(nodeCount), contacts: new Uint32Array(nodeCount) };
}

/**
 * One round in which all nodes choose and exchange on the values that they held at its start. A node may take part in
 * several exchanges: it ends with the least (greatest) of all it met. For a mean, each exchange moves both values
 * towards each other by 1 / (1 + the contacts of the busier of the two) of their difference (Metropolis weights; Xiao,
 * Boyd 2004): half where both met only each other; it keeps the sum, and no value leaves the range. `turns` has room
 * for all nodes.
 */
export function playAtOnce(
  nodes: Nodes,
  turns: Turns,
  atOnce: AtOnce,
  k0: number,
  k1: number,
): Played {
  const { choice, values, participations, aggregate } = nodes;
  const { offsets, memory } = choice;
  const { initiators, counters, partners, slots } = turns;
  const before = atOnce.values;
  const { contacts } = atOnce;
  before.set(values);
  contacts.fill(0);
  turns.count = 0;
  for (let node = 0; node < values.length; node++) {
    if (offsets[node] === offsets[node + 1]) continue;
    initiators[turns.count] = node;
    counters[turns.count++] = node;
  }
  pickAll(choice, turns, k0, k1);
  for (let turn = 0; turn < turns.count; turn++) {
    contacts[initiators[turn]]++;
    contacts[partners[turn]]++;
  }
  let useful = 0;
  for (let turn = 0; turn < turns.count; turn++) {
    const node = initiators[turn];
    const partner = partners[turn];
    const own = before[node];
    const other = before[partner];
    if (own === other) continue;
    useful++;
    if (aggregate === 'mean') {
      const step = (other - own) / (1 + Math.max(contacts[node], contacts[partner]));
      values[node] += step;
      values[partner] -= step;
    } else if (aggregate === 'minimum') {
      values[node] = Math.min(values[node], other);
      values[partner] = Math.min(values[partner], own);
    } else {
      values[node] = Math.max(values[node], other);
      values[partner] = Math.max(values[partner], own);
    }
  }
  if (memory !== null) {
    for (let node = 0; node < values.length; node++) {
      if (values[node] !== before[node]) forget(memory, offsets[node], offsets[node + 1]);
    }
    for (let turn = 0; turn < turns.count; turn++) {
      remember(memory, slots[turn]);
      remember(memory, memory.reverse[slots[turn]]);
    }
  }
  nodes.holding = 0;
  for (let node = 0; node < values.length; node++) {
    participations[node] += contacts[node];
    if (values[node] === nodes.final) nodes.holding++;
  }
  return { exchanges: turns.count, useful };
}
