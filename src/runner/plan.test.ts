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

test.run();
