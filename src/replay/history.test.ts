import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { type HistoryPart, HistoryPartSchema } from '../gen/gossip/v1/simulation_pb.ts';
import { finalValue, spread } from '../host/aggregate.ts';
import { AGGREGATES } from '../host/index.ts';
import { progressOf } from '../host/progress.ts';
import { createHistoryDecoder, createHistoryEncoder, type EncodedRun } from './index.ts';

/** A part as it arrives. */
function sent(part: HistoryPart): HistoryPart {
  return fromBinary(HistoryPartSchema, toBinary(HistoryPartSchema, part));
}

/** All parts of a run of which these rounds are written, sent on the way after each `flushEach` rounds. */
function partsOf(run: EncodedRun, rounds: ReadonlyMap<number, Float64Array>, flushEach = Infinity) {
  const encoder = createHistoryEncoder(run);
  const parts: (HistoryPart | null)[] = [];
  let count = 0;
  for (const [round, values] of rounds) {
    parts.push(encoder.add(round, values));
    if (++count % flushEach === 0) parts.push(encoder.flush());
  }
  parts.push(encoder.flush(), encoder.flush());
  return parts.filter((part) => part !== null).map(sent);
}

const numbers = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Runs as minimum, maximum or mean might leave them, and worse; some rounds are left out. */
const runs = fc
  .record({
    start: fc.array(numbers, { minLength: 1, maxLength: 20 }),
    aggregate: fc.constantFrom(...AGGREGATES),
    exact: fc.boolean(),
    tolerance: fc.constantFrom(0, 0.01, 0.3),
    changes: fc.array(fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 6 }), {
      maxLength: 30,
    }),
    leftOut: fc.array(fc.boolean(), { minLength: 31, maxLength: 31 }),
    flushEach: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ start, changes, leftOut, ...rest }) => {
    const values = Float64Array.from(start);
    const rounds = new Map<number, Float64Array>();
    for (let round = 0; round <= changes.length; round++) {
      for (const [a, b] of round === 0 ? [] : changes[round - 1]) {
        const [to, from] = [a % start.length, b % start.length];
        values[to] = rest.aggregate === 'mean' ? values[to] / 2 + values[from] / 2 : values[from];
      }
      if (!leftOut[round]) rounds.set(round, values.slice());
    }
    return { ...rest, start: Float64Array.from(start), rounds };
  });

test('what is written is read: codes, values and figures, in any order', () => {
  fc.assert(
    fc.property(runs, fc.infiniteStream(fc.nat(35)), ({ rounds, flushEach, ...run }, looks) => {
      const decoder = createHistoryDecoder();
      for (const part of partsOf(run, rounds, flushEach)) decoder.add(part);
      assert.equal(
        decoder.rounds.map(({ round }) => round),
        [...rounds.keys()],
      );
      const { start, aggregate, tolerance } = run;
      const final = finalValue(aggregate, start);
      const ends = { values: start, final, allowed: tolerance * spread(start) };
      for (const figures of decoder.rounds) {
        const values = rounds.get(figures.round)!;
        assert.is(figures.holding, progressOf(aggregate, values, ends).holding);
        assert.is(figures.distinct, new Set(values).size);
        assert.is(figures.spread, spread(values));
      }
      const isExact = aggregate !== 'mean' || run.exact;
      const least = finalValue('minimum', start);
      const step = finalValue('maximum', start) / 255 - least / 255;
      for (const look of [...looks.take(20)]) {
        const shown = [...rounds.keys()].findLast((round) => round <= look);
        const codes = decoder.codes(look);
        const values = shown === undefined ? [] : rounds.get(shown)!;
        assert.is(codes.length, values.length);
        values.forEach((value, node) => {
          const read = decoder.valueOf(codes[node]);
          // The tests run with -0 too: it is the same number as 0.
          if (isExact) assert.ok(read === value, `${read} for ${value}`);
          else assert.ok(Math.abs(read / 2 - value / 2) <= step * 0.2501 + Math.abs(value) * 1e-15);
        });
      }
    }),
    { seed: 5, numRuns: 1000 },
  );
});

test('the beginning says what is written, and changes are gaps', () => {
  const start = Float64Array.of(7, 3, 3, 9);
  const run = { aggregate: 'minimum', tolerance: 0, start, lastRound: 2 } as const;
  const rounds = new Map([
    [0, start],
    [1, Float64Array.of(7, 3, 3, 3)],
    [2, Float64Array.of(3, 3, 3, 3)],
  ]);
  const [part] = partsOf(run, rounds);
  const { levels, least, greatest, final, lastRound, exact, nodes } = part.beginning!;
  assert.equal(levels, [3, 7, 9]);
  assert.equal([least, greatest, final, lastRound, exact, nodes], [3, 9, 3, 2, false, 4]);
  const plain = part.rounds.map(({ round, changed, levels, steps, values, holding, distinct }) => {
    return { round, changed, levels, others: [...steps, ...values], holding, distinct };
  });
  assert.equal(plain, [
    { round: 0, changed: [0, 1, 1, 1], levels: [1, 0, 0, 2], others: [], holding: 2, distinct: 3 },
    { round: 1, changed: [3], levels: [0], others: [], holding: 3, distinct: 2 },
    { round: 2, changed: [0], levels: [0], others: [], holding: 4, distinct: 1 },
  ]);
  assert.equal(
    part.rounds.map(({ spread }) => spread),
    [6, 4, 0],
  );
  const [steps] = partsOf({ ...run, aggregate: 'mean', lastRound: undefined }, rounds);
  assert.equal([...steps.rounds[0].steps], [170, 0, 0, 255]);
  assert.equal([...steps.rounds[2].steps], [0]);
  assert.equal([steps.beginning!.final, steps.beginning!.lastRound], [5.5, undefined]);
  const [exactly] = partsOf({ ...run, aggregate: 'mean', exact: true }, rounds);
  assert.equal(exactly.rounds[1].values, [3]);
  assert.is(exactly.beginning!.exact, true);
});

