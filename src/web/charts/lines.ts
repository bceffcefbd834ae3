import { formatNumber, powersOfTen, ticks } from './axis.ts';
import { csv } from './csv.ts';
import { label, line, type Palette, type Picture, round, type Shape } from './svg.ts';

/** A line over the rounds. */
export interface Line {
  readonly label: string;
  /** By round, from round 0; null: not known. */
  readonly values: ArrayLike<number | null>;
  /** A CSS color, such as "var(--series-1)". */
  readonly color: string;
  /** Broken, where colors are not enough to tell lines apart. */
  readonly dashed?: boolean;
}

export interface LinesPicture {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly logarithmic: boolean;
  readonly palette: Palette;
  readonly width?: number;
}

/** The last round that a line has. */
export function lastRound(lines: readonly Line[]): number {
  return Math.max(0, ...lines.map(({ values }) => values.length - 1));
}

/** What a line has at a round, in words. */
export function valueAt({ values }: Line, round: number): string {
  const value = values[round];
  return value === undefined || value === null ? '' : formatNumber(value);
}

/** How far the page keys go, in rounds. */
const PAGE = 10;

/** The round that a key of a slider leads to from another; null: it leads nowhere. */
export function roundAfterKey(key: string, round: number, last: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: PAGE,
    PageDown: -PAGE,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : null;
  return step === null ? null : Math.min(last, Math.max(0, round + step));
}

/** A record a round, a column a line. */
export function linesCsv(lines: readonly Line[]): string {
  const rounds = Array.from({ length: lastRound(lines) + 1 }, (_, round) => [
    round,
    ...lines.map(({ values }) => values[round] ?? null),
  ]);
  return csv([['round', ...lines.map(({ label }) => label)], ...rounds]);
}

const LEFT = 64;
const TOP = 40;
const RIGHT = 20;
const PLOT_HEIGHT = 320;
const LEGEND_LINE = 20;

/** Lines with axes and a legend, for a file. */
export function linesPicture({
  title,
  lines,
  logarithmic,
  palette,
  width = 800,
}: LinesPicture): Picture {
  const last = Math.max(1, lastRound(lines));
  const bottom = TOP + PLOT_HEIGHT;
  const right = width - RIGHT;
  const x = (at: number) => LEFT + (at / last) * (right - LEFT);
  const { y, marks } = scaleOf(lines, logarithmic);
  const legend = bottom + 60;
  const shapes: Shape[] = [
    label(title, [LEFT, 24], palette.text, { size: 15 }),
    ...marks.flatMap((mark) => [
      line([LEFT, y(mark)], [right, y(mark)], palette.line),
      label(formatNumber(mark), [LEFT - 8, y(mark) + 4], palette.quiet, { anchor: 'end' }),
    ]),
    line([LEFT, bottom], [right, bottom], palette.quiet),
    ...ticks(0, last, 10, 1).flatMap((mark) => [
      line([x(mark), bottom], [x(mark), bottom + 5], palette.quiet),
      label(`${mark}`, [x(mark), bottom + 18], palette.quiet, { anchor: 'middle' }),
    ]),
    label('round', [(LEFT + right) / 2, bottom + 36], palette.text, { anchor: 'middle' }),
    ...lines.flatMap((shown, index): Shape[] => {
      const at = legend + index * LEGEND_LINE;
      const stroke = { fill: 'none', stroke: shown.color, 'stroke-width': 2, ...dashes(shown) };
      return [
        { tag: 'path', attributes: { d: path(shown.values, x, y), ...stroke } },
        { tag: 'path', attributes: { d: `M${LEFT} ${at - 4}h28`, ...stroke } },
        label(shorten(shown.label), [LEFT + 36, at], palette.text),
      ];
    }),
  ];
  return { width, height: legend + lines.length * LEGEND_LINE, title, shapes };
}

/** How lines that are not whole are broken, in pixels drawn and left out. */
export const DASHES = [6, 4];

function dashes({ dashed = false }: Line): Record<string, string> {
  return dashed ? { 'stroke-dasharray': DASHES.join(' ') } : {};
}

/** Where values lie from top to bottom, and those that have a mark. */
function scaleOf(lines: readonly Line[], logarithmic: boolean) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { values } of lines) {
    for (let round = 0; round < values.length; round++) {
      const value = values[round];
      if (value === null || !Number.isFinite(value) || (logarithmic && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) [low, high] = logarithmic ? [1, 10] : [0, 1];
  if (logarithmic) {
    [low, high] = [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))];
    if (low === high) high *= 10;
  } else {
    low = Math.min(0, low);
    if (low === high) high = low + 1;
  }
  const share = (value: number) =>
    logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return {
    // A logarithm has no place for what is not above 0.
    y: (value: number) =>
      logarithmic && value <= 0 ? Number.NaN : TOP + (1 - share(value)) * PLOT_HEIGHT,
    marks: logarithmic ? powersOfTen(low, high) : ticks(low, high),
  };
}

function path(
  values: ArrayLike<number | null>,
  x: (round: number) => number,
  y: (value: number) => number,
): string {
  let text = '';
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    const place = value === null ? Number.NaN : y(value);
    if (Number.isFinite(place)) {
      text += `${text === '' ? 'M' : 'L'}${round(x(at))} ${round(place)}`;
    }
  }
  return text;
}

/** A label that leaves room for others: at most so many characters. */
export function shorten(text: string, most = 100): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}
