import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type GraphSource, graphFromEdges } from '../graph/index.ts';
import { openStrategies } from '../strategies/index.ts';
import { createMeasurer } from './measures.ts';
import { modelRounds } from './needs-rounds.ts';
import { sizesOf } from './needs-sizes.ts';
import { tryRounds } from './needs-trial.ts';
import { planSimulation, type SimulationPlan } from './plan.ts';
import { simulationSpec } from './simulation.ts';

const measurer = createMeasurer({ jobs: 1, exact: true, sample: null, notice: () => {} });

function path(nodes: number, name = `path-${nodes}`): GraphSource {
  const sources = Uint32Array.from({ length: nodes - 1 }, (_, node) => node);
  return {
    ...{ name, labels: {}, graphType: 'undefined', valueList: null, properties: {} },
    graph: graphFromEdges(
      nodes,
      sources,
      sources.map((node) => node + 1),
    ),
    ...{ adjacencyText: null, file: name, warnings: [] },
  };
}

function planOf(graphs: readonly GraphSource[], more: object = {}): Promise<SimulationPlan> {
  const spec = simulationSpec.parse({
    ...{ graphSelector: { matchLabels: {} }, repetitions: 5, start: 'source', source: 0 },
    ...more,
  });
  return planSimulation({ name: 'trial', spec, place: 'test' }, graphs, openStrategies(), 1);
}

test('a graph small enough is played, where the model knows nothing of its shape', async () => {
  const plan = await planOf([path(200)]);
  const [model] = modelRounds(sizesOf(plan)).byGraph;
  const { byGraph, tried, unfinished } = await tryRounds(plan, measurer);
  assert.is(tried, 3);
  assert.is(unfinished, 0);
  assert.ok(byGraph[0] > 3 * model, `${byGraph[0]} rounds, the model says ${model}`);
});

test('of many graphs some are played, and the others are taken to be like them', async () => {
  const plan = await planOf(
    Array.from({ length: 40 }, (_, i) => path(100, `path-${i}`)),
    { repetitions: 1 },
  );
  const { byGraph, tried } = await tryRounds(plan, measurer);
  assert.is(tried, 8);
  assert.is(byGraph.length, 40);
  assert.ok(Math.max(...byGraph) < 2 * Math.min(...byGraph));
});

test('some executions are tried each', async () => {
  const plan = await planOf([path(30)], {
    algorithm: 'weighted_factor',
    favor: 'inside',
    factor: [1, 2, 4, 8],
  });
  const { tried } = await tryRounds(plan, measurer);
  assert.is(tried, 9);
});

test('runs that do not end soon are told of', async () => {
  const plan = await planOf([path(100_000)], { repetitions: 1 });
  const { byGraph, tried, unfinished } = await tryRounds(plan, measurer);
  assert.equal([tried, unfinished], [1, 1]);
  assert.is(byGraph[0], 200);
});

test('maxRounds is an end', async () => {
  const { byGraph, unfinished } = await tryRounds(
    await planOf([path(200)], { maxRounds: 7 }),
    measurer,
  );
  assert.equal([byGraph, unfinished], [[7], 0]);
});

test('where measuring takes long nodes pick uniformly in the trial', async () => {
  const measured: string[] = [];
  const watched = {
    ...measurer,
    measure: (...args: Parameters<typeof measurer.measure>) => {
      measured.push(...args[1]);
      return measurer.measure(...args);
    },
  };
  const plan = await planOf([path(50_000)], {
    algorithm: 'betweenness_weighted',
    weightingParamA: [0],
  });
  await tryRounds(plan, watched);
  assert.equal(measured, []);
  await tryRounds(
    await planOf([path(50)], { algorithm: 'betweenness_weighted', weightingParamA: [0] }),
    watched,
  );
  assert.ok(measured.includes('betweenness'));
});

test.run();
