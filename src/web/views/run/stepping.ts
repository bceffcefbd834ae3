import type { Position } from './run-params.ts';

/** Forward or back. */
export type Way = 1 | -1;

/** How many exchanges a round has; null: not known yet. */
export type CountOf = (round: number) => number | null;

export const START: Position = { round: 0, exchange: null };

/** The moment after the next round, or after the one before; where there is none, the same. */
export function stepRound({ round, exchange }: Position, way: Way, last: number): Position {
  const within = exchange !== null && way === 1;
  const next = Math.min(last, Math.max(0, within ? round : round + way));
  return { round: next, exchange: null };
}

/** The moment after the next exchange, or after the one before; null where it must be known first how many there are. */
export function stepExchange(
  position: Position,
  way: Way,
  last: number,
  countOf: CountOf,
): Position | null {
  const { round, exchange } = position;
  if (way === 1) {
    const count = exchange === null ? 0 : countOf(round);
    if (count === null) return null;
    if (exchange !== null && exchange < count) return { round, exchange: exchange + 1 };
    return round >= last ? { round, exchange: null } : firstOf(round + 1, countOf);
  }
  if (exchange !== null) {
    return exchange > 1 ? { round, exchange: exchange - 1 } : { round: round - 1, exchange: null };
  }
  if (round === 0) return position;
  const count = countOf(round);
  if (count === null) return null;
  return count <= 1 ? { round: round - 1, exchange: null } : { round, exchange: count - 1 };
}

/** Whether nothing comes after a moment. */
export function isEnd({ round, exchange }: Position, last: number): boolean {
  return round >= last && exchange === null;
}

/** A moment that there is, for one that a URL names. */
export function inRange(position: Position, last: number, countOf: CountOf): Position {
  const { round, exchange } = position;
  if (round > last) return { round: last, exchange: null };
  const count = exchange === null ? null : countOf(round);
  return count !== null && exchange !== null && exchange > count
    ? { round, exchange: null }
    : position;
}

/** After the first exchange of a round; after all of it where it has none. */
function firstOf(round: number, countOf: CountOf): Position | null {
  const count = countOf(round);
  if (count === null) return null;
  return { round, exchange: count === 0 ? null : 1 };
}
