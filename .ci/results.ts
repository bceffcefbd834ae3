// node .ci/results.ts: results read back. 10,000 runs as every kind of table within 200 MiB of memory, from their runs.csv
// and one by one; and the same simulation, beside one of the published system, in a folder and in a bucket of a real MinIO.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectoryStorage } from '../src/storage/index.ts';
import { startMinio } from './minio.ts';
import { differences, objectsOf } from './objects.ts';

const RUNS = 10_000;
const MOST = 200;
const PUBLISHED = '../shared/published/example/objects';

/** Makes a process leave the most memory that it had, in KiB, in the file that PEAK names. */
const LEAVES_PEAK = `data:text/javascript,${encodeURIComponent(`import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));`)}`;

const folder = mkdtempSync(join(tmpdir(), 'gossip-results-'));
try {
  inLittleMemory();
  await inBucket();
} finally {
  rmSync(folder, { recursive: true });
}

/** A command in a process of its own: what it printed, and the most memory that it had, in MiB. */
function gossip(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const PEAK = join(folder, 'peak');
  const program = ['--import', LEAVES_PEAK, 'bin/gossip.js'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment, PEAK },
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`gossip ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { stdout, memory: Number(readFileSync(PEAK, 'utf8')) / 1024 };
}

function report(what: string, wrong: readonly string[]): void {
  console.log(`${wrong.length === 0 ? 'ok  ' : 'FAIL'}  ${what}`);
  for (const line of wrong.slice(0, 10)) console.log(`      ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
}

function inLittleMemory(): void {
  const results = join(folder, 'many');
  const karate = ['run', 'examples/karate.yaml', '--seed', '1', '--history', 'none'];
  gossip([...karate, '--repetitions', String(RUNS), '--results', results]);
  const [simulation] = readdirSync(results);
  const table = join(results, simulation, 'runs.csv');
  const expected = readFileSync(table, 'utf8');
  const parquet = ['--format', 'parquet', '--output', join(folder, 'runs.parquet')];
  for (const from of ['their runs.csv', 'their own objects']) {
    if (from !== 'their runs.csv') renameSync(table, join(folder, 'runs.csv'));
    for (const more of [
      [],
      ['--format', 'csv'],
      ['--format', 'json'],
      ['--format', 'table'],
      parquet,
    ]) {
      const { stdout, memory } = gossip(['results', results, ...more]);
      const wrong: string[] = [];
      if (memory > MOST) wrong.push(`more than ${MOST} MiB`);
      if (more[1] === 'csv' && stdout !== expected) wrong.push('it is not what runs.csv says');
      if (more[1] === 'json' && JSON.parse(stdout).length !== RUNS) wrong.push('runs are missing');
      report(
        `${RUNS} runs from ${from}, ${more[1] ?? 'the list'}: ${memory.toFixed(0)} MiB`,
        wrong,
      );
    }
  }
  const file = join(folder, 'many.tar.gz');
  const packed = gossip(['results', 'export', results, '--output', file]);
  const there = join(folder, 'there');
  const restored = gossip(['results', 'import', file, '--results', there]);
  for (const [what, { memory }] of Object.entries({ export: packed, import: restored })) {
    report(
      `${RUNS} runs, ${what}: ${memory.toFixed(0)} MiB`,
      memory > MOST ? [`more than ${MOST} MiB`] : [],
    );
  }
}

async function inBucket(): Promise<void> {
  const results = join(folder, 'few');
  gossip([
    'run',
    'examples/karate.yaml',
    '--seed',
    '2',
    '--repetitions',
    '100',
    '--results',
    results,
  ]);
  const minio = await startMinio();
  try {
    if (existsSync(PUBLISHED)) cpSync(PUBLISHED, results, { recursive: true });
    const place = 's3://simulations/below/it';
    for (const name of readdirSync(results)) {
      const file = join(folder, `${name}.tar.gz`);
      gossip(['results', 'export', results, name, '--output', file]);
      gossip(['results', 'import', file, '--results', place], minio.environment);
    }
    const both = (...args: string[]) =>
      [results, place].map((where) => {
        const words = args.map((word) => (word === 'WHERE' ? where : word));
        return gossip(words, minio.environment).stdout;
      });
    for (const args of [
      ['results', 'WHERE'],
      ['results', 'WHERE', '--format', 'csv'],
      ['verify', 'WHERE', '--seed', '1'],
    ]) {
      const [here, there] = both(...args);
      console.log(here.split('\n').slice(0, 4).join('\n'));
      report(`${args.join(' ')}: a bucket says what a folder says`, here === there ? [] : [there]);
    }
    for (const name of readdirSync(results)) {
      const file = join(folder, 'back.tar.gz');
      gossip(['results', 'export', `${place}/${name}`, '--output', file], minio.environment);
      gossip(['results', 'import', file, '--results', join(folder, 'back')]);
    }
    const [before, after] = [results, join(folder, 'back')].map(createDirectoryStorage);
    const wrong = differences(await objectsOf(before), await objectsOf(after));
    report('out of the bucket again: the same objects, the same bytes', wrong);
  } finally {
    await minio.stop();
  }
}
