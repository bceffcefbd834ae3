import './charts.css';
import { h } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { resolveColor } from './colors.ts';
import {
  type DistributionRow,
  distributionCsv,
  distributionPicture,
  distributionTable,
  distributionText,
} from './distribution.ts';
import { ChartFrame } from './frame.tsx';
import { PAGE_PALETTE, type Shape } from './svg.ts';

export interface DistributionProps {
  title: string;
  rows: readonly DistributionRow[];
  /** The number of a run that is marked. */
  marked?: number | null;
  /** Somebody clicked at a run's dot; there has to be another way to do the same. */
  onPick?: (run: number) => void;
  /** Of the files that it is downloaded as, without an ending; else the title. */
  fileName?: string;
}

/** Each run a dot over the rounds that it took, with quartiles, and means with their intervals; as wide as its box. */
export function Distribution({ title, rows, marked = null, onPick, fileName }: DistributionProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(box.current!.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(box.current!);
    measure();
    return () => observer.disconnect();
  }, []);
  const picture = distributionPicture({
    title,
    rows,
    marked,
    palette: PAGE_PALETTE,
    width: Math.max(200, width),
  });
  const picked = ({ target }: MouseEvent) => {
    const run = target instanceof Element ? target.getAttribute('data-run') : null;
    if (run !== null) onPick?.(Number(run));
  };
  return (
    <ChartFrame
      title={title}
      fileName={fileName ?? title}
      csv={() => distributionCsv(rows)}
      picture={(palette, scheme) =>
        distributionPicture({
          title,
          rows: rows.map((row) => ({ ...row, color: resolveColor(row.color, scheme) })),
          palette,
        })
      }
      table={() => <DistributionTable rows={rows} />}
    >
      <div class="distribution" ref={box}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same can be done by keyboard elsewhere. */}
        <svg
          role="img"
          aria-label={`${title}. ${distributionText(rows)}`}
          width={picture.width}
          height={picture.height}
          class={onPick === undefined ? undefined : 'pickable'}
          onClick={picked}
        >
          {picture.shapes.map(drawn)}
        </svg>
      </div>
    </ChartFrame>
  );
}

function drawn({ tag, attributes, text }: Shape, index: number) {
  const content = tag === 'text' || text === undefined ? text : h('title', {}, text);
  return h(tag, { key: index, ...attributes }, content);
}

function DistributionTable({ rows }: { rows: readonly DistributionRow[] }) {
  const [columns, ...records] = distributionTable(rows);
  return (
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column === columns[0] ? undefined : 'number'} key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map(([name, ...cells], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            {cells.map((cell, column) => (
              <td class="number" key={column}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
