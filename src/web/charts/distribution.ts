import { formatNumber, ticks } from './axis.ts';
import { csv } from './csv.ts';
import { type Dot, type Dots, heapDots, type Rounds } from './dots.ts';
import { shorten } from './lines.ts';
import { label, line, type Palette, type Picture, round, type Shape } from './svg.ts';

/** The runs of one row, and what they say together. */
export interface DistributionRow extends Rounds {
  readonly label: string;
  /** A CSS color. */
  readonly color: string;
  /** The runs' numbers, parallel to `rounds`. */
  readonly runs: readonly number[];
  /** The least, the quartiles and the greatest: five numbers; empty where they are not known. */
  readonly quartiles: readonly number[];
  /** Of rounds; null where a run did not converge. */
  readonly mean: number | null;
  /** The 95 % confidence interval of the mean, or null. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface DistributionPicture {
  readonly title: string;
  readonly rows: readonly DistributionRow[];
  readonly palette: Palette;
  readonly width?: number;
  /** The number of a run that is marked in all rows. */
  readonly marked?: number | null;
}

const TOP = 12;
const SIDE = 14;
const LABEL = 18;
const STACK = 56;
const BOX = 10;
const MEAN = 12;
const ROW = LABEL + STACK + BOX + MEAN + 18;
const RADIUS = 4;
/** How far above one another dots are at least, in pixels: then they overlap. */
const CLOSEST = 2;
const MOST_DOTS = 500;
const LETTER = 7;

/** Runs as dots over the rounds that they took, a row above another on one axis. */
export function distributionPicture(settings: DistributionPicture): Picture {
  const { title, rows, palette, width = 800, marked = null } = settings;
  const all = rows.flatMap(({ rounds }) => rounds);
  const low = all.reduce((least, at) => Math.min(least, at), all[0] ?? 0) - 0.5;
  const high = all.reduce((most, at) => Math.max(most, at), all[0] ?? 0) + 0.5;
  const perRound = (width - 2 * SIDE) / (high - low);
  const step = Math.max(1, Math.ceil((2 * RADIUS) / perRound));
  const x = (at: number) => SIDE + (at - low) * perRound;
  const heaps = heapDots(rows, {
    step,
    widest: Math.floor((0.8 * step * perRound) / (2 * RADIUS)),
    comfortable: Math.floor(STACK / (2 * RADIUS)),
    highest: Math.floor((STACK - 2 * RADIUS) / CLOSEST),
    dots: MOST_DOTS,
  });
  const highest = Math.max(1, ...heaps.flatMap(({ dots }) => dots.map(({ level }) => level)));
  const apart = Math.min(2 * RADIUS, (STACK - 2 * RADIUS) / highest);
  const bottom = TOP + rows.length * ROW;
  const keys = wrapped(KEYS, width - 2 * SIDE);
  const shapes: Shape[] = [
    ...ticks(low, high, width / 80, 1).flatMap((mark) => [
      line([x(mark), TOP], [x(mark), bottom], palette.line),
      label(`${mark}`, [x(mark), bottom + 16], palette.quiet, { anchor: 'middle' }),
    ]),
    line([SIDE, bottom], [width - SIDE, bottom], palette.quiet),
    label('rounds', [width / 2, bottom + 34], palette.text, { anchor: 'middle' }),
    ...rows.flatMap((row, index) => rowOf(row, heaps[index], TOP + index * ROW)),
    ...keys.map((key, index) => label(key, [SIDE, bottom + 56 + 16 * index], palette.quiet)),
  ];
  return { width, height: bottom + 52 + 16 * keys.length, title, shapes };

  function rowOf(row: DistributionRow, { dots, each }: Dots, top: number): Shape[] {
    const ground = top + LABEL + STACK;
    const share = each === 1 ? '' : ` (a dot: up to ${each} runs)`;
    const letters = Math.floor((width - 2 * SIDE) / LETTER) - share.length;
    const name = `${shorten(row.label, letters)}${share}`;
    return [
      label(name, [SIDE, top + 13], palette.text, { size: 13 }),
      ...dots.map((dot) => dotOf(row, dot, ground - RADIUS - dot.level * apart)),
      ...boxOf(row, ground + BOX / 2 + 3),
      ...meanOf(row, ground + BOX + MEAN),
    ];
  }

  function dotOf(row: DistributionRow, { at, across, converged, runs }: Dot, y: number): Shape {
    const isMarked = runs.some((index) => row.runs[index] === marked);
    const stroke = isMarked ? palette.text : row.color;
    return {
      tag: 'circle',
      attributes: {
        cx: round(x(at) + across * 2 * RADIUS),
        cy: round(y),
        r: isMarked ? RADIUS : RADIUS - 0.75,
        fill: converged ? row.color : palette.ground,
        stroke,
        'stroke-width': isMarked ? 2 : 1.5,
        ...(runs.length === 1 ? { 'data-run': row.runs[runs[0]] } : {}),
      },
      text: dotText(row, runs),
    };
  }

  function boxOf({ quartiles, color }: DistributionRow, y: number): Shape[] {
    if (quartiles.length !== 5) return [];
    const [least, first, median, third, most] = quartiles.map(x);
    return [
      line([least, y], [most, y], color, 1.5),
      {
        tag: 'rect',
        attributes: {
          x: round(first),
          y: y - BOX / 2,
          width: round(Math.max(1, third - first)),
          height: BOX,
          fill: palette.ground,
          stroke: color,
          'stroke-width': 1.5,
        },
      },
      line([median, y - BOX / 2], [median, y + BOX / 2], color, 3),
    ];
  }

  function meanOf({ mean, interval }: DistributionRow, y: number): Shape[] {
    if (mean === null) return [];
    const diamond = `M${round(x(mean))} ${y - 4}l4 4l-4 4l-4-4z`;
    return [
      ...(interval === null
        ? []
        : [line([x(interval.low), y], [x(interval.high), y], palette.text, 2)]),
      { tag: 'path', attributes: { d: diamond, fill: palette.text } },
    ];
  }
}

