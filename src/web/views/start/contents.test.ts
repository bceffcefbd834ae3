import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { contentsOf } from './contents.ts';
import { graphOptions, graphOrFirst, missingGraphs } from './graph-options.ts';

function look(name: string, text: string, size = text.length) {
  return contentsOf({ name, size, text: async () => text });
}

const graph = (name: string) =>
  `apiVersion: gossip.io/v1\nkind: Graph\nmetadata: { name: ${name} }\nspec: {}\n`;
const simulation = (name: string, labels: string) =>
  `apiVersion: gossip.io/v1\nkind: Simulation\nmetadata: { name: ${name} }\nspec:\n  graphSelector: { matchLabels: ${labels} }\n`;

test('what is in a YAML file', async () => {
  const text = [
    graph('ring'),
    simulation('a', '{ name: karate }'),
    simulation('b', '{ series: x }'),
    'kind: Pod\n',
  ].join('---\n');
  assert.equal(await look('all.YAML', text), {
    graphs: ['ring'],
    simulations: [
      { name: 'a', graph: 'karate' },
      { name: 'b', graph: '' },
    ],
  });
});

test('a graph of another format has the name of its file', async () => {
  for (const name of ['P2P_08.txt', 'p2p-08.csv.gz', 'p2p.08.graphml', 'p2p 08.ADJLIST']) {
    const { graphs } = await look(name, 'whatever');
    assert.match(graphs[0], /^p2p[-.]08$/);
  }
  assert.ok((await look('___.txt', '')).problem);
});

test('what is no graph and no Simulation is said', async () => {
  assert.match((await look('cat.png', '')).problem!, 'names no format');
  assert.match((await look('bad.yaml', 'a: 1\nb: [\n')).problem!, /^line \d+: this is not YAML/);
  assert.match((await look('big.yaml', '', 5e6)).problem!, 'is large');
});

test('whatever a file holds, looking into it does no harm', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('a.yaml', 'a.json'),
      fc.string({ unit: 'binary' }),
      async (name, text) => {
        const { graphs, simulations } = await look(name, text);
        assert.equal([graphs, simulations], [[], []]);
      },
    ),
  ));

test('kinds and names that are no text are none', async () => {
  const odd = 'apiVersion: gossip.io/v1\nkind: Graph\nmetadata: { name: [1] }\n';
  assert.equal((await look('a.yaml', odd)).graphs, ['']);
  assert.equal((await look('a.yaml', 'apiVersion: gossip.io/v1\nkind: Simulation\n')).simulations, [
    { name: '', graph: '' },
  ]);
});

test('graphs that Simulations name and no file has are found among the examples and the stored', async () => {
  const contents = [
    await look(
      'a.yaml',
      `${simulation('a', '{ name: karate }')}---\n${simulation('b', '{ name: ring }')}`,
    ),
    await look(
      'b.yaml',
      `${simulation('c', '{ name: star }')}---\n${simulation('d', '{ name: none }')}`,
    ),
    await look('ring.txt', ''),
  ];
  const stored = (folder: string, timestamp: string, ...graphs: string[]) => ({
    folder,
    graphs,
    timestamp,
    hasManifest: true,
  });
  const options = graphOptions([{ name: 'karate' }], contents, [
    stored('old-1', '2026-01-01-00-00-00', 'star', 'karate'),
    stored('new-2', '2026-02-01-00-00-00', 'star'),
    { ...stored('published', '2026-03-01-00-00-00', 'star'), hasManifest: false },
  ]);
  assert.equal(options.files, [{ kind: 'file', name: 'ring' }]);
  assert.equal(missingGraphs(contents, options), [
    { kind: 'example', name: 'karate' },
    { kind: 'stored', folder: 'new-2', name: 'star' },
  ]);
});

test('a graph of a file that was put away is chosen no more', () => {
  const file = { kind: 'file', name: 'ring' } as const;
  const example = { kind: 'example', name: 'karate' } as const;
  const options = { files: [file], examples: [example], stored: [] };
  assert.is(graphOrFirst(file, options), file);
  assert.is(graphOrFirst(example, options), example);
  assert.is(graphOrFirst(null, options), file);
  assert.is(graphOrFirst(file, { ...options, files: [] }), example);
  assert.is(graphOrFirst(null, { files: [], examples: [], stored: [] }), null);
});

test.run();
