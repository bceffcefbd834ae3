import { type Choice, createTurns, pickAll } from './choice.ts';

/** A partner that is not known yet. */
export const UNDECIDED = 0xffffffff;

/**
 * Who meets whom in one round. Where no weight depends on contacts this is a pure function of seed and round that every
 * host can work out, so hosts need no turns from anybody to play their exchanges in the order of the turns. With memory
 * it begins with nobody decided, and holds all turns that a node may have to take part in.
 */
export interface RoundPlan {
  /** By turn: who initiates, and the neighbor picked. */
  readonly initiators: Uint32Array;
  /** What names each turn's draws. */
  readonly counters: Uint32Array;
  readonly partners: Uint32Array;
  /** The turns that concern node i are turns[begin[i]..begin[i + 1]), ascending. */
  readonly begin: Uint32Array;
  readonly turns: Uint32Array;
}

/**
 * Makes the plan of a round. Without an `order` all nodes take their turns ascending; `byTurn` as in playTurns. Nodes
 * without neighbors have no turn.
 */
export function planRound(
  choice: Choice,
  order: Uint32Array | null,
  byTurn: boolean,
  k0: number,
  k1: number,
): RoundPlan {
  const { offsets, neighbors } = choice;
  const nodeCount = offsets.length - 1;
  const picked = createTurns(nodeCount);
  for (let position = 0; position < nodeCount; position++) {
    const node = order === null ? position : order[position];
    if (offsets[node] === offsets[node + 1]) continue;
    picked.initiators[picked.count] = node;
    picked.counters[picked.count++] = byTurn ? position : node;
  }
  const { initiators, counters, partners, count } = picked;
  const plan = {
    initiators: initiators.subarray(0, count),
    counters: counters.subarray(0, count),
    partners: partners.subarray(0, count),
  };
  if (choice.memory === null) {
    pickAll(choice, picked, k0, k1);
    return {
      ...plan,
      ...sorted(nodeCount, count, (turn, add) => {
        add(initiators[turn]);
        add(partners[turn]);
      }),
    };
  }
  partners.fill(UNDECIDED);
  return {
    ...plan,
    ...sorted(nodeCount, count, (turn, add) => {
      const node = initiators[turn];
      add(node);
      for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) add(neighbors[slot]);
    }),
  };
}

/** Sorts turns by the nodes that each concerns, keeping their order. */
function sorted(
  nodeCount: number,
  count: number,
  concerns: (turn: number, add: (node: number) => void) => void,
): { begin: Uint32Array; turns: Uint32Array } {
  const begin = new Uint32Array(nodeCount + 1);
  for (let turn = 0; turn < count; turn++) concerns(turn, (node) => void begin[node + 1]++);
  for (let node = 0; node < nodeCount; node++) begin[node + 1] += begin[node];
  const next = begin.slice(0, nodeCount);
  const turns = new Uint32Array(begin[nodeCount]);
  for (let turn = 0; turn < count; turn++) {
    concerns(turn, (node) => {
      turns[next[node]++] = turn;
    });
  }
  return { begin, turns };
}
