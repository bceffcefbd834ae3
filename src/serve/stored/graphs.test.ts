import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../../graph/generators/index.ts';
import { type GraphSource, sourceHash } from '../../graph/index.ts';
import { betweenness, eigenvector } from '../../graph/measures/index.ts';
import { memoryStorage, ownObjects, publishedObjects } from '../../results/storage.fixture.ts';
import { type Manifest, parseManifest } from '../../runner/index.ts';
import { manifestKey, type Storage } from '../../storage/index.ts';
import { openStrategies } from '../../strategies/index.ts';
import { openReading } from './index.ts';
import { inResults, karate, playInto, reader, refused } from './reading.fixture.ts';

const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';

test('a graph, where its nodes lie, and the communities of the seed', () =>
  inResults(async (storage) => {
    const { plan } = await playInto(storage, 'community_based', { spec: { repetitions: 1 } });
    const source = await karate();
    const client = reader(storage);
    const request = { folder: plan.folder, graph: 'karate' };
    const [first, second] = await Promise.all([client.getGraph(request), client.getGraph(request)]);
    assert.equal(first, second);
    const { name, names, sources, targets, x, y, communities } = first.graph!;
    assert.is(name, 'karate');
    assert.equal(
      names,
      Array.from({ length: 34 }, (_, node) => `${node}`),
    );
    const { offsets, neighbors } = source.graph;
    const edges = sources.map((from, index) => [from, targets[index]]);
    const expected: number[][] = [];
    for (let node = 0; node < 34; node++) {
      for (const other of neighbors.subarray(offsets[node], offsets[node + 1])) {
        if (other > node) expected.push([node, other]);
      }
    }
    assert.equal(edges, expected);
    assert.is(edges.length, 78);
    assert.equal([x.length, y.length], [34, 34]);
    assert.ok([...x, ...y].every(Number.isFinite));
    assert.is(new Set(x).size, 34);

    const bytes = (await storage.get(manifestKey(plan.folder)))!;
    const manifest: Manifest = parseManifest(bytes, '');
    assert.is(communities.join(' '), manifest.graphs[0].communities);
  }));

test('the same graph lies the same under every seed and in every server', () =>
  inResults(async (storage) => {
    const places: (readonly number[])[] = [];
    for (const seed of [1, 2]) {
      const { plan } = await playInto(storage, 'default', { seed, spec: { repetitions: 1 } });
      const { graph } = await reader(storage).getGraph({ folder: plan.folder, graph: 'karate' });
      places.push([...graph!.x, ...graph!.y]);
    }
    assert.equal(places[0], places[1]);
  }));

test('communities are those that the seed of the simulation makes', () =>
  inResults(async (storage) => {
    const graphs = [sourceOf('ring', ring(200))];
    const drawn = new Set<string>();
    for (const seed of [1, 2]) {
      const asked = { graphs, seed, spec: { repetitions: 1 } };
      const { plan } = await playInto(storage, 'community_based', asked);
      const { folder } = plan;
      const { graph } = await reader(storage).getGraph({ folder, graph: 'ring' });
      const manifest = parseManifest((await storage.get(manifestKey(folder)))!, '');
      assert.is(graph!.communities.join(' '), manifest.graphs[0].communities);
      drawn.add(graph!.communities.join(' '));
    }
    assert.is(drawn.size, 2);
  }));

test('measures, in full precision', () =>
  inResults(async (storage) => {
    const { plan } = await playInto(storage, 'default', { spec: { repetitions: 1 } });
    const { graph } = await karate();
    const client = reader(storage);
    const request = { folder: plan.folder, graph: 'karate' };
    const valuesOf = async (measure: string) =>
      (await client.getMeasure({ ...request, measure })).values;
    assert.equal((await valuesOf('degree')).slice(0, 4), [16, 9, 10, 6]);
    assert.equal(await valuesOf('betweenness'), [...(await betweenness(graph)).scores]);
    assert.equal(await valuesOf('eigenvector'), [...eigenvector(graph).scores!]);
    const hubs = await valuesOf('hubScore');
    assert.ok(Math.abs(hubs.reduce((sum, value) => sum + value, 0) - 1) < 1e-9);
    for (const measure of ['', 'constructor', '<b>', 'degree ']) {
      const call = client.getMeasure({ ...request, measure });
      assert.match(await refused(call, Code.InvalidArgument), /must be degree or one of/);
    }
  }));

function sourceOf(name: string, graph: GraphSource['graph']): GraphSource {
  const shape = { labels: {}, graphType: 'undefined', valueList: null, properties: {} };
  return { name, graph, ...shape, adjacencyText: null, file: `${name}.txt`, warnings: [] };
}

