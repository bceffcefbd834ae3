import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Aggregate, Memory, Schedule } from '../../gen/gossip/v1/host_pb.ts';
import { memoryStorage, ownObjects, publishedObjects } from '../../results/storage.fixture.ts';
import { type ReportRow, report, simulationSpec } from '../../runner/index.ts';
import { manifestKey, runsCsvKey } from '../../storage/index.ts';
import { openStrategies } from '../../strategies/index.ts';
import { inResults, playInto, reader, refused } from './reading.fixture.ts';

const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';

/** What a report says of runs on one graph, as the service says it. */
function told(row: ReportRow, graph: string, execution: number) {
  const { interval } = row;
  return {
    ...{ graph, execution, runs: row.runs, converged: row.converged },
    mean: row.meanRounds ?? undefined,
    interval: interval === null ? undefined : { low: interval.low, high: interval.high },
    median: row.medianRounds ?? undefined,
    t99: row.t99 ?? undefined,
    maxLoad: row.maxLoad,
  };
}

/** A message without what only messages have. */
function plain(message: object): object {
  return JSON.parse(
    JSON.stringify(message, (name, value) => (name.startsWith('$') ? undefined : value)),
  );
}

test('a simulation, its runs and what they say together are as gossip run has them', () =>
  inResults(async (storage) => {
    const finished = await playInto(storage, 'weighted_factor_memory', {
      spec: { factor: [1.5, 3], favor: 'outside', priorPartnerFactor: [0.5] },
    });
    const { plan, rows } = finished;
    const client = reader(storage);
    const { simulations, problems, nextPageToken } = await client.listSimulations({});
    assert.equal([simulations.length, problems, nextPageToken], [1, [], '']);
    const [listed] = simulations;
    assert.equal(
      [listed.folder, listed.name, listed.id, listed.algorithm, listed.seed, listed.timestamp],
      [plan.folder, plan.name, plan.id, 'weighted_factor_memory', 7n, '2026-11-23-01-02-03'],
    );
    assert.equal([listed.graphs, listed.finished, listed.runs], [['karate'], 12, 12]);
    assert.equal(
      [listed.hasManifest, listed.aggregate, listed.schedule],
      [true, Aggregate.MINIMUM, Schedule.ASCENDING],
    );

    const { folder } = plan;
    const got = await client.getSimulation({ folder });
    assert.equal(got.simulation, listed);
    assert.equal(got.manifest, new TextDecoder().decode((await storage.get(manifestKey(folder)))!));
    const { sha256 } = plan.graphs[0];
    assert.equal(got.graphs.map(plain), [{ name: 'karate', nodes: 34, edges: 78, sha256 }]);
    assert.equal(
      got.executions.map(({ execution, parameters }) => `${execution} ${parameters}`),
      [1, 2].map((n) => `${n} factor=${n * 1.5} priorPartnerFactor=0.5 favor=outside`),
    );
    const expected = report([finished]).map((row, index) => told(row, 'karate', index + 1));
    assert.equal(got.summaries.map(plain), expected.map(plain));
    assert.ok(got.summaries[0].interval!.low < got.summaries[0].mean!);

    const { runs } = await client.listRuns({ folder });
    assert.is(runs.length, rows.length);
    for (const [index, row] of rows.entries()) {
      const { graph, execution, run, rounds, converged, value, exchanges, useful } = runs[index];
      assert.equal([graph, execution, run], [row.graph, row.execution, row.run]);
      assert.equal([rounds, converged, value], [row.num_rounds, row.converged, row.value]);
      assert.equal([Number(exchanges), Number(useful)], [row.exchanges, row.useful]);
      const { t50, t90, t99, maxLoad } = runs[index];
      assert.equal([t50, t90, t99, maxLoad], [row.t50, row.t90, row.t99, row.max_load]);
    }
  }));

