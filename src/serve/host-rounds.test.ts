import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createRoundJoiner } from './host-rounds.ts';

const piece = (repetition: number, round: number, nodes: readonly [number, number][]) =>
  ({ repetition, round, nodes: nodes.map(([node, value]) => ({ node, value })) }) as never;
const whole = (repetition: number, round: number, ...values: readonly number[]) =>
  piece(
    repetition,
    round,
    values.map((value, node) => [node, value]),
  );

test('a round is whole when all hosts have played it, and each comes in its order', () => {
  const joiner = createRoundJoiner(3);
  assert.is(joiner.add(piece(1, 1, [[2, 30]])), null);
  assert.is(joiner.add(piece(1, 2, [[2, 31]])), null);
  const [one, two] = [1, 2].map((round) =>
    joiner.add(
      piece(1, round, [
        [0, 10 + round],
        [1, 20],
      ]),
    ),
  );
  assert.equal([one?.round, ...one!.values], [1, 11, 20, 30]);
  assert.equal([two?.round, ...two!.values], [2, 12, 20, 31]);
  // A host that comes back says its last round again, and one may leave some out.
  assert.is(joiner.add(whole(1, 2, 1, 2, 3)), null);
  assert.is(joiner.add(whole(1, 9, 1, 2, 3))?.round, 9);
});

test('nodes that the graph does not have and values that are none are not taken', () => {
  const joiner = createRoundJoiner(2);
  assert.is(
    joiner.add(
      piece(1, 1, [
        [0, 1],
        [2, 1],
        [1, Number.NaN],
      ]),
    ),
    null,
  );
  assert.equal(Array.from(joiner.add(piece(1, 1, [[1, 5]]))!.values), [1, 5]);
});

test('runs one after the other: the next is shown at once', () => {
  const joiner = createRoundJoiner(2, () => 0);
  assert.is(joiner.add(whole(1, 1, 1, 2))?.repetition, 1);
  assert.is(joiner.add(whole(2, 1, 1, 2))?.repetition, 2);
});

test('runs side by side: one is shown until it is over', () => {
  let now = 0;
  const joiner = createRoundJoiner(2, () => now);
  const shown = (repetition: number, round: number, ...values: readonly number[]) =>
    joiner.add(whole(repetition, round, ...values)) !== null;
  assert.is(shown(1, 1, 1, 2), true);
  assert.is(shown(2, 1, 1, 2), true);
  assert.is(shown(1, 2, 1, 2), false);
  assert.is(shown(3, 1, 1, 2), false);
  assert.is(shown(2, 2, 1, 1), true);
  // Its values agree: the next that begins is shown, and not one that began before.
  assert.is(shown(3, 2, 1, 2), false);
  assert.is(shown(4, 1, 1, 2), true);
  assert.is(shown(3, 3, 1, 2), false);
  assert.is(shown(5, 1, 1, 2), false);
  now = 2000;
  assert.is(shown(3, 4, 1, 2), true);
});

test('rounds that are never whole are forgotten', () => {
  const joiner = createRoundJoiner(1 << 20);
  joiner.add(piece(1, 1, [[0, 1]]));
  for (let round = 2; round < 30; round++) joiner.add(piece(1, round, [[0, 1]]));
  const rest = Array.from({ length: (1 << 20) - 1 }, (_, i) => [i + 1, 1] as [number, number]);
  assert.is(joiner.add(piece(1, 1, rest)), null);
  assert.is(joiner.add(piece(1, 29, rest))?.round, 29);
});

test.run();
