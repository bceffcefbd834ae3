import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { slowReader } from './slow-reader.ts';

test('a reader is told in order, misses what was taken away while he was slow, and is let go of in the end', async () => {
  let tell = (_: number) => {};
  let isOver = false;
  const leaving = new AbortController();
  const reader = slowReader<number>(
    (told) => {
      tell = told;
      tell(0);
      return () => {
        isOver = true;
      };
    },
    (waiting) => {
      if (waiting.length > 2) waiting.shift();
    },
    leaving.signal,
  );
  assert.equal(await reader.next(), { value: 0, done: false });
  for (const news of [1, 2, 3]) tell(news);
  assert.equal(await reader.next(), { value: 2, done: false });
  assert.equal(await reader.next(), { value: 3, done: false });
  const next = reader.next();
  tell(4);
  assert.equal(await next, { value: 4, done: false });
  const last = reader.next();
  assert.not(isOver);
  leaving.abort();
  assert.equal(await last, { value: undefined, done: true });
  assert.ok(isOver);
});

test.run();
