import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  commandLine,
  filesBelow,
  gossip,
  inFolder,
  KARATE,
  startGossip,
} from './command.fixture.ts';

const finished = (folder: string) =>
  Object.keys(filesBelow(folder)).filter((path) => path.endsWith('_run.json'));

/** A rumor needs half the nodes' number of rounds around a ring, and 40 of such runs more time than the test waits. */
function ring(nodes: number): string {
  return Array.from({ length: nodes }, (_, node) => `${node} ${(node + 1) % nodes}\n`).join('');
}

for (const jobs of ['1', '2']) {
  test(`Ctrl-C keeps the finished runs, and the same seed goes on from them (--jobs ${jobs})`, () =>
    inFolder({ 'ring.txt': ring(10_000) }, async (folder) => {
      const results = join(folder, 'results');
      const args = [
        'run',
        join(folder, 'ring.txt'),
        '--start',
        'source',
        '--schedule',
        'synchronous',
      ];
      const more = [
        '--results',
        results,
        '--max-rounds',
        '700',
        '--history',
        'none',
        '--repetitions',
        '400',
      ];
      const { child, ended } = startGossip(...args, ...more, '--jobs', jobs);
      let over = false;
      ended.then(() => {
        over = true;
      });
      while (finished(results).length === 0 && !over) await setTimeout(20);
      child.kill('SIGINT');
      const { code, stdout, stderr } = await ended;
      assert.is(code, 130, stderr);
      assert.is(stdout, '');
      const [, count, seed] =
        /interrupted; (\d+) of 400 runs are finished.*--seed (\d+) /.exec(stderr) ?? [];
      const kept = finished(results);
      assert.ok(Number(count) >= 1 && kept.length >= Number(count), stderr);
      assert.not.ok(Object.keys(filesBelow(results)).some((path) => /runs\.csv|\.tmp$/.test(path)));

      const again = startGossip(...args, ...more, '--seed', seed, '--jobs', jobs);
      const { length } = kept;
      while (finished(results).length === length && again.child.exitCode === null)
        await setTimeout(20);
      again.child.kill('SIGINT');
      const second = await again.ended;
      assert.is(second.code, 130, second.stderr);
      const [, sum] = /interrupted; (\d+) of 400 runs/.exec(second.stderr) ?? [];
      assert.ok(Number(sum) > length, second.stderr);
    }));
}

test('a reader that stops early, such as head, is no failure', () =>
  inFolder({}, async (folder) => {
    // More rows than a pipe holds.
    const runs = ['--repetitions', '1500', '--history', 'none', '--format', 'csv'];
    const { child, ended } = startGossip('run', KARATE, ...runs, '--results', folder);
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    assert.is(code, 0, stderr);
    assert.not.match(stderr, 'EPIPE');
  }));

test('an answer that cannot be written is a failure, in a sentence', () => {
  const full = openSync('/dev/full', 'w');
  try {
    const { status, stderr } = spawnSync(...commandLine('strategies'), {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    assert.is(status, 1);
    assert.match(stderr, /no space left on device/i);
    // Deno's console shows where it happened.
    if (!('Deno' in globalThis))
      assert.match(stderr, /^gossip: cannot write to standard output: .*\n$/);
  } finally {
    closeSync(full);
  }
});

test('a process exits as its command does, and keeps answer and messages apart', () =>
  inFolder({}, async (folder) => {
    const args = ['run', KARATE, '--seed', '3', '--repetitions', '2', '--format', 'csv'];
    const [good, bad] = await Promise.all([
      startGossip(...args, '--results', join(folder, 'good')).ended,
      startGossip('run', KARATE, '--factor', '0', '--results', join(folder, 'bad')).ended,
    ]);
    const here = await gossip(...args, '--results', join(folder, 'here'));
    assert.equal([good.code, good.stdout], [0, here.stdout]);
    assert.match(good.stderr, /^Results: /);
    assert.equal([bad.code, bad.stdout], [2, '']);
    assert.match(bad.stderr, /^gossip: --factor/);
  }));

test.run();
