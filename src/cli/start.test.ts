import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  filesBelow,
  gossip,
  graphYaml,
  inFolder,
  KARATE,
  simulationYaml,
} from './command.fixture.ts';

const STAR = ['3 5 7 9', '5', '7', '9'];
const FILES = {
  'plain.yaml': graphYaml('plain', STAR),
  'valued.yaml': graphYaml('valued', STAR, 'valueList: "8,6,7,5"'),
};

/** Plays one graph and gives the values before round 1 of each run, the manifest and what was said. */
async function started(file: keyof typeof FILES, ...args: string[]) {
  return inFolder(FILES, async (folder) => {
    const results = join(folder, 'results');
    const { code, stdout, stderr } = await gossip(
      ...[
        'run',
        join(folder, file),
        '--results',
        results,
        '--seed',
        '5',
        '--format',
        'csv',
        ...args,
      ],
    );
    assert.is(code, 0, stderr);
    const files = filesBelow(results);
    const histories = Object.keys(files).filter((path) => path.endsWith('_history.json'));
    const first = histories.map((path): number[] =>
      Object.values(JSON.parse(files[path])[0].nodes),
    );
    return { first, stdout, stderr };
  });
}

test('a valueList is used where nothing else is said', async () => {
  const { first, stderr } = await started('valued.yaml', '--repetitions', '1');
  assert.equal(first, [[8, 6, 7, 5]]);
  assert.not.match(stderr, 'valueList');
});

test('randomInitialization: true draws, and warns of the valueList', async () => {
  const { first, stderr } = await started(
    'valued.yaml',
    '--random-initialization',
    '--repetitions',
    '1',
  );
  assert.not.equal(first, [[8, 6, 7, 5]]);
  assert.match(
    stderr,
    'valued: its valueList is not used, since start is random (randomInitialization: true)',
  );
});

test('without a valueList values are drawn, or with randomInitialization: false the numbers', async () => {
  const drawn = await started('plain.yaml', '--repetitions', '6');
  assert.is(drawn.first.length, 6);
  assert.is(new Set(drawn.first.map(String)).size, 1, 'one draw for all runs');
  assert.ok(drawn.first[0].every((value) => Number.isInteger(value) && value >= 0 && value <= 100));
  assert.is(drawn.stderr.includes('valueList'), false);
  const numbers = await started(
    'plain.yaml',
    '--random-initialization',
    'false',
    '--repetitions',
    '1',
  );
  assert.equal(numbers.first, [[3, 5, 7, 9]]);
});

test('start says what nodes begin with, over valueList and randomInitialization', async () => {
  const { first, stderr } = await started(
    'valued.yaml',
    '--start',
    'numbers',
    '--repetitions',
    '1',
  );
  assert.equal(first, [[3, 5, 7, 9]]);
  assert.match(stderr, 'its valueList is not used, since start is numbers');
  const values = await started(
    ...([
      'valued.yaml',
      '--start',
      'values',
      '--random-initialization',
      '--repetitions',
      '1',
    ] as const),
  );
  assert.equal(values.first, [[8, 6, 7, 5]]);
});

test('a rumor begins at one node: by id, at the greatest degree, or drawn', async () => {
  const at = async (...args: string[]) =>
    (await started('plain.yaml', '--start', 'source', '--repetitions', '8', ...args)).first;
  assert.equal((await at('--source', '7'))[0], [1, 1, 0, 1]);
  assert.equal((await at('--source', 'max-degree'))[0], [0, 1, 1, 1]);
  assert.equal((await at('--source', '7', '--aggregate', 'maximum'))[0], [0, 0, 1, 0]);
  const drawn = await at();
  assert.ok(drawn.every((values) => values.filter((value) => value === 0).length === 1));
  assert.is(new Set(drawn.map(String)).size, 1);
});

test('redraw: run draws for each run', async () => {
  const { first } = await started('plain.yaml', '--redraw', 'run', '--repetitions', '6');
  assert.ok(new Set(first.map(String)).size > 1);
});

