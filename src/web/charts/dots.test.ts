import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type DotsRoom, heapDots, type Rounds } from './dots.ts';

const ROOM: DotsRoom = { step: 1, widest: 10, comfortable: 4, highest: 16, dots: 500 };

function all(rounds: readonly number[]): Rounds {
  return { rounds, converged: rounds.map(() => true) };
}

test('a heap stands where its rounds are, and each run is a dot', () => {
  const [{ dots, each }] = heapDots([all([5, 3, 5, 5])], ROOM);
  assert.is(each, 1);
  assert.equal(
    dots.map(({ at, across, level, runs }) => [at, across, level, ...runs]),
    [
      [5, 0, 0, 0],
      [5, 0, 1, 2],
      [5, 0, 2, 3],
      [3, 0, 0, 1],
    ],
  );
});

test('heaps of all rows are as wide as the highest must be, and even', () => {
  const [first, second] = heapDots([all([5, 5, 5, 5, 5, 5, 5]), all([5, 5, 5])], ROOM);
  assert.equal(
    first.dots.map(({ across, level }) => [across, level]),
    [
      [-0.5, 0],
      [0.5, 0],
      [-0.5, 1],
      [0.5, 1],
      [-0.5, 2],
      [0.5, 2],
      [0, 3],
    ],
  );
  assert.equal(
    second.dots.map(({ across }) => across),
    [-0.5, 0.5, 0],
  );
});

test('runs that did not converge lie on the others', () => {
  const rounds = { rounds: [9, 9, 9], converged: [false, true, false] };
  const [{ dots }] = heapDots([rounds], ROOM);
  assert.equal(
    dots.map(({ converged, runs }) => [converged, ...runs]),
    [
      [true, 1],
      [false, 0],
      [false, 2],
    ],
  );
});

test('where there is no room for all, a dot stands for several, in that row alone', () => {
  const [many, few] = heapDots([all(new Array(1000).fill(3)), all([3, 3])], ROOM);
  assert.is(many.each, Math.ceil(1000 / (10 * 16 - 2)));
  assert.is(few.each, 1);
});

test('a full heap has room for an odd number of both parts', () => {
  const most = ROOM.widest * ROOM.highest;
  const runs = { rounds: new Array(2 * most).fill(3), converged: new Array(2 * most).fill(true) };
  runs.converged.fill(false, 0, most - 1);
  const [{ dots }] = heapDots([runs], ROOM);
  assert.ok(Math.max(...dots.map(({ level }) => level)) < ROOM.highest);
});

test('heaps of several rounds stand in the middle of them', () => {
  const [{ dots }] = heapDots([all([0, 4, 5, 9])], { ...ROOM, step: 5 });
  assert.equal(
    dots.map(({ at }) => at),
    [2, 2, 7, 7],
  );
});

test('however many runs there are, each is in one dot and all dots fit', () => {
  const row = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), { maxLength: 400 });
  const room = fc.record({
    step: fc.integer({ min: 1, max: 7 }),
    widest: fc.integer({ min: 0, max: 6 }),
    comfortable: fc.integer({ min: 1, max: 6 }),
    highest: fc.integer({ min: 6, max: 20 }),
    dots: fc.integer({ min: 40, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), room, (rows, room) => {
      const rounds = rows.map((runs) => ({
        rounds: runs.map(([round]) => round),
        converged: runs.map(([, converged]) => converged),
      }));
      const rowsOfDots = heapDots(rounds, room);
      for (const [index, { rounds: taken, converged }] of rounds.entries()) {
        const { dots, each } = rowsOfDots[index];
        const runs = dots.flatMap((dot) => dot.runs);
        assert.equal(
          runs.toSorted((a, b) => a - b),
          taken.map((_, run) => run),
        );
        const places = new Set<string>();
        for (const dot of dots) {
          assert.ok(dot.runs.length >= 1 && dot.runs.length <= each);
          assert.ok(dot.level < room.highest, `level ${dot.level} of ${room.highest}`);
          assert.ok(Math.abs(dot.across) <= Math.max(0, (room.widest - 1) / 2));
          assert.ok(dot.runs.every((run) => converged[run] === dot.converged));
          assert.ok(dot.runs.every((run) => Math.abs(taken[run] - dot.at) <= (room.step - 1) / 2));
          places.add(`${dot.at} ${dot.across} ${dot.level}`);
        }
        assert.is(places.size, dots.length, 'no dot hides another');
      }
    }),
  );
});

test.run();
