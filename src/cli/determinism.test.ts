import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { randomRegular } from '../graph/generators/index.ts';
import { adjacencyLines, type Graph } from '../graph/index.ts';
import { deriveKey, sequence } from '../host/random.ts';
import { filesBelow, gossip, graphYaml, inFolder, KARATE } from './command.fixture.ts';

const ALGORITHMS = 'default,weighted_factor_memory,hub_score_weighted_complex_memory';
const SEEDED = ['--seed', '7', '--repetitions', '3', '--algorithm', ALGORITHMS];

/** Runs a command into a folder and gives its answer and all its files; none of it may be refused. */
async function play(results: string, ...args: string[]) {
  const { code, stdout, stderr } = await gossip('run', ...args, '--results', results);
  assert.is(code, 0, stderr);
  return { stdout, stderr, files: filesBelow(results) };
}

/** The files, but for what says when they were made. */
function timeless(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replace(/"timestamp": "[-0-9]+"/, '"timestamp": ""'),
    ]),
  );
}

/** Compares all files; on a difference, only the paths are shown. */
function assertSame(a: Record<string, string>, b: Record<string, string>): void {
  assert.equal(Object.keys(a), Object.keys(b));
  const different = Object.keys(a).filter((path) => a[path] !== b[path]);
  assert.equal(different, []);
}

/** Rows of runs.csv without the columns that name the simulation. */
function rowsOf(csv: string): string[] {
  const rows = csv.trim().split('\n').slice(1);
  return rows.map((row) => row.split(',').slice(2).join(','));
}

function histories(files: Record<string, string>): string[] {
  return Object.keys(files)
    .filter((path) => path.endsWith('_node_value_history.json'))
    .map((path) => files[path]);
}

function edges({ nodeCount, offsets, neighbors }: Graph): string {
  let text = '';
  for (let node = 0; node < nodeCount; node++) {
    for (const other of neighbors.subarray(offsets[node], offsets[node + 1])) {
      if (other > node) text += `${node} ${other}\n`;
    }
  }
  return text;
}

test('the same command twice gives the same files', () =>
  inFolder({}, async (folder) => {
    const [one, two] = [join(folder, '1'), join(folder, '2')];
    const first = await play(one, KARATE, ...SEEDED, '--format', 'json');
    const second = await play(two, KARATE, ...SEEDED, '--format', 'json');
    assert.ok(Object.keys(first.files).length > 30);
    assertSame(timeless(first.files), timeless(second.files));
    assert.is(first.stdout, second.stdout);
  }));

test('another seed gives other runs, and leaves those of the first alone', () =>
  inFolder({}, async (folder) => {
    const first = await play(folder, KARATE, '--seed', '7', '--repetitions', '3');
    const second = await play(folder, KARATE, '--seed', '8', '--repetitions', '3');
    for (const [path, text] of Object.entries(first.files)) assert.is(second.files[path], text);
    assert.is(Object.keys(second.files).length, 2 * Object.keys(first.files).length);
    const histories = new Set(
      Object.entries(second.files)
        .filter(([path]) => path.endsWith('_history.json'))
        .map(([, text]) => text),
    );
    assert.is(histories.size, 6);
  }));

test('worker threads change nothing', () => {
  // 17 runs of 120,000 nodes are more than are played without threads.
  const graph = randomRegular(120_000, 4, sequence(deriveKey([1])));
  return inFolder({ 'regular.txt': edges(graph) }, async (folder) => {
    const args = [join(folder, 'regular.txt'), '--seed', '3', '--repetitions', '17'];
    const few = ['--max-rounds', '3', '--schedule', 'shuffled'];
    const alone = await play(join(folder, '1'), ...args, ...few, '--jobs', '1');
    const threads = await play(join(folder, '2'), ...args, ...few, '--jobs', '2');
    assertSame(timeless(alone.files), timeless(threads.files));
    assert.is(alone.stdout, threads.stdout);
  });
});

