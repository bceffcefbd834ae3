import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Position } from './run-params.ts';
import { inRange, isEnd, START, stepExchange, stepRound } from './stepping.ts';

const at = (round: number, exchange: number | null = null): Position => ({ round, exchange });
/** A run of 2 rounds with 3 exchanges each. */
const LAST = 2;
const three = () => 3;

test('rounds are stepped through from the start to the last, and no further', () => {
  assert.equal(stepRound(at(0), 1, LAST), at(1));
  assert.equal(stepRound(at(2), 1, LAST), at(2));
  assert.equal(stepRound(at(1), -1, LAST), at(0));
  assert.equal(stepRound(at(0), -1, LAST), at(0));
});

test('from within a round one steps to its end, or to the end of the one before', () => {
  assert.equal(stepRound(at(2, 1), 1, LAST), at(2));
  assert.equal(stepRound(at(2, 1), -1, LAST), at(1));
});

test('forward, all exchanges are passed and no moment twice', () => {
  const passed: Position[] = [START];
  for (let position = START; !isEnd(position, LAST); ) {
    position = stepExchange(position, 1, LAST, three)!;
    passed.push(position);
  }
  const rounds = [at(1, 1), at(1, 2), at(1, 3), at(2, 1), at(2, 2), at(2, 3)];
  assert.equal(passed, [START, ...rounds, at(2)]);
});

test('back, the end of a round is the moment after its last exchange', () => {
  const passed: Position[] = [at(2)];
  while (passed.at(-1)!.round > 0) passed.push(stepExchange(passed.at(-1)!, -1, LAST, three)!);
  assert.equal(passed, [at(2), at(2, 2), at(2, 1), at(1), at(1, 2), at(1, 1), at(0)]);
  assert.equal(stepExchange(at(0), -1, LAST, three), at(0));
});

test('how many exchanges there are may not be known yet', () => {
  const unknown = () => null;
  assert.is(stepExchange(at(0), 1, LAST, unknown), null);
  assert.is(stepExchange(at(1, 1), 1, LAST, unknown), null);
  assert.is(stepExchange(at(1), -1, LAST, unknown), null);
  assert.equal(stepExchange(at(1, 2), -1, LAST, unknown), at(1, 1));
});

test('a round without exchanges is passed as one step', () => {
  const none = () => 0;
  assert.equal(stepExchange(at(0), 1, LAST, none), at(1));
  assert.equal(stepExchange(at(1), -1, LAST, none), at(0));
});

test('a moment that there is not becomes one that there is', () => {
  assert.equal(inRange(at(7, 2), LAST, three), at(2));
  assert.equal(inRange(at(1, 4), LAST, three), at(1));
  assert.equal(inRange(at(1, 3), LAST, three), at(1, 3));
  assert.equal(
    inRange(at(1, 9), LAST, () => null),
    at(1, 9),
  );
});

test.run();
