import { useState } from 'preact/hooks';
import { createCameraLink, ValueLegend } from '../../graph/index.ts';
import type { KnownHistory } from '../../history.ts';
import type { Shown } from './contestant.ts';
import { MOST_PICTURES } from './list.ts';
import { Picture } from './picture.tsx';

/** The graphs of the first contestants after the same round, in the same colors. */
export function Pictures({
  all,
  histories,
  round,
}: {
  all: readonly Shown[];
  histories: readonly KnownHistory[];
  round: number;
}) {
  const [link] = useState(createCameraLink);
  const shown = all.slice(0, MOST_PICTURES);
  const beginnings = histories
    .slice(0, MOST_PICTURES)
    .flatMap(({ decoder }) => decoder.beginning ?? []);
  const scale = {
    low: beginnings.reduce((low, { least }) => Math.min(low, least), beginnings[0]?.least ?? 0),
    high: beginnings.reduce(
      (high, { greatest }) => Math.max(high, greatest),
      beginnings[0]?.greatest ?? 1,
    ),
  };
  const finals = new Set(beginnings.map(({ final }) => final));
  return (
    <>
      <ul class={`pictures of-${shown.length}`}>
        {shown.map((one, index) => (
          <Picture
            key={one.key}
            shown={one}
            round={round}
            history={histories[index]}
            scale={scale}
            link={link}
          />
        ))}
      </ul>
      {beginnings.length > 0 && (
        <ValueLegend scale={scale} final={finals.size === 1 ? [...finals][0] : null} />
      )}
      {finals.size > 1 && (
        <p class="quiet small">A ring: the node holds the final value of its own run.</p>
      )}
      {all.length > shown.length && (
        <p class="quiet small">
          Pictures of the first {shown.length}; curves, dots and the table are of all {all.length}.
        </p>
      )}
    </>
  );
}
