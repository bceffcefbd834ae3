import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import { type PartialRunRow, RUN_COLUMNS } from '../storage/index.ts';

type Type = 'STRING' | 'BOOLEAN' | 'DOUBLE' | 'INT64';

/** What each column holds. Integers are of 64 bits: seeds go up to 2^53. */
const TYPES: Readonly<Record<keyof PartialRunRow, Type>> = {
  simulation: 'STRING',
  graph: 'STRING',
  algorithm: 'STRING',
  factor: 'DOUBLE',
  prior_partner_factor: 'DOUBLE',
  weighting_param_a: 'DOUBLE',
  execution: 'INT64',
  run: 'INT64',
  seed: 'INT64',
  num_rounds: 'INT64',
  converged: 'BOOLEAN',
  value: 'DOUBLE',
  exchanges: 'INT64',
  useful: 'INT64',
  t50: 'INT64',
  t90: 'INT64',
  t99: 'INT64',
  max_load: 'DOUBLE',
};

/** Rows held and written at a time. */
const ROW_GROUP = 10_000;

/** Writes runs as a Parquet file with the columns of runs.csv; what is not known is null. */
export async function writeParquet(
  path: string,
  rows: AsyncIterable<PartialRunRow>,
): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: encoded(rows),
    columns: RUN_COLUMNS.map((name) => ({ name, type: TYPES[name] })),
    rowGroupSize: ROW_GROUP,
    createdBy: 'gossip',
  });
}

async function* encoded(rows: AsyncIterable<PartialRunRow>) {
  for await (const row of rows) {
    yield Object.fromEntries(
      RUN_COLUMNS.map((name) => {
        const value = row[name];
        return [name, TYPES[name] === 'INT64' && value !== null ? BigInt(Number(value)) : value];
      }),
    );
  }
}
