import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code, ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../../errors.ts';
import { memoryStorage, ownObjects, publishedObjects } from '../../results/storage.fixture.ts';
import { manifestKey, type Storage } from '../../storage/index.ts';
import { inResults, playInto, reader, refused } from './reading.fixture.ts';

const SECRET = 'a secret that is elsewhere';

/** What no folder and no graph is called. */
const HOSTILE = [
  ...['', '.', '..', '/', '//', '../', '../secret', '..\\secret', 'a/../../secret', '/etc/passwd'],
  ...['C:\\', 'a\0b', '\0', 'a/b', 'a//b', './a', '\\\\server\\share', '%2e%2e%2fsecret', '~'],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u001b[2J',
    '\u009b2J',
    '\u202egpj',
  ],
  ...['a'.repeat(256), 'ä'.repeat(255), 'x'.repeat(60_000), '__proto__', 'constructor', 'con'],
];

/** Every call that a folder and a graph are named in. */
function calls(storage: Storage, folder: string, graph: string) {
  const client = reader(storage);
  const place = { folder, graph, execution: 1, run: 1 };
  return {
    getSimulation: () => client.getSimulation({ folder }),
    listRuns: () => client.listRuns({ folder, graph }),
    compareSimulations: () => client.compareSimulations({ contestants: [{ folder, graph }] }),
    getGraph: () => client.getGraph({ folder, graph }),
    getMeasure: () => client.getMeasure({ folder, graph, measure: 'degree' }),
    getValues: () => client.getValues({ place }),
    getNode: () => client.getNode({ place }),
    getExchanges: () => client.getExchanges({ place, round: 1 }),
  };
}

/** Makes all these calls, which are refused in few words that tell nothing. */
async function allRefused(
  made: Readonly<Record<string, () => Promise<unknown>>>,
  path: string,
  may: readonly Code[] = [Code.InvalidArgument, Code.NotFound],
): Promise<void> {
  for (const [name, call] of Object.entries(made)) {
    const error = await call().then(
      () => null,
      (reason) => ConnectError.from(reason),
    );
    if (error === null) throw new Error(`${name} must be refused`);
    const { code, rawMessage } = error;
    assert.ok(may.includes(code), `${name}: ${Code[code]}: ${rawMessage}`);
    assert.not(rawMessage.includes(path), rawMessage);
    assert.not(rawMessage.includes(SECRET), rawMessage);
    assert.ok(rawMessage.length < 1000, rawMessage);
    assert.not(/[\p{Cc}\p{Cf}]/u.test(rawMessage), rawMessage);
  }
}

test('folders that are none', () =>
  inResults(async (storage, path) => {
    await playInto(storage, 'default', { spec: { repetitions: 1 } });
    mkdirSync(join(path, 'secret'));
    writeFileSync(join(path, 'secret', 'manifest.json'), SECRET);
    for (const folder of HOSTILE) {
      await allRefused(calls(storage, folder, 'karate'), path);
    }
  }));

test('graphs that are none', () =>
  inResults(async (storage, path) => {
    const { plan } = await playInto(storage, 'default', { spec: { repetitions: 1 } });
    const { folder } = plan;
    // Where it may be left out, no graph is all graphs; and a simulation needs none.
    for (const graph of HOSTILE.filter((name) => name !== '')) {
      const { getSimulation: _, ...others } = calls(storage, folder, graph);
      await allRefused(others, path);
    }
    const { getSimulation: _, listRuns: __, ...others } = calls(storage, folder, '');
    await allRefused(others, path);
  }));

test('a link to elsewhere is not followed', () =>
  inResults(async (storage, path) => {
    const { plan } = await playInto(storage, 'default', { spec: { repetitions: 1 } });
    mkdirSync(join(path, 'elsewhere'));
    symlinkSync(join(path, 'results', plan.folder), join(path, 'results', 'link'));
    symlinkSync(join(path, 'elsewhere'), join(path, 'results', 'away'));
    for (const folder of ['link', 'away']) {
      await allRefused(calls(storage, folder, 'karate'), path, [Code.NotFound]);
    }
  }));