test('a graph gives the same runs alone and in a series', () =>
  inFolder({ 'tail.yaml': graphYaml('tail', ['0 1 2', '1 2', '2 3', '3']) }, async (folder) => {
    const alone = await play(join(folder, '1'), KARATE, ...SEEDED, '--format', 'csv');
    const series = await play(
      join(folder, '2'),
      ...[join(folder, 'tail.yaml'), KARATE, ...SEEDED, '--format', 'csv'],
    );
    const karate = series.stdout.split('\n').filter((row) => row.includes(',karate,'));
    assert.is(karate.length, 9);
    assert.equal(rowsOf(`header\n${karate.join('\n')}`), rowsOf(alone.stdout));
    const inSeries = Object.entries(series.files).filter(([path]) => path.includes('/karate/'));
    assert.equal(histories(Object.fromEntries(inSeries)), histories(alone.files));
  }));

test('a graph gives the same runs from YAML and from an edge list', () => {
  const graph = randomRegular(60, 4, sequence(deriveKey([2])));
  const files = {
    'graph.yaml': graphYaml('yaml', adjacencyLines(graph)),
    'graph.txt': edges(graph),
  };
  return inFolder(files, async (folder) => {
    const csv = [...SEEDED, '--format', 'csv'];
    const yaml = await play(join(folder, '1'), join(folder, 'graph.yaml'), ...csv);
    const list = await play(join(folder, '2'), join(folder, 'graph.txt'), ...csv);
    assert.is(rowsOf(yaml.stdout).length, 9);
    assert.equal(rowsOf(yaml.stdout), rowsOf(list.stdout));
    assert.equal(histories(yaml.files), histories(list.files));
  });
});

test('what is missing of a finished simulation is played again to the same bytes', () =>
  inFolder({}, async (folder) => {
    const { files } = await play(folder, KARATE, ...SEEDED);
    const lost = Object.keys(files).filter((path) =>
      /run-2|runs\.csv|averaged|manifest/.test(path),
    );
    assert.ok(lost.length > 9);
    for (const path of lost.filter((path) => !path.endsWith('manifest.json')))
      rmSync(join(folder, path));
    const again = await play(folder, KARATE, ...SEEDED);
    assertSame(again.files, files);
    assert.match(again.stderr, '6 of 9 runs were there already');
  }));

test('a finished simulation is not played again, whatever history is asked for now', () =>
  inFolder({}, async (folder) => {
    const first = await play(folder, KARATE, '--seed', '7', '--repetitions', '2');
    const again = await play(
      folder,
      KARATE,
      '--seed',
      '7',
      '--repetitions',
      '2',
      '--history',
      'none',
    );
    assertSame(again.files, first.files);
    assert.is(again.stdout, first.stdout);
    assert.match(again.stderr, '2 of 2 runs were there already');
    assert.match(again.stderr, 'begun with --history rounds');
  }));

test('a folder whose manifest says otherwise is refused', () =>
  inFolder({}, async (folder) => {
    const { files } = await play(folder, KARATE, '--seed', '7', '--repetitions', '2');
    const manifest = Object.keys(files).find((path) => path.endsWith('manifest.json'))!;
    writeFileSync(join(folder, manifest), files[manifest].replace('"edges": 78', '"edges": 77'));
    const { code, stderr } = await gossip(
      ...['run', KARATE, '--seed', '7', '--repetitions', '2', '--results', folder],
    );
    assert.is(code, 2);
    assert.match(stderr, 'holds results of another simulation');
    writeFileSync(join(folder, manifest), '{');
    const broken = await gossip(
      'run',
      KARATE,
      '--seed',
      '7',
      '--repetitions',
      '2',
      '--results',
      folder,
    );
    assert.is(broken.code, 2);
    assert.match(broken.stderr, /manifest\.json is not a manifest/);
  }));

test.run();
