import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runsCsv, runsCsvKey, type Storage } from '../storage/index.ts';
import { readArchive } from './archive.ts';
import { packSimulation } from './pack.ts';
import { findSimulations } from './simulations.ts';
import { all, memoryStorage, ownObjects, publishedObjects } from './storage.fixture.ts';
import { unpackSimulation } from './unpack.ts';

const MOST = 1e8;
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'gossip-archive-'));
test.after(() => rmSync(folder, { recursive: true }));

let files = 0;
const newFile = () => join(folder, `${files++}.tar.gz`);

type Header = Parameters<Pack['entry']>[0];
type Entry = readonly [header: Header | string, content?: string | Uint8Array];

/** A .tar.gz of these entries, as anybody could make it. */
async function archive(...entries: Entry[]): Promise<string> {
  const tar = pack();
  for (const [header, content = ''] of entries) {
    tar.entry(typeof header === 'string' ? { name: header } : header, Buffer.from(content));
  }
  tar.finalize();
  const bytes = Buffer.concat(await all(tar as AsyncIterable<Buffer>));
  const file = newFile();
  writeFileSync(file, gzipSync(bytes));
  return file;
}

function whole() {
  const { folder: top, objects, rows } = ownObjects('own', ['a', 'b'], 2);
  return { top, objects: { ...objects, [runsCsvKey(top)]: runsCsv(rows) } };
}

async function packed(objects: Record<string, string>, top: string): Promise<string> {
  const file = newFile();
  const count = await packSimulation(memoryStorage(objects).storage, top, file, never);
  assert.is(count, Object.keys(objects).length);
  return file;
}

const texts = (held: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...held].map(([key, bytes]) => [key, Buffer.from(bytes).toString()]));

async function refused(file: string, storage: Storage, ...words: (string | RegExp)[]) {
  const error = await unpackSimulation(file, storage, MOST).then(
    () => assert.unreachable(`${words} must be refused`),
    (error) => error,
  );
  assert.is(error.code, 'input', String(error.stack));
  for (const word of words) assert.match(error.message, word);
}

test('a simulation comes back as it was, ours and a published one, large objects included', async () => {
  const { top, objects } = whole();
  const large = { ...objects, [`${top}/a/run-1/own_x.json`]: 'é\0'.repeat(1_000_000) };
  const published = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';
  for (const [name, of] of [
    [top, large],
    [published, publishedObjects(published)],
  ] as const) {
    const { storage, held } = memoryStorage();
    const file = await packed(of, name);
    const count = Object.keys(of).length;
    assert.equal(await unpackSimulation(file, storage, MOST), {
      ...{ folder: name, written: count, found: 0 },
    });
    assert.equal(texts(held), of);
    assert.equal(await unpackSimulation(file, storage, MOST), {
      ...{ folder: name, written: 0, found: count },
    });
  }
  assert.ok(readdirSync(folder).every((name) => name.endsWith('.tar.gz')));
});

test('only the simulation that is asked for is packed', async () => {
  const { top, objects } = whole();
  const file = newFile();
  const { storage } = memoryStorage({ ...objects, [`${top}-2/x`]: 'x', x: 'x' });
  assert.is(await packSimulation(storage, top, file, never), Object.keys(objects).length);
});

test('a simulation that is played while it is packed leaves no mark without what it marks', async () => {
  const { folder: top, objects, rows } = ownObjects('own', ['0', 'a'], 2);
  const table = { [runsCsvKey(top)]: runsCsv(rows) };
  const everything = Object.entries({ ...objects, ...table });
  // As a runner writes them: a run's mark last, runs.csv after all.
  const rank = ([key]: Entry) =>
    `${key}`.endsWith('runs.csv') ? 2 : /_run/.test(`${key}`) ? 1 : 0;
  const late = everything
    .filter(([key]) => /run-2|runs\.csv/.test(key))
    .sort((a, b) => rank(a) - rank(b));
  for (let moment = 0; moment < 40; moment++) {
    const { storage } = memoryStorage(
      Object.fromEntries(everything.filter((of) => !late.includes(of))),
    );
    let now = 0;
    const tick = async () => {
      if (now++ !== moment) return;
      for (const [key, text] of late) await storage.put(key, text);
    };
    const played: Storage = {
      ...storage,
      async get(key) {
        await tick();
        return storage.get(key);
      },
      async *list(prefix) {
        let last = '';
        // As a listing in pages: what is put behind it comes, what is put before it does not.
        for (;;) {
          await tick();
          const next = await first(storage.list(prefix), (key) => key > last);
          if (next === null) return;
          last = next;
          yield next;
        }
      },
    };
    const file = newFile();
    await packSimulation(played, top, file, never);
    const { storage: there, held } = memoryStorage();
    await unpackSimulation(file, there, MOST);
    for (const [key] of everything) {
      if (!held.has(key)) continue;
      if (key.endsWith('_run.json')) {
        assert.ok(held.has(key.replace('_gossip/', '').replace('_run.json', '_summary.json')), key);
      }
      if (key.endsWith('runs.csv')) assert.is(held.size, everything.length);
    }
    assert.ok(held.size >= everything.length - late.length);
  }
});

