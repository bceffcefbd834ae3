import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findSimulations } from '../../results/index.ts';
import { all, memoryStorage, ownObjects } from '../../results/storage.fixture.ts';
import type { Storage } from '../../storage/index.ts';
import { createRowsOf } from './rows.ts';

async function found(storage: Storage) {
  const wanted = { folder: null, simulations: null, algorithms: null };
  const [simulation] = await all(findSimulations(storage, wanted, assert.unreachable));
  return simulation;
}

test('rows are read once, and again when a further run is finished', async () => {
  const { objects } = ownObjects('own', ['a', 'b'], 3);
  const { storage, held, read } = memoryStorage(objects);
  const [late] = [...held].filter(([key]) => key.endsWith('b/run-2/own_run.json'));
  held.delete(late[0]);
  const rowsOf = createRowsOf(storage);
  const before = await found(storage);
  assert.is((await all(rowsOf(before, null))).length, 5);
  const reads = read.length;
  assert.is((await all(rowsOf(before, 'b'))).length, 2);
  assert.is((await all(rowsOf(before, 'c'))).length, 0);
  assert.is(read.length, reads);
  held.set(...late);
  const rows = await all(rowsOf(await found(storage), null));
  assert.equal(
    rows.map(({ graph, run }) => graph + run),
    ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'],
  );
});

test.run();