test('names in a manifest that lead elsewhere', async () => {
  for (const evil of ['../secret', 'a\0b', '/etc', '..', '<b>']) {
    const { folder, objects } = ownObjects('own', ['a'], 1);
    const manifest = JSON.parse(objects[manifestKey(folder)]);
    manifest.graphs[0].name = evil;
    manifest.graphs[0].file = '/etc/passwd';
    objects[manifestKey(folder)] = JSON.stringify(manifest);
    objects['secret/own_summary.json'] = SECRET;
    const { storage, read } = memoryStorage(objects);
    const { getSimulation: _, ...others } = calls(storage, folder, evil);
    await allRefused(others, '/etc/passwd');
    manifest.graphs[0].name = 'a';
    manifest.simulation = `../${evil}`;
    objects[manifestKey(folder)] = JSON.stringify(manifest);
    const renamed = memoryStorage(objects);
    const { getValues, getNode, getExchanges } = calls(renamed.storage, folder, 'a');
    await allRefused({ getValues, getNode, getExchanges }, '/etc/passwd', [
      ...[Code.InvalidArgument, Code.NotFound, Code.FailedPrecondition],
    ]);
    for (const key of [...read, ...renamed.read]) assert.not(key.startsWith('secret'), key);
  }
});

test('tokens that are none', async () => {
  const { folder, objects } = ownObjects('own', ['a'], 5);
  const client = reader(memoryStorage(objects).storage);
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { nextPageToken } = await client.listRuns({ folder, pageSize: 2 });
  for (const pageToken of [
    ...['x', '../..', '<script>', '\0', 'A'.repeat(100_000), json(null), json({}), json([])],
    ...[json(['a', 'b']), json([1]), json(['a', 1]), json(['a', -1, 1e99]), json([['a']])],
    ...[Buffer.from('[').toString('base64url'), Buffer.from([255, 254]).toString('base64url')],
  ]) {
    assert.match(
      await refused(client.listRuns({ folder, pageToken }), Code.InvalidArgument),
      /^page_token: it is not one/,
    );
    assert.match(
      await refused(client.listSimulations({ pageToken }), Code.InvalidArgument),
      /^page_token: it is not one/,
    );
  }
  const mixed = client.listSimulations({ pageToken: nextPageToken });
  await refused(mixed, Code.InvalidArgument);
  // One that leads nowhere leads to what comes after.
  assert.equal((await client.listSimulations({ pageToken: json(['zzz/../..']) })).simulations, []);
  const unknown = await client.listRuns({ folder, pageToken: json(['nowhere', 1, 4]) });
  assert.is(unknown.runs.length, 5);
  for (const pageSize of [10_001, 2 ** 32 - 1]) {
    await refused(client.listRuns({ folder, pageSize }), Code.InvalidArgument);
    await refused(client.listSimulations({ pageSize }), Code.InvalidArgument);
  }
});

test('what is wrong with a storage is not told to strangers', async () => {
  const fail = (): never => {
    const cause = Object.assign(new Error(`EACCES /home/me ${SECRET}`), { code: 'EACCES' });
    throw new GossipError('input', `cannot read /home/me ${SECRET}`, { cause });
  };
  const { storage } = memoryStorage(ownObjects('own', ['a'], 1).objects);
  const failing = { [Symbol.asyncIterator]: fail };
  const broken: Storage[] = [
    { ...storage, get: async () => fail() },
    { ...storage, list: () => failing },
    { ...storage, folders: () => failing },
  ];
  const { folder } = ownObjects('own', ['a'], 1);
  for (const each of broken) {
    await allRefused(calls(each, folder, 'a'), '/home/me', [Code.Internal]);
    const listSimulations = () => reader(each).listSimulations({});
    await allRefused({ listSimulations }, '/home/me', [Code.Internal]);
  }
});

test('markup in what is stored stays text', async () => {
  const folder = '<img src=x onerror=alert(1)>-1';
  const objects = publishedObjects(folder, 1);
  const client = reader(memoryStorage(objects).storage);
  const [simulation] = (await client.listSimulations({})).simulations;
  assert.is(simulation.folder, folder);
  assert.equal((await client.getSimulation({ folder })).simulation, simulation);
});

test.run();