test('measures are rounded to 4 decimals up to 1,000 nodes, and then not at all', () => {
  const ring = (count: number) =>
    Array.from({ length: count }, (_, node) => `${node} ${(node + 1) % count}\n`).join('');
  return inFolder({ 'a.txt': ring(1000), 'b.txt': ring(1001) }, async (folder) => {
    const run = ['run', join(folder, 'a.txt'), join(folder, 'b.txt'), '--max-rounds', '1'];
    const decimals = async (...args: string[]) => {
      const results = join(folder, `results${args}`);
      const { code, stderr } = await gossip(
        ...[...run, '--results', results, '--repetitions', '1', '--history', 'none', ...args],
      );
      assert.is(code, 0, stderr);
      const files = filesBelow(results);
      const manifest = Object.keys(files).find((path) => path.endsWith('manifest.json'))!;
      const { graphs } = JSON.parse(files[manifest]);
      return graphs.map((graph: { measureDecimals: number | null }) => graph.measureDecimals);
    };
    assert.equal(await decimals(), [4, null]);
    assert.equal(await decimals('--measure-decimals', '6'), [6, 6]);
  });
});

test('it is said how many nodes pick uniformly because all their weights are 0', () => {
  // A star of 30: only its center lies on shortest paths, so the center sees leaves of betweenness 0 alone.
  const lines = [`0 ${Array.from({ length: 30 }, (_, leaf) => leaf + 1).join(' ')}`];
  for (let leaf = 1; leaf <= 30; leaf++) lines.push(String(leaf));
  return inFolder({ 'star.yaml': graphYaml('star', lines) }, async (folder) => {
    const args = ['run', join(folder, 'star.yaml'), '--results', join(folder, 'results')];
    const { code, stderr } = await gossip(
      ...[...args, '--algorithm', 'betweenness_weighted', '--weighting-param-a', '0'],
    );
    assert.is(code, 0, stderr);
    assert.match(stderr, 'star: all weights are 0 at 1 of 31 nodes, which pick uniformly');
    assert.not.match(stderr, 'favor');
  });
});

test('a run that did not say which side factor favors is told so', () =>
  inFolder({}, async (folder) => {
    const run = ['run', KARATE, '--results', folder, '--algorithm', 'weighted_factor'];
    const silent = await gossip(...run, '--repetitions', '1');
    assert.match(silent.stderr, 'favor is not given, so factor favors partners inside');
    for (const more of [
      ['--favor', 'inside'],
      ['--favor', 'outside'],
      ['--factor', '1'],
    ]) {
      assert.not.match((await gossip(...run, '--repetitions', '1', ...more)).stderr, 'favor');
    }
  }));

test('repetitions are 30 from flags and 1 from a Simulation; a flag wins over its field', () =>
  inFolder({ ...FILES, 'sim.yaml': simulationYaml('sim', 'seed: 11') }, async (folder) => {
    const rows = async (...args: string[]) => {
      const { code, stdout, stderr } = await gossip(
        ...['run', join(folder, 'valued.yaml'), '--format', 'csv', ...args],
        ...['--results', join(folder, 'results')],
      );
      assert.is(code, 0, stderr);
      return stdout.trim().split('\n').slice(1);
    };
    assert.is((await rows()).length, 30);
    const [only, ...none] = await rows(join(folder, 'sim.yaml'));
    assert.is(none.length, 0);
    assert.match(only, /^sim,valued,default,,,,1,1,11,/);
    const flags = ['--repetitions', '2', '--seed', '12', '--algorithm', 'default,default_memory'];
    const four = await rows(join(folder, 'sim.yaml'), ...flags);
    assert.equal(
      four.map((row) => row.split(',').slice(0, 9).join(',')),
      [
        'sim-default,valued,default,,,,1,1,12',
        'sim-default,valued,default,,,,1,2,12',
        'sim-default-memory,valued,default_memory,,0.5,,1,1,12',
        'sim-default-memory,valued,default_memory,,0.5,,1,2,12',
      ],
    );
  }));

test.run();