test('0 and -0 are one value', () => {
  const start = Float64Array.of(0, -0, 1, -0, 0);
  for (const aggregate of AGGREGATES) {
    const [part] = partsOf({ aggregate, tolerance: 0, start }, new Map([[0, start]]));
    assert.is(part.rounds[0].distinct, 2);
    assert.equal(part.beginning!.levels.length, aggregate === 'mean' ? 0 : 2);
  }
});

test('a long history comes in parts of bounded size', () => {
  const nodes = 1000;
  const start = Float64Array.from({ length: nodes }, (_, node) => node);
  const rounds = new Map<number, Float64Array>();
  for (let round = 0; round < 300; round++) {
    rounds.set(
      round,
      start.map((value) => (value * 7 + round) % nodes),
    );
  }
  const parts = partsOf({ aggregate: 'maximum', tolerance: 0, start }, rounds);
  assert.ok(parts.length > 10);
  for (const [index, part] of parts.entries()) {
    assert.ok(toBinary(HistoryPartSchema, part).length < 80_000);
    assert.is(part.beginning !== undefined, index === 0);
  }
});

test('a history that grows loses every second round, not what it says of the others', () => {
  const nodes = 40;
  const start = Float64Array.from({ length: nodes }, (_, node) => node);
  const rounds = new Map([[0, start]]);
  for (let round = 1; round <= 1000; round++) {
    const values = rounds.get(round - 1)!.slice();
    values[round % nodes] = round % 13;
    rounds.set(round, values);
  }
  const decoder = createHistoryDecoder(40_000);
  const [part, ...others] = partsOf({ aggregate: 'minimum', tolerance: 0, start }, rounds, 10);
  decoder.add(part);
  for (const other of others) {
    decoder.add(other);
    assert.is(decoder.rounds.at(-1)!.round, other.rounds.at(-1)!.round);
  }
  assert.is(decoder.rounds[0].round, 0);
  assert.ok(decoder.rounds.length > 30 && decoder.rounds.length < 300, `${decoder.rounds.length}`);
  for (const { round, distinct } of decoder.rounds) {
    const values = Array.from(decoder.codes(round), (code) => decoder.valueOf(code));
    assert.equal(values, [...rounds.get(round)!]);
    assert.is(distinct, new Set(values).size);
  }
});

test('a new beginning takes the place of another run', () => {
  const decoder = createHistoryDecoder();
  assert.is(decoder.beginning, null);
  assert.is(decoder.codes(3).length, 0);
  const run = (start: Float64Array, rounds: number) => {
    const of = new Map(Array.from({ length: rounds }, (_, round) => [round, start]));
    return partsOf({ aggregate: 'minimum', tolerance: 0, start }, of);
  };
  for (const part of run(Float64Array.of(5, 6, 7), 4)) decoder.add(part);
  assert.is(decoder.rounds.length, 4);
  for (const part of run(Float64Array.of(1, 2), 2)) decoder.add(part);
  assert.is(decoder.rounds.length, 2);
  assert.is(decoder.beginning!.nodes, 2);
  assert.equal([...decoder.codes(9)], [0, 1]);
});

test('values that no node began with are refused', () => {
  const run = { aggregate: 'minimum', tolerance: 0, start: Float64Array.of(1, 2) } as const;
  const encoder = createHistoryEncoder(run);
  encoder.add(0, run.start);
  assert.throws(() => encoder.add(1, Float64Array.of(1, 1.5)), /a node holds 1\.5/);
});

test('what is no history is refused in words', () => {
  const beginning = { nodes: 3, levels: [1, 2] };
  const first = { round: 0, changed: [0, 1, 1], levels: [0, 1, 1] };
  const cases: [RegExp, MessageInitShape<typeof HistoryPartSchema>][] = [
    [/no beginning/, { rounds: [first] }],
    [/2 of 3 nodes/, { beginning, rounds: [{ ...first, changed: [0, 1] }] }],
    [/3 nodes to 2 values/, { beginning, rounds: [{ ...first, levels: [0, 1] }] }],
    [/3 nodes to 0 values/, { beginning: { nodes: 3 }, rounds: [first] }],
    [/level 2 of 2/, { beginning, rounds: [{ ...first, levels: [0, 2, 1] }] }],
    [/a node that is none/, { beginning, rounds: [{ ...first, changed: [0, 1, 2] }] }],
    [/a node that is none/, { beginning, rounds: [{ ...first, changed: [0, 0, 1] }] }],
    [
      /a node that is none/,
      { beginning, rounds: [first, { round: 1, changed: [3], levels: [0] }] },
    ],
    [/round 0 comes after round 0/, { beginning, rounds: [first, first] }],
    [/0 of 4294967295 nodes/, { beginning: { nodes: 2 ** 32 - 1 }, rounds: [{ round: 0 }] }],
  ];
  for (const [says, part] of cases) {
    const decoder = createHistoryDecoder();
    try {
      decoder.add(create(HistoryPartSchema, part));
      assert.unreachable(`${says}`);
    } catch (error) {
      assert.instance(error, GossipError, `${says}`);
      assert.match((error as Error).message, says);
    }
  }
});

test.run();
