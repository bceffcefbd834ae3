import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { publishedObjects } from '../results/storage.fixture.ts';
import {
  commandLine,
  filesBelow,
  gossip,
  inFolder,
  KARATE,
  startGossip,
} from './command.fixture.ts';

const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';

async function said(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await gossip(...args);
  assert.is(code, 0, stderr);
  return stdout;
}

/** A folder with two simulations of ours and what the published system left of one. */
async function inResults(use: (results: string, folder: string) => Promise<void>): Promise<void> {
  await inFolder({}, async (folder) => {
    const results = join(folder, 'results');
    const args = ['--algorithm', 'default,default_memory', '--repetitions', '3', '--seed', '5'];
    await said('run', KARATE, ...args, '--results', results);
    for (const [key, text] of Object.entries(publishedObjects(PUBLISHED, 2))) {
      mkdirSync(dirname(join(results, key)), { recursive: true });
      writeFileSync(join(results, key), text);
    }
    await use(results, folder);
  });
}

test('simulations are listed, ours and those of the published system, all or one of them', () =>
  inResults(async (results) => {
    const lines = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/));
    const [head, , ...rows] = lines(await said('results', results));
    assert.equal(head, ['simulation', 'id', 'algorithm', 'graphs', 'runs', 'seed', 'when']);
    const [own, memory, published] = rows;
    assert.equal(
      [rows.length, own[0], own[3], own[4], own[5]],
      [3, 'karate-default', 'karate', '3 of 3', '5'],
    );
    assert.match(own[6], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.equal(published, [
      ...['sim-wf', PUBLISHED.slice(7), 'weighted_factor', 'holme-n10', '2 of ?', 'unknown'],
      '2026-11-22 21:34:58',
    ]);
    const folder = join(results, `${memory[0]}-${memory[1]}`);
    assert.equal(lines(await said('results', folder)).slice(2), [memory]);
    assert.equal(lines(await said('results', results, '--algorithm', 'default')).slice(2), [own]);
  }));

test('all runs as one table: CSV, JSON and for people, printed or into a file', () =>
  inResults(async (results, folder) => {
    const csv = await said('results', results, '--format', 'csv');
    const [header, ...rows] = csv.trimEnd().split('\n');
    const tables = Object.entries(filesBelow(results)).filter(([path]) =>
      path.endsWith('runs.csv'),
    );
    const own = tables.flatMap(([, text]) => text.trimEnd().split('\n').slice(1));
    assert.is(tables[0][1].split('\n')[0], header);
    assert.equal(rows, [
      ...own,
      'sim-wf,holme-n10,weighted_factor,3.0,,,1,1,,2,true,,,,,,,',
      'sim-wf,holme-n10,weighted_factor,3.0,,,1,2,,2,true,,,,,,,',
    ]);
    const json = JSON.parse(await said('results', results, '--format', 'json'));
    assert.equal(
      json.map((row: object) => Object.keys(row).join()),
      rows.map(() => header),
    );
    assert.equal([json[0].seed, json.at(-1).seed, json.at(-1).factor], [5, null, 3]);
    const table = await said('results', results, '--format', 'table');
    assert.match(table, /^sim-wf .* unknown .* yes( +-){7}$/m);

    const file = join(folder, 'runs.csv');
    await said('results', results, '--format', 'csv', '--output', file);
    assert.is(readFileSync(file, 'utf8'), csv);
    const parquet = join(folder, 'runs.parquet');
    await said('results', results, '--format', 'parquet', '--output', parquet);
    assert.is(readFileSync(parquet).toString('latin1', 0, 4), 'PAR1');
    assert.equal(
      Object.keys(filesBelow(folder)).filter((path) => path.endsWith('.tmp')),
      [],
    );

    const chosen = await said('results', results, '--format', 'csv', '--simulation', 'sim-wf,x');
    assert.is(chosen.split('\n').length, 4);
    const onKarate = await said('results', results, '--format', 'csv', '--graph', 'karate');
    assert.equal(onKarate.trimEnd().split('\n').slice(1), own);
    const none = await said('results', results, '--format', 'json', '--graph', 'none');
    assert.equal(JSON.parse(none), []);
  }));

