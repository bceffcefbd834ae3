import { deriveKey, integer, type Key } from './random.ts';

/**
 * Whose turn it is in a round: `ascending` all nodes in order, `shuffled` all in an order drawn anew each round,
 * `random` as many initiators as nodes, drawn with replacement, `synchronous` all at once on the values of the round's
 * start.
 */
export type Schedule = 'ascending' | 'shuffled' | 'random' | 'synchronous';

/** All schedules, the default first. */
export const SCHEDULES: readonly Schedule[] = ['ascending', 'shuffled', 'random', 'synchronous'];

/**
 * Writes the initiators of one round into `turns`, in order; a pure function of the keys and the round. Only shuffled
 * and random schedules need it.
 */
export function drawTurns(
  schedule: 'shuffled' | 'random',
  orderKey: Key,
  initiatorKey: Key,
  round: number,
  turns: Uint32Array,
): void {
  const count = turns.length;
  if (schedule === 'random') {
    const { k0, k1 } = deriveKey([round], initiatorKey);
    for (let turn = 0; turn < count; turn++) turns[turn] = integer(k0, k1, turn, count);
    return;
  }
  const { k0, k1 } = deriveKey([round], orderKey);
  for (let node = 0; node < count; node++) turns[node] = node;
  for (let last = count - 1; last > 0; last--) {
    const other = integer(k0, k1, last, last + 1);
    const held = turns[last];
    turns[last] = turns[other];
    turns[other] = held;
  }
}
