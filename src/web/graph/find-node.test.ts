import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findNodes } from './find-node.ts';

const NAMES = ['Annabel', 'Bo', 'Joanna', 'anna', 'Ann'];

test('the same name comes first, then those that begin so, then those that have it', () => {
  assert.equal(findNodes(NAMES, ' anna ', 9), [3, 0, 2]);
  assert.equal(findNodes(NAMES, 'ann', 9), [4, 0, 3, 2]);
});

test('no more than wanted, and none for nothing', () => {
  assert.equal(findNodes(NAMES, 'n', 2), [0, 2]);
  assert.equal(findNodes(NAMES, '  ', 2), []);
  assert.equal(findNodes(NAMES, '.*', 2), []);
});

test.run();
