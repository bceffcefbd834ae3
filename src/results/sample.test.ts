import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deriveKey, sequence } from '../host/random.ts';
import { drawSample } from './sample.ts';

async function* numbers(count: number) {
  for (let i = 0; i < count; i++) yield i;
}

const draw = (seed: number) => sequence(deriveKey([seed]));

test('a sample has so many different items, in their order, or all of them', async () => {
  for (const [count, of] of [
    [20, 100],
    [1, 1000],
    [5, 5],
    [20, 3],
    [20, 0],
  ]) {
    const sample = await drawSample(numbers(of), count, draw(1));
    assert.is(sample.of, of);
    assert.is(sample.items.length, Math.min(count, of));
    assert.equal(
      [...new Set(sample.items)].sort((a, b) => a - b),
      sample.items,
    );
  }
});

test('the same seed draws the same sample, another another one', async () => {
  const items = async (seed: number) => (await drawSample(numbers(1000), 20, draw(seed))).items;
  assert.equal(await items(1), await items(1));
  assert.not.equal(await items(1), await items(2));
});

test('every item is as likely as any other', async () => {
  const samples = 4000;
  const counts = new Array<number>(20).fill(0);
  const next = draw(7);
  for (let i = 0; i < samples; i++) {
    for (const item of (await drawSample(numbers(20), 5, next)).items) counts[item]++;
  }
  // Each count is binomial(4000, 1/4): 27.4 is its deviation; 4.5 of them is passed once in 7,000 such tests.
  for (const count of counts) assert.ok(Math.abs(count - samples / 4) < 4.5 * 27.4, `${counts}`);
});

test.run();
