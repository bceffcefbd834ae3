import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nameFromFile, nameProblem } from './name.ts';

test('a name is a DNS-1123 subdomain', () => {
  for (const name of ['a', '0', 'holme-n1000-e1.0237-t0.3226-1', 'x'.repeat(253)]) {
    assert.is(nameProblem(name), null, name);
  }
  for (const name of [
    '',
    '.',
    '..',
    'a.',
    '-a',
    'a-',
    'a-.b',
    'A',
    'a_b',
    'a\n',
    'ä',
    'a b',
    'a/b',
  ]) {
    assert.type(nameProblem(name), 'string', name);
  }
});

test('a file gives its stem', () => {
  assert.is(nameFromFile('/data/p2p-Gnutella08.txt.gz'), 'p2p-gnutella08');
  assert.is(nameFromFile('My Graph_1.0.csv'), 'my-graph-1.0');
  assert.is(nameFromFile('_a_._b_.txt'), 'a.b');
  assert.throws(() => nameFromFile('x/___.txt'), /x\/___\.txt: .*rename the file/);
});

test('whatever a file is called, its name is valid or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aZ9.-_ ä') }), (stem) => {
      let name = 'x';
      try {
        name = nameFromFile(`${stem}.txt`);
      } catch {}
      assert.is(nameProblem(name), null);
    }),
  );
});

test.run();
