import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chiSquareZ, LIMIT } from './chi-square.ts';
import { deriveKey, integer, Purpose, seedWords, sequence, unit, word } from './random.ts';

/** What names a draw, as the host puts it together. */
const AXES = ['seed', 'seedHigh', 'graph', 'repetition', 'round', 'node', 'attempt'] as const;
type Axis = (typeof AXES)[number];
type Name = Record<Axis, number>;

function draw(name: Name): number {
  const seed = seedWords(name.seed + name.seedHigh * 2 ** 32);
  const run = deriveKey([Purpose.choice, ...seed, name.graph, name.repetition]);
  const { k0, k1 } = deriveKey([name.round], run);
  return word(k0, k1, name.node, name.attempt);
}

/** Some names to walk away from; along `axis` they begin at 0, as the host's do or nearly. */
function* origins(axis: Axis, count: number): Generator<Name> {
  for (let i = 0; i < count; i++) {
    const name = {
      seed: 1000 + i,
      seedHigh: i % 3,
      graph: 0xdeadbeef + 77 * i,
      repetition: 1 + (i % 7),
      round: 1 + (i % 11),
      node: 17 * i,
      attempt: i % 5,
    };
    yield { ...name, [axis]: 0 };
  }
}

const WALKS = 64;
const STEPS = 4096;

function walk(name: Name, axis: Axis): Uint32Array {
  return Uint32Array.from({ length: STEPS }, (_, step) => draw({ ...name, [axis]: step }));
}

test('the words are those of an implementation in another language', () => {
  assert.equal(deriveKey([]), { k0: 1779033703, k1: 1013904242 });
  assert.equal(deriveKey([0]), { k0: -1887660005, k1: -2978084 });
  assert.equal(deriveKey([1, 2]), { k0: 624225857, k1: 135668678 });
  assert.equal(deriveKey([2, 1]), { k0: -1415018900, k1: -1284429685 });
  assert.equal(deriveKey([4294967295]), { k0: 1961183416, k1: -1725272261 });
  assert.equal(deriveKey([2, 3], deriveKey([1])), deriveKey([1, 2, 3]));
  const { k0, k1 } = deriveKey([1, 2, 3]);
  assert.equal([k0, k1], [336428614, 791115714]);

  assert.is(word(k0, k1, 0, 0), 4289792288);
  assert.is(word(k0, k1, 1, 0), 3255963188);
  assert.is(word(k0, k1, 0, 1), 2934861854);
  assert.is(word(k0, k1, 12345, 7), 1432573291);
  assert.is(word(k0, k1, 4294967295, 0), 1513787108);
  assert.is(word(k0, k1, 2147483648, 3), 4193860515);

  assert.is(unit(k0, k1, 0, 0), 0.9987950997155453);
  assert.is(unit(k0, k1, 12345, 7), 7587107357226793 * 2 ** -53);
  assert.is(unit(k0, k1, 4294967295, 0), 3174641661545197 * 2 ** -53);

  assert.is(integer(k0, k1, 0, 1), 0);
  assert.is(integer(k0, k1, 0, 101), 100);
  assert.is(integer(k0, k1, 1, 101), 76);
  assert.is(integer(k0, k1, 2, 1000000), 737454);
  assert.is(integer(k0, k1, 3, 2 ** 32), 1984258120);

  const next = sequence(deriveKey([1, 2, 3]));
  assert.equal(
    [next(), next(), next(), next()],
    [0.9987950997155453, 0.7580880048652404, 0.7374542184444588, 0.4619960953994823],
  );
});

test('a seed is two words, up to 2^53 - 1', () => {
  assert.equal(seedWords(0), [0, 0]);
  assert.equal(seedWords(2 ** 32 + 5), [5, 1]);
  assert.equal(seedWords(2 ** 53 - 1), [4294967295, 2097151]);
});

test('units and integers stay below their ends, also for the largest words', () => {
  let greatest = 0;
  let least = 1;
  for (let counter = 0; counter < 2 ** 21; counter++) {
    const u = unit(1, 2, counter, 0);
    greatest = Math.max(greatest, u);
    least = Math.min(least, u);
    const range = 2 ** 32 - (counter & 1023);
    assert.ok(integer(1, 2, counter, range) < range);
    assert.ok(integer(1, 2, counter, 1) === 0);
  }
  assert.ok(greatest < 1 && greatest > 1 - 2 ** -17, `${greatest}`);
  assert.ok(least >= 0 && least < 2 ** -17, `${least}`);
});

