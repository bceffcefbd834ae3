import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { publishedObjects } from '../results/storage.fixture.ts';
import { filesBelow, gossip, graphYaml, inFolder, simulationYaml } from './command.fixture.ts';

const FILES = {
  'values.yaml': graphYaml(
    'values',
    ['0 1', '1 2', '2 3', '3 4', '4 0'],
    'valueList: "5,4,3,2,1"',
    'graphType: ring',
    'graphProperties: {density: "0.5", n: 5}',
  ),
  'plain.yaml': graphYaml('plain', ['7 1', '1', '2 7', '3 7', '10 7']),
  'sim.yaml': simulationYaml(
    'sim',
    'algorithm: weighted_factor_memory',
    'repetitions: 4',
    'randomInitialization: false',
    'factor: [1.5, 3]',
    'favor: inside',
  ),
};
const STRATEGY = `export default {
  summary: 'by degree', measures: ['degree'], parameters: {},
  weigh(view, parameters, out) { for (let i = 0; i < view.degree; i++) out[i] = view.measures.degree[i]; } };`;

async function play(folder: string, ...args: string[]): Promise<string> {
  const results = join(folder, 'results');
  const { code, stderr } = await gossip('run', ...args, '--seed', '3', '--results', results);
  assert.is(code, 0, stderr);
  return results;
}

const playFiles = (folder: string, ...more: string[]) =>
  play(folder, ...Object.keys(FILES).map((name) => join(folder, name)), ...more);

/** Verifies and gives the lines that were printed. */
async function verified(expectedCode: number, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await gossip('verify', ...args);
  assert.is(code, expectedCode, stdout + stderr);
  return stdout.trimEnd().split('\n');
}

/** The path of an object, and a change of it. */
function spoil(results: string, pattern: RegExp, change: (text: string) => string): string {
  const [path, text] = Object.entries(filesBelow(results)).find(([key]) => pattern.test(key))!;
  assert.is.not(change(text), text);
  writeFileSync(join(results, path), change(text));
  return path;
}

test('runs that are as they were played are equal: a sample, all, one simulation', () =>
  inFolder(FILES, async (folder) => {
    const results = await playFiles(folder);
    assert.equal(await verified(0, results), ['16 of 16 equal']);
    assert.equal(await verified(0, results, '--sample', '5', '--seed', '1'), ['5 of 5 equal']);
    const [manifest] = Object.keys(filesBelow(results)).filter((path) => /manifest/.test(path));
    const one = join(results, manifest, '..');
    assert.equal(await verified(0, one, '--sample', '2'), ['2 of 2 equal']);
  }));

test('the first difference is shown, by object, round and node, with both values', () =>
  inFolder(FILES, async (folder) => {
    const results = await playFiles(folder);
    const history = spoil(results, /values\/exec-2\/run-3\/.*history/, (text) =>
      text.replace(/("round_num": 1,[^}]*"3": )\d+/, '$177'),
    );
    // What came of the rounds is spoiled, too, and says less.
    spoil(results, /values\/exec-2\/run-3\/.*(summary|run)\.json/, (text) => `${text} `);
    const lines = await verified(1, results);
    assert.is(lines.length, 2);
    assert.match(lines[0], new RegExp(`^${history}, round 1, node 3: stored 77, played \\d$`));
    assert.is(lines[1], '15 of 16 equal');
  }));

test('whatever a run left is compared: its summary, its row, its line of runs.csv', () =>
  inFolder(FILES, async (folder) => {
    const results = await playFiles(folder, '--history', 'changes');
    const at = (place: string) => new RegExp(`plain/${place}`);
    const rounds = (text: string) => text.replace(/"num_rounds": \d+/, '"num_rounds": 99');
    const summary = spoil(results, at('exec-1/run-1/sim_summary'), rounds);
    const row = spoil(results, at('exec-1/run-2/sim_run'), (text) =>
      text.replace(/"useful": \d+/, '"useful": 98'),
    );
    const changes = spoil(results, at('exec-1/run-3/sim_changes'), () => '');
    const table = spoil(results, /runs\.csv/, (text) =>
      text.replace(/\nsim,values.*\n/, '\nsim\n'),
    );
    const missing = Object.keys(filesBelow(results)).find((path) =>
      at('exec-1/run-4/sim_summary').test(path),
    )!;
    rmSync(join(results, missing));
    const lines = await verified(1, results);
    const expected = [
      [changes, 'stored nothing'],
      [missing, 'stored nothing'],
      [row, 'field useful: stored 98, played'],
      [summary, 'field num_rounds: stored 99, played'],
      [table, 'line 10: stored "sim'],
    ];
    for (const [path, words] of expected) {
      assert.ok(
        lines.some((line) => line.startsWith(path) && line.includes(words)),
        words,
      );
    }
    assert.is(lines.length, 6);
    assert.is(lines.at(-1), '11 of 16 equal');
  }));