test('a reader that has seen enough ends the printing quietly', () =>
  inResults(async (results) => {
    const { child, ended } = startGossip('results', results, '--format', 'csv');
    child.stdout!.destroy();
    const { code, stderr } = await ended;
    assert.equal([code, stderr], [0, '']);
  }));

test('what is not there or not given is said', () =>
  inResults(async (results, folder) => {
    const refused = async (args: string[], ...words: (string | RegExp)[]) => {
      const { code, stdout, stderr } = await gossip('results', ...args);
      assert.is(code, 2, stderr);
      assert.is(stdout, '');
      for (const word of words) assert.match(stderr, word);
    };
    for (const format of [[], ['--format', 'csv']]) {
      await refused([join(folder, 'none'), ...format], 'there is no simulation in', 'none');
      await refused([results, '--simulation', 'foo', ...format], 'there is no simulation foo in');
    }
    await refused([results, '--format', 'parquet'], '--output');
    await refused([results, '--format', 'xml'], 'table, csv, json, parquet');
    await refused(['export', results], 'there are 3 simulations', 'karate-default-');
    await refused(['export', results, 'foo'], 'there is no simulation foo');
    await refused(['export', results, 'sim-wf', '--output', join(folder, 'no/x')], 'no/x');
    await refused(['import', join(folder, 'none')], 'there is no such file');
    await refused(['s3://x'], 's3://x');
  }));

test('a simulation that cannot be read is said, the others are shown, and the exit code tells', () =>
  inResults(async (results) => {
    mkdirSync(join(results, 'bad-1'));
    writeFileSync(join(results, 'bad-1/manifest.json'), '{}');
    for (const format of [[], ['--format', 'csv']]) {
      const { code, stdout, stderr } = await gossip('results', results, ...format);
      assert.is(code, 1);
      assert.match(stderr, /passed over: .*bad-1\/manifest\.json/);
      assert.match(stdout, 'sim-wf');
    }
  }));

test('a simulation goes into one file and comes back the same, elsewhere', () =>
  inResults(async (results, folder) => {
    const there = join(folder, 'there');
    for (const name of ['karate-default', PUBLISHED]) {
      const file = join(folder, `${name}.tgz`);
      await said('results', 'export', results, name, '--output', file);
      assert.match(await said('results', 'import', file, '--results', there), 'objects written');
      assert.match(
        await said('results', 'import', file, '--results', there),
        ': 0 objects written',
      );
    }
    const expected = Object.entries(filesBelow(results)).filter(
      ([path]) => !path.startsWith('karate-default-memory'),
    );
    assert.equal(Object.entries(filesBelow(there)), expected);
    // Half of it there: the rest comes, and what differs is not replaced.
    const run = Object.keys(filesBelow(there)).find((path) => /run-2.*_run\.json/.test(path))!;
    rmSync(join(there, run));
    const file = join(folder, 'karate-default.tgz');
    assert.match(await said('results', 'import', file, '--results', there), ': 1 objects written');
    writeFileSync(join(there, run), 'mine');
    const { code, stderr } = await gossip('results', 'import', file, '--results', there);
    assert.is(code, 2);
    assert.match(stderr, 'differs');
    assert.is(filesBelow(there)[run], 'mine');
    assert.is((await gossip('results', 'import', file, '--most', '0.00001')).code, 2);
  }));

test('a simulation is packed into a pipe, too; a reader that has gone is no failure', () =>
  inResults(async (results, folder) => {
    const args = ['results', 'export', results, 'karate-default', '--output'];
    const file = join(folder, 'a.tgz');
    const piped = spawnSync(...commandLine(...args, '-'), { encoding: 'buffer' });
    assert.is(piped.status, 0, piped.stderr.toString());
    writeFileSync(file, piped.stdout);
    const there = join(folder, 'there');
    assert.match(await said('results', 'import', file, '--results', there), 'objects written');
    const of = (where: string) =>
      Object.entries(filesBelow(where)).filter(([path]) =>
        /^karate-default-[0-9a-f]{8}\//.test(path),
      );
    assert.equal(of(there), of(results));
    const { child, ended } = startGossip(...args, '-');
    child.stdout!.destroy();
    const { code, stderr } = await ended;
    assert.equal([code, stderr], [0, '']);
  }));

test.run();
