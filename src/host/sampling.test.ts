import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chiSquareZ, LIMIT } from './chi-square.ts';
import { deriveKey, sequence } from './random.ts';
import {
  type AliasTables,
  aliasTables,
  LARGE_DEGREE,
  pickByAlias,
  pickByRejection,
  pickByScan,
} from './sampling.ts';

const GREATEST_DRAW = 1 - 2 ** -53;
const DRAWS = 2 ** 17;

/** The probability of each slot of one node, as its table has it. */
function probabilities({ keep, alias }: AliasTables, begin: number, end: number): Float64Array {
  const result = new Float64Array(end - begin);
  for (let slot = begin; slot < end; slot++) {
    assert.ok(keep[slot] >= 0 && keep[slot] <= 1 + 1e-12, `keep is ${keep[slot]}`);
    result[slot - begin] += Math.min(keep[slot], 1) / result.length;
    if (keep[slot] < 1) {
      assert.ok(alias[slot] >= begin && alias[slot] < end, 'an alias of the same node');
      result[alias[slot] - begin] += (1 - keep[slot]) / result.length;
    }
  }
  return result;
}

function shares(weights: ArrayLike<number>): number[] {
  const all = Array.from(weights);
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((weight) => (sum === 0 ? 1 / all.length : weight / sum));
}

const weight = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(1) },
  fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

