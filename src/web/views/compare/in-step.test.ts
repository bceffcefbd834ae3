import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { longest, numberIn, standingAt, standingText } from './in-step.ts';

test('each stops at its own last round', () => {
  const texts = (round: number) =>
    [5, 3, 1].map((last) => standingText(standingAt(round, last, true)));
  assert.equal(texts(0), ['round 0', 'round 0', 'round 0']);
  assert.equal(texts(2), ['round 2', 'round 2', 'done in 1 round']);
  assert.equal(texts(3), ['round 3', 'done in 3 rounds', 'done in 1 round']);
  assert.equal(texts(9), ['done in 5 rounds', 'done in 3 rounds', 'done in 1 round']);
  assert.is(standingAt(9, 5, true).round, 5);
});

test('one that did not converge is not done; of one that is not known only the round is said', () => {
  assert.is(standingText(standingAt(7, 4, false)), 'not done after 4 rounds');
  assert.is(standingText(standingAt(7, null, false)), 'round 7');
});

test('the clock goes to the end of the longest', () => {
  assert.is(longest([3, null, 7, 5]), 7);
  assert.is(longest([null]), 0);
  assert.is(longest([]), 0);
});

test('a number of a URL is within bounds, or another one', () => {
  assert.is(numberIn('3', 0, 9, 0), 3);
  assert.is(numberIn('30', 0, 9, 0), 9);
  assert.is(numberIn('0', 1, 9, 4), 1);
  for (const text of [null, '', '-1', '1.5', '1e3', 'x', '99999999999999999999', ' 3']) {
    assert.is(numberIn(text, 0, 9, 4), 4);
  }
});

test.run();
