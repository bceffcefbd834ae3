import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clusterFixture } from './cluster.fixture.ts';
import { GRAPH } from './kinds.ts';
import { readGraphs } from './read-graphs.ts';

function cluster(graphs: Readonly<Record<string, { labels?: object; spec?: object }>>) {
  const all = clusterFixture();
  for (const [name, { labels = {}, spec = { adjacencyList: ['0 1', '1'] } }] of Object.entries(
    graphs,
  ))
    all.put(GRAPH, { metadata: { name, namespace: 'n', labels }, spec } as object);
  return all;
}

const namesOf = async (all: ReturnType<typeof cluster>, labels: Record<string, string>) =>
  (await readGraphs(all, 'n', labels)).graphs.map(({ name }) => name);

async function refused(all: ReturnType<typeof cluster>): Promise<string> {
  try {
    await readGraphs(all, 'n', { series: 's' });
  } catch (error) {
    assert.is((error as Error).name, 'GossipError');
    return (error as Error).message;
  }
  return 'it was read';
}

test('graphs are selected by labels, in the order of their names', async () => {
  const labels = { series: 's' };
  const all = cluster({
    b: { labels },
    c: {},
    a: { labels },
    'a.b': { labels: { ...labels, x: 'y' } },
  });
  assert.equal(await namesOf(all, labels), ['a', 'a.b', 'b']);
  assert.equal(await namesOf(all, { ...labels, x: 'y' }), ['a.b']);
  assert.equal(await namesOf(all, { series: 'no label!' }), []);
});

test('name is a name, or a label; other labels must be there too', async () => {
  const all = cluster({ a: { labels: { series: 's' } }, b: { labels: { name: 'a' } }, c: {} });
  assert.equal(await namesOf(all, { name: 'a' }), ['a', 'b']);
  assert.equal(await namesOf(all, { name: 'a', series: 's' }), ['a']);
  assert.equal(await namesOf(all, { name: 'a', series: 't' }), []);
  assert.equal(await namesOf(all, { name: '../a' }), []);
});

test('a graph that is only stored is told apart', async () => {
  const labels = { series: 's' };
  const source = { object: 'graphs/big.txt', nodes: 9 };
  const { graphs, stored } = await readGraphs(
    cluster({ a: { labels, spec: { source } } }),
    'n',
    labels,
  );
  assert.equal([graphs.length, stored[0].name, stored[0].nodes], [0, 'a', 9]);
});

test('a Graph that is none is refused by name and field; so are too many, and too much', async () => {
  const labels = { series: 's' };
  const bad = { labels, spec: { adjacencyList: ['0 x'] } };
  assert.match(await refused(cluster({ a: bad })), /^Graph a: spec\.adjacencyList\[0\]/);
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`g${i}`, { labels }]));
  assert.match(await refused(cluster(many)), /^spec\.graphSelector matches 1001 graphs/);
  const large = { labels, spec: { adjacencyList: ['0 1', `1${' '.repeat(2 ** 26)}`] } };
  assert.match(await refused(cluster({ a: large })), /larger than 64 MiB/);
});

test.run();
