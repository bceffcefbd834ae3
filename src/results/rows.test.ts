import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { GossipError } from '../errors.ts';
import { runsCsv, runsCsvKey, type Storage } from '../storage/index.ts';
import { readRows } from './rows.ts';
import { findSimulations, type Wanted } from './simulations.ts';
import { all, memoryStorage, ownObjects, publishedObjects } from './storage.fixture.ts';

const EVERYTHING: Wanted = { folder: null, simulations: null, algorithms: null };
const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';

async function found(storage: Storage, wanted: Partial<Wanted> = {}) {
  const problems: GossipError[] = [];
  const simulations = await all(
    findSimulations(storage, { ...EVERYTHING, ...wanted }, (problem) => problems.push(problem)),
  );
  return { simulations, problems: problems.map(({ message }) => message) };
}

async function rowsIn(storage: Storage, graphs: readonly string[] | null = null) {
  const { simulations } = await found(storage);
  const rows = [];
  for (const simulation of simulations) {
    rows.push(...(await all(readRows(storage, simulation, graphs))));
  }
  return rows;
}

test('a finished simulation is listed by its manifest and read from its runs.csv, nothing else', async () => {
  const { folder, objects, rows } = ownObjects('own', ['a', 'b'], 12);
  const table = { [runsCsvKey(folder)]: runsCsv(rows) };
  const { storage, read } = memoryStorage({ ...objects, ...table });
  const { simulations } = await found(storage);
  const [{ manifest, ...simulation }] = simulations;
  assert.is(manifest!.simulation, 'own');
  assert.equal(simulation, {
    ...{ folder, name: 'own', id: folder.slice(4), algorithm: 'default', seed: 5 },
    ...{ timestamp: '2026-11-23-01-02-03', graphs: ['a', 'b'], finished: 24, runs: 24 },
    ...{ kind: 'finished', hasRunsCsv: true },
  });
  assert.equal(read, [`${folder}/manifest.json`]);
  assert.equal(await all(readRows(storage, simulations[0], null)), rows);
  assert.equal(read.slice(1), [runsCsvKey(folder)]);
  const onB = await all(readRows(storage, simulations[0], ['b', 'c']));
  assert.equal(onB, rows.slice(12));
});

test('an unfinished one is read from what its finished runs left, in the order of their numbers', async () => {
  const { folder, objects, rows } = ownObjects('own', ['b', 'a'], 30, 11);
  const { storage, read } = memoryStorage({ ...objects, [`${folder}/runs.csv-old`]: '' });
  const [simulation] = (await found(storage)).simulations;
  assert.equal([simulation.finished, simulation.runs, simulation.hasRunsCsv], [22, 60, false]);
  assert.equal(await all(readRows(storage, simulation, null)), rows);
  assert.is(read.filter((key) => key.endsWith('_summary.json')).length, 0);
});