test('alias tables hold weight / sum for every node, to 1e-12', () => {
  const rows = fc.array(fc.array(weight, { maxLength: 30 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rows, (nodes) => {
      const offsets = new Uint32Array(nodes.length + 1);
      nodes.forEach((row, node) => {
        offsets[node + 1] = offsets[node] + row.length;
      });
      const tables = aliasTables(offsets, Float64Array.from(nodes.flat()));
      nodes.forEach((row, node) => {
        const found = probabilities(tables, offsets[node], offsets[node + 1]);
        shares(row).forEach((share, k) => {
          assert.ok(Math.abs(found[k] - share) <= 1e-12, `${found[k]} for ${share}`);
          if (share === 0) assert.is(found[k], 0);
        });
      });
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('alias tables of a hub, of weights near the largest and the least numbers', () => {
  const random = sequence(deriveKey([1]));
  const hub = Float64Array.from({ length: 100_000 }, (_, k) => (k % 3 === 0 ? 0 : random() ** 8));
  const rows = [
    hub,
    Float64Array.of(7e307, 7e307, 1e307, 0, 0, 0, 0, 0, 0),
    Float64Array.of(5e-324, 0, 1.5e-323),
  ];
  for (const row of rows) {
    const found = probabilities(aliasTables(Uint32Array.of(0, row.length), row), 0, row.length);
    shares(row).forEach((share, k) => {
      assert.ok(Math.abs(found[k] - share) <= 1e-12, `${found[k]} for ${share}`);
      if (share === 0) assert.is(found[k], 0);
    });
  }
});

test('no draw picks a weight of 0, nor leaves the node', () => {
  const draw = fc.oneof(
    fc.double({ min: 0, max: GREATEST_DRAW, noNaN: true }),
    fc.constantFrom(0, 0.5, 1 - 2 ** -32, GREATEST_DRAW),
  );
  const row = fc.array(weight, { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(row, draw, fc.array(weight, { maxLength: 3 }), (own, u, before) => {
      // Slots of other nodes around it, which must not be picked.
      const weights = Float64Array.of(...before, ...own, 5);
      const begin = before.length;
      const offsets = Uint32Array.of(0, begin, begin + own.length, weights.length);
      for (const slot of [
        pickByAlias(aliasTables(offsets, weights), begin, own.length, u),
        pickByScan(weights, begin, own.length, u),
      ]) {
        assert.ok(slot >= begin && slot < begin + own.length, `slot ${slot}`);
        if (own.some((w) => w > 0)) assert.ok(weights[slot] > 0, `slot ${slot}`);
      }
    }),
    { seed: 2, numRuns: 3000 },
  );
});

test('a scan takes the slot that the draw falls in', () => {
  const weights = Float64Array.of(9, 0, 1, 0, 3, 0, 9);
  const at = (u: number) => pickByScan(weights, 1, 5, u);
  assert.equal([0, 0.2499, 0.25, 0.5, 0.9999, GREATEST_DRAW].map(at), [2, 2, 4, 4, 4, 4]);
  const none = new Float64Array(6);
  assert.equal(
    [0, 0.24, 0.25, 0.5, GREATEST_DRAW].map((u) => pickByScan(none, 2, 4, u)),
    [2, 2, 3, 4, 5],
  );
});

test('where the draw rounds up to the sum, a scan takes the last weight above 0', () => {
  assert.is(GREATEST_DRAW * 5e-324, 5e-324, 'only the least numbers round so');
  assert.is(pickByScan(Float64Array.of(0, 5e-324, 0, 0), 0, 4, GREATEST_DRAW), 1);
});

/** Weights as a strategy might give them, and as contacts may have left them. */
function lowered(degree: number, factor: number): [start: Float64Array, weights: Float64Array] {
  const random = sequence(deriveKey([degree, factor * 1000]));
  const start = Float64Array.from({ length: degree }, () => (random() < 0.2 ? 0 : random()));
  return [start, start.map((w) => w * factor ** Math.floor(random() * 4))];
}

test('alias and scan pick in proportion to the weights: chi-square', () => {
  const random = sequence(deriveKey([3]));
  for (const degree of [2, 7, 63, 1000]) {
    const [, weights] = lowered(degree, 0.5);
    const tables = aliasTables(Uint32Array.of(0, degree), weights);
    const byAlias = new Uint32Array(degree);
    const byScan = new Uint32Array(degree);
    for (let i = 0; i < DRAWS; i++) byAlias[pickByAlias(tables, 0, degree, random())]++;
    for (let i = 0; i < DRAWS / 2; i++) byScan[pickByScan(weights, 0, degree, random())]++;
    assert.ok(Math.abs(chiSquareZ(byAlias, weights)) < LIMIT, `alias, degree ${degree}`);
    assert.ok(Math.abs(chiSquareZ(byScan, weights)) < LIMIT, `scan, degree ${degree}`);
  }
});

test('rejection picks in proportion to the lowered weights, however low: chi-square', () => {
  for (const degree of [LARGE_DEGREE, 500]) {
    for (const factor of [1, 0.5, 1e-9, 0]) {
      const [start, weights] = lowered(degree, factor);
      check(start, weights, `degree ${degree}, factor ${factor}`);
    }
    const [start] = lowered(degree, 1);
    check(start, new Float64Array(degree), 'all lowered to 0: uniform');
    check(new Float64Array(degree), new Float64Array(degree), 'all 0 at the start: uniform');
    const one = new Float64Array(degree);
    one[degree - 1] = start[degree - 1] = 1e-200;
    check(start, one, 'all but one lowered to 0');
  }

  function check(start: Float64Array, weights: Float64Array, what: string): void {
    // Behind a slot of another node.
    const shifted = Float64Array.of(1, ...start);
    const tables = aliasTables(Uint32Array.of(0, 1, shifted.length), shifted);
    const now = Float64Array.of(1, ...weights);
    const counts = new Uint32Array(start.length);
    const { k0, k1 } = deriveKey([start.length]);
    for (let counter = 0; counter < DRAWS / 2; counter++) {
      counts[pickByRejection(tables, shifted, now, 1, start.length, k0, k1, counter) - 1]++;
    }
    const z = chiSquareZ(counts, weights.some((w) => w > 0) ? weights : undefined);
    assert.ok(Math.abs(z) < LIMIT, `${what}: z = ${z}`);
  }
});

test.run();
