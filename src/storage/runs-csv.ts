import { z } from 'zod';
import { inputError } from '../errors.ts';
import { pythonFloat } from './python-json.ts';

const count = z.int().min(0);
const parameter = z.number().nullable();

/** A row of runs.csv: its columns, in order. */
export const runRow = z.strictObject({
  simulation: z.string(),
  graph: z.string(),
  algorithm: z.string(),
  /** The parameters of the run's combination; null where the algorithm does not use them. */
  factor: parameter,
  prior_partner_factor: parameter,
  weighting_param_a: parameter,
  /** From 1. */
  execution: z.int().min(1),
  run: z.int().min(1),
  /** Null where the nodes drew from seeds that the runner was not told. */
  seed: count.nullable(),
  /** The rounds played: until all values were equal, or the limit where the run did not converge. */
  num_rounds: count,
  converged: z.boolean(),
  /** What all nodes hold in the end; null where the run did not converge. */
  value: z.number().nullable(),
  exchanges: count,
  /** Exchanges that changed a value. */
  useful: count,
  /** The first round in which 50, 90, 99 % of the nodes hold the final value; null: never. */
  t50: count.nullable(),
  t90: count.nullable(),
  t99: count.nullable(),
  /** Participations a round of the busiest node. */
  max_load: z.number().min(0),
});

/** One run, by the names of its columns in runs.csv. */
export type RunRow = Readonly<z.infer<typeof runRow>>;

type Counted = 'exchanges' | 'useful' | 'max_load';

/** A run of which not all is known, as the published system leaves them. */
export type PartialRunRow = Omit<RunRow, Counted> & { readonly [Name in Counted]: number | null };

/** The columns' names, in order. */
export const RUN_COLUMNS = Object.keys(runRow.shape) as readonly (keyof RunRow)[];

const PARAMETERS: readonly (keyof RunRow)[] = [
  'factor',
  'prior_partner_factor',
  'weighting_param_a',
];

/**
 * The text of runs.csv: the header and a line a run (RFC 4180 with \n as the end of line). Parameters are written as
 * Python's floats, as in the published runs; what is null is empty.
 */
export function runsCsv(rows: Iterable<RunRow>): string {
  let text = runsCsvHeader;
  for (const row of rows) text += runsCsvLine(row);
  return text;
}

/** The first line of runs.csv. */
export const runsCsvHeader = `${RUN_COLUMNS.join(',')}\n`;

/** A run's line of runs.csv. */
export function runsCsvLine(row: PartialRunRow): string {
  return `${RUN_COLUMNS.map((column) => field(row, column)).join(',')}\n`;
}

function field(row: PartialRunRow, column: keyof RunRow): string {
  const value = row[column];
  if (value === null) return '';
  if (typeof value === 'number' && PARAMETERS.includes(column)) return pythonFloat(value);
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of `<simulation>_run.json`. */
export function runObject(row: RunRow): string {
  return JSON.stringify(row, [...RUN_COLUMNS], 2);
}

/**
 * Reads a `<simulation>_run.json`; `key` names it in messages.
 * @throws GossipError `input` where it is not one, with the field.
 */
export function parseRunObject(bytes: Uint8Array, key: string): RunRow {
  const advice = 'remove it and the run is played again';
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw inputError(`${key} is not JSON: ${(error as Error).message}; ${advice}`, {
      cause: error,
    });
  }
  const result = runRow.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  const place = path.length === 0 ? '' : `, field ${path.join('.')}`;
  throw inputError(`${key}${place}: ${message}; ${advice}`);
}
