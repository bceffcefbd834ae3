import { readFileSync } from 'node:fs';
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

/** A node more than is drawn. */
const STAR = ['0', ...Array.from({ length: 2000 }, (_, leaf) => `${leaf + 1} 0`)];

const isPicture = (path: string) => /\.(gexf|gif|png)$/.test(path);

/** The bytes of each file below a folder; not of timings, which always differ. */
function bytesBelow(folder: string): [path: string, bytes: string][] {
  const paths = Object.keys(filesBelow(folder)).filter((path) => !path.endsWith('timings.csv'));
  return paths.map((path) => [path, readFileSync(join(folder, path), 'base64')]);
}

test('pictures of a run: the same bytes from its manifest, also on processes', () =>
  inFolder({}, async (folder) => {
    const [once, again] = ['once', 'again'].map((name) => join(folder, name));
    const { code, stderr } = await gossip(
      ...['run', KARATE, '--algorithm', 'weighted_factor', '--favor', 'outside', '--seed', '3'],
      ...['--repetitions', '1', '--history', 'none', '--visualize', '--results', once],
    );
    assert.is(code, 0, stderr);
    const files = filesBelow(once);
    const manifest = Object.keys(files).find((path) => path.endsWith('manifest.json'))!;
    const [, row] = files[manifest.replace('manifest.json', 'runs.csv')].split('\n');
    const rounds = Number(row.split(',')[9]);
    assert.is(Object.keys(files).filter((path) => path.endsWith('.gexf')).length, rounds + 1);
    assert.is(Object.keys(files).filter(isPicture).length, rounds + 3);
    const processes = ['--on', 'processes', '--processes', '2', '--nodes-per-host', '20'];
    const repeated = await gossip(
      ...['run', '--from', join(once, manifest), '--results', again, ...processes],
    );
    assert.is(repeated.code, 0, repeated.stderr);
    const before = new Map(bytesBelow(once));
    const after = bytesBelow(again);
    assert.is(after.length, before.size);
    for (const [path, bytes] of after) assert.ok(bytes === before.get(path), path);
  }));

test('what is too large or takes too long is played, and what is left out is said once', () =>
  inFolder(
    {
      'graphs.yaml': [graphYaml('large', STAR), graphYaml('parts', ['0 1', '1', '2 3', '3'])].join(
        '---\n',
      ),
      'sim.yaml': simulationYaml(
        'sim',
        'visualize: true',
        'repetitions: 2',
        'maxRounds: 1001',
        'start: source',
        'source: 0',
      ),
    },
    async (folder) => {
      const results = join(folder, 'results');
      const paths = ['graphs.yaml', 'sim.yaml'].map((name) => join(folder, name));
      const { code, stderr } = await gossip(
        ...['run', ...paths, '--seed', '1', '--history', 'none', '--results', results],
      );
      assert.is(code, 0, stderr);
      const said = stderr.split('\n').filter((line) => /pictures|GEXF/.test(line));
      assert.is(said.length, 2, stderr);
      assert.match(said[0], /the graph large has 2001 nodes .* GEXF only/);
      assert.match(said[1], /runs on parts that took more than 1000 rounds have no GEXF/);
      const files = Object.keys(filesBelow(results));
      for (const path of files.filter(isPicture))
        assert.match(path, /large\/run-.\/rounds\/.*gexf$/);
      assert.ok(files.some(isPicture));
      assert.is(files.filter((path) => path.endsWith('_run.json')).length, 4);
    },
  ));

test('--visualize false wins over a Simulation, and a long name is refused', () =>
  inFolder(
    {
      'graph.yaml': graphYaml('g', ['0 1', '1']),
      'long.yaml': graphYaml(`${'long.'.repeat(48)}name`, ['0 1', '1']),
      'sim.yaml': simulationYaml('sim', 'visualize: true'),
    },
    async (folder) => {
      const results = join(folder, 'results');
      const [graph, long, sim] = ['graph', 'long', 'sim'].map((name) =>
        join(folder, `${name}.yaml`),
      );
      const { code, stderr } = await gossip(
        ...['run', graph, sim, '--visualize', 'false', '--results', results],
      );
      assert.is(code, 0, stderr);
      assert.equal(Object.keys(filesBelow(results)).filter(isPicture), []);
      const refused = await gossip('run', long, '--visualize', '--results', results);
      assert.is(refused.code, 2);
      assert.match(
        refused.stderr,
        /long\.yaml: visualize names files after the graph.*at most 239/,
      );
    },
  ));

test.run();
