import { counted } from '../../format.ts';

/** How one run stands when all of them are shown after the same round. */
export interface Standing {
  /** The round that it shows: its last where the others go on. */
  readonly round: number;
  /** Its last; null: not known. */
  readonly last: number | null;
  /** Whether it ended because all nodes agreed. */
  readonly converged: boolean;
}

/** Where a run stands after a round; `last` and `converged` as Compared has them. */
export function standingAt(round: number, last: number | null, converged: boolean): Standing {
  return { round: last === null ? round : Math.min(round, last), last, converged };
}

/** How it stands, in words. */
export function standingText({ round, last, converged }: Standing): string {
  if (last === null) return `round ${round}`;
  if (round < last) return `round ${round}`;
  return converged
    ? `done in ${counted(last, 'round')}`
    : `not done after ${counted(last, 'round')}`;
}

/** The last round of the longest run; 0 where none is known. */
export function longest(lasts: readonly (number | null)[]): number {
  return lasts.reduce<number>((most, last) => Math.max(most, last ?? 0), 0);
}

/** A whole number of a URL within bounds; `otherwise` where it is none. */
export function numberIn(
  text: string | null,
  least: number,
  most: number,
  otherwise: number,
): number {
  if (text === null || !/^\d{1,9}$/.test(text)) return otherwise;
  return Math.min(Math.max(Number(text), least), Math.max(least, most));
}
