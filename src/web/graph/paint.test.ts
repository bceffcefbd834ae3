import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createPaint, markHolding, paintOf, SHADE_COLORS } from './paint.ts';

test('shades go from the least to the greatest value, and no further', () => {
  const { shades, ringed } = paintOf([0, 25, 60, 100, -7, 200], { low: 0, high: 100 }, 60);
  assert.equal([...shades], [0, 64, 153, 255, 0, 255]);
  assert.equal([...ringed], [0, 0, 1, 0, 0, 0]);
});

test('one value alone, and the largest numbers, have shades', () => {
  assert.equal([...paintOf([3, 3], { low: 3, high: 3 }, null).shades], [0, 0]);
  const most = Number.MAX_VALUE;
  assert.equal(
    [...paintOf([-most, 0, most], { low: -most, high: most }, null).shades],
    [0, 128, 255],
  );
});

test('paint is written where it is wanted, in an object of its own', () => {
  const out = createPaint(2);
  const paint = paintOf([1, 2], { low: 1, high: 2 }, null, out);
  assert.is.not(paint, out);
  assert.is(paint.shades, out.shades);
  assert.equal([...out.shades], [0, 255]);
});

test('shades are viridis, from its dark end to its bright one', () => {
  assert.equal([...SHADE_COLORS.subarray(0, 3)], [0x44, 0x01, 0x54]);
  assert.equal([...SHADE_COLORS.subarray(-3)], [0xfd, 0xe7, 0x25]);
});

test('nodes that hold the final value are marked', () => {
  const ringed = new Uint8Array(4).fill(1);
  assert.is(markHolding(Float64Array.of(2, 3, 2, 7), 2, null, ringed), 2);
  assert.equal([...ringed], [1, 0, 1, 0]);
});

test('of nodes that come close to it, as many as there are said to be', () => {
  const values = Float64Array.of(4.9, 5.2, 5.01, 9);
  const ringed = new Uint8Array(4);
  assert.is(markHolding(values, 5, 2, ringed), 2);
  assert.equal([...ringed], [1, 0, 1, 0]);
  assert.is(markHolding(values, 5, 0, ringed), 0);
  assert.equal([...ringed], [0, 0, 0, 0]);
  assert.is(markHolding(values, 5, 4, ringed), 4);
});

test.run();
