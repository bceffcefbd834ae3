import { useState } from 'preact/hooks';
import { useAnswer } from '../../asking.ts';
import { formatNumber } from '../../charts/axis.ts';
import { Chunks } from '../../chunks.tsx';
import { useClient } from '../../client.ts';
import { Heads } from '../../heads.tsx';
import type { HistoryPlace } from '../../history.ts';
import { Name } from '../../name.tsx';
import { Scroll } from '../../scroll.tsx';
import type { Position } from './run-params.ts';
import { useSettled } from './use-settled.ts';

export interface ValueTableProps {
  readonly names: readonly string[];
  readonly values: Float64Array;
  /** By node: 1 where it holds the final value. */
  readonly ringed: Uint8Array;
  /** Of the run, where its values are only known in steps; null: they are as they are. */
  readonly steps: HistoryPlace | null;
  readonly position: Position;
  readonly onSelect?: (node: number) => void;
}

/** What the picture shows, as numbers. */
export function ValueTable(props: ValueTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="values" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Values of the nodes</summary>
      {isOpen &&
        (props.steps === null ? <Rows {...props} /> : <ExactRows {...props} place={props.steps} />)}
    </details>
  );
}

/** Asks for the exact values of a round, once it is stayed at. */
function ExactRows(props: ValueTableProps & { place: HistoryPlace }) {
  const client = useClient();
  const { folder, graph, execution, run } = props.place;
  const round = useSettled(props.position.round, 200);
  const { value } = useAnswer(
    (signal) => client.getValues({ place: { folder, graph, execution, run }, round }, { signal }),
    [client, folder, graph, execution, run, round],
  );
  const isExact =
    value !== undefined && round === props.position.round && props.position.exchange === null;
  return (
    <>
      {!isExact && <p class="quiet">To the nearest of 256 steps.</p>}
      <Rows {...props} values={isExact ? Float64Array.from(value.values) : props.values} />
    </>
  );
}

function Rows({ names, values, ringed, onSelect }: ValueTableProps) {
  return (
    <Scroll label="Values of the nodes" isTall>
      <table>
        <thead>
          <tr>
            <Heads names={['Node']} />
            <Heads names={['Value']} isNumber />
            <Heads names={['Final']} />
          </tr>
        </thead>
        <Chunks
          rows={names}
          columns={3}
          row={(name, node) => (
            <tr key={node}>
              <th scope="row">
                {onSelect === undefined ? (
                  <Name text={name} />
                ) : (
                  <button type="button" class="link" onClick={() => onSelect(node)}>
                    <Name text={name} />
                  </button>
                )}
              </th>
              <td class="number">{formatNumber(values[node])}</td>
              <td>{ringed[node] === 1 ? 'yes' : ''}</td>
            </tr>
          )}
        />
      </table>
    </Scroll>
  );
}
