import Table from 'cli-table3';
import type { ReportRow } from '../runner/index.ts';

/** The report as people read it: a table, and below it what its numbers speak of. */
export function reportTable(rows: readonly ReportRow[]): string {
  const head = [
    'graph',
    'algorithm',
    'schedule',
    'runs',
    'rounds (95 % CI)',
    't99',
    'busiest node',
    'speed-up over default',
  ];
  const cells = rows.map((row) => [
    row.graph,
    [row.algorithm, ...wrapped(row.parameters)].join('\n'),
    row.schedule,
    String(row.runs),
    roundsText(row),
    row.t99 === null ? '-' : row.t99.toFixed(1),
    row.maxLoad.toFixed(1),
    speedUpText(row),
  ]);
  const table = plainTable(head, cells, [
    'left',
    'left',
    'left',
    'right',
    'right',
    'right',
    'right',
    'right',
  ]);
  return [table, '', ...caption(rows)].join('\n');
}

/** A table without borders but for a line below the head. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colAligns: ('left' | 'right')[],
): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: ONLY_BELOW_HEAD,
    colAligns,
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** No borders; cli-table3's compact style leaves one line, that below the head. */
const ONLY_BELOW_HEAD = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', left: '', right: '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ 'left-mid': '', mid: '─', 'mid-mid': '  ', 'right-mid': '', middle: '  ' },
};

function wrapped(parameters: string): string[] {
  return parameters === '' ? [] : parameters.split(' ').map((parameter) => `  ${parameter}`);
}

function roundsText(row: ReportRow): string {
  if (row.meanRounds !== null) {
    const { interval } = row;
    const range =
      interval === null ? '' : ` (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
    return `${row.meanRounds.toFixed(2)}${range}`;
  }
  const middle = row.medianRounds === null ? `> ${row.maxRounds}` : `median ${row.medianRounds}`;
  return `${middle}\n${row.runs - row.converged} of ${row.runs} not converged\nmean at least ${row.lowerBound.toFixed(1)}`;
}

function speedUpText(row: ReportRow): string {
  const { speedUp } = row;
  if (speedUp === null) return '-';
  const { ratio, interval } = speedUp;
  if (row.isBaseline) return '1';
  const range =
    interval === null ? '' : ` (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
  return `${ratio.toFixed(2)}${range}`;
}

function caption(rows: readonly ReportRow[]): string[] {
  const distinct = (of: (row: ReportRow) => string | number) =>
    [...new Set(rows.map(of))].join(', ');
  const starts = new Set(rows.flatMap((row) => row.start.split(', ')));
  const lines = [
    `Seed ${distinct((row) => row.seed)}; aggregate ${distinct((row) => row.aggregate)}; start ${[...starts].join(', ')}.`,
    'rounds: until all nodes agree. t99: first round in which 99 % of nodes hold the final value. busiest node: its exchanges a round.',
    'Intervals speak of further runs on the same graph with the same start values; speed-up is a ratio of means over pairs of runs with equal draws.',
  ];
  if (rows.some((row) => row.population === 'graphs')) {
    lines.push('Rows over several graphs: their intervals speak of further graphs like these.');
  }
  if (rows.some((row) => row.population === 'runs' && row.runs < 5)) {
    lines.push('Below 5 repetitions there is no interval.');
  }
  if (starts.has('random')) {
    lines.push('start random: values 0..100, so about 1 % of the nodes begin with the minimum.');
  }
  return lines;
}
