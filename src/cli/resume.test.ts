import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filesBelow, gossip, inFolder, KARATE, startGossip } from './command.fixture.ts';

const ALGORITHMS = ['--algorithm', 'default,default_memory'];
const RUN = [
  'run',
  KARATE,
  '--repetitions',
  '6',
  '--format',
  'csv',
  '--name',
  'club',
  ...ALGORITHMS,
];

/** All files, without when a simulation began. */
function results(folder: string): Record<string, string> {
  const files = Object.entries(filesBelow(folder));
  return Object.fromEntries(
    files.map(([path, text]) => [path, text.replace(/"timestamp": "[\d-]{19}"/, '')]),
  );
}

/** Removes what a simulation that was killed would not have left. */
function remove(folder: string, pattern: RegExp): void {
  const paths = Object.keys(filesBelow(folder)).filter((path) => pattern.test(path));
  assert.ok(paths.length > 0);
  for (const path of paths) rmSync(join(folder, path));
}

test('--resume plays what is missing under the seed that was drawn, and ends with the same files', () =>
  inFolder({}, async (folder) => {
    const whole = await gossip(...RUN, '--results', folder);
    const expected = results(folder);
    remove(
      folder,
      /default-[0-9a-f]{8}.*(runs\.csv|averaged_result\.json|run-[356]\/.*_run\.json)$/,
    );
    // A run that was being written, and a simulation that had not begun.
    remove(folder, /default-[0-9a-f]{8}.*run-5\//);
    remove(folder, /default-memory-/);
    const { code, stdout, stderr } = await gossip(...RUN, '--resume', '--results', folder);
    assert.is(code, 0, stderr);
    assert.is(stdout, whole.stdout);
    assert.match(stderr, /3 of 12 runs were there already/);
    assert.equal(results(folder), expected);
  }));

test('--resume asks for a seed where several would do, and takes it', () =>
  inFolder({}, async (folder) => {
    const args = [...RUN, '--results', folder];
    for (const seed of ['4', '9']) await gossip(...args, '--seed', seed);
    const { code, stdout, stderr } = await gossip(...args, '--resume');
    assert.equal([code, stdout], [2, '']);
    assert.match(stderr, /^gossip: --resume: club-default, club-default-memory in /);
    assert.match(stderr, /begun with the seeds 4, 9; choose one with --seed\n$/);
    const said = await gossip(...args, '--resume', '--seed', '9');
    assert.is(said.code, 0, said.stderr);
    assert.match(said.stderr, /12 of 12 runs were there already/);
    // Only one of the two is there for all.
    remove(folder, /default-[0-9a-f]{8}.*\/manifest\.json$/);
    await gossip(
      'run',
      KARATE,
      '--repetitions',
      '6',
      '--name',
      'club',
      '--seed',
      '9',
      '--results',
      folder,
    );
    const both = await gossip(...args, '--resume');
    assert.match(both.stderr, /12 of 12 runs were there already/);
  }));

test('--resume begins nothing: other names, specs, graphs and seeds are not gone on with', () =>
  inFolder({ 'path.txt': '0 1\n1 2\n' }, async (folder) => {
    const args = ['run', KARATE, '--name', 'club', '--results', join(folder, 'results')];
    const none = await gossip(...args, '--resume');
    assert.is(none.code, 2);
    assert.match(none.stderr, /nothing of club-default was begun in .*results; leave out --resume/);
    await gossip(...args, '--repetitions', '2', '--algorithm', 'default_memory');
    await gossip(...args, '--repetitions', '2', '--seed', '5');
    const before = results(folder);
    const others = [
      [...args, '--repetitions', '3'],
      [...args, '--repetitions', '2', '--seed', '6'],
      ['run', join(folder, 'path.txt'), '--repetitions', '2', ...args.slice(2)],
    ];
    for (const other of others) {
      const { code, stderr } = await gossip(...other, '--resume');
      assert.is(code, 2);
      assert.match(stderr, /\(1 of the name has another spec, other graphs or another seed\)/);
    }
    const { code, stderr } = await gossip(...args, '--resume', '--from', 'manifest.json');
    assert.is(code, 2);
    assert.match(stderr, /--resume goes without --from/);
    assert.equal(results(folder), before);
  }));

test('two processes at once on one simulation end with the same files', () =>
  inFolder({}, async (folder) => {
    const args = [...RUN, '--repetitions', '100', '--seed', '2', '--results'];
    const shared = join(folder, 'shared');
    const ends = await Promise.all([
      startGossip(...args, shared).ended,
      startGossip(...args, shared).ended,
      startGossip(...args, join(folder, 'alone')).ended,
    ]);
    for (const { code, stdout, stderr } of ends) {
      assert.is(code, 0, stderr);
      assert.is(stdout, ends[2].stdout);
    }
    assert.equal(results(shared), results(join(folder, 'alone')));
  }));

test.run();
