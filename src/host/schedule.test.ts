import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chiSquareZ, LIMIT } from './chi-square.ts';
import { deriveKey } from './random.ts';
import { drawTurns } from './schedule.ts';

const ORDER = deriveKey([1]);
const INITIATOR = deriveKey([2]);

function turns(schedule: 'shuffled' | 'random', round: number, count: number): Uint32Array {
  const result = new Uint32Array(count).fill(7);
  drawTurns(schedule, ORDER, INITIATOR, round, result);
  return result;
}

test('a shuffled round is a permutation, the same for the same round, another for the next', () => {
  for (const count of [0, 1, 2, 3, 100, 5000]) {
    const order = turns('shuffled', 3, count);
    assert.equal(
      [...order].sort((a, b) => a - b),
      Array.from({ length: count }, (_, node) => node),
    );
    assert.equal(turns('shuffled', 3, count), order);
    if (count >= 100) assert.not.equal(turns('shuffled', 4, count), order);
  }
});

test('shuffled: every permutation is equally likely over rounds, chi-square', () => {
  const counts = new Map<string, number>();
  for (let round = 1; round <= 60_000; round++) {
    const order = turns('shuffled', round, 5).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.is(counts.size, 120);
  within(chiSquareZ([...counts.values()]), 'permutations of 5');
});

test('shuffled: every node is equally often at every position, and after every other, chi-square', () => {
  const count = 40;
  const positions = new Uint32Array(count * count);
  const pairs = new Uint32Array(count * count);
  for (let round = 1; round <= 20_000; round++) {
    const order = turns('shuffled', round, count);
    for (let turn = 0; turn < count; turn++) positions[turn * count + order[turn]]++;
    pairs[order[0] * count + order[1]]++;
  }
  for (let turn = 0; turn < count; turn++) {
    within(chiSquareZ(positions.subarray(turn * count, (turn + 1) * count)), `position ${turn}`);
  }
  const others = pairs.map((_, cell) => +(Math.floor(cell / count) !== cell % count));
  within(chiSquareZ(pairs, others), 'the first two');
});

test('random: initiators are drawn uniformly, with replacement, each on its own, chi-square', () => {
  const count = 50;
  const nodes = new Uint32Array(count);
  const pairs = new Uint32Array(count * count);
  const between = new Uint32Array(count * count);
  let before = turns('random', 0, count);
  for (let round = 1; round <= 4000; round++) {
    const order = turns('random', round, count);
    for (let turn = 0; turn < count; turn++) {
      nodes[order[turn]]++;
      between[before[turn] * count + order[turn]]++;
    }
    for (let turn = 0; turn < count; turn += 2) pairs[order[turn] * count + order[turn + 1]]++;
    before = order;
  }
  within(chiSquareZ(nodes), 'nodes');
  within(chiSquareZ(pairs), 'one turn and the next');
  within(chiSquareZ(between), 'one round and the next');
});

test('the two schedules use a key each', () => {
  const order = new Uint32Array(100);
  drawTurns('random', deriveKey([9]), INITIATOR, 1, order);
  assert.equal(order, turns('random', 1, 100));
  drawTurns('shuffled', ORDER, deriveKey([9]), 1, order);
  assert.equal(order, turns('shuffled', 1, 100));
});

function within(z: number, what: string): void {
  assert.ok(Math.abs(z) < LIMIT, `${what}: z = ${z}`);
}

test.run();
