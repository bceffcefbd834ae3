import type { StoredSimulation } from '../results/index.ts';
import { type PartialRunRow, RUN_COLUMNS } from '../storage/index.ts';
import { plainTable } from './table.ts';

/** Simulations as people read them, a line each. */
export function simulationsTable(
  simulations: readonly Omit<StoredSimulation, 'manifest'>[],
): string {
  const head = ['simulation', 'id', 'algorithm', 'graphs', 'runs', 'seed', 'when'];
  const rows = simulations.map(({ name, id, algorithm, graphs, seed, timestamp, ...simulation }) =>
    [
      ...[name, id, algorithm],
      graphs.length === 1 ? graphs[0] : `${graphs.length} graphs`,
      `${simulation.finished} of ${simulation.runs ?? '?'}`,
      seed === null ? 'unknown' : String(seed),
      timestamp.replace(/^(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)$/, '$1 $2:$3:$4'),
    ].map(printable),
  );
  return plainTable(head, rows, ['left', 'left', 'left', 'left', 'right', 'right', 'left']);
}

/** Rows of one table; its head is repeated after so many. */
const ROWS = 1000;
const TEXTS: readonly string[] = ['simulation', 'graph', 'algorithm'];

/** Runs as people read them, in tables of at most 1,000 rows: how wide a column is cannot be known before its end. */
export async function* runTables(rows: AsyncIterable<PartialRunRow>): AsyncGenerator<string> {
  let batch: PartialRunRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < ROWS) continue;
    yield `${runsTable(batch)}\n`;
    batch = [];
  }
  if (batch.length > 0) yield `${runsTable(batch)}\n`;
}

/** As plainTable, which takes a hundred times as long: there may be many rows. */
function runsTable(rows: readonly PartialRunRow[]): string {
  const cells = rows.map((row) => RUN_COLUMNS.map((column) => printable(cell(row, column))));
  const words = RUN_COLUMNS.map((column) => column.split('_'));
  const height = Math.max(...words.map(({ length }) => length));
  const head = Array.from({ length: height }, (_, line) => words.map((parts) => parts[line] ?? ''));
  const lines = [...head, ...cells];
  const widths = RUN_COLUMNS.map((_, index) =>
    Math.max(...lines.map((line) => line[index].length)),
  );
  const rule = widths.map((width) => '─'.repeat(width));
  const aligned = (text: string, index: number) =>
    TEXTS.includes(RUN_COLUMNS[index]) ? text.padEnd(widths[index]) : text.padStart(widths[index]);
  return [...head, rule, ...cells].map((line) => line.map(aligned).join('  ').trimEnd()).join('\n');
}

function cell(row: PartialRunRow, column: keyof PartialRunRow): string {
  const value = row[column];
  if (value === null) return column === 'seed' ? 'unknown' : '-';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Text of others, without what a terminal would obey. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
