import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  checkParameters,
  checkStrategy,
  type Measure,
  openStrategies,
  type Parameters,
} from './index.ts';

// Node 0 of the graph 0-1 0-2 1-2 0-3 3-4 with communities {0, 1, 2} and {3, 4}: its neighbors are 1, 2, 3.
// Eigenvector and hub scores are made up, to be easy on hand computation.
const NODE_0: Record<Measure, number[]> = {
  degree: [2, 2, 2],
  sameCommunity: [1, 1, 0],
  community: [0, 0, 1],
  communityProbability: [1, 1, 0.5],
  betweenness: [0, 0, 0.5],
  eigenvector: [0.3, 0.1, 0.6],
  hubScore: [0.02, 0.05, 0.03],
};

const strategies = openStrategies();
const bases = strategies.names().filter((name) => !name.endsWith('_memory'));

async function weights(name: string, given: Parameters = {}, node = NODE_0): Promise<number[]> {
  const { strategy, parameters } = await strategies.load(name);
  const measures = Object.fromEntries(
    strategy.measures.map((measure) => [measure, Float64Array.from(node[measure])]),
  ) as Record<Measure, Float64Array>;
  const out = new Float64Array(3);
  strategy.weigh({ degree: 3, measures }, checkParameters(name, parameters, given), out);
  return [...out];
}

function assertNear(actual: number[], expected: number[], name: string): void {
  assert.is(actual.length, expected.length);
  for (const [k, weight] of actual.entries()) {
    assert.ok(Math.abs(weight - expected[k]) < 1e-12, `${name}: ${actual} is not ${expected}`);
  }
}

const EXPECTED: [name: string, given: Parameters, weights: number[]][] = [
  ['default', {}, [1, 1, 1]],
  ['weighted_factor', {}, [1.5, 1.5, 1]],
  ['weighted_factor', { factor: 2, favor: 'outside' }, [1, 1, 2]],
  ['community_probabilities', {}, [1, 1, 2]],
  ['betweenness_weighted', { factor: 2, weightingParamA: 0.25 }, [0.1, 0.1, 0.8]],
  [
    'betweenness_weighted',
    { factor: 2, weightingParamA: 0.25, favor: 'outside' },
    [0.0625, 0.0625, 0.875],
  ],
  ['eigenvector_weighted', { factor: 2, weightingParamA: 0.25 }, [0.325, 0.175, 0.5]],
  ['hub_score_weighted', { factor: 2, weightingParamA: 0.25 }, [0.25, 0.475, 0.275]],
  ['hub_score_weighted', { factor: 2, weightingParamA: 0 }, [0.2, 0.5, 0.3]],
  ['hub_score_weighted', { factor: 2, weightingParamA: 1 }, [0.4, 0.4, 0.2]],
  ['hub_score_weighted', { factor: 2 }, [0.3, 0.45, 0.25]],
  ['betweenness_community_probabilities', { weightingParamA: 0.25 }, [0.0625, 0.0625, 0.875]],
  ['eigenvector_community_probabilities', { weightingParamA: 0.25 }, [0.2875, 0.1375, 0.575]],
  ['hub_score_community_probabilities', { weightingParamA: 0.25 }, [0.2125, 0.4375, 0.35]],
  ['community_based', {}, [0.25, 0.25, 0.5]],
];

test('weights computed by hand', async () => {
  for (const [name, given, expected] of EXPECTED) {
    assertNear(await weights(name, given), expected, `${name} ${JSON.stringify(given)}`);
  }
  assert.equal([...new Set(EXPECTED.map(([name]) => name))].sort(), bases.toSorted());
});

test('a measure that is 0 for all neighbors is left alone', async () => {
  const node = { ...NODE_0, betweenness: [0, 0, 0] };
  const given = { factor: 2, weightingParamA: 0.25 };
  assertNear(await weights('betweenness_weighted', given, node), [0.1, 0.1, 0.05], 'a 0.25');
  const alone = await weights('betweenness_weighted', { weightingParamA: 0 }, node);
  assert.equal(alone, [0, 0, 0]);
});

test('community_based counts communities far apart, and starts anew at each node', async () => {
  const node = { ...NODE_0, community: [2_000_000, 7, 2_000_000] };
  for (let call = 0; call < 2; call++) {
    assert.equal(await weights('community_based', {}, node), [0.25, 0.5, 0.25]);
    assert.equal(await weights('community_based'), [0.25, 0.25, 0.5]);
  }
});

test('a memory leaves the start weights as they are', async () => {
  for (const name of ['weighted_factor_memory', 'weighted_factor_complex_memory']) {
    assert.equal(await weights(name, { priorPartnerFactor: 0.1 }), [1.5, 1.5, 1]);
  }
});

test('there are 28 algorithms, one file a base', () => {
  const names = strategies.names();
  assert.is(names.length, 28);
  assert.is(new Set(names).size, 28);
  assert.equal(names.slice(0, 4), [
    'default',
    'default_memory',
    'default_complex_memory',
    'weighted_factor',
  ]);
  const suffixed = bases.filter((base) => names.includes(`${base}_memory`));
  assert.equal(
    bases.filter((base) => !suffixed.includes(base)),
    ['community_based'],
  );
  assert.ok(suffixed.every((base) => names.includes(`${base}_complex_memory`)));
  const files = readdirSync(new URL('./builtin/', import.meta.url));
  assert.equal(files.sort(), bases.map((base) => `${base}.ts`).sort());
});

test('every built-in strategy conforms', async () => {
  for (const base of bases) {
    const { strategy } = await strategies.load(base);
    assert.equal(checkStrategy(strategy), [], base);
  }
});

test.run();
