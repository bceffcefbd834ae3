import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gossip, KARATE } from './command.fixture.ts';

const ON_KUBERNETES = ['plan', KARATE, '--seed', '1', '--on', 'kubernetes'];

/** The line of a table that begins with a word. */
function lineOf(stdout: string, what: string): string {
  return stdout.split('\n').find((line) => line.startsWith(what)) ?? '';
}

test('a plan says what runs in memory will need, and plays none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-plan-'));
  try {
    const { code, stdout, stderr } = await gossip(
      'plan',
      KARATE,
      '--results',
      join(folder, 'results'),
    );
    assert.is(code, 0);
    assert.is(stderr, '');
    assert.match(stdout, /^karate-default: 30 runs on a graph of 34 nodes, in memory$/m);
    assert.match(lineOf(stdout, 'results'), / 93 objects /);
    assert.match(lineOf(stdout, 'rounds'), / as 3 runs took that were tried in memory$/);
    assert.match(lineOf(stdout, 'time'), / s /);
    assert.match(stdout, /^It fits\.$/m);
    assert.equal(readdirSync(folder), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the objects that it tells of are those that a run leaves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-plan-'));
  try {
    const rows = [
      [],
      ['--repetitions', '1', '--history', 'none'],
      [
        '--algorithm',
        'weighted_factor',
        '--favor',
        'inside',
        '--factor',
        '1,2',
        '--repetitions',
        '3',
      ],
    ];
    for (const [index, flags] of rows.entries()) {
      const results = join(folder, String(index));
      const { stdout } = await gossip('plan', KARATE, '--seed', '1', '--format', 'json', ...flags);
      const [{ results: planned }] = JSON.parse(stdout).simulations;
      await gossip('run', KARATE, '--seed', '1', '--results', results, ...flags);
      const files = readdirSync(results, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      assert.is(planned.objects, files.length, flags.join(' '));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('on Kubernetes it counts pods, and says what does not fit', async () => {
  const fits = await gossip(...ON_KUBERNETES, '--nodes-per-host', '10');
  assert.is(fits.code, 0);
  assert.match(lineOf(fits.stdout, 'hosts'), / 4 pods {2}10 nodes each; /);
  assert.match(
    lineOf(fits.stdout, 'API objects'),
    /5 Pods, 2 Jobs, 1 Service, 1 EndpointSlice, 1 Secret, 1 NetworkPolicy$/,
  );
  const tooMany = await gossip(...ON_KUBERNETES, '--most-pods', '20');
  assert.is(tooMany.code, 2);
  assert.match(
    tooMany.stdout,
    /^Does not fit: it needs 35 pods, and there is room for 20 pods: give nodesPerHost: 2 or more\.$/m,
  );
  assert.is((await gossip(...ON_KUBERNETES, '--most-pods', '20', '--nodes-per-host', '2')).code, 0);
  assert.is((await gossip(...ON_KUBERNETES, '--memory', '100Mi')).code, 2);
  assert.is((await gossip(...ON_KUBERNETES, '--cpu', '0.1')).code, 2);
});

test("a Simulation's own deployment counts, and flags win over it", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-plan-'));
  try {
    const file = join(folder, 'simulation.yaml');
    const spec = '{ graphSelector: { matchLabels: { name: karate } }, nodesPerHost: 17 }';
    writeFileSync(
      file,
      `apiVersion: gossip.io/v1\nkind: Simulation\nmetadata: { name: s }\nspec: ${spec}\n`,
    );
    const hosts = async (...flags: string[]) =>
      lineOf((await gossip(...ON_KUBERNETES, file, ...flags)).stdout, 'hosts');
    assert.match(await hosts(), / 2 pods /);
    assert.match(await hosts('--nodes-per-host', '1'), / 34 pods /);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('on processes it counts these', async () => {
  const { code, stdout } = await gossip('plan', KARATE, '--on', 'processes', '--processes', '4');
  assert.is(code, 0);
  assert.match(lineOf(stdout, 'processes'), / 4 /);
  assert.is((await gossip('plan', KARATE, '--on', 'processes', '--memory', '1Mi')).code, 2);
});

test('flags that say nothing of a plan are refused', async () => {
  const rows: [string[], RegExp][] = [
    [[], /no graph was given/],
    [[KARATE, '--resume'], /--resume goes with gossip run/],
    [[KARATE, '--format', 'csv'], /--format csv goes with gossip run/],
    [[KARATE, '--most-pods', '3'], /--most-pods goes with --on kubernetes/],
    [[KARATE, '--machines', '3'], /--machines goes with --on kubernetes/],
    [[KARATE, '--cpu', '3'], /--cpu goes with --on kubernetes/],
    [[KARATE, '--deployment', 'memory'], /--deployment goes with --on kubernetes/],
    [[KARATE, '--memory', 'much'], /such as 500M or 16Gi/],
    [
      [KARATE, '--on', 'kubernetes', '--processes', '3'],
      /--processes does not go with --on kubernetes/,
    ],
    [[KARATE, '--algorithm', 'nobody'], /nobody/],
  ];
  for (const [args, words] of rows) {
    const { code, stderr } = await gossip('plan', ...args);
    assert.is(code, 2, args.join(' '));
    assert.match(stderr, words);
  }
});

test.run();