test('what the published system left is read beside it: seed unknown, the rest from summaries', async () => {
  const { folder, objects, rows } = ownObjects('own', ['a'], 2);
  const { storage, read } = memoryStorage({ ...objects, ...publishedObjects(PUBLISHED) });
  const { simulations, problems } = await found(storage);
  assert.equal(problems, []);
  assert.equal(
    simulations.map((simulation) => simulation.folder),
    [folder, PUBLISHED],
  );
  assert.equal(simulations[1], {
    ...{ folder: PUBLISHED, name: 'sim-wf', id: PUBLISHED.slice(7), algorithm: 'weighted_factor' },
    ...{ seed: null, timestamp: '2026-11-22-21-34-58', graphs: ['holme-n10'] },
    ...{ finished: 11, runs: null, manifest: null, kind: 'summary', hasRunsCsv: false },
  });
  const read11 = await all(readRows(storage, simulations[1], null));
  assert.equal(
    read11.map(({ run }) => run),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
  assert.equal(read11[10], {
    ...{ simulation: 'sim-wf', graph: 'holme-n10', algorithm: 'weighted_factor', factor: 3 },
    ...{ prior_partner_factor: null, weighting_param_a: null, execution: 1, run: 11, seed: null },
    ...{ num_rounds: 2, converged: true, value: null, exchanges: null, useful: null },
    ...{ t50: null, t90: null, t99: null, max_load: null },
  });
  assert.is(read.filter((key) => /history|gexf|averaged/.test(key)).length, 0);
  assert.is((await rowsIn(storage)).length, rows.length + 11);
});

test('our runs without a manifest are read by their marks, never by a table that one runner wrote', async () => {
  const { folder, objects, rows } = ownObjects('own', ['a', 'b'], 3);
  delete objects[`${folder}/manifest.json`];
  for (const key of Object.keys(objects)) {
    if (key.endsWith('_summary.json')) {
      objects[key] = '{"timestamp": "t", "num_rounds": 3, "algorithm": "default"}';
    }
  }
  const table = { [runsCsvKey(folder)]: runsCsv(rows.slice(0, 3)) };
  const { storage } = memoryStorage({ ...objects, ...table });
  const [simulation] = (await found(storage)).simulations;
  assert.equal([simulation.seed, simulation.finished, simulation.runs], [5, 6, null]);
  assert.equal(await rowsIn(storage), rows);
});

test('names, algorithms and a folder choose; what is not chosen is not read', async () => {
  const { storage, read } = memoryStorage({
    ...ownObjects('own', ['a'], 1).objects,
    ...ownObjects('own-2', ['a'], 1).objects,
    ...publishedObjects(PUBLISHED),
    'other/thing/x': 'x',
    file: 'x',
  });
  const names = async (wanted: Partial<Wanted>) =>
    (await found(storage, wanted)).simulations.map(({ name }) => name).sort();
  assert.equal(await names({}), ['own', 'own-2', 'sim-wf']);
  assert.equal(await names({ simulations: ['own'] }), ['own']);
  assert.equal(await names({ simulations: [PUBLISHED, 'own-2'] }), ['own-2', 'sim-wf']);
  assert.equal(await names({ algorithms: ['weighted_factor'] }), ['sim-wf']);
  assert.equal(await names({ folder: PUBLISHED }), ['sim-wf']);
  read.length = 0;
  assert.equal(await names({ simulations: ['sim-wf'] }), ['sim-wf']);
  assert.ok(
    read.every((key) => key.startsWith('sim-wf-')),
    `${read}`,
  );
});

test('what cannot be read is said, and the others are listed', async () => {
  const { storage } = memoryStorage({
    ...ownObjects('own', ['a'], 1).objects,
    'bad-1/manifest.json': '{"format": 1}',
    'bad-2/g/bad_summary.json': '{"timestamp": "t", "num_rounds": -1}',
  });
  const { simulations, problems } = await found(storage);
  assert.equal(
    simulations.map(({ name }) => name),
    ['own'],
  );
  assert.is(problems.length, 2);
  assert.match(problems[0], 'memory/bad-1/manifest.json');
  assert.match(problems[1], /memory\/bad-2\/g\/bad_summary\.json .*num_rounds/);
});

test('a table that does not fit its manifest, and a mark that is none, are refused by name', async () => {
  const { folder, objects, rows } = ownObjects('own', ['a'], 3);
  const refused = async (more: Record<string, string>, ...words: string[]) => {
    const { storage } = memoryStorage({ ...objects, ...more });
    const error = await rowsIn(storage).then(
      () => assert.unreachable(),
      (error) => error,
    );
    assert.is(error.code, 'input');
    for (const word of words) assert.match(error.message, word);
  };
  const csv = runsCsvKey(folder);
  await refused({ [csv]: runsCsv(rows.slice(1)) }, csv, '2 runs', 'manifest', '3');
  await refused({ [csv]: runsCsv(rows).replace('seed', 'sed') }, `${csv}, line 1`);
  await refused({ [`${folder}/_gossip/a/run-2/own_run.json`]: '{}' }, 'run-2/own_run.json');
});

test.run();
