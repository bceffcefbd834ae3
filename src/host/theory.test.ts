import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { complete, randomRegular, ring } from '../graph/generators/index.ts';
import type { Graph } from '../graph/index.ts';
import {
  createHost,
  deriveKey,
  type Host,
  type HostConfiguration,
  SCHEDULES,
  sequence,
} from './index.ts';

const N = 10_000;
/** 400 MB: made once for this file. */
let largeComplete: Graph | null = null;
const completeOf = (nodeCount: number) => {
  if (nodeCount !== N) return complete(nodeCount);
  largeComplete ??= complete(N);
  return largeComplete;
};

async function hostOf(configuration: Partial<HostConfiguration> & { graph: Graph }): Promise<Host> {
  const host = createHost();
  await host.configure({
    graphWords: [1],
    seed: 2005,
    aggregate: 'mean',
    schedule: 'random',
    start: { kind: 'random' },
    redraw: 'run',
    tolerance: 0,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 0.5,
    ...configuration,
  });
  return host;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Sum of squared distances from the mean. */
function squares(values: Float64Array): number {
  const center = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - center) ** 2;
  return sum;
}

// Jelasity, Montresor, Babaoglu: "Gossip-based aggregation in large dynamic networks", ACM TOCS 23 (2005): pairs drawn
// at random, and pairs whose first nodes are all nodes, once each.
for (const [schedule, factor] of [
  ['random', 1 / Math.E],
  ['shuffled', 1 / (2 * Math.sqrt(Math.E))],
] as const) {
  test(`K_n, ${schedule}: a round multiplies the variance by ${factor.toFixed(4)} within 1 %`, async () => {
    const rounds = 6;
    const repetitions = 100;
    const host = await hostOf({ graph: completeOf(N), schedule });
    const ratios: number[] = [];
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      await host.reset(repetition);
      let before = squares(await host.values());
      let sum = 0;
      for (let round = 1; round <= rounds; round++) {
        await host.play(round);
        const after = squares(await host.values());
        sum += after / before;
        before = after;
      }
      ratios.push(sum / rounds);
    }
    const measured = mean(ratios);
    const error = Math.sqrt(squares(Float64Array.from(ratios))) / repetitions;
    // 1 % is at least 5 standard errors: a right host fails with probability below 1e-6.
    assert.ok(error < 0.002 * factor, `standard error ${error}`);
    assert.ok(Math.abs(measured / factor - 1) < 0.01, `${measured}, ${measured / factor} of it`);
  });
}

test('mean keeps the sum to 1e-9, whatever the schedule and the memory', async () => {
  const graph = randomRegular(1000, 8, sequence(deriveKey([1])));
  const random = sequence(deriveKey([2]));
  const values = Float64Array.from({ length: 1000 }, () => 1e6 * random() ** 10);
  for (const schedule of SCHEDULES) {
    for (const memory of ['none', 'plain', 'complex'] as const) {
      const host = await hostOf({ graph, schedule, memory, start: { kind: 'values', values } });
      await host.reset(1);
      const sum = mean(await host.values());
      for (let round = 1; round <= 100; round++) {
        await host.play(round);
        const now = mean(await host.values());
        assert.ok(Math.abs(now / sum - 1) < 1e-9, `${schedule}, ${memory}: ${now} of ${sum}`);
      }
      // Not because nothing happens.
      assert.ok(squares(await host.values()) < 1e-6 * squares(values));
    }
  }
});

/** cos(2 pi i / n): an eigenvector of the ring's second eigenvalue. */
const wave = (n: number) =>
  Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n));

/** A graph, the second largest eigenvalue of the matrix P of its choices, and a vector of it. */
const BOYD: [name: string, graph: Graph, second: number, vector: Float64Array][] = [
  ['K_n', complete(200), -1 / 199, wave(200)],
  ['ring', ring(100), Math.cos((2 * Math.PI) / 100), wave(100)],
  ['random 8-regular graph', ...expander(500, 8)],
];

function expander(n: number, degree: number): [Graph, number, Float64Array] {
  const graph = randomRegular(n, degree, sequence(deriveKey([3])));
  // Power iteration over (I + P) / 2, whose eigenvalues are not negative, beside the constant vector.
  let vector = wave(n);
  let second = 0;
  for (let i = 0; i < 1000; i++) {
    const next = vector.map((value, node) => {
      let sum = 0;
      for (let k = 0; k < degree; k++) sum += vector[graph.neighbors[node * degree + k]];
      return (value + sum / degree) / 2;
    });
    const center = mean(next);
    const norm = Math.sqrt(squares(next));
    second = 2 * norm - 1;
    vector = next.map((value) => (value - center) / norm);
  }
  return [graph, second, vector];
}

// Boyd, Ghosh, Prabhakar, Shah: "Randomized gossip algorithms", IEEE Trans. Inf. Theory 52 (2006), theorem 3: the
// time, in exchanges, after which the values are farther than epsilon (of the norm of the start) from their mean with
// probability at most epsilon, is between 1/2 and 3 times log(1/epsilon) / log(1/lambda), where lambda is the second
// eigenvalue of the expected exchange W = I + (P + P^T - D) / 2n; here P is symmetric, so that W = (1 - 1/n) I + P / n.
for (const [name, graph, second, vector] of BOYD) {
  test(`random, ${name}: the averaging time is within Boyd et al.'s bounds`, async () => {
    const epsilon = 0.01;
    const repetitions = 200;
    const n = graph.nodeCount;
    const time = Math.log(1 / epsilon) / -Math.log(1 - (1 - second) / n);
    const lower = Math.floor((0.5 * time) / n);
    const upper = Math.floor((3 * time) / n);
    const host = await hostOf({ graph, start: { kind: 'values', values: vector } });
    const enough = epsilon ** 2 * vector.reduce((sum, value) => sum + value * value, 0);
    let early = 0;
    let late = 0;
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      await host.reset(repetition);
      let round = 0;
      // The distance never grows, so a run may end where it is small enough.
      while (round < upper && squares(await host.values()) >= enough) await host.play(++round);
      if (squares(await host.values()) >= enough) late++;
      else if (round <= lower) early++;
    }
    assert.ok(late <= epsilon * repetitions, `${late} runs take more than ${upper} rounds`);
    assert.ok(early < (1 - epsilon) * repetitions, `${early} runs take at most ${lower} rounds`);
  });
}

// Karp, Schindelhauer, Shenker, Vöcking: "Randomized rumor spreading", FOCS 2000: log3 n + O(log log n) rounds. The
// informed triple each round while they are few (themselves, whom they call, who calls them); once most are informed,
// the share u of the others becomes u^2 / e (they have called such, and no informed has called them), which takes
// log2 ln n rounds. A round either way is granted for the passage from one to the other and because rounds are whole.
test('K_n, synchronous: a rumor takes log3 n + log2 ln n rounds, give or take one', async () => {
  const start = { kind: 'source', source: 'random' } as const;
  for (const n of [100, 1000, N]) {
    const graph = completeOf(n);
    const host = await hostOf({ graph, start, aggregate: 'minimum', schedule: 'synchronous' });
    const rounds: number[] = [];
    for (let repetition = 1; repetition <= 100; repetition++) {
      let { converged } = await host.reset(repetition);
      let round = 0;
      while (!converged) ({ converged } = await host.play(++round));
      rounds.push(round);
    }
    const expected = Math.log(n) / Math.log(3) + Math.log2(Math.log(n));
    assert.ok(Math.abs(mean(rounds) - expected) < 1, `${mean(rounds)} for ${expected}, n = ${n}`);
  }
});

test.after(() => {
  largeComplete = null;
});

test.run();
