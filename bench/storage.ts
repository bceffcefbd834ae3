/**
 * Objects a second that are written, beside `minio`'s own client in a plain loop and a plain loop over files:
 * node bench/storage.ts [--puts N] [--bytes N]. Starts a MinIO server (.ci/minio.ts); ratios tell more than figures, as
 * it runs on the same machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMinio } from '../.ci/minio.ts';
import { openStorage, type Storage } from '../src/storage/index.ts';

const { values: flags } = parseArgs({
  options: {
    puts: { type: 'string', default: '2000' },
    bytes: { type: 'string', default: '1000' },
  },
});
const puts = Number(flags.puts);
const body = Buffer.alloc(Number(flags.bytes), 'x');
const TIMES = 3;
/** As many as a simulation has runs that are being written. */
const AT_ONCE = 16;

const folder = mkdtempSync(join(tmpdir(), 'gossip-bench-'));
const minio = await startMinio();
try {
  await minio.client.makeBucket('bench');
  const bucket = await openStorage('s3://bench', minio.environment);
  const directory = await openStorage(join(folder, 'storage'), {});
  const ways: [string, number, (key: string) => Promise<unknown>][] = [
    ["minio's client, a plain loop", 1, (key) => minio.client.putObject('bench', key, body)],
    ['our storage, one after the other', 1, putter(bucket)],
    [
      `minio's client, ${AT_ONCE} at once`,
      AT_ONCE,
      (key) => minio.client.putObject('bench', key, body),
    ],
    [`our storage, ${AT_ONCE} at once`, AT_ONCE, putter(bucket)],
    ['files, a plain loop', 1, (key) => writeFile(join(folder, key), body)],
    ['our storage in a folder, one after the other', 1, putter(directory)],
    [`our storage in a folder, ${AT_ONCE} at once`, AT_ONCE, putter(directory)],
  ];
  const rates = ways.map(() => [] as number[]);
  // In turns, so that another load on the machine meets all.
  for (let time = 0; time < TIMES; time++) {
    for (const [way, [, atOnce, put]] of ways.entries()) {
      rates[way].push(await rate(atOnce, (i) => put(`${way}-${time}-${i}`)));
    }
  }
  console.log(`${puts} objects of ${body.length} bytes, median of ${TIMES}`);
  for (const [way, [name]] of ways.entries()) {
    const median = rates[way].sort((a, b) => a - b)[TIMES >> 1];
    console.log(`${Math.round(median).toString().padStart(7)} put/s  ${name}`);
  }
} finally {
  await minio.stop();
  rmSync(folder, { recursive: true });
}

function putter(storage: Storage) {
  return (key: string) => storage.put(key, body, { contentType: 'application/json' });
}

/** Calls a second with so many under way. */
async function rate(atOnce: number, put: (i: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const begin = performance.now();
  const loop = async () => {
    while (next < puts) await put(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, loop));
  return (puts / (performance.now() - begin)) * 1000;
}
