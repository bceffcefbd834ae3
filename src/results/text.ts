import { type PartialRunRow, RUN_COLUMNS, runsCsvHeader, runsCsvLine } from '../storage/index.ts';

/** Runs as the text of one runs.csv, line by line. */
export async function* csvLines(rows: AsyncIterable<PartialRunRow>): AsyncGenerator<string> {
  let header = runsCsvHeader;
  for await (const row of rows) {
    // Not before the first row: where there is none to read, nothing should be printed but why.
    yield header + runsCsvLine(row);
    header = '';
  }
  if (header !== '') yield header;
}

/** Runs as a JSON array of objects by runs.csv's columns, one a line; what is not known is null. */
export async function* jsonLines(rows: AsyncIterable<PartialRunRow>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row, [...RUN_COLUMNS])}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
