import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seenSimulation } from './seen-simulation.ts';

const spec = { graphSelector: { matchLabels: { series: 's' } } };
const metadata = {
  name: 'a',
  namespace: 'n',
  uid: 'u',
  generation: 2,
  creationTimestamp: '2026-11-23T06:00:00Z',
};

test('a Simulation of the published system, as the API server gives it', () => {
  const annotations = { 'gossip.io/play': 'true' };
  const seen = seenSimulation({ metadata: { ...metadata, annotations }, spec });
  assert.equal(
    [seen.name, seen.namespace, seen.uid, seen.generation, seen.going, seen.mayPlay],
    ['a', 'n', 'u', 2, false, true],
  );
  assert.is(typeof seen.asked === 'object' && seen.asked.spec.algorithm, 'default');
  assert.equal(seen.status, {});
});

test('a spec that cannot be read is said in words', () => {
  const { asked } = seenSimulation({ metadata, spec: { ...spec, repetitons: 3 } });
  assert.match(String(asked), /spec\.repetitons: unknown field: did you mean repetitions/);
});

test('of a status that somebody edited, what can be read is kept', () => {
  const status = { seed: 5, state: 'Dancing', graphs: { done: 1, total: 'x' }, extra: 1 };
  assert.equal(seenSimulation({ metadata, spec, status }).status, { seed: 5 });
  assert.equal(seenSimulation({ metadata, spec, status: 'x' }).status, {});
});

test.run();