for (const axis of AXES) {
  test(`words along ${axis} are uniform: chi-square of each byte`, () => {
    const counts = [0, 8, 16, 24].map(() => new Uint32Array(256));
    for (const origin of origins(axis, WALKS)) {
      for (const w of walk(origin, axis)) {
        for (let byte = 0; byte < 4; byte++) counts[byte][(w >>> (8 * byte)) & 255]++;
      }
    }
    for (let byte = 0; byte < 4; byte++) within(chiSquareZ(counts[byte]), `byte ${byte}`);
  });

  test(`neighboring words along ${axis} are independent: chi-square of pairs, correlation`, () => {
    // Neighbors by one step, and those that differ in one higher bit alone.
    for (const distance of [1, 2, 32, 1024]) {
      const high = new Uint32Array(64 * 64);
      const low = new Uint32Array(64 * 64);
      let products = 0;
      let pairs = 0;
      for (const origin of origins(axis, WALKS)) {
        const words = walk(origin, axis);
        for (let step = 0; step < STEPS; step++) {
          if ((step & distance) !== 0) continue; // each word is in one pair
          const a = words[step];
          const b = words[step + distance];
          high[(a >>> 26) * 64 + (b >>> 26)]++;
          low[(a & 63) * 64 + (b & 63)]++;
          products += (a / 2 ** 32 - 0.5) * (b / 2 ** 32 - 0.5);
          pairs++;
        }
      }
      within(chiSquareZ(high), `high bits, distance ${distance}`);
      within(chiSquareZ(low), `low bits, distance ${distance}`);
      // The product of two independent uniform numbers has variance 1 / 144.
      within((products * 12) / Math.sqrt(pairs), `correlation, distance ${distance}`);
    }
  });

  test(`each bit of ${axis} turns each bit of the word half of the time`, () => {
    const bits = axis === 'seedHigh' ? 21 : 32;
    const samples = 4096;
    const turned = new Uint32Array(bits * 32);
    for (const origin of origins(axis, samples)) {
      origin[axis] = origin.seed * 31; // not 0 alone
      const before = draw(origin);
      for (let bit = 0; bit < bits; bit++) {
        const difference = draw({ ...origin, [axis]: (origin[axis] ^ (1 << bit)) >>> 0 }) ^ before;
        for (let out = 0; out < 32; out++) turned[bit * 32 + out] += (difference >>> out) & 1;
      }
    }
    let squares = 0;
    for (let cell = 0; cell < turned.length; cell++) {
      const z = (turned[cell] - samples / 2) / Math.sqrt(samples / 4);
      within(z, `bit ${cell >> 5} of ${axis}, bit ${cell & 31} of the word`);
      squares += z * z;
    }
    within((squares - turned.length) / Math.sqrt(2 * turned.length), 'all together');
  });
}

test('draws that differ in two ways at once are independent: chi-square of pairs', () => {
  const ways: [string, (name: Name) => Name][] = [
    ['next node, next round', (name) => ({ ...name, node: name.node + 1, round: name.round + 1 })],
    [
      'next node, round before',
      (name) => ({ ...name, node: name.node + 1, round: name.round - 1 }),
    ],
    ['next node, attempt before', (name) => ({ ...name, node: name.node + 1, attempt: 0 })],
    [
      'next run, next round',
      ({ repetition, round, ...name }) => {
        return { ...name, repetition: repetition + 1, round: round + 1 };
      },
    ],
    ['seed for repetition', (name) => ({ ...name, seed: name.repetition, repetition: name.seed })],
    ['node for round', (name) => ({ ...name, node: name.round, round: name.node })],
  ];
  for (const [what, other] of ways) {
    const counts = new Uint32Array(64 * 64);
    for (const origin of origins('node', WALKS)) {
      for (let step = 0; step < STEPS; step += 2) {
        const name = { ...origin, node: 1e6 + step, attempt: 1 };
        counts[(draw(name) >>> 26) * 64 + (draw(other(name)) >>> 26)]++;
      }
    }
    within(chiSquareZ(counts), what);
  }
});

test('purposes do not share draws, and a word depends on every word of its name', () => {
  const seen = new Set<number>();
  let names = 0;
  for (const purpose of Object.values(Purpose)) {
    for (const seed of [0, 1, 2 ** 32, 2 ** 33]) {
      for (const repetition of [1, 2]) {
        const { k0, k1 } = deriveKey([purpose, ...seedWords(seed), repetition]);
        seen.add(unit(k0, k1, 0, 0));
        names++;
      }
    }
  }
  assert.is(seen.size, names);
});

test('attempts of one unit, and the units of one sequence, share no words', () => {
  const { k0, k1 } = deriveKey([9]);
  const words = new Set<number>();
  for (let attempt = 0; attempt < 64; attempt++) words.add(word(k0, k1, 5, attempt));
  assert.is(words.size, 64);
  const counts = new Uint32Array(64 * 64);
  const next = sequence({ k0, k1 });
  for (let i = 0; i < 2 ** 17; i++)
    counts[Math.floor(next() * 64) * 64 + Math.floor(next() * 64)]++;
  within(chiSquareZ(counts), 'pairs of a sequence');
});

test('integers are uniform where the range is no power of 2', () => {
  for (const range of [3, 7, 101, 1000]) {
    const counts = new Uint32Array(range);
    const { k0, k1 } = deriveKey([range]);
    for (let counter = 0; counter < 2 ** 18; counter++) counts[integer(k0, k1, counter, range)]++;
    within(chiSquareZ(counts), `range ${range}`);
  }
});

function within(z: number, what: string): void {
  assert.ok(Math.abs(z) < LIMIT, `${what}: z = ${z}`);
}

test.run();