const KEYS = [
  'Dot: a run; hollow: not converged.',
  'Box: quartiles, with the median; line: from the least to the greatest.',
  'Diamond: the mean with its 95 % interval.',
];

/** Sentences in as many lines as they need. */
function wrapped(sentences: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of sentences.flatMap((sentence) => sentence.split(' '))) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length > 0 && longer.length * (LETTER - 1) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function dotText({ runs, rounds, converged }: DistributionRow, indexes: readonly number[]): string {
  if (indexes.length > 1) return `${indexes.length} runs`;
  const [index] = indexes;
  const rest = converged[index] ? '' : ', not converged';
  return `run ${runs[index]}: ${rounds[index]} rounds${rest}`;
}

/** What the rows of a distribution's table say: the first record names the columns. */
export function distributionTable(rows: readonly DistributionRow[]): string[][] {
  return [
    [
      'row',
      'runs',
      'not converged',
      'least',
      '25 %',
      'median',
      '75 %',
      'greatest',
      'mean (95 % CI)',
    ],
    ...rows.map((row) => [
      row.label,
      `${row.rounds.length}`,
      `${row.converged.filter((converged) => !converged).length}`,
      ...Array.from({ length: 5 }, (_, index) =>
        row.quartiles.length === 5 ? formatNumber(row.quartiles[index]) : '',
      ),
      meanText(row),
    ]),
  ];
}

/** A mean with its interval, as the command line writes it. */
export function meanText({ mean, interval }: Pick<DistributionRow, 'mean' | 'interval'>): string {
  if (mean === null) return '';
  if (interval === null) return mean.toFixed(2);
  return `${mean.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
}

/** A record a run. */
export function distributionCsv(rows: readonly DistributionRow[]): string {
  return csv([
    ['row', 'run', 'rounds', 'converged'],
    ...rows.flatMap((row) =>
      row.rounds.map((rounds, index) => [row.label, row.runs[index], rounds, row.converged[index]]),
    ),
  ]);
}

/** What a distribution says, in a sentence. */
export function distributionText(rows: readonly DistributionRow[]): string {
  return rows.map(rowText).join('; ');
}

function rowText(row: DistributionRow): string {
  const endless = row.converged.filter((converged) => !converged).length;
  const [, first, median, third] = row.quartiles.map(formatNumber);
  const mean = meanText(row);
  const parts = [
    `${shorten(row.label)}: ${row.rounds.length} runs`,
    endless > 0 ? `${endless} not converged` : '',
    median === undefined ? '' : `median ${median}, middle half ${first} to ${third}`,
    mean === '' ? '' : `mean ${mean}`,
  ];
  return parts.filter(Boolean).join(', ');
}
