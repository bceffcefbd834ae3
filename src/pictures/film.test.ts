import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chosenRounds, filmOf, finalOf, holdingText, titleOf, valuesAt } from './film.ts';

test('every round has a frame, and few rounds have four more between two of them', () => {
  for (const rounds of [1, 2, 5, 9, 10, 42, 99]) {
    const at = filmOf(rounds).map((frame) => frame.at);
    assert.is(at.length, rounds < 10 ? 5 * rounds + 1 : rounds + 1);
    for (let round = 0; round <= rounds; round++) assert.ok(at.includes(round), `${round}`);
    assert.equal(
      at,
      at.toSorted((a, b) => a - b),
    );
  }
});

test('a long film has 100 frames, evenly chosen', () => {
  for (const rounds of [100, 101, 250, 1000]) {
    const at = filmOf(rounds).map((frame) => frame.at);
    assert.is(new Set(at).size, 100);
    assert.is(at[0], 0);
    assert.is(at[99], rounds);
    const steps = at.slice(1).map((round, index) => round - at[index]);
    assert.ok(Math.max(...steps) - Math.min(...steps) <= 1);
  }
});

test('rounds for a page', () => {
  assert.equal(chosenRounds(1, 6), [0, 1]);
  assert.equal(chosenRounds(5, 6), [0, 1, 2, 3, 4, 5]);
  assert.equal(chosenRounds(8, 6), [0, 2, 3, 5, 6, 8]);
});

test('a frame between two rounds says so, and fades', () => {
  assert.is(titleOf(3, 7), 'round 3 of 7');
  assert.is(titleOf(2.4, 7), 'round 2 to 3 of 7');
  const values = [Float64Array.of(4, 8), Float64Array.of(4, 0)];
  assert.equal(valuesAt(values, 0), values[0]);
  assert.equal(valuesAt(values, 1), values[1]);
  assert.equal(valuesAt(values, 0.25), Float64Array.of(4, 6));
});

test('how many hold what all hold in the end', () => {
  const values = [Float64Array.of(1, 8, 3), Float64Array.of(1, 1, 3), Float64Array.of(1, 1, 1)];
  assert.is(finalOf(values), 1);
  assert.is(holdingText(values[1], 1), '2 of 3 nodes hold 1');
  assert.is(finalOf(values.slice(0, 2)), null);
  assert.is(holdingText(values[1], null), '');
});

test.run();
