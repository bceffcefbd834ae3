import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exampleTitle } from './example-title.ts';

test('an example is not named twice', () => {
  assert.is(exampleTitle('karate-default-complex-memory.yaml', 'karate'), 'default complex memory');
  assert.is(exampleTitle('default_memory.yaml', 'karate'), 'default memory');
  assert.is(exampleTitle('karate.yaml', 'karate'), 'karate');
});

test.run();
