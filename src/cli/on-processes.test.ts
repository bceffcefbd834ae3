import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { childrenOf, closed, gone, portsOf } from '../runner/processes.fixture.ts';
import { filesBelow, gossip, graphYaml, inFolder, KARATE, startGossip } from './command.fixture.ts';

const STRATEGIES = fileURLToPath(new URL('../../examples/strategies', import.meta.url));
const ALGORITHMS = 'default,community_probabilities_complex_memory,low_degree';
/** Two hosts of 500 nodes on a ring, around which a rumor needs hundreds of rounds: there is time to disturb a run. */
const RING = Array.from({ length: 1000 }, (_, node) => `${node} ${(node + 1) % 1000}\n`).join('');
const LONG = [
  ...['--start', 'source', '--schedule', 'synchronous', '--history', 'none'],
  ...['--repetitions', '400', '--on', 'processes', '--nodes-per-host', '500'],
];

/** The files, but for what says when they were made and how long it took. */
function reproducible(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => !path.endsWith('/timings.csv'))
      .map(([path, text]) => [path, text.replace(/"timestamp": "[-0-9]+"/, '"timestamp": ""')]),
  );
}

const finished = (folder: string) =>
  Object.keys(filesBelow(folder)).filter((path) => path.endsWith('_run.json'));
const SYNCHRONOUS_MEAN = ['--schedule', 'synchronous', '--aggregate', 'mean'];

