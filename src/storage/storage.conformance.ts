import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Storage } from './storage.ts';

/** An empty storage for one test, and what removes it. */
export interface OpenStorage {
  readonly storage: Storage;
  cleanup(): Promise<void>;
}

/** What every storage must do; `open` is called once a test. */
export function storageConformance(name: string, open: () => Promise<OpenStorage>): void {
  const storageSuite = suite(`storage: ${name}`);
  const check = (title: string, body: (storage: Storage) => Promise<void>) =>
    storageSuite(title, async () => {
      const { storage, cleanup } = await open();
      try {
        await body(storage);
      } finally {
        await cleanup();
      }
    });

  check('an object comes back as it was put: text, bytes, pieces, nothing', async (storage) => {
    assert.is(
      await storage.put('a/text.json', 'grüß 😀', { contentType: 'application/json' }),
      true,
    );
    assert.is(await textOf(storage, 'a/text.json'), 'grüß 😀');
    const every = Uint8Array.from({ length: 256 }, (_, i) => i);
    await storage.put('a/bytes', every);
    assert.equal([...(await storage.get('a/bytes'))!], [...every]);
    await storage.put('a/pieces', [every.subarray(0, 100), new Uint8Array(0), every.subarray(100)]);
    assert.equal([...(await storage.get('a/pieces'))!], [...every]);
    await storage.put('a/empty', '');
    assert.is((await storage.get('a/empty'))!.length, 0);
  });

  check('what is not there is null', async (storage) => {
    await storage.put('a/b', 'x');
    for (const key of ['a', 'b', 'a/b/c', 'a/bb']) assert.is(await storage.get(key), null, key);
  });

  check('put replaces, put if absent never does', async (storage) => {
    assert.is(await storage.put('k', 'first', { ifAbsent: true }), true);
    assert.is(await storage.put('k', 'second', { ifAbsent: true }), false);
    assert.is(await textOf(storage, 'k'), 'first');
    assert.is(await storage.put('k', '3'), true);
    assert.is(await textOf(storage, 'k'), '3');
    assert.equal(await keysOf(storage, ''), ['k']);
  });

  check('of many that put if absent at once, one writes', async (storage) => {
    const texts = Array.from({ length: 16 }, (_, i) => `text ${i}`);
    // Who comes first is chance: many keys, so that a check and a later write would be found out.
    for (let n = 0; n < 25; n++) {
      const key = `key-${n}`;
      const written = await Promise.all(
        texts.map((text) => storage.put(key, text, { ifAbsent: true })),
      );
      assert.is(written.filter(Boolean).length, 1);
      assert.is(await textOf(storage, key), texts[written.indexOf(true)]);
    }
  });

  check('list gives the keys of a prefix, ascending by their bytes', async (storage) => {
    assert.equal(await keysOf(storage, ''), []);
    const keys = ['a-b', 'a.b', 'a/b', 'a/b-c/d', 'a/b/c', 'a0', 'b/é', 'b/\uffee', 'b/😀', 'é'];
    const stored = keys.filter((key) => key !== 'a/b');
    for (const key of stored.toReversed()) await storage.put(key, key);
    assert.equal(await keysOf(storage, ''), stored);
    assert.equal(await keysOf(storage, 'a'), ['a-b', 'a.b', 'a/b-c/d', 'a/b/c', 'a0']);
    assert.equal(await keysOf(storage, 'a/'), ['a/b-c/d', 'a/b/c']);
    assert.equal(await keysOf(storage, 'a/b/'), ['a/b/c']);
    assert.equal(await keysOf(storage, 'a/b-c/d'), ['a/b-c/d']);
    for (const none of ['c', 'a/b/c/', 'a-b/', 'b/z/']) {
      assert.equal(await keysOf(storage, none), [], none);
    }
  });

  check('folders are where keys go on, each once, ascending', async (storage) => {
    assert.equal(await all(storage.folders('')), []);
    const keys = ['a', 'b-1/x', 'b-1/y/z', 'b-2', 'b/c/d', 'b/c/e', 'b/f', 'b.1/x', 'é/x'];
    for (const key of keys) await storage.put(key, key);
    assert.equal(await all(storage.folders('')), ['b-1', 'b.1', 'b', 'é']);
    assert.equal(await all(storage.folders('b-')), ['b-1']);
    assert.equal(await all(storage.folders('b')), ['b-1', 'b.1', 'b']);
    assert.equal(await all(storage.folders('b/')), ['b/c']);
    for (const none of ['c', 'a', 'a/', 'b/c/', 'b/c/d']) {
      assert.equal(await all(storage.folders(none)), [], none);
    }
  });

  check('list may be left early', async (storage) => {
    for (const key of ['a', 'b', 'c']) await storage.put(key, key);
    for await (const key of storage.list('')) {
      assert.is(key, 'a');
      break;
    }
  });

  check('keys that lead elsewhere are refused by every method', async (storage) => {
    const hostile = ['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/./b', 'a/..'];
    hostile.push('a\0b', 'a\\b', '..\\a', 'a\ud800', 'é'.repeat(513), `${'a/'.repeat(600)}a`);
    for (const key of hostile) {
      await refused(storage.put(key, 'x'), key);
      await refused(storage.put(key, 'x', { ifAbsent: true }), key);
      await refused(storage.get(key), key);
    }
    for (const prefix of ['../', '/', 'a/../', 'a//', './', 'a\\/']) {
      await refused(keysOf(storage, prefix), prefix);
      await refused(all(storage.folders(prefix)), prefix);
    }
    assert.equal(await keysOf(storage, ''), []);
  });

  check('names that only look odd are keys', async (storage) => {
    const keys = ['%2e%2e/a', '-rf', '...', '.hidden', 'a b', 'a:b', 'x'.repeat(255)];
    for (const key of keys) await storage.put(key, key);
    for (const key of keys) assert.is(await textOf(storage, key), key);
    assert.equal(await keysOf(storage, ''), keys.toSorted());
  });

  check('it says where it is', async (storage) => {
    assert.ok(storage.describe().length > 0);
  });

  storageSuite.run();
}

async function textOf(storage: Storage, key: string): Promise<string> {
  return new TextDecoder().decode((await storage.get(key))!);
}

const keysOf = (storage: Storage, prefix: string) => all(storage.list(prefix));

async function all(keys: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keys) found.push(key);
  return found;
}

async function refused(attempt: Promise<unknown>, what: string): Promise<void> {
  const error = await attempt.then(
    () => null,
    (reason) => reason,
  );
  assert.is(error?.code, 'input', `${JSON.stringify(what.slice(0, 40))} must be refused`);
}