async function first(keys: AsyncIterable<string>, is: (key: string) => boolean) {
  for await (const key of keys) if (is(key)) return key;
  return null;
}

test('whatever the order in the archive, what marks others as there is written after them', async () => {
  const { top, objects } = whole();
  const entries = Object.entries(objects);
  for (const order of [entries, entries.toReversed(), entries.toSorted()]) {
    const { storage } = memoryStorage();
    const written: string[] = [];
    await unpackSimulation(
      await archive(...order),
      {
        ...storage,
        put(key, ...more) {
          written.push(key);
          return storage.put(key, ...more);
        },
      },
      MOST,
    );
    assert.is(written[0], `${top}/manifest.json`);
    assert.is(written.at(-1), runsCsvKey(top));
    const kinds = written.map((key) => (key.endsWith('_run.json') ? 'mark' : 'other'));
    assert.is(kinds.indexOf('mark'), written.length - 1 - 4);
    assert.is(kinds.lastIndexOf('other'), written.length - 1);
  }
});

test('an import that ends anywhere is listed as what it is, and the next one completes it', async () => {
  const { top, objects } = whole();
  const file = await packed(objects, top);
  const count = Object.keys(objects).length;
  for (let end = 0; end < count; end++) {
    const { storage, held } = memoryStorage();
    let left = end;
    const broken: Storage = {
      ...storage,
      async put(...what) {
        if (left-- <= 0) throw new Error('the power is off');
        return storage.put(...what);
      },
    };
    await unpackSimulation(file, broken, MOST).then(
      () => assert.unreachable(),
      () => {},
    );
    for (const key of held.keys()) {
      if (!key.endsWith('_run.json')) continue;
      const summary = key.replace('_gossip/', '').replace('_run.json', '_summary.json');
      assert.ok(held.has(summary), `${key} without ${summary}`);
    }
    const wanted = { folder: null, simulations: null, algorithms: null };
    const listed = await all(findSimulations(storage, wanted, assert.unreachable));
    const marks = [...held.keys()].filter((key) => key.endsWith('_run.json')).length;
    assert.equal(
      listed.map(({ finished, runs, hasRunsCsv }) => [finished, runs, hasRunsCsv]),
      end === 0 ? [] : [[marks, 4, false]],
    );
    await unpackSimulation(file, storage, MOST);
    assert.equal(texts(held), objects);
  }
});

test('an object that is there is never replaced by a different one; the manifest is asked first', async () => {
  const { top, objects } = whole();
  const file = await packed(objects, top);
  for (const key of Object.keys(objects)) {
    const { storage, held } = memoryStorage({ [key]: 'mine' });
    await refused(file, storage, key, 'differs', 'nothing was overwritten');
    assert.is(texts(held)[key], 'mine');
    if (key.endsWith('manifest.json')) assert.is(held.size, 1);
  }
  const times = { [`${top}/timings.csv`]: '1' };
  const { storage, held } = memoryStorage({ [`${top}/timings.csv`]: '2' });
  await unpackSimulation(await packed({ ...objects, ...times }, top), storage, MOST);
  assert.is(texts(held)[`${top}/timings.csv`], '2');
});