test('runs come in pages, of a graph and an execution where they are asked for', async () => {
  const { folder, objects } = ownObjects('own', ['b', 'a'], 25);
  const client = reader(memoryStorage(objects).storage);
  const read: string[] = [];
  const sizes: number[] = [];
  let pageToken = '';
  do {
    const page = await client.listRuns({ folder, pageSize: 10, pageToken });
    sizes.push(page.runs.length);
    read.push(...page.runs.map(({ graph, run }) => `${graph} ${run}`));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  const of = (graph: string) => Array.from({ length: 25 }, (_, i) => `${graph} ${i + 1}`);
  assert.equal(
    [sizes, read],
    [
      [10, 10, 10, 10, 10],
      [...of('b'), ...of('a')],
    ],
  );

  const { runs } = await client.listRuns({ folder, graph: 'a', execution: 1 });
  assert.equal(
    runs.map(({ graph, run }) => `${graph} ${run}`),
    of('a'),
  );
  assert.equal((await client.listRuns({ folder, execution: 2 })).runs, []);
  assert.match(
    await refused(client.listRuns({ folder, graph: 'c' }), Code.NotFound),
    /no graph c in own/,
  );
});

test('runs that were finished between two pages are not given twice', async () => {
  const all = ownObjects('own', ['a', 'b'], 4);
  const { storage, held } = memoryStorage(all.objects);
  const later = [...held].filter(([key]) => /\/a\/run-[12]\//.test(key));
  for (const [key] of later) held.delete(key);
  const { folder } = all;
  const first = await reader(storage).listRuns({ folder, pageSize: 3 });
  for (const [key, bytes] of later) held.set(key, bytes);
  const second = await reader(storage).listRuns({ folder, pageToken: first.nextPageToken });
  assert.equal(
    [...first.runs, ...second.runs].map(({ graph, run }) => graph + run),
    ['a3', 'a4', 'b1', 'b2', 'b3', 'b4'],
  );
});

test('simulations come in pages in the order of their folders, whatever else there is', async () => {
  const objects: Record<string, string> = { 'a-file': '', 'empty/notes.txt': 'nothing' };
  const folders: string[] = [];
  for (let number = 0; number < 12; number++) {
    const own = ownObjects(`sim${number}`, ['a'], 2);
    Object.assign(objects, own.objects);
    folders.push(own.folder);
  }
  const { storage, held } = memoryStorage(objects);
  const client = reader(storage);
  const read: string[] = [];
  let pageToken = '';
  do {
    const page = await client.listSimulations({ pageSize: 5, pageToken });
    assert.ok(page.simulations.length <= 5);
    read.push(...page.simulations.map(({ folder }) => folder));
    pageToken = page.nextPageToken;
    // A simulation that goes does not move the page after it.
    for (const key of [...held.keys()]) if (key.startsWith(`${read[0]}/`)) held.delete(key);
  } while (pageToken !== '');
  assert.equal(read, folders.sort());
});

test('a manifest that says anything spoils neither the list nor what others see', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 2);
  const manifest = JSON.parse(objects[manifestKey(folder)]);
  const broken: Record<string, string> = {
    'x-nothing': '',
    'x-half': '{"format":1',
    'x-markup': '<script>alert(1)</script>',
    'x-version': JSON.stringify({ ...manifest, format: 2 }),
    'x-odd': JSON.stringify({
      ...manifest,
      ...{ simulation: '<b>\ud800', id: '../..', timestamp: '\u0000', seed: 2 ** 53 - 1 },
      spec: { ...manifest.spec, repetitions: 1e6 },
      executions: Array.from({ length: 5000 }, () => ({ 'a\ud800': 1 })),
      graphs: [{ ...manifest.graphs[0], name: '../secret', nodes: -5, edges: 2 ** 50 }],
    }),
  };
  for (const [name, text] of Object.entries(broken)) objects[`${name}/manifest.json`] = text;
  const client = reader(memoryStorage(objects).storage);
  const { simulations, problems } = await client.listSimulations({});
  assert.equal(
    simulations.map((simulation) => simulation.folder),
    [folder, 'x-odd'],
  );
  assert.is(problems.length, 4);
  for (const problem of problems) assert.match(problem, /^results\/x-\w+\/manifest\.json is not a/);
  assert.equal([simulations[1].name, simulations[1].runs], ['<b>\ufffd', 2 ** 32 - 1]);
  const odd = await client.getSimulation({ folder: 'x-odd' });
  assert.equal([odd.graphs[0].nodes, odd.graphs[0].edges], [0, 2 ** 32 - 1]);
  const said = await refused(client.getSimulation({ folder: 'x-half' }), Code.InvalidArgument);
  assert.match(said, /^results\/x-half\/manifest\.json/);
});

