import { hex, RING, valueColor } from '../../pictures/colors.ts';
import { shortNumber } from '../../pictures/film.ts';
import type { Scale } from './paint.ts';
import { ringText } from './ring-text.ts';

export interface ValueLegendProps {
  readonly scale: Scale;
  /** What a node with a ring holds; null: no node has one. */
  readonly final: number | null;
  /** Whether it comes close to that rather than holds it. */
  readonly isMean?: boolean;
  /** How many communities have rims; null: none. */
  readonly communities?: number | null;
}

const STOPS = Array.from({ length: 9 }, (_, stop) => hex(valueColor(stop / 8))).join(', ');

/** Which color of a drawn graph stands for which value, and what its rings are. */
export function ValueLegend({
  scale,
  final,
  isMean = false,
  communities = null,
}: ValueLegendProps) {
  return (
    <p class="value-legend">
      <span>value {shortNumber(scale.low)}</span>
      <span class="bar" style={{ background: `linear-gradient(to right, ${STOPS})` }} />
      <span>{shortNumber(scale.high)}</span>
      {final !== null && (
        <span>
          <span class="ring" style={{ borderColor: hex(RING) }} /> {ringText(final, isMean)}
        </span>
      )}
      {communities !== null && <span>rims: {communities} communities</span>}
    </p>
  );
}
