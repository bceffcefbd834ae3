import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { resolveColor, resolvePalette, useTheme } from './colors.ts';
import { ChartFrame } from './frame.tsx';
import {
  type Line,
  lastRound,
  linesCsv,
  linesPicture,
  roundAfterKey,
  shorten,
  valueAt,
} from './lines.ts';
import { createPlot, type Plot } from './plot.ts';

export interface LineChartProps {
  /** What the lines show, such as "Distinct values". */
  title: string;
  /** At most a dozen or so. Drawn anew when their `values` are others, not when they only stand in a new array. */
  lines: readonly Line[];
  /** The round that is looked at. */
  marker?: number;
  /** Somebody clicked at a round, or moved the marker by keyboard. */
  onPick?: (round: number) => void;
  /** Whether values are drawn by their logarithm; those not above 0 are left out. */
  logarithmic?: boolean;
  /** In pixels, without title and legend. */
  height?: number;
  /** Of the files that it is downloaded as, without an ending; else the title. */
  fileName?: string;
}

/** Lines over rounds, as wide as their box, with the numbers and downloads of them. */
export function LineChart(props: LineChartProps) {
  const { title, lines, marker, onPick, logarithmic = false, height = 200 } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const picked = useRef(onPick);
  picked.current = onPick;
  const [hovered, setHovered] = useState<number | null>(null);
  const theme = useTheme();
  const styles = lines.map(({ label, color, dashed }) => [label, color, dashed]);

  useLayoutEffect(() => {
    const created = createPlot(box.current!, {
      lines: resolved(lines),
      palette: resolvePalette(),
      logarithmic,
      height,
      onHover: setHovered,
      onPick: (round) => picked.current?.(round),
    });
    plot.current = created;
    return () => created.end();
  }, [theme, logarithmic, height, JSON.stringify(styles)]);
  useLayoutEffect(() => plot.current!.draw(lines), [...lines.map(({ values }) => values)]);
  useLayoutEffect(() => plot.current!.mark(marker ?? null));

  const last = lastRound(lines);
  const round = hovered ?? Math.min(marker ?? last, last);
  const words = lines.map((line) => `${shorten(line.label)}: ${valueAt(line, round) || 'none'}`);
  const said = `round ${round}, ${words.join(', ')}`;
  const moved = (event: KeyboardEvent) => {
    const next = roundAfterKey(event.key, Math.min(marker ?? 0, last), last);
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onPick?.(next);
  };
  const part =
    onPick === undefined
      ? ({ role: 'img', 'aria-label': `${title}: ${said}` } as const)
      : ({
          role: 'slider',
          tabIndex: 0,
          'aria-label': `${title}: the round`,
          'aria-valuemin': 0,
          'aria-valuemax': last,
          'aria-valuenow': Math.min(marker ?? last, last),
          'aria-valuetext': said,
          onKeyDown: moved,
        } as const);

  return (
    <ChartFrame
      title={title}
      fileName={props.fileName ?? title}
      csv={() => linesCsv(lines)}
      picture={(palette, scheme) =>
        linesPicture({ title, lines: resolved(lines, scheme), logarithmic, palette })
      }
      table={() => <LineTable lines={lines} />}
    >
      <div class="plot" ref={box} {...part} />
      <ul class="legend">
        <li class="quiet">round {round}</li>
        {lines.map((line, index) => (
          <li key={index}>
            <span
              class={line.dashed ? 'swatch dashed' : 'swatch'}
              style={{ borderColor: line.color }}
            />
            {shorten(line.label)} <b>{valueAt(line, round) || '–'}</b>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function LineTable({ lines }: { lines: readonly Line[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">
            round
          </th>
          {lines.map(({ label }, index) => (
            <th scope="col" class="number" key={index}>
              {shorten(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: lastRound(lines) + 1 }, (_, round) => (
          <tr key={round}>
            <th scope="row" class="number">
              {round}
            </th>
            {lines.map((line, index) => (
              <td class="number" key={index}>
                {valueAt(line, round)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The lines in colors that a canvas or a file understands. */
function resolved(lines: readonly Line[], scheme?: 'light' | 'dark'): Line[] {
  return lines.map((line) => ({ ...line, color: resolveColor(line.color, scheme) }));
}
