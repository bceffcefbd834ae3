import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Storage } from '../storage/index.ts';
import { memoryStorage, ownObjects, publishedObjects } from './storage.fixture.ts';
import { openResults } from './where.ts';

const PUBLISHED = 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211';
const own = ownObjects('own', ['a'], 2);
const unfinished = Object.fromEntries(
  Object.entries(own.objects).filter(([key]) => !key.endsWith('manifest.json')),
);

/** Opens places below one storage by their paths. */
function opener(root: string, objects: Readonly<Record<string, string>>) {
  return async (where: string): Promise<Storage> => {
    const path = where.replace(/\/+$/, '');
    const below = (key: string) => `${root}/${key}`.startsWith(`${path}/`);
    const inside = Object.entries(objects).filter(([key]) => below(key));
    const relative = inside.map(([key, text]) => [`${root}/${key}`.slice(path.length + 1), text]);
    return { ...memoryStorage(Object.fromEntries(relative)).storage, describe: () => where };
  };
}

async function opened(where: string, root: string, objects: Readonly<Record<string, string>>) {
  const { storage, folder } = await openResults(where, opener(root, objects));
  return [storage.describe(), folder];
}

test('a storage is told from the folder of one simulation in it', async () => {
  const objects = { ...own.objects, ...publishedObjects(PUBLISHED) };
  for (const root of ['results', './some/results', '/results', 's3://bucket', 's3://bucket/a/b']) {
    assert.equal(await opened(root, root, objects), [root, null]);
    assert.equal(await opened(`${root}/${own.folder}`, root, objects), [root, own.folder]);
    assert.equal(await opened(`${root}/${PUBLISHED}/`, root, objects), [root, PUBLISHED]);
    assert.equal(await opened(`${root}/none`, root, objects), [`${root}/none`, null]);
  }
});

test('names decide nothing: a storage may be called like a simulation, a simulation anything', async () => {
  for (const root of ['own-results', 'own-12345678', 'sim-wf-20261123']) {
    for (const objects of [own.objects, unfinished, publishedObjects(PUBLISHED)]) {
      assert.equal(await opened(root, root, objects), [root, null]);
    }
  }
  const renamed = { 'mine/manifest.json': '{}' };
  assert.equal(await opened('results/mine', 'results', renamed), ['results', 'mine']);
  assert.equal(await opened(`results/${own.folder}`, 'results', unfinished), [
    'results',
    own.folder,
  ]);
  // A bucket that holds a simulation directly has no place for another.
  assert.equal(await opened('s3://mine', 's3:/', renamed), ['s3://mine', null]);
});

test.run();
