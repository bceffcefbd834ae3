import { useMemo, useRef } from 'preact/hooks';
import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import type { RoundFigures } from '../../../replay/kept-rounds.ts';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import {
  type CameraLink,
  createPaint,
  GraphView,
  markHolding,
  paintOf,
  type Scale,
} from '../../graph/index.ts';
import type { KnownHistory } from '../../history.ts';
import { Name } from '../../name.tsx';
import type { Shown } from './contestant.ts';
import { standingText } from './in-step.ts';
import { holdingText } from './words.ts';

export interface PictureProps {
  readonly shown: Shown;
  readonly round: number;
  readonly history: KnownHistory;
  /** Of all pictures. */
  readonly scale: Scale;
  readonly link: CameraLink;
}

/** A contestant's graph after a round, and its numbers. */
export function Picture({ shown, round, history, scale, link }: PictureProps) {
  const { folder, graph } = shown.place;
  const client = useClient();
  const { value, error } = useAnswer(
    (signal) => client.getGraph({ folder, graph }, { signal }),
    [client, folder, graph],
  );
  const { decoder } = history;
  const figures = decoder.rounds.findLast((figures) => figures.round <= round);
  const paint = usePaint(history, round, figures, scale);
  const picture = value?.graph;
  const says =
    figures === undefined || decoder.beginning === null
      ? 'loading…'
      : holdingText(figures, decoder.beginning);
  const stands = standingText(shown.standing(round));
  const problem = history.error ?? error;
  return (
    <li class="contestant">
      <p class="heading">
        <span class="swatch" style={{ borderColor: shown.color }} />
        <b>
          <Name text={shown.label} />
        </b>
        <a href={shown.runLink(round)}>run {shown.place.run}</a>
      </p>
      <div class="canvas">
        {problem !== undefined ? (
          <p class="wrong">{problem}</p>
        ) : picture === undefined || paint.shades.length !== picture.names.length ? (
          <p class="quiet">Loading…</p>
        ) : (
          <GraphView
            picture={picture}
            paint={paint}
            label={`${shown.label} on ${graph}, ${stands}: ${says}`}
            link={link}
          />
        )}
      </div>
      <p class="says">
        <b>{stands}</b> <span class="quiet">{says}</span>
      </p>
    </li>
  );
}

/** What the nodes look like after a round; before the history is there, what they looked like before, or of no nodes. */
function usePaint(
  history: KnownHistory,
  round: number,
  figures: RoundFigures | undefined,
  scale: Scale,
) {
  const { decoder } = history;
  const { beginning } = decoder;
  const nodes = beginning?.nodes ?? 0;
  const arrays = useMemo(
    () => ({ values: new Float64Array(nodes), paint: createPaint(nodes) }),
    [nodes],
  );
  const before = useRef(arrays.paint);
  const now = useMemo(() => {
    const { values, paint } = arrays;
    const codes = decoder.codes(round);
    for (let node = 0; node < codes.length; node++) values[node] = decoder.valueOf(codes[node]);
    const painted = paintOf(values, scale, null, paint);
    if (beginning === null) return painted;
    // A mean is only come close to.
    const holding = beginning.aggregate === Aggregate.MEAN ? (figures?.holding ?? 0) : null;
    markHolding(values, beginning.final, holding, painted.ringed);
    return painted;
  }, [history, arrays, round, scale.low, scale.high]);
  if (nodes > 0) before.current = now;
  return before.current;
}
