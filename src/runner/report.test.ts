import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import type { RunRow } from '../storage/index.ts';
import { openStrategies } from '../strategies/index.ts';
import { planSimulation } from './plan.ts';
import { report } from './report.ts';
import type { FinishedSimulation } from './run.ts';
import { simulationSpec } from './simulation.ts';

const source = (name: string) => ({
  name,
  labels: {},
  graph: ring(3),
  graphType: 'undefined',
  valueList: null,
  properties: {},
  adjacencyText: null,
  file: `${name}.txt`,
  warnings: [],
});

/** A simulation whose runs took these rounds, graph by graph; 0 stands for a run that ended at 100 rounds. */
async function finished(
  algorithm: string,
  rounds: readonly (readonly number[])[],
  seed = 1,
): Promise<FinishedSimulation> {
  const graphs = rounds.map((_, graph) => source(`g${graph}`));
  const spec = simulationSpec.parse({
    graphSelector: { matchLabels: {} },
    algorithm,
    repetitions: rounds[0].length,
    maxRounds: 100,
  });
  const simulation = { name: `sim-${algorithm}`, spec, place: 'the test' };
  const plan = await planSimulation(simulation, graphs, openStrategies(), seed);
  const rows = rounds.flatMap((runs, graph) =>
    runs.map(
      (num_rounds, run): RunRow => ({
        ...{
          simulation: plan.name,
          graph: `g${graph}`,
          algorithm,
          execution: 1,
          run: run + 1,
          seed,
        },
        ...{ factor: null, prior_partner_factor: null, weighting_param_a: null },
        num_rounds: num_rounds || 100,
        converged: num_rounds > 0,
        value: num_rounds > 0 ? 0 : null,
        ...{ exchanges: 6, useful: 2, t50: 1, t90: 2, t99: num_rounds || null, max_load: run + 1 },
      }),
    ),
  );
  return { plan, rows };
}

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}

test('mean, interval, t99 and load of one graph are those computed by hand', async () => {
  const [row, ...none] = report([await finished('default', [[4, 5, 6, 7, 8]])]);
  assert.is(none.length, 0);
  assert.equal([row.graph, row.population, row.runs, row.converged], ['g0', 'runs', 5, 5]);
  assert.equal([row.meanRounds, row.medianRounds, row.lowerBound, row.t99], [6, 6, 6, 6]);
  assert.is(row.maxLoad, 3);
  // t of 4 degrees of freedom is 2.776445; the standard error is sqrt(2.5 / 5).
  near(row.interval!.low, 6 - 2.776445105 * Math.sqrt(0.5));
  near(row.interval!.high, 6 + 2.776445105 * Math.sqrt(0.5));
});

test('speed-up is the ratio of means over pairs; equal pairs have no spread', async () => {
  const half = [[2, 3, 4, 5, 6]];
  const rows = report([
    await finished(
      'default',
      half.map((runs) => runs.map((n) => 2 * n)),
    ),
    await finished('default_memory', half),
  ]);
  assert.ok(rows[0].isBaseline);
  assert.equal(rows[0].speedUp, { ratio: 1, interval: { low: 1, high: 1 } });
  assert.not.ok(rows[1].isBaseline);
  assert.equal(rows[1].speedUp, { ratio: 2, interval: { low: 2, high: 2 } });
});

test('pairs that differ have an interval around the ratio, the same each time', async () => {
  const both = [
    await finished('default', [[9, 4, 7, 8, 6, 9]]),
    await finished('default_memory', [[4, 5, 6, 3, 5, 4]]),
  ];
  const { ratio, interval } = report(both)[1].speedUp!;
  near(ratio, 43 / 27);
  assert.ok(interval!.low > 4 / 5 && interval!.low < ratio);
  assert.ok(interval!.high > ratio && interval!.high < 8 / 3);
  assert.equal(report(both), report(both));
});

test('there is no speed-up without default, with another seed, or with another order of play', async () => {
  const memory = await finished('default_memory', [[1, 2]]);
  assert.is(report([memory])[0].speedUp, null);
  assert.is(report([await finished('default', [[1, 2]], 2), memory])[1].speedUp, null);
  const { plan, rows } = await finished('default', [[1, 2]]);
  const shuffled = { plan: { ...plan, spec: { ...plan.spec, schedule: 'shuffled' } }, rows };
  assert.is(report([shuffled, memory])[1].speedUp, null);
});

test('below 5 runs there is a mean and no interval', async () => {
  const rows = report([
    await finished('default', [[4, 5, 6, 7]]),
    await finished('default_memory', [[2, 2, 2, 2]]),
  ]);
  assert.equal([rows[0].meanRounds, rows[0].interval], [5.5, null]);
  assert.equal(rows[1].speedUp, { ratio: 2.75, interval: null });
});

test('where a run did not converge there is a median and a lower bound, but no mean', async () => {
  const default_ = await finished('default', [[4, 0, 6, 7, 8]]);
  const [row, other] = report([default_, await finished('default_memory', [[2, 2, 2, 2, 2]])]);
  assert.equal([row.meanRounds, row.interval, row.t99, row.speedUp], [null, null, null, null]);
  assert.equal([row.converged, row.medianRounds, row.lowerBound], [4, 7, 25]);
  assert.is(other.meanRounds, 2);
  assert.is(other.speedUp, null);
  const [worse] = report([await finished('default', [[4, 0, 0]])]);
  assert.equal([worse.medianRounds, worse.lowerBound], [null, 68]);
});

test('several graphs get a row each and one over all, whose interval is over graphs', async () => {
  const rows = report([
    await finished('default', [
      [1, 3],
      [3, 5],
      [5, 7],
      [7, 9],
      [9, 11],
    ]),
  ]);
  assert.equal(
    rows.map((row) => row.graph),
    ['g0', 'g1', 'g2', 'g3', 'g4', 'all 5 graphs'],
  );
  const all = rows[5];
  assert.equal([all.population, all.runs, all.meanRounds], ['graphs', 10, 6]);
  // Means 2, 4, 6, 8, 10 of the graphs: variance 10.
  near(all.interval!.high, 6 + 2.776445105 * Math.sqrt(10 / 5));
});

test.run();
