import uPlot from 'uplot';
import { formatNumber, powersOfTen } from './axis.ts';
import { DASHES, type Line, lastRound } from './lines.ts';
import type { Palette } from './svg.ts';

/** Lines drawn on a canvas in a box, as wide as it. */
export interface Plot {
  /** Draws other values of the same lines. */
  draw(lines: readonly Line[]): void;
  /** Marks a round; null: none. */
  mark(round: number | null): void;
  end(): void;
}

export interface PlotOptions {
  /** With colors that a canvas understands, as those of the palette. */
  readonly lines: readonly Line[];
  readonly palette: Palette;
  readonly logarithmic: boolean;
  /** In pixels. */
  readonly height: number;
  /** The pointer is over a round; null: over none. */
  readonly onHover: (round: number | null) => void;
  /** A round was clicked. */
  readonly onPick: (round: number) => void;
}

const FONT = '12px system-ui, sans-serif';
/** So narrow that nothing could be drawn: the box is hidden. */
const NARROWEST = 40;

export function createPlot(box: HTMLElement, options: PlotOptions): Plot {
  const { lines, palette, logarithmic, height, onHover, onPick } = options;
  let marked: number | null = null;
  const marker = document.createElement('div');
  marker.className = 'marker';
  const place = (plot: uPlot) => {
    const left = marked === null ? -1 : plot.valToPos(marked, 'x');
    marker.hidden = !(left >= 0 && left <= plot.over.clientWidth + 1);
    marker.style.transform = `translateX(${left}px)`;
  };
  const axis = {
    stroke: palette.quiet,
    font: FONT,
    labelFont: FONT,
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line, width: 1, size: 4 },
    values: (_: uPlot, splits: number[]) =>
      splits.map((split) => (split === null ? '' : formatNumber(split))),
  };
  const plot = new uPlot(
    {
      width: Math.max(NARROWEST, box.clientWidth),
      height,
      scales: {
        x: { time: false, range: ({ data }: uPlot) => [0, Math.max(1, data[0].length - 1)] },
        y: logarithmic
          ? { distr: 3 }
          : { range: { min: { soft: 0, mode: 1, pad: 0.05 }, max: { pad: 0.05 } } },
      },
      axes: [
        { ...axis, label: 'round', labelSize: 18, size: 28, incrs: WHOLE },
        {
          ...axis,
          size: widthOf,
          ...(logarithmic ? { splits: (_, __, low, high) => powersOfTen(low, high) } : {}),
        },
      ],
      series: [
        {},
        ...lines.map(({ label, color, dashed }) => ({
          label,
          stroke: color,
          width: 2,
          ...(dashed ? { dash: DASHES } : {}),
          spanGaps: true,
          // A line needs two.
          points: { show: ({ data }: uPlot) => data[0].length === 1 },
        })),
      ],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { setScale: false, x: false, y: false },
        points: { size: 7 },
      },
      hooks: {
        ready: [
          ({ over }) => {
            over.append(marker);
            over.addEventListener('click', ({ offsetX }) => onPick(plot.posToIdx(offsetX)));
          },
        ],
        setScale: [place],
        setSize: [place],
        setCursor: [({ cursor }) => onHover((cursor.left ?? -1) < 0 ? null : (cursor.idx ?? null))],
      },
    },
    alignedData(lines, logarithmic),
    box,
  );
  const observer = new ResizeObserver(() => {
    if (box.clientWidth >= NARROWEST) plot.setSize({ width: box.clientWidth, height });
  });
  observer.observe(box);
  return {
    draw: (changed) => plot.setData(alignedData(changed, logarithmic)),
    mark(round) {
      marked = round;
      place(plot);
    },
    end() {
      observer.disconnect();
      plot.destroy();
    },
  };
}

/** Steps between marks of an axis that counts. */
const WHOLE = Array.from({ length: 8 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power)).flat();

/** As wide as its longest number. */
function widthOf(_: uPlot, values: string[] | null): number {
  return 18 + 7 * Math.max(2, ...(values ?? []).map((value) => `${value}`.length));
}

/** As uPlot wants it: the rounds, then each line's values, all of one length. */
function alignedData(lines: readonly Line[], logarithmic: boolean): uPlot.AlignedData {
  const length = lastRound(lines) + 1;
  const rounds = Float64Array.from({ length }, (_, round) => round);
  const columns = lines.map(({ values }) =>
    Array.from({ length }, (_, round) => {
      const value = values[round] ?? null;
      return value === null || (logarithmic && value <= 0) ? null : value;
    }),
  );
  return [rounds, ...columns];
}
