import { shortNumber } from '../../pictures/film.ts';

/** What a node's ring says. */
export function ringText(final: number, isMean: boolean): string {
  return isMean
    ? `within the tolerance of ${shortNumber(final)}`
    : `holds the final value, ${shortNumber(final)}`;
}
