import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { shortName } from './short-name.ts';

test('short names stay, long ones are cut off', () => {
  assert.is(shortName('Annabel'), 'Annabel');
  assert.is(shortName('a'.repeat(24)), 'a'.repeat(24));
  assert.is(shortName('a'.repeat(25)), `${'a'.repeat(23)}…`);
});

test('no half of a character is left', () => {
  assert.ok(shortName('😀'.repeat(20)).isWellFormed());
});

test.run();