test('a measure that a graph does not have is said in words', () =>
  inResults(async (storage) => {
    const graphs = [sourceOf('ring', ring(8))];
    const { plan } = await playInto(storage, 'default', { graphs, spec: { repetitions: 1 } });
    const call = reader(storage).getMeasure({
      ...{ folder: plan.folder, graph: 'ring', measure: 'hubScore' },
    });
    assert.match(await refused(call, Code.InvalidArgument), /hub score is not defined .*bipartite/);
  }));

test('names of nodes, and start values, that only nodes.csv and round 0 have', () =>
  inResults(async (storage) => {
    const labels = ['Bo', 'Al', '<b>"C,y"</b>', 'ß'];
    const source = { ...sourceOf('friends', { ...ring(4), labels }), valueList: '5,4,3,9' };
    const asked = { graphs: [source], spec: { repetitions: 1, randomInitialization: false } };
    const { plan } = await playInto(storage, 'default', asked);
    const { graph } = await reader(storage).getGraph({ folder: plan.folder, graph: 'friends' });
    assert.equal(graph!.names, labels);
  }));

test('a graph to be played on besides is the one that was played on', () =>
  inResults(async (storage) => {
    const { plan } = await playInto(storage, 'default', { spec: { repetitions: 1 } });
    const reading = openReading({
      ...{ storage, strategies: openStrategies(), graphs: new Map(), notice: () => {} },
      ended: () => 0,
      signal: new AbortController().signal,
    });
    const source = await reading.graphOf(plan.folder, 'karate');
    assert.is(sourceHash(source), sourceHash(await karate()));
    await refused(reading.graphOf(plan.folder, '../karate'), Code.InvalidArgument);
    await refused(reading.graphOf('..', 'karate'), Code.InvalidArgument);
  }));

test('a graph that results do not have is shown where it is at hand', () =>
  inResults(async (storage) => {
    const source = sourceOf('random', ring(60));
    const asked = { graphs: [source], spec: { repetitions: 1 } };
    const { plan } = await playInto(storage, 'default', asked);
    const request = { folder: plan.folder, graph: 'random' };
    // As where the text of the graph is too long for a summary.
    const bare: Storage = {
      ...storage,
      async get(key) {
        const bytes = await storage.get(key);
        if (bytes === null || !key.endsWith('_summary.json')) return bytes;
        const { adj_list: _, ...rest } = JSON.parse(new TextDecoder().decode(bytes));
        return new TextEncoder().encode(JSON.stringify(rest));
      },
    };
    for (const graphs of [new Map(), new Map([[sourceHash(await karate()), source]])]) {
      const call = reader(bare, { graphs }).getGraph(request);
      assert.match(
        await refused(call, Code.FailedPrecondition),
        /random cannot be rebuilt .* values of its file only in histories/,
      );
    }
    const graphs = new Map([[sourceHash(source), source]]);
    const { graph } = await reader(bare, { graphs }).getGraph(request);
    assert.is(graph!.sources.length, 60);
  }));

test('a graph of the published system', async () => {
  const client = reader(memoryStorage(publishedObjects(PUBLISHED)).storage);
  const { graph } = await client.getGraph({ folder: PUBLISHED, graph: 'holme-n10' });
  assert.is(graph!.names.length, 10);
  const request = { folder: PUBLISHED, graph: 'holme-n10', measure: 'degree' };
  const { values } = await client.getMeasure(request);
  assert.is(
    values.reduce((sum, value) => sum + value, 0),
    2 * graph!.sources.length,
  );
});

test('a graph that is too large to be shown is refused before it is read', async () => {
  for (const [nodes, edges] of [
    [50_001, 10],
    [10, 500_001],
  ]) {
    const { folder, objects } = ownObjects('own', ['a'], 1);
    const manifest = JSON.parse(objects[manifestKey(folder)]);
    manifest.graphs[0] = { ...manifest.graphs[0], nodes, edges };
    objects[manifestKey(folder)] = JSON.stringify(manifest);
    const { storage, read } = memoryStorage(objects);
    const call = reader(storage).getGraph({ folder, graph: 'a' });
    assert.match(await refused(call, Code.ResourceExhausted), /up to 50000 nodes and 500000 edges/);
    assert.not(read.some((key) => key.endsWith('_summary.json')));
  }
});

test('no run is finished yet', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 3, 0);
  const call = reader(memoryStorage(objects).storage).getGraph({ folder, graph: 'a' });
  assert.match(await refused(call, Code.FailedPrecondition), /no run of own-\S+ is finished yet/);
});

test.run();
