import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { complete, randomRegular, ring, star } from '../graph/generators/index.ts';
import { type Graph, graphFromEdges } from '../graph/index.ts';
import { chiSquareZ, LIMIT } from './chi-square.ts';
import { BASE, configurations, MEMORIES, randomWeights } from './configuration.fixture.ts';
import { AGGREGATES, createHost, type HostConfiguration, SCHEDULES } from './index.ts';
import { createNaive } from './naive.ts';
import { deriveKey, sequence } from './random.ts';

async function hostOf(configuration: Partial<HostConfiguration>) {
  const host = createHost();
  await host.configure({ ...BASE, ...configuration });
  return host;
}

/** Plays the same on a host and naively and compares everything after every round. */
async function compare(configuration: HostConfiguration, rounds: number, repetitions: number[]) {
  const host = await hostOf(configuration);
  const naive = createNaive(configuration);
  for (const repetition of repetitions) {
    assert.equal(await host.reset(repetition), naive.reset(repetition), 'reset');
    for (let round = 0; round <= rounds; round++) {
      if (round > 0) assert.equal(await host.play(round), naive.play(round), `round ${round}`);
      const values = await host.values();
      const participations = await host.participations();
      naive.nodes.forEach((node, i) => {
        assert.is(values[i], node.value, `value of node ${i} after round ${round}`);
        assert.is(participations[i], node.participations, `participations of node ${i}`);
      });
    }
  }
}

test('a host does as the plain rules say, whatever the configuration', async () => {
  await fc.assert(
    fc.asyncProperty(configurations, async (configuration) => {
      await compare(configuration, 6, [1, 7]);
    }),
    { seed: 1, numRuns: 2500 },
  );
});

const LARGE: [string, Graph][] = [
  ['a star', star(150)],
  ['a complete graph', complete(90)],
  // More nodes than turns are prepared at a time.
  ['a regular graph', randomRegular(2500, 4, sequence(deriveKey([5])))],
];

for (const [name, graph] of LARGE) {
  test(`a host does as the plain rules say on ${name}`, async () => {
    for (const schedule of SCHEDULES) {
      for (const memory of MEMORIES) {
        for (const weights of [null, randomWeights(graph, 1)]) {
          for (const aggregate of AGGREGATES) {
            await compare({ ...BASE, graph, schedule, memory, weights, aggregate }, 3, [1]);
          }
        }
      }
    }
  });
}

test('two nodes, by hand', async () => {
  const start = { kind: 'values', values: Float64Array.of(6, 0) } as const;
  const graph = graphFromEdges(2, Uint32Array.of(0), Uint32Array.of(1));
  const ends = { minimum: [0, 0], maximum: [6, 6], mean: [3, 3] };
  for (const aggregate of AGGREGATES) {
    for (const schedule of SCHEDULES) {
      const host = await hostOf({ graph, start, aggregate, schedule });
      assert.equal(await host.reset(1), {
        converged: false,
        holding: aggregate === 'mean' ? 0 : 1,
      });
      const played = await host.play(1);
      assert.equal([...(await host.participations())], [2, 2]);
      if (schedule !== 'synchronous') {
        assert.equal(played, { exchanges: 2, useful: 1, converged: true, holding: 2 });
        assert.equal([...(await host.values())], ends[aggregate]);
      } else if (aggregate !== 'mean') {
        assert.equal(played, { exchanges: 2, useful: 2, converged: true, holding: 2 });
      } else {
        // Both choose each other: two exchanges of 1 / 3 of the difference each.
        assert.equal(played, { exchanges: 2, useful: 2, converged: false, holding: 0 });
        assert.equal([...(await host.values())], [2, 4]);
      }
    }
  }
});

