import { useMemo } from 'preact/hooks';
import type { GraphPicture } from '../../../gen/gossip/v1/simulation_pb.ts';
import { formatNumber } from '../../charts/index.ts';
import { Chunks } from '../../chunks.tsx';
import { degreesOf } from '../../graph/radii.ts';
import { Heads } from '../../heads.tsx';
import { Name } from '../../name.tsx';
import { Scroll } from '../../scroll.tsx';

export interface NodeTableProps {
  readonly picture: GraphPicture;
  /** By node; empty before the first round. */
  readonly values: readonly number[];
  readonly selected: number | null;
  readonly onSelect: (node: number | null) => void;
}

/** The nodes with what they hold. */
export function NodeTable({ picture, values, selected, onSelect }: NodeTableProps) {
  const degrees = useMemo(() => degreesOf(picture.names.length, picture), [picture]);
  return (
    <Scroll label="Table of nodes" isTall>
      <table class="nodes" aria-rowcount={picture.names.length + 1}>
        <thead>
          <tr>
            <Heads names={['Node']} />
            <Heads names={['Value', 'Neighbors']} isNumber />
          </tr>
        </thead>
        <Chunks
          rows={picture.names}
          columns={3}
          kept={selected ?? undefined}
          row={(name, node) => (
            <tr
              key={node}
              class={node === selected ? 'selected' : undefined}
              aria-rowindex={node + 2}
            >
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={node === selected}
                  onClick={() => onSelect(node === selected ? null : node)}
                >
                  <Name text={name} />
                </button>
              </th>
              <td class="number">
                {values[node] === undefined ? '–' : formatNumber(values[node])}
              </td>
              <td class="number">{degrees[node]}</td>
            </tr>
          )}
        />
      </table>
    </Scroll>
  );
}
