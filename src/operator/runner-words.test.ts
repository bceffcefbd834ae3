import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseEnding, parseProgress } from './runner-words.ts';

const progress = {
  phase: 'waiting',
  hostsReady: 3,
  hosts: 20,
  runsDone: 0,
  runs: 4,
  folder: 'x-0123abcd',
};

test('progress as runners say it', () => {
  assert.equal(parseProgress(JSON.stringify(progress)), {
    phase: 'waiting',
    runsDone: 0,
    runs: 4,
    folder: 'x-0123abcd',
  });
  assert.is(parseProgress(JSON.stringify({ ...progress, folder: null, more: 1 }))?.folder, null);
});

test('endings as runners leave them', () => {
  assert.equal(parseEnding('{"folder":"x-0","runs":3}'), { folder: 'x-0', runs: 3 });
  assert.equal(parseEnding('{"error":"no","code":"input"}'), { error: 'no', code: 'input' });
});

test('what is something else is nothing', () => {
  for (const text of [
    '',
    'Error: x\n  at y',
    '[]',
    'null',
    '{"error":"no","code":"x"}',
    '{"folder":3,"runs":3}',
  ]) {
    assert.is(parseProgress(text), null, text);
    assert.is(parseEnding(text), null, text);
  }
  const hostile = [{ runsDone: -1 }, { runs: 0.5 }, { phase: 'x' }, { folder: 'x'.repeat(3000) }];
  for (const fields of hostile) {
    const text = JSON.stringify({ ...progress, ...fields });
    assert.is(parseProgress(text), null, text);
  }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.is(parseProgress(text), null);
      assert.is(parseEnding(text), null);
    }),
    { seed: 1 },
  );
});

test.run();
