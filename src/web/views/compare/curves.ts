import type { RoundFigures } from '../../../replay/kept-rounds.ts';

/** What can be drawn over the rounds. */
export const CURVES = {
  distinct: { title: 'Distinct values', of: ({ distinct }: RoundFigures) => distinct },
  holding: {
    title: 'Share of nodes that hold the final value, %',
    of: ({ holding }: RoundFigures, nodes: number) => Math.round((1e4 * holding) / nodes) / 100,
  },
  spread: { title: 'Greatest minus least value', of: ({ spread }: RoundFigures) => spread },
} as const satisfies Record<
  string,
  { title: string; of: (figures: RoundFigures, nodes: number) => number }
>;

export type CurveName = keyof typeof CURVES;

/** The curve that a URL names; else what tells most of minima and maxima, or of means, which all differ until the end. */
export function curveName(text: string | null, isMean: boolean): CurveName {
  if (text !== null && Object.hasOwn(CURVES, text)) return text as CurveName;
  return isMean ? 'spread' : 'distinct';
}

/** The values of a curve by round; null where a round was left out. */
export function curveOf(
  name: CurveName,
  rounds: readonly RoundFigures[],
  nodes: number,
): (number | null)[] {
  const values = new Array<number | null>((rounds.at(-1)?.round ?? -1) + 1).fill(null);
  for (const figures of rounds) values[figures.round] = CURVES[name].of(figures, nodes);
  return values;
}