test('every run starts anew: repetition 1, 2 and 1 again', async () => {
  for (const schedule of SCHEDULES) {
    for (const memory of MEMORIES) {
      const graph = complete(80);
      const host = await hostOf({ graph, schedule, memory, weights: randomWeights(graph, 3) });
      const trace = async (repetition: number) => {
        const all: number[] = [];
        await host.reset(repetition);
        for (let round = 1; round <= 3; round++) {
          const { exchanges, useful, holding } = await host.play(round);
          all.push(exchanges, useful, holding);
          all.push(...(await host.values()), ...(await host.participations()));
        }
        return all;
      };
      const first = await trace(1);
      assert.not.equal(await trace(2), first);
      assert.equal(await trace(1), first);
    }
  }
});

test('start values are drawn once a graph, or anew each run', async () => {
  for (const start of [{ kind: 'random' }, { kind: 'source', source: 'random' }] as const) {
    for (const redraw of ['graph', 'run'] as const) {
      const host = await hostOf({ graph: ring(50), start, redraw });
      const starts = [];
      for (const repetition of [1, 2, 1]) {
        await host.reset(repetition);
        starts.push([...(await host.values())]);
      }
      assert.equal(starts[2], starts[0]);
      (redraw === 'graph' ? assert.equal : assert.not.equal)(starts[1], starts[0]);
    }
  }
});

test('the seed, the graph, the repetition and the round enter the draws; weights do not', async () => {
  const graph = complete(60);
  const start = { kind: 'numbers' } as const;
  const after = async (configuration: Partial<HostConfiguration>, repetition = 1, round = 1) => {
    const host = await hostOf({ graph, start, ...configuration });
    await host.reset(repetition);
    await host.play(round);
    return (await host.participations()).join();
  };
  for (const schedule of SCHEDULES) {
    const traces = [
      await after({ schedule }),
      await after({ schedule, seed: 43 }),
      await after({ schedule, seed: 42 + 2 ** 32 }),
      await after({ schedule, graphWords: [11, 23] }),
      await after({ schedule, graphWords: [12, 22] }),
      await after({ schedule }, 2),
      await after({ schedule }, 1, 2),
    ];
    assert.is(new Set(traces).size, traces.length, schedule);
    assert.is(await after({ schedule, aggregate: 'mean' }), traces[0], 'paired');
  }
});

test('partners are picked in proportion to the weights over nodes and rounds: chi-square', async () => {
  // The center of a star initiates once a round: what its leaves took part in beyond their own turn was its pick.
  const graph = star(41);
  const weights = randomWeights(graph, 9).fill(1, 40);
  for (const own of [null, weights]) {
    const host = await hostOf({ graph, weights: own, start: { kind: 'numbers' } });
    const rounds = 20_000;
    await host.reset(1);
    for (let round = 1; round <= rounds; round++) await host.play(round);
    const picked = (await host.participations()).slice(1).map((count) => count - rounds);
    const z = chiSquareZ(picked, own?.subarray(0, 40));
    assert.ok(Math.abs(z) < LIMIT, `z = ${z}`);
  }
});

test('mean has converged when the values are close, also where their mean is not exact', async () => {
  const close: [number[], number][] = [
    [new Array(10).fill(0.1), 0.01], // adds up to 0.9999999999999999
    [new Array(10).fill(0.1), 0],
    [[7], 0],
  ];
  for (const [values, tolerance] of close) {
    const graph = complete(values.length);
    const start = { kind: 'values', values: Float64Array.from(values) } as const;
    const host = await hostOf({ graph, start, tolerance, aggregate: 'mean' });
    const all = { converged: true, holding: values.length };
    assert.equal(await host.reset(1), all);
    const { converged, holding } = await host.play(1);
    assert.equal({ converged, holding }, all);
  }
});

test('a host must be configured first, and not be stopped', async () => {
  const host = createHost();
  const calls = [
    () => host.reset(1),
    () => host.play(1),
    () => host.values(),
    () => host.participations(),
  ];
  const refused = async () => {
    for (const call of calls) {
      const outcome = await call().catch((error: Error) => error.message);
      assert.is(outcome, 'the host is not configured');
    }
  };
  await refused();
  await host.configure(BASE);
  await host.reset(1);
  await host.stop();
  await refused();
});

test.run();
