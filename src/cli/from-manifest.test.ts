import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filesBelow, gossip, graphYaml, inFolder, simulationYaml } from './command.fixture.ts';

const GRAPHS = {
  'a.yaml': graphYaml('ring', ['0 1', '1 2', '2 3', '3 4', '4 0'], 'valueList: "5,4,3,2,1"'),
  'b.yaml': graphYaml('star', ['7 1', '1', '2 7', '3 7', '10 7']),
};
const STRATEGY = `export default {
  summary: 'by degree', measures: ['degree'],
  parameters: { power: { type: 'number', description: 'the exponent', default: 1, minimum: 0 } },
  weigh(view, { power }, out) { for (let i = 0; i < view.degree; i++) out[i] = view.measures.degree[i] ** power; } };`;
const FILES = {
  ...GRAPHS,
  'sim.yaml': simulationYaml(
    'sim',
    'algorithm: by_degree_memory',
    'repetitions: 2',
    'priorPartnerFactor: [0.5, 0.25]',
    'parameters: {power: [1, 2]}',
    'simulationProperties: {z: "1", a: "2"}',
  ),
  'mine/by_degree.js': STRATEGY,
};

/** Plays FILES and gives the manifest's path beside all that was written. */
async function played(
  folder: string,
): Promise<{ manifest: string; files: Record<string, string> }> {
  const results = join(folder, 'results');
  const paths = ['a.yaml', 'b.yaml', 'sim.yaml'].map((name) => join(folder, name));
  const { code, stderr } = await gossip(
    ...['run', ...paths, '--strategies', join(folder, 'mine'), '--results', results],
  );
  assert.is(code, 0, stderr);
  const files = filesBelow(results);
  const manifest = Object.keys(files).find((path) => path.endsWith('manifest.json'))!;
  return { manifest: join(results, manifest), files };
}

test('--from a manifest writes every object again, byte for byte', () =>
  inFolder(FILES, async (folder) => {
    const { manifest, files } = await played(folder);
    const again = join(folder, 'again');
    const { code, stderr } = await gossip('run', '--from', manifest, '--results', again);
    assert.is(code, 0, stderr);
    const repeated = filesBelow(again);
    assert.equal(Object.keys(repeated), Object.keys(files));
    assert.equal(
      Object.keys(files).filter((path) => repeated[path] !== files[path]),
      [],
    );
  }));

test('--from goes on where the simulation was, and takes graphs from elsewhere', () =>
  inFolder(
    { ...FILES, 'elsewhere/all.yaml': `${GRAPHS['b.yaml']}---\n${GRAPHS['a.yaml']}` },
    async (folder) => {
      const { manifest, files } = await played(folder);
      writeFileSync(join(folder, 'a.yaml'), 'gone: true');
      const { code, stderr } = await gossip(
        ...['run', '--from', manifest, '--results', join(folder, 'results')],
        ...[join(folder, 'elsewhere')],
      );
      assert.is(code, 0, stderr);
      assert.match(stderr, '16 of 16 runs were there already');
      assert.equal(filesBelow(join(folder, 'results')), files);
    },
  ));

/** A test that --from is refused after something was changed. */
function refuses(
  what: string,
  change: (folder: string, manifest: string) => string[] | undefined,
  ...words: string[]
) {
  test(`--from is refused ${what}`, () =>
    inFolder(FILES, async (folder) => {
      const { manifest } = await played(folder);
      const more = change(folder, manifest) ?? [];
      const results = join(folder, 'again');
      const { code, stderr } = await gossip(
        'run',
        '--from',
        manifest,
        '--results',
        results,
        ...more,
      );
      assert.is(code, 2, stderr);
      for (const word of words) assert.match(stderr, word);
      assert.equal(Object.keys(filesBelow(results)), []);
    }));
}

function edit(file: string, from: string, to: string) {
  return (folder: string) =>
    void writeFileSync(join(folder, file), FILES[file as keyof typeof FILES].replace(from, to));
}

refuses('where a graph was edited', edit('b.yaml', '2 7', '2 7 3'), 'b.yaml', 'star', 'SHA-256');
refuses(
  'where start values were edited',
  edit('a.yaml', '5,4', '4,5'),
  'a.yaml',
  'ring',
  'SHA-256',
);
refuses('where a graph has gone', edit('b.yaml', 'name: star', 'name: sun'), 'star', 'b.yaml');
refuses('beside a flag of another simulation', () => ['--seed', '3'], '--seed', '--from');
refuses(
  'where the manifest is not JSON',
  (_, manifest) => void writeFileSync(manifest, 'no'),
  'manifest.json',
);
refuses(
  'where the manifest has an unknown field',
  (_, manifest) => void writeFileSync(manifest, '{"format": 1}'),
  'manifest.json',
  'versions',
);
refuses(
  'where the strategy was edited',
  (folder) => {
    // A runtime loads a module once, so the edited one is another file of the same name.
    return ['--strategies', editedStrategy(folder)];
  },
  'by_degree.js',
  'SHA-256',
);

refuses(
  'where the strategy was edited, before it is run',
  (folder) =>
    void writeFileSync(join(folder, 'mine/by_degree.js'), "throw new Error('it was run');"),
  'by_degree.js',
  'SHA-256',
);

function editedStrategy(folder: string): string {
  const file = join(folder, 'by_degree.js');
  writeFileSync(file, STRATEGY.replace('by degree', 'by the degree'));
  return folder;
}

test.run();
