import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Simulation } from '../../../gen/gossip/v1/simulation_pb.ts';
import { Chunks } from '../../chunks.tsx';
import { count, moment } from '../../format.ts';
import { linkWith } from '../../link-with.ts';
import { Name } from '../../name.tsx';
import { goTo, placeLink } from '../../place.ts';
import { Scroll } from '../../scroll.tsx';
import { Detail } from './detail.tsx';
import { type Column, parseSort, sortBy, sorted, sortParam } from './rows.ts';

const TITLES: readonly (readonly [Column, string])[] = [
  ['name', 'Name'],
  ['algorithm', 'Algorithm'],
  ['graphs', 'Graphs'],
  ['seed', 'Seed'],
  ['runs', 'Runs'],
  ['began', 'Began (UTC)'],
];
const NUMBERS: readonly Column[] = ['seed', 'runs'];

/** Simulations in the order that the URL names, as many as are in sight; the one that the URL names with its details. */
export function SimulationTable({
  simulations,
  params,
  chosen,
  onChoose,
}: {
  simulations: readonly Simulation[];
  params: URLSearchParams;
  chosen: readonly string[];
  onChoose: (choice: string, isChosen: boolean) => void;
}) {
  const sort = parseSort(params.get('sort'));
  const open = params.get('simulation');
  const rows = sorted(simulations, sort);
  return (
    <Scroll label="Table of simulations">
      <table class="simulations" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col" class="narrow">
              <span class="unseen">Compare</span>
            </th>
            {TITLES.map(([column, title]) => (
              <th
                key={column}
                scope="col"
                class={NUMBERS.includes(column) ? `number of-${column}` : `of-${column}`}
                aria-sort={
                  sort.column !== column ? 'none' : sort.isDescending ? 'descending' : 'ascending'
                }
              >
                <button
                  type="button"
                  class="sort"
                  onClick={() =>
                    goTo(
                      linkWith('simulations', params, { sort: sortParam(sortBy(column, sort)) }),
                      { replace: true },
                    )
                  }
                >
                  {title}
                  <span aria-hidden="true" class="arrow">
                    {sort.column === column ? (sort.isDescending ? '▼' : '▲') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <Chunks
          rows={rows}
          columns={TITLES.length + 1}
          kept={rows.findIndex(({ folder }) => folder === open)}
          row={(row, index) => (
            <Fragment key={row.folder}>
              <Row
                row={row}
                index={index}
                isOpen={row.folder === open}
                isChosen={chosen.includes(row.folder)}
                params={params}
                onChoose={onChoose}
              />
              {row.folder === open && (
                <tr class="opened">
                  <td colSpan={TITLES.length + 1}>
                    <Detail
                      folder={row.folder}
                      params={params}
                      chosen={chosen}
                      onChoose={onChoose}
                    />
                  </td>
                </tr>
              )}
            </Fragment>
          )}
        />
      </table>
    </Scroll>
  );
}

function Row({
  row,
  index,
  isOpen,
  isChosen,
  params,
  onChoose,
}: {
  row: Simulation;
  index: number;
  isOpen: boolean;
  isChosen: boolean;
  params: URLSearchParams;
  onChoose: (choice: string, isChosen: boolean) => void;
}) {
  const { folder, name, algorithm, graphs, seed, finished, runs, timestamp } = row;
  const place = { simulation: folder, graph: graphs[0], execution: 1, run: 1 };
  const details = { simulation: isOpen ? null : folder, graph: null, execution: null };
  const line = useRef<HTMLTableRowElement>(null);
  // A link to one leads to it, wherever it stands.
  useEffect(() => {
    if (isOpen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    // The first is the header's.
    <tr ref={line} aria-rowindex={index + 2}>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={`Compare ${folder}`}
          onChange={({ currentTarget }) => onChoose(folder, currentTarget.checked)}
        />
      </td>
      <td>
        <span class="row tight">
          <button
            type="button"
            class="open"
            aria-expanded={isOpen}
            aria-label={`Details of ${folder}`}
            onClick={() => goTo(linkWith('simulations', params, details), { replace: true })}
          >
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
          </button>
          {row.hasManifest && finished > 0 ? (
            <a href={placeLink('run', place)}>
              <Name text={name} />
            </a>
          ) : (
            <Name text={name} />
          )}
          <span class="quiet id">{row.id}</span>
        </span>
      </td>
      <td>
        <Name text={algorithm} />
      </td>
      <td>
        <Name text={graphs.join(', ')} />
      </td>
      <td class="number">{seed === undefined ? '–' : `${seed}`}</td>
      <td class="number">
        {count(finished)}
        {runs !== undefined && runs !== finished && <span class="quiet"> of {count(runs)}</span>}
      </td>
      <td class="date">{moment(timestamp)}</td>
    </tr>
  );
}
