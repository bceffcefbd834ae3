import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatNumber, powersOfTen, ticks } from './axis.ts';

test('marks are round numbers within the bounds', () => {
  assert.equal(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.equal(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.equal(ticks(2.5, 7.5, 20, 1), [3, 4, 5, 6, 7]);
  assert.equal(ticks(-300, 900, 4), [0, 500]);
  assert.equal(ticks(0, 34_567, 4), [0, 10_000, 20_000, 30_000]);
});

test('there is a mark also where there is nothing to divide', () => {
  assert.equal(ticks(4, 4), [4]);
  assert.equal(ticks(0, Number.POSITIVE_INFINITY), [0]);
  assert.equal(ticks(0.1, 0.9, 1, 1), [0.1]);
});

test('there are never many more than wanted, from the least to the greatest numbers', () => {
  for (let power = -300; power <= 300; power += 7) {
    for (const factor of [1, 1.3, 2.1, 4.9, 9.9]) {
      const high = factor * 10 ** power;
      const marks = ticks(0, high, 6);
      assert.ok(marks.length >= 2 && marks.length <= 8, `${high}: ${marks}`);
      assert.ok(marks.every((mark) => mark >= 0 && mark <= high * (1 + 1e-9)));
    }
  }
});

test('powers of ten, some left out where there are many', () => {
  assert.equal(powersOfTen(1, 1000), [1, 10, 100, 1000]);
  assert.equal(powersOfTen(0.01, 1), [0.01, 0.1, 1]);
  assert.ok(powersOfTen(1e-20, 1e20, 6).length <= 8);
});

test('numbers are written so that they can be read', () => {
  const written = [0, 34, 1234567, 0.1 + 0.2, 1 / 3, -2.5, 1e-7, 123456.789, 1e21].map(
    formatNumber,
  );
  assert.equal(written, [
    '0',
    '34',
    '1234567',
    '0.3',
    '0.333333',
    '-2.5',
    '1e-7',
    '123457',
    '1e+21',
  ]);
});

test.run();
