import { useState } from 'preact/hooks';
import type { GetNodeResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { formatNumber } from '../../charts/axis.ts';
import { count } from '../../format.ts';
import { Heads } from '../../heads.tsx';
import { Name } from '../../name.tsx';
import { Scroll } from '../../scroll.tsx';
import { neighborRows } from './neighbors.ts';

export interface NeighborsProps {
  readonly story: GetNodeResponse;
  readonly onSelect: (node: number) => void;
}

/** So many are shown at first. */
const FEW = 20;

/** A node's neighbors: the weights that its next pick goes by, and how often they met. */
export function Neighbors({ story, onSelect }: NeighborsProps) {
  const [all, setAll] = useState(false);
  const rows = neighborRows(story);
  const greatest = rows[0]?.chance ?? 1;
  return (
    <section aria-label="Its neighbors">
      <h3>Its neighbors, and what its next pick goes by</h3>
      <Scroll label="Neighbors">
        <table class="neighbors">
          <thead>
            <tr>
              <Heads names={['Neighbor', 'Weight']} />
              <Heads names={['It asked', 'Was asked', 'Last round']} isNumber />
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? rows.length : FEW).map((row) => (
              <tr key={row.node}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => onSelect(row.node)}>
                    <Name text={row.name} />
                  </button>
                </th>
                <td class="weight" title={`picked next with ${percent(row.chance)}`}>
                  <span class="bar" style={{ width: `${(3 * row.chance) / greatest}rem` }} />
                  {formatNumber(row.weight)}
                </td>
                <td class="number">{row.asked}</td>
                <td class="number">{row.answered}</td>
                <td class="number">{row.lastRound === null ? '–' : row.lastRound}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {rows.length > FEW && !all && (
        <button type="button" onClick={() => setAll(true)}>
          All {count(rows.length)}
        </button>
      )}
    </section>
  );
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
