import { pickAll, type Turns } from './choice.ts';
import { exchangeAll, exchangeWithMemory, type Nodes } from './exchange.ts';

/** What one round did. */
export interface Played {
  readonly exchanges: number;
  /** Exchanges that changed a value. */
  readonly useful: number;
}

/**
 * One round of turns, each taking effect at once. Without an `order` all nodes take theirs in ascending order; a choice
 * is drawn by the node, or by the position of the turn where `byTurn` says that a node may have several. `block` is
 * scratch: turns are prepared in blocks small enough to stay in the processor's cache.
 */
export function playTurns(
  nodes: Nodes,
  order: Uint32Array | null,
  byTurn: boolean,
  block: Turns,
  k0: number,
  k1: number,
): Played {
  const { offsets, memory } = nodes.choice;
  const { initiators, counters } = block;
  const end = offsets.length - 1;
  let exchanges = 0;
  let useful = 0;
  for (let next = 0; next < end; ) {
    block.count = 0;
    for (; next < end && block.count < initiators.length; next++) {
      const node = order === null ? next : order[next];
      if (offsets[node] === offsets[node + 1]) continue; // no neighbor, no exchange
      initiators[block.count] = node;
      counters[block.count++] = byTurn ? next : node;
    }
    if (memory !== null) useful += exchangeWithMemory(nodes, memory, block, k0, k1);
    else {
      pickAll(nodes.choice, block, k0, k1);
      useful += exchangeAll(nodes, block);
    }
    exchanges += block.count;
  }
  return { exchanges, useful };
}