test('pictures are compared, too', () =>
  inFolder(FILES, async (folder) => {
    const results = await play(
      folder,
      join(folder, 'plain.yaml'),
      '--repetitions',
      '2',
      '--visualize',
    );
    assert.equal(await verified(0, results), ['2 of 2 equal']);
    const drawn = spoil(results, /run-1\/.*round-1\.gexf/, (text) =>
      text.replace('value="', 'value="9'),
    );
    const lines = await verified(1, results);
    assert.is(lines.length, 2);
    assert.ok(lines[0].startsWith(`${drawn}, line `), lines[0]);
  }));

test('graphs are rebuilt from the results, wherever these are; a changed file does no harm', () =>
  inFolder(
    { ...FILES, 'friends.txt': 'Ann "Bob, B"\n"Bob, B" Cid\nCid Dan\nAnn Dan\n' },
    async (folder) => {
      for (const history of ['rounds', 'changes']) {
        await playFiles(folder, '--history', history, '--name', `n-${history}`);
      }
      const results = await play(folder, join(folder, 'friends.txt'), '--repetitions', '2');
      for (const name of ['values.yaml', 'plain.yaml', 'friends.txt']) rmSync(join(folder, name));
      const away = join(folder, 'away');
      renameSync(results, away);
      assert.equal(await verified(0, away, '--sample', '100'), ['34 of 34 equal']);
    },
  ));

test('graphs that cannot be rebuilt are read where the manifest says, or where they are named', () =>
  inFolder(FILES, async (folder) => {
    // Without histories nobody knows what the nodes began with.
    const results = await playFiles(folder, '--history', 'none');
    assert.equal(await verified(0, results), ['16 of 16 equal']);
    renameSync(join(folder, 'values.yaml'), join(folder, 'moved.yaml'));
    const { code, stderr } = await gossip('verify', results);
    assert.is(code, 2);
    assert.match(stderr, /the graph values of sim-\w+ cannot be rebuilt.*values\.yaml/);
    const moved = [join(folder, 'moved.yaml'), join(folder, 'plain.yaml')];
    assert.equal(await verified(0, results, ...moved), ['16 of 16 equal']);
    writeFileSync(moved[0], FILES['values.yaml'].replace('5,4', '4,5'));
    const edited = await gossip('verify', results, ...moved);
    assert.is(edited.code, 2);
    assert.match(edited.stderr, 'SHA-256');
  }));

test('a strategy is run only where its folder is named: results may come from others', () =>
  inFolder({ ...FILES, 'mine/by_degree.js': STRATEGY }, async (folder) => {
    const mine = ['--strategies', join(folder, 'mine')];
    const graph = join(folder, 'plain.yaml');
    const results = await play(folder, graph, '--algorithm', 'by_degree', ...mine);
    const { code, stderr } = await gossip('verify', results);
    assert.is(code, 2);
    assert.match(stderr, /by_degree is a strategy of its author's own.*--strategies/);
    assert.equal(await verified(0, results, '--sample', '3', ...mine), ['3 of 3 equal']);
  }));

test('an edited manifest, no seed and no run are said', () =>
  inFolder(FILES, async (folder) => {
    const results = await playFiles(folder);
    const published = Object.entries(publishedObjects('sim-wf-18946627')).map(
      ([key, text]) => [`published/${key}`, text] as const,
    );
    await inFolder(Object.fromEntries(published), async (other) => {
      const { code, stderr } = await gossip('verify', join(other, 'published'));
      assert.is(code, 2);
      assert.match(stderr, 'unknown seed');
      assert.match(stderr, 'no finished run');
    });
    spoil(results, /manifest/, (text) => text.replace(/"seed": 3/g, '"seed": 4'));
    const { code, stderr } = await gossip('verify', results);
    assert.is(code, 2);
    assert.match(stderr, /manifest\.json: its id \w+ does not fit its content/);
  }));

test.run();
