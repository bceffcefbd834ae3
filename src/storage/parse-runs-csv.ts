import { inputError } from '../errors.ts';
import { csvRecords } from './csv-records.ts';
import { RUN_COLUMNS, type RunRow, runRow } from './runs-csv.ts';

const TEXTS: readonly string[] = ['simulation', 'graph', 'algorithm'];

/**
 * Reads a runs.csv (runsCsv), run by run; `place` names it in messages. The text is held, not the rows.
 * @throws GossipError `input` where it is not one, with the line and the field.
 */
export function* parseRunsCsv(bytes: Uint8Array, place: string): Generator<RunRow> {
  const lines = csvRecords(textOf(bytes, place));
  const header = lines.next().value;
  if (header?.join() !== RUN_COLUMNS.join()) {
    throw notOne(`${place}, line 1`, `its columns must be ${RUN_COLUMNS.join(',')}`);
  }
  let line = 1;
  for (const fields of lines) {
    line++;
    if (fields === null) {
      throw notOne(`${place}, line ${line}`, 'a quote or the end of the line is missing');
    }
    if (fields.length !== RUN_COLUMNS.length) {
      throw notOne(
        `${place}, line ${line}`,
        `it has ${fields.length} fields, not ${RUN_COLUMNS.length}`,
      );
    }
    const entries = RUN_COLUMNS.map((column, index) => [column, cellOf(column, fields[index])]);
    const result = runRow.safeParse(Object.fromEntries(entries));
    if (!result.success) {
      const { path, message } = result.error.issues[0];
      throw notOne(`${place}, line ${line}, field ${path.join('.')}`, message);
    }
    yield result.data;
  }
}

function cellOf(column: string, text: string): string | number | boolean | null {
  if (TEXTS.includes(column)) return text;
  if (text === '') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return Number(text);
}

function textOf(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw notOne(place, (error as Error).message, error);
  }
}

function notOne(place: string, why: string, cause?: unknown): Error {
  return inputError(
    `${place} is not as a simulation wrote it: ${why}; remove it, and its runs are read from their own objects`,
    { cause },
  );
}
