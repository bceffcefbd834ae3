import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { complete, ring, star } from '../graph/generators/index.ts';
import { graphFromEdges } from '../graph/index.ts';
import { finalValue, spread } from './aggregate.ts';
import { chiSquareZ, LIMIT } from './chi-square.ts';
import { deriveKey } from './random.ts';
import { RANDOM_START_MAXIMUM, type Start, startValues } from './start.ts';

const KEY = deriveKey([1]);

function start(graph: Parameters<typeof startValues>[0], how: Start, key = KEY): number[] {
  return [...startValues(graph, how, 'minimum', key)];
}

test('values are the given ones, copied', () => {
  const given = Float64Array.of(3, -1, 2.5);
  const values = startValues(ring(3), { kind: 'values', values: given }, 'minimum', KEY);
  assert.equal(values, given);
  values[0] = 100;
  assert.is(given[0], 3);
});

test('numbers are those that people know the nodes by', () => {
  assert.equal(start(ring(4), { kind: 'numbers' }), [0, 1, 2, 3]);
  const named = { ...ring(3), numbers: Float64Array.of(5, 70, 2 ** 53 - 1) };
  assert.equal(start(named, { kind: 'numbers' }), [5, 70, 2 ** 53 - 1]);
});

test('random values are the integers 0..100, uniform over nodes and over keys: chi-square', () => {
  const graph = ring(100);
  const overNodes = new Uint32Array(RANDOM_START_MAXIMUM + 1);
  const first = new Uint32Array(RANDOM_START_MAXIMUM + 1);
  for (let i = 0; i < 10_000; i++) {
    const values = start(graph, { kind: 'random' }, deriveKey([i]));
    first[values[0]]++;
    if (i < 2000) for (const value of values) overNodes[value]++;
  }
  assert.is(RANDOM_START_MAXIMUM, 100);
  for (const counts of [overNodes, first]) {
    assert.ok(counts.every((count) => count > 0));
    assert.ok(Math.abs(chiSquareZ(counts)) < LIMIT, `z = ${chiSquareZ(counts)}`);
  }
  assert.equal(start(graph, { kind: 'random' }), start(graph, { kind: 'random' }));
});

test('a rumor: one node holds what spreads', () => {
  const rumor: Start = { kind: 'source', source: { node: 2 } };
  assert.equal([...startValues(ring(4), rumor, 'minimum', KEY)], [1, 1, 0, 1]);
  assert.equal([...startValues(ring(4), rumor, 'maximum', KEY)], [0, 0, 1, 0]);
  assert.equal([...startValues(ring(4), rumor, 'mean', KEY)], [0, 0, 1, 0]);
});

test('its source may be the busiest node, the first of equals', () => {
  const busiest: Start = { kind: 'source', source: 'max-degree' };
  assert.equal(start(star(4), busiest), [0, 1, 1, 1]);
  assert.equal(start(complete(3), busiest), [0, 1, 1]);
  const late = graphFromEdges(5, Uint32Array.of(0, 1, 2, 4, 4), Uint32Array.of(1, 2, 3, 3, 2));
  assert.equal(start(late, busiest), [1, 1, 0, 1, 1]);
});

test('its source may be random: uniform over keys, chi-square', () => {
  const counts = new Uint32Array(30);
  for (let i = 0; i < 15_000; i++) {
    const values = start(ring(30), { kind: 'source', source: 'random' }, deriveKey([i]));
    assert.is(values.filter((value) => value === 0).length, 1);
    counts[values.indexOf(0)]++;
  }
  assert.ok(Math.abs(chiSquareZ(counts)) < LIMIT, `z = ${chiSquareZ(counts)}`);
});

test('what all hold in the end, and how far apart values are', () => {
  const values = Float64Array.of(4, -2, 7);
  assert.is(finalValue('minimum', values), -2);
  assert.is(finalValue('maximum', values), 7);
  assert.is(finalValue('mean', values), 3);
  assert.is(spread(values), 9);
  assert.is(spread(Float64Array.of(5)), 0);
});

test.run();
