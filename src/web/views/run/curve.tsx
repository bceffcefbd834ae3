import { useMemo, useState } from 'preact/hooks';
import type { RoundFigures } from '../../../replay/kept-rounds.ts';
import { LineChart } from '../../charts/index.ts';

export interface CurveProps {
  /** Another array, or `known` another object, whenever there are more. */
  readonly rounds: readonly RoundFigures[];
  readonly known: unknown;
  readonly isMean: boolean;
  /** The round that is looked at. */
  readonly round: number;
  /** Left out: rounds cannot be picked. */
  readonly onPick?: (round: number) => void;
  /** Of the files that it is downloaded as. */
  readonly fileName: string;
}

/** How the run went: how many nodes hold the final value and how many values there are, or, for mean, their spread. */
export function Curve({ rounds, known, isMean, round, onPick, fileName }: CurveProps) {
  const [logarithmic, setLogarithmic] = useState(true);
  const lines = useMemo(() => {
    const line = (label: string, figure: 'holding' | 'distinct' | 'spread', color: number) => ({
      label,
      values: byRound(rounds, figure),
      color: `var(--series-${color})`,
    });
    return isMean
      ? [line('max − min', 'spread', 1)]
      : [line('nodes with the final value', 'holding', 2), line('distinct values', 'distinct', 1)];
  }, [rounds, known, isMean]);
  return (
    <div class="curve">
      <LineChart
        title={isMean ? 'Spread of the values' : 'Values by round'}
        lines={lines}
        marker={round}
        {...(onPick === undefined ? {} : { onPick })}
        logarithmic={isMean && logarithmic}
        height={170}
        fileName={fileName}
      />
      {isMean && (
        <label>
          <input
            type="checkbox"
            checked={logarithmic}
            onChange={(event) => setLogarithmic(event.currentTarget.checked)}
          />{' '}
          logarithmic
        </label>
      )}
    </div>
  );
}

function byRound(
  rounds: readonly RoundFigures[],
  figure: 'holding' | 'distinct' | 'spread',
): (number | null)[] {
  const values = new Array<number | null>((rounds.at(-1)?.round ?? -1) + 1).fill(null);
  for (const one of rounds) values[one.round] = one[figure];
  return values;
}
