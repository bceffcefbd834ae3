import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { actionOf } from './run-keys.ts';

const of = (key: string, shiftKey = false) => actionOf({ key, shiftKey });

test('keys play, step and search', () => {
  assert.is(of(' '), 'play');
  assert.is(of('ArrowRight'), 'next-round');
  assert.is(of('ArrowLeft', true), 'previous-exchange');
  assert.is(of('/'), 'search');
  assert.is(of('Escape'), 'leave-node');
});

test('other keys are those of the browser', () => {
  for (const key of ['a', 'Tab', 'ArrowUp', 'Enter']) assert.is(of(key), null);
  assert.is(of(' ', true), null);
});

test.run();