/** Starts a long simulation on processes and gives it to a test once its first run is finished. */
async function inMidRun(
  more: readonly string[],
  use: (running: {
    child: ChildProcess;
    ended: ReturnType<typeof startGossip>['ended'];
    hosts: number[];
    ports: number[];
    results: string;
  }) => Promise<void>,
): Promise<void> {
  await inFolder({ 'ring.txt': RING }, async (folder) => {
    const results = join(folder, 'results');
    const args = ['run', join(folder, 'ring.txt'), ...LONG, '--seed', '3', '--results', results];
    const { child, ended } = startGossip(...args, ...more);
    const hosts: number[] = [];
    try {
      while (finished(results).length === 0 && child.exitCode === null) await sleep(10);
      hosts.push(...childrenOf(child.pid!));
      assert.is(hosts.length, 2, child.exitCode === null ? '' : (await ended).stderr);
      const ports = hosts.flatMap(portsOf);
      assert.is(ports.length, 4);
      await use({ child, ended, hosts, ports, results });
      await gone(hosts);
      // A process whose threads are still ending holds its ports a little longer.
      await closed(ports);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
}

test('one seed gives the same files in memory, in one process and in four', () =>
  inFolder({}, async (folder) => {
    const play = async (name: string, ...more: string[]) => {
      const results = join(folder, name);
      const flags = ['--algorithm', ALGORITHMS, '--strategies', STRATEGIES, '--repetitions', '2'];
      const where = ['--seed', '7', '--results', results, ...more];
      const { code, stdout, stderr } = await gossip('run', KARATE, ...flags, ...where);
      assert.is(code, 0, stderr);
      return { stdout, files: filesBelow(results) };
    };
    const memory = await play('memory');
    assert.is(Object.keys(memory.files).filter((path) => path.endsWith('/runs.csv')).length, 3);
    assert.is(Object.keys(memory.files).filter((path) => /history\.json$/.test(path)).length, 6);
    for (const processes of [1, 4]) {
      const there = await play(`p${processes}`, '--on', 'processes', '--processes', `${processes}`);
      assert.is(there.stdout, memory.stdout);
      const [files, expected] = [reproducible(there.files), reproducible(memory.files)];
      assert.equal(Object.keys(files), Object.keys(expected));
      assert.equal(
        Object.keys(files).filter((path) => files[path] !== expected[path]),
        [],
      );
      const timings = Object.keys(there.files).filter((path) => path.endsWith('/timings.csv'));
      assert.is(timings.length, 3);
      for (const path of timings) checkTimings(there.files[path], processes);
    }
    // What was played is found there, and its figures stay.
    const before = filesBelow(join(folder, 'p4'));
    const again = await play('p4');
    assert.equal(again.files, before);
    assert.not.ok(Object.keys(memory.files).some((path) => path.endsWith('/timings.csv')));
  }));

function checkTimings(text: string, processes: number): void {
  const [header, ...lines] = text.trim().split('\n');
  assert.is(
    header,
    'graph,execution,run,processes,nodes_per_host,runs_at_once,wall_seconds,exchanges_per_second,latency_p50_ms,latency_p99_ms,bytes,retries,replays',
  );
  assert.equal(
    lines.map((line) => line.split(',').slice(0, 6).join(',')),
    [1, 2].map((run) => `karate,1,${run},${processes},1,${processes === 1 ? 14 : 32}`),
  );
  let sent = 0;
  for (const line of lines) {
    const [wall, rate, p50, p99, bytes, retries, replays] = line.split(',').slice(6).map(Number);
    assert.ok(wall > 0 && rate > 0 && p50 > 0 && p99 >= p50, line);
    assert.equal([retries, replays], [0, 0]);
    sent += bytes;
  }
  assert.ok(sent > 2000, String(sent));
}

test('flags that do not go together, and what cannot be played on processes, are refused before anything is done', () =>
  inFolder(
    {
      'large.yaml': graphYaml('large', [
        ...Array.from({ length: 300 }, (_, node) => `${node} ${node + 1}`),
        '300',
      ]),
    },
    async (folder) => {
      const results = join(folder, 'results');
      const large = join(folder, 'large.yaml');
      const on = ['--on', 'processes'];
      const cases: [string[], RegExp][] = [
        [[KARATE, '--nodes-per-host', '2'], /--nodes-per-host, .* go with --on processes/],
        [[KARATE, '--processes', '2'], /go with --on processes/],
        [[KARATE, '--on', 'memory', '--retries', '2'], /go with --on processes/],
        [[KARATE, ...on, '--processes', '0'], /--processes .*integer from 1/],
        [[KARATE, ...on, '--nodes-per-host', '0'], /--nodes-per-host .*integer from 1/],
        [[KARATE, '--on', 'sockets'], /one of memory, processes/],
        [
          [large, ...on],
          /301 nodes with 1 a host are 301 processes; .*--processes P.*--nodes-per-host/,
        ],
        [
          [KARATE, ...on, ...SYNCHRONOUS_MEAN, '--algorithm', 'default,default_memory'],
          /karate-default-memory: in the schedule synchronous .*default_memory.*--on memory/,
        ],
      ];
      const before = childrenOf(process.pid);
      for (const [args, said] of cases) {
        const { code, stdout, stderr } = await gossip('run', ...args, '--results', results);
        assert.is(code, 2, args.join(' '));
        assert.is(stdout, '');
        assert.match(stderr, said);
        assert.equal(filesBelow(results), {});
        assert.equal(childrenOf(process.pid), before);
      }
    },
  ));

test('a host that is killed fails the command when no retry is left: exit 1, the host and the rounds named', () =>
  inMidRun(['--retries', '0'], async ({ ended, hosts, results }) => {
    process.kill(hosts[0], 'SIGKILL');
    const { code, stdout, stderr } = await ended;
    assert.is(code, 1, stderr);
    assert.is(stdout, '');
    assert.match(stderr, /rounds \d+ to \d+: the host of nodes \d+ to \d+ at 127\.0\.0\.1:\d+ was/);
    assert.not.match(stderr, /^ +at /m);
    const [, count] = /(\d+) of 400 runs are finished and kept/.exec(stderr) ?? [];
    const kept = Object.keys(filesBelow(results));
    // Of the run that failed there is nothing.
    assert.is(kept.filter((path) => path.endsWith('_run.json')).length, Number(count));
    assert.is(kept.filter((path) => path.endsWith('_summary.json')).length, Number(count));
    assert.not.ok(kept.some((path) => path.endsWith('/runs.csv')));
    const timings = kept.filter((path) => path.endsWith('/timings.csv'));
    assert.is(filesBelow(results)[timings[0]].trim().split('\n').length, Number(count) + 1);
  }));

test('Ctrl-C, which the hosts hear as well, leaves nothing behind and keeps what is finished', () =>
  inMidRun([], async ({ child, ended, hosts, results }) => {
    for (const pid of [...hosts, child.pid!]) process.kill(pid, 'SIGINT');
    const { code, stdout, stderr } = await ended;
    assert.is(code, 130, stderr);
    assert.is(stdout, '');
    assert.match(stderr, /interrupted; \d+ of 400 runs are finished and kept .*--seed 3 /);
    // It is no failure that would be played again.
    assert.not.match(stderr, /played again/);
    assert.not.ok(Object.keys(filesBelow(results)).some((path) => /runs\.csv|\.tmp$/.test(path)));
  }));

test('SIGTERM to the runner alone leaves nothing behind', () =>
  inMidRun([], async ({ child, ended }) => {
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    assert.is(code, 143, stderr);
  }));

test('hosts leave when their runner is killed', () =>
  inMidRun([], async ({ child, ended }) => {
    child.kill('SIGKILL');
    await ended;
  }));

test.run();
