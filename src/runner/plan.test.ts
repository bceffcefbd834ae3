import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openStrategies } from '../strategies/index.ts';
import { planSimulation } from './plan.ts';
import { readResources } from './resources.ts';
import { simulationSpec } from './simulation.ts';

const KARATE = fileURLToPath(new URL('../../examples/karate.yaml', import.meta.url));

test('a source written as a number and as text is one simulation', async () => {
  const { graphs } = await readResources([KARATE]);
  const idOf = async (source: number | string) => {
    const graphSelector = { matchLabels: { name: 'karate' } };
    const spec = simulationSpec.parse({ graphSelector, start: 'source', source });
    const simulation = { name: 'one', spec, place: 'a test' };
    return (await planSimulation(simulation, graphs, openStrategies(), 1)).id;
  };
  assert.is(await idOf(16), await idOf('16'));
  assert.is.not(await idOf(16), await idOf(17));
});

test('graphs selected by labels are played in the order of their names, others as given', async () => {
  const { graphs } = await readResources([KARATE]);
  const named = ['b', 'a', 'c'].map((name) => ({ ...graphs[0], name, labels: { series: 's' } }));
  const orderOf = async (matchLabels: Record<string, string>) => {
    const spec = simulationSpec.parse({ graphSelector: { matchLabels } });
    const simulation = { name: 'one', spec, place: 'a test' };
    const plan = await planSimulation(simulation, named, openStrategies(), 1);
    return plan.graphs.map(({ source }) => source.name).join('');
  };
  assert.is(await orderOf({ series: 's' }), 'abc');
  assert.is(await orderOf({}), 'bac');
});

test('the order in which maps are written makes no other simulation', async () => {
  const { graphs } = await readResources([KARATE]);
  const planOf = async (simulationProperties: Record<string, string>) => {
    const spec = simulationSpec.parse({
      graphSelector: { matchLabels: { name: 'karate' } },
      simulationProperties,
    });
    return planSimulation({ name: 'one', spec, place: 'a test' }, graphs, openStrategies(), 1);
  };
  const [one, two] = [await planOf({ b: '1', a: '2' }), await planOf({ a: '2', b: '1' })];
  assert.is(one.id, two.id);
  assert.is(JSON.stringify(one.spec), JSON.stringify(two.spec));
});

test.run();