test('what is not finished yet', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 6, 2);
  const { storage, held } = memoryStorage(objects);
  const client = reader(storage);
  const [{ finished, runs }] = (await client.listSimulations({})).simulations;
  assert.equal([finished, runs], [2, 6]);
  const { summaries } = await client.getSimulation({ folder });
  assert.equal(
    summaries.map((summary) => [summary.runs, summary.mean, summary.interval]),
    [[2, 4.5, undefined]],
  );
  for (const key of [...held.keys()]) if (/_run|_summary/.test(key)) held.delete(key);
  const none = await reader(storage).getSimulation({ folder });
  assert.equal([none.summaries, none.graphs.length, none.executions.length], [[], 1, 1]);
});

test('who hears that a simulation has ended sees all that it left', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 6, 6);
  const { storage, held } = memoryStorage(objects);
  const rest = [...held].filter(([key]) => /run-[3-6]/.test(key));
  for (const [key] of rest) held.delete(key);
  let ended = 0;
  const client = reader(storage, { ended: () => ended });
  const finished = async () => {
    const [[listed], { simulation }] = await Promise.all([
      client.listSimulations({}).then(({ simulations }) => simulations),
      client.getSimulation({ folder }),
    ]);
    return [listed.finished, simulation?.finished];
  };
  assert.equal(await finished(), [2, 2]);
  for (const [key, bytes] of rest) held.set(key, bytes);
  ended++;
  assert.equal(await finished(), [6, 6]);
});

test('what the published system left: what is known of it, and no more', async () => {
  const client = reader(memoryStorage(publishedObjects(PUBLISHED)).storage);
  const [listed] = (await client.listSimulations({})).simulations;
  assert.equal(
    [listed.folder, listed.name, listed.seed, listed.runs, listed.finished, listed.hasManifest],
    [PUBLISHED, 'sim-wf', undefined, undefined, 11, false],
  );
  const got = await client.getSimulation({ folder: PUBLISHED });
  assert.equal([got.manifest, got.graphs.length], ['', 1]);
  const [{ name, nodes, edges }] = got.graphs;
  assert.is(name, 'holme-n10');
  assert.ok(nodes === 10 && edges > 9);
  assert.match(got.executions[0].parameters, /^factor=\S+/);
  const [summary] = got.summaries;
  assert.equal([summary.runs, summary.converged], [11, 11]);
  assert.equal([summary.t99, summary.maxLoad], [undefined, undefined]);
  const { runs } = await client.listRuns({ folder: PUBLISHED });
  assert.equal(
    runs.map(({ run }) => run),
    Array.from({ length: 11 }, (_, index) => index + 1),
  );
  assert.equal([runs[0].exchanges, runs[0].t99], [undefined, undefined]);
  assert.is(runs[0].rounds, summary.mean);
});

test('a table that is not whole is said in words', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 2);
  objects[runsCsvKey(folder)] = 'simulation\n';
  const client = reader(memoryStorage(objects).storage);
  const said = await refused(client.listRuns({ folder }), Code.InvalidArgument);
  assert.match(said, /^results\/.*runs\.csv, line 1 is not as/);
});

test('strategies with what a form needs', async () => {
  const { strategies, specSchema } = await reader(memoryStorage().storage).listStrategies({});
  assert.equal(
    strategies.map(({ name }) => name),
    openStrategies().names(),
  );
  const memory = strategies.find(({ name }) => name === 'weighted_factor_complex_memory')!;
  assert.is(memory.memory, Memory.COMPLEX);
  assert.match(memory.summary, /met neighbors less/);
  assert.is(memory.knows, 'the whole graph');
  const { type, properties } = JSON.parse(memory.parametersSchema);
  assert.is(type, 'object');
  assert.equal(Object.keys(properties).sort(), ['factor', 'favor', 'priorPartnerFactor']);
  const spec = JSON.parse(specSchema);
  assert.equal(Object.keys(spec.properties), Object.keys(simulationSpec.shape));
  assert.equal(spec.required, ['graphSelector']);
  assert.equal(spec.properties.aggregate.enum, ['minimum', 'maximum', 'mean']);
});

test('a strategy that is none is passed over, and said to those who can mend it', async () => {
  const strategies = openStrategies();
  const told: string[] = [];
  const broken = { ...strategies, names: () => ['default', 'no_such', 'default_memory'] };
  const { storage } = memoryStorage();
  const client = reader(storage, { strategies: broken, notice: (text) => told.push(text) });
  const answer = await client.listStrategies({});
  assert.equal(
    answer.strategies.map(({ name }) => name),
    ['default', 'default_memory'],
  );
  assert.match(told.join(), /no_such/);
});

test.run();
