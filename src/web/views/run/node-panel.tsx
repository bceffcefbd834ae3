import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../../asking.ts';
import { formatNumber } from '../../charts/axis.ts';
import { LineChart } from '../../charts/index.ts';
import { useClient } from '../../client.ts';
import { counted } from '../../format.ts';
import type { HistoryPlace, KnownHistory } from '../../history.ts';
import { Name } from '../../name.tsx';
import { Choice } from './choice.tsx';
import { Neighbors } from './neighbors.tsx';
import { valuesOfNode } from './shown-values.ts';
import { useSettled } from './use-settled.ts';

export interface NodePanelProps {
  readonly place: HistoryPlace;
  readonly node: number;
  readonly name: string;
  /** What it holds at the moment that is looked at. */
  readonly value: number;
  /** The last round that is over at that moment. */
  readonly round: number;
  readonly known: KnownHistory;
  readonly onRound: (round: number) => void;
  readonly onSelect: (node: number | null) => void;
  /** Another object where it was found by its name: the focus moves here then. */
  readonly found: { readonly node: number } | null;
}

/** Rounds that are passed by are not asked about, in milliseconds. */
const PAUSE = 200;

/** What a node has been through: its values, its neighbors, whom it met, and why it picked whom it picked last. */
export function NodePanel(props: NodePanelProps) {
  const { node, name, value, known, found, onSelect, onRound } = props;
  const client = useClient();
  const { folder, graph, execution, run } = props.place;
  const round = useSettled(props.round, PAUSE);
  const { value: story, error } = useAnswer(
    (signal) =>
      client.getNode({ place: { folder, graph, execution, run }, node, round }, { signal }),
    [client, folder, graph, execution, run, node, round],
  );
  // What was there stays until the next is.
  const [shown, setShown] = useState(story);
  useEffect(() => {
    if (story !== undefined) setShown(story);
  }, [story]);
  const seen = story ?? (shown?.node === node ? shown : undefined);
  const values = useMemo(() => valuesOfNode(known.decoder, node), [known, node]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (found !== null) heading.current?.focus();
  }, [found]);
  return (
    <section class="node-panel" aria-labelledby="node-name">
      <div class="row">
        <h2 id="node-name" ref={heading} tabIndex={-1} class="grow">
          Node <Name text={name} />
        </h2>
        <button type="button" onClick={() => onSelect(null)}>
          Close
        </button>
      </div>
      <p>
        Holds <b>{formatNumber(value)}</b>.
        {seen !== undefined &&
          ` Until after round ${seen.values.length - 1} it took part in ${counted(seen.participations, 'exchange')}.`}
      </p>
      <LineChart
        title="Its value"
        lines={[{ label: name, values, color: 'var(--series-1)' }]}
        marker={props.round}
        onPick={onRound}
        height={110}
        fileName={`node ${name}`}
      />
      {error !== undefined && <p class="quiet">More of it is not to be seen: {error}.</p>}
      {seen !== undefined && (
        <>
          <Choice story={seen} onSelect={onSelect} />
          <Neighbors story={seen} onSelect={onSelect} />
        </>
      )}
    </section>
  );
}