test('hostile archives are refused, and nothing of them is written', async () => {
  const { top, objects } = whole();
  const honest: Entry[] = Object.entries(objects);
  const { storage, held } = memoryStorage();
  const bad = async (entries: Entry[], ...words: (string | RegExp)[]) => {
    // Wherever it stands: what is before it must not be written either.
    await refused(await archive(...entries, ...honest), storage, ...words);
    await refused(await archive(...honest, ...entries), storage, ...words);
  };
  for (const name of [
    '../x',
    `${top}/../../x`,
    '/etc/x',
    `${top}//x`,
    `${top}/./x`,
    `./${top}/x`,
  ]) {
    await bad([[name, 'x']], 'cannot be an object');
  }
  for (const name of [`${top}/a\\..\\x`, `${top}/${'y'.repeat(1100)}`]) {
    await bad([[name, 'x']], 'cannot be an object');
  }
  for (const type of ['symlink', 'link', 'fifo', 'character-device', 'block-device'] as const) {
    await bad([[{ name: `${top}/x`, type, linkname: '/etc/passwd' }]], 'is not a file', type);
  }
  await bad([['elsewhere/x', 'x']], 'is not in the folder');
  await bad([['x', 'x']], 'is not in the folder');
  await bad([[`${top}/manifest.json`, '{}']], 'is not a manifest');
  assert.is(held.size, 0);
});

test('what is no archive of one simulation is refused', async () => {
  const { top, objects } = whole();
  const { storage, held } = memoryStorage();
  await refused(await archive(), storage, 'holds no simulation');
  await refused(await archive([`${top}/x`, 'x']), storage, 'holds no simulation');
  const renamed = Object.entries(objects).map(
    ([key, text]): Entry => [key.replace(top, 'new'), text],
  );
  await refused(await archive(...renamed), storage, '"new"', top);
  await refused(await archive(['other-1/g/sim_summary.json', '{}']), storage, '"other-1"');
  const file = newFile();
  for (const bytes of [Buffer.from('x'), Buffer.alloc(0), gzipSync('x'.repeat(2000))]) {
    writeFileSync(file, bytes);
    await refused(file, storage, 'is not a whole archive');
  }
  await refused(join(folder, 'none'), storage, 'there is no such file');
  assert.is(held.size, 0);
});

test('an archive that was cut anywhere is refused', async () => {
  const { top, objects } = whole();
  const bytes = gunzipSync(await readAll(await packed(objects, top)));
  const { storage, held } = memoryStorage();
  const file = newFile();
  const compressed = gzipSync(bytes);
  for (const part of [0.2, 0.5, 0.9, 0.999]) {
    writeFileSync(file, compressed.subarray(0, Math.floor(part * compressed.length)));
    await refused(file, storage, 'is not a whole archive');
    writeFileSync(
      file,
      gzipSync(bytes.subarray(0, Math.floor((part * bytes.length) / 512) * 512 - 100)),
    );
    await refused(file, storage, 'is not a whole archive');
  }
  assert.is(held.size, 0);
});

test('a file that unpacks to more than is allowed is refused before it has', async () => {
  const { top, objects } = whole();
  const { storage, held } = memoryStorage();
  const zeros = Buffer.alloc(30e6);
  const inside = Object.entries({ ...objects, [`${top}/x`]: '' }).map(
    ([key, text]): Entry => [key, key.endsWith('/x') ? zeros : text],
  );
  const bomb = await archive(...inside);
  const error = await unpackSimulation(bomb, storage, 20e6).catch((error) => error);
  assert.match(error.message, /larger than 0\.02 GB unpacked.*--most/);
  // After the end of the archive, too.
  const tail = newFile();
  writeFileSync(
    tail,
    gzipSync(Buffer.concat([gunzipSync(await readAll(await packed(objects, top))), zeros])),
  );
  assert.match((await unpackSimulation(tail, storage, 20e6).catch((error) => error)).message, 'GB');
  // A size that is only claimed.
  const tar = pack();
  tar.entry({ name: `${top}/x`, size: 2 ** 33 });
  for await (const header of tar) {
    writeFileSync(tail, gzipSync(header as Buffer));
    break;
  }
  await refused(tail, storage, 'bytes, more than an archive takes');
  assert.is(held.size, 0);
  await unpackSimulation(bomb, storage, MOST);
});

test('objects of an archive that are not asked for are passed over', async () => {
  const file = await archive(
    ['a/b', 'x'.repeat(5000)],
    [{ name: 'a/c', type: 'directory' }],
    ['a/d', 'y'],
  );
  const keys: string[] = [];
  for await (const object of readArchive(file, MOST)) {
    keys.push(object.key);
    if (object.key === 'a/d') assert.is(Buffer.concat(await object.bytes()).toString(), 'y');
  }
  assert.equal(keys, ['a/b', 'a/d']);
  for await (const { key } of readArchive(file, MOST)) {
    assert.is(key, 'a/b');
    break;
  }
});

async function readAll(file: string): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises');
  return readFile(file);
}

test.run();
