import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type PartialRunRow, RUN_COLUMNS } from '../storage/index.ts';
import { writeParquet } from './parquet.ts';
import { row } from './storage.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'gossip-parquet-'));
test.after(() => rmSync(folder, { recursive: true }));

async function* each(rows: readonly PartialRunRow[]) {
  yield* rows;
}

async function writtenAndRead(rows: readonly PartialRunRow[]) {
  const path = join(folder, 'runs.parquet');
  await writeParquet(path, each(rows));
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return { metadata: parquetMetadata(file), objects: await parquetReadObjects({ file }) };
}

/** A row as Parquet's readers give it: integers of 64 bits are bigints. */
function expected(of: PartialRunRow) {
  const doubles = ['factor', 'prior_partner_factor', 'weighting_param_a', 'value', 'max_load'];
  return Object.fromEntries(
    RUN_COLUMNS.map((name) => {
      const value = of[name];
      return [name, typeof value === 'number' && !doubles.includes(name) ? BigInt(value) : value];
    }),
  );
}

test('rows come back from Parquet as they were: numbers, texts, what is not known', async () => {
  const own = row('own', 'é,"x"\n😀', 1);
  const rows: PartialRunRow[] = [
    own,
    { ...own, seed: Number.MAX_SAFE_INTEGER, factor: 0.1, value: -1e300, max_load: 1 / 3 },
    { ...own, converged: false, value: null, t50: null, t90: null, t99: null },
    { ...own, seed: null, exchanges: null, useful: null, max_load: null, weighting_param_a: 0 },
  ];
  const { objects } = await writtenAndRead(rows);
  assert.equal(objects, rows.map(expected));
});

test('columns have the same types whatever is in them, also where there is no row', async () => {
  const empty = { ...row('own', 'g', 1), seed: null, factor: null, value: null };
  const typesOf = ({ metadata }: Awaited<ReturnType<typeof writtenAndRead>>) =>
    metadata.schema.slice(1).map(({ name, type, converted_type }) => [name, type, converted_type]);
  const full = typesOf(await writtenAndRead([{ ...empty, seed: 1, factor: 2, value: 3 }]));
  assert.equal(
    full.map(([name]) => name),
    [...RUN_COLUMNS],
  );
  assert.equal(full[0].slice(1), ['BYTE_ARRAY', 'UTF8']);
  assert.equal(typesOf(await writtenAndRead([empty])), full);
  const none = await writtenAndRead([]);
  assert.equal(typesOf(none), full);
  assert.equal(none.objects, []);
});

test('rows are written in groups, so that not all of them are held', async () => {
  const rows = Array.from({ length: 25_000 }, (_, i) => row('own', `g-${i % 3}`, i + 1));
  const { metadata, objects } = await writtenAndRead(rows);
  assert.equal(
    metadata.row_groups.map(({ num_rows }) => Number(num_rows)),
    [10_000, 10_000, 5000],
  );
  assert.equal(objects[24_999], expected(rows[24_999]));
  assert.is(objects.length, 25_000);
});

test.run();
