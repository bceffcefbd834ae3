import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { parseAlgorithmName } from './index.ts';

test('a name is a base and a memory', () => {
  assert.equal(parseAlgorithmName('default'), { base: 'default', memory: 'none' });
  assert.equal(parseAlgorithmName('default_memory'), { base: 'default', memory: 'plain' });
  assert.equal(parseAlgorithmName('default_complex_memory'), {
    base: 'default',
    memory: 'complex',
  });
  assert.equal(parseAlgorithmName('complex_memory'), { base: 'complex', memory: 'plain' });
});

test('names that no algorithm can have', () => {
  const hostile = [
    '',
    '_memory',
    '_complex_memory',
    'default_memory_memory',
    'default_memory_complex_memory',
    'default_complex_memory_memory',
    'low_complex',
    '../default',
    'builtin/default',
    'default.ts',
    'default\n',
    'default\0',
    'Default',
    '1st',
    'dé',
    'a'.repeat(64),
    `${'a'.repeat(100_000)}_memory`,
  ];
  for (const name of hostile) {
    const error = thrownBy(name);
    assert.instance(error, GossipError, name);
    assert.ok((error as Error).message.length < 400);
  }
});

test('any valid base with any suffix comes apart again', () => {
  const base = fc
    .stringMatching(/^[a-z][a-z0-9_]{0,62}$/)
    .filter((name) => !/_(memory|complex)$/.test(name));
  fc.assert(
    fc.property(base, (name) => {
      assert.equal(parseAlgorithmName(name), { base: name, memory: 'none' });
      assert.equal(parseAlgorithmName(`${name}_memory`), { base: name, memory: 'plain' });
      assert.equal(parseAlgorithmName(`${name}_complex_memory`), { base: name, memory: 'complex' });
    }),
  );
});

test('any other text is refused with a GossipError or is safe as a file name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      try {
        assert.match(parseAlgorithmName(name).base, /^[a-z][a-z0-9_]*$/);
      } catch (error) {
        assert.instance(error, GossipError);
      }
    }),
  );
});

function thrownBy(name: string): unknown {
  try {
    parseAlgorithmName(name);
  } catch (error) {
    return error;
  }
  return undefined;
}

test.run();
