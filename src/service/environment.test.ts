import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { readNodeEnvironment } from './environment.ts';
import { NODE } from './node.fixture.ts';
import { createSeedNode } from './seed-node.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What is said of an environment, beside NODE's; '' where nothing is wrong. */
async function complaint(variables: Variables): Promise<string> {
  try {
    await createSeedNode(readNodeEnvironment({ ...NODE, ...variables }));
    return '';
  } catch (error) {
    assert.instance(error, GossipError);
    assert.is((error as GossipError).code, 'input');
    return (error as GossipError).message;
  }
}

const FACTOR = { ALGORITHM: 'weighted_factor', COMMUNITY_NEIGHBORS: '', FACTOR: '1.5' };
const MEMORY = { ALGORITHM: 'default_memory', PRIOR_PARTNER_FACTOR: '0.5' };
const BETWEENNESS = {
  ...FACTOR,
  ALGORITHM: 'betweenness_weighted',
  BETWEENNESS_CENTRALITIES_NEIGHBORS: '0.25,0.0',
  WEIGHTING_PARAM_A: '0.5',
};
const PROBABILITIES = {
  ALGORITHM: 'community_probabilities',
  SAME_COMMUNITY_PROBABILITIES_NEIGHBORS: '0.6667,1.0',
};
const COMMUNITY = { ALGORITHM: 'community_based', NEIGHBORING_COMMUNITIES: '0,3' };

const WRONG: readonly (readonly [what: string, variables: Variables, said: RegExp])[] = [
  ['no name', { HOSTNAME: undefined }, /^HOSTNAME is missing: it must be the name/],
  ['an empty name', { HOSTNAME: '' }, /^HOSTNAME is empty: it must be the name/],
  ['a name with a colon', { HOSTNAME: 'a:b' }, /^HOSTNAME is "a:b": it must be a host name/],
  ['no neighbors', { NEIGHBORS: undefined }, /^NEIGHBORS is missing: it must be the names/],
  ['empty neighbors', { NEIGHBORS: '' }, /^NEIGHBORS is empty: it must be the names/],
  ['a gap', { NEIGHBORS: 'a,,b' }, /^NEIGHBORS has "" in it: it must be names/],
  ['a colon', { NEIGHBORS: 'a,b:1' }, /^NEIGHBORS has "b:1" in it/],
  ['a neighbor twice', { NEIGHBORS: 'a,b,a' }, /^NEIGHBORS names "a" twice/],
  ['itself', { NEIGHBORS: 'a,sim-g0-n5' }, /^NEIGHBORS names the node itself, sim-g0-n5/],
  ['no algorithm', { ALGORITHM: undefined }, /^ALGORITHM is missing: it must be an algorithm's/],
  ['an empty algorithm', { ALGORITHM: '' }, /^ALGORITHM is empty/],
  ['another one', { ALGORITHM: 'defalt' }, /^ALGORITHM: there is no .* did you mean default/],
  ['a path', { ALGORITHM: '../x' }, /^ALGORITHM: "..\/x" cannot be an algorithm/],
  ['no repetitions', { REPETITIONS: undefined }, /^REPETITIONS is missing: it must be the number/],
  ['empty repetitions', { REPETITIONS: '' }, /^REPETITIONS is empty/],
  ['0 repetitions', { REPETITIONS: '0' }, /^REPETITIONS is "0": it must be an integer from 1/],
  ['half of one', { REPETITIONS: '1.5' }, /^REPETITIONS is "1.5": it must be an integer/],
  [
    'no initialization',
    { RANDOM_INITIALIZATION: undefined },
    /^RANDOM_INITIALIZATION is missing: it must be True or False/,
  ],
  ['an empty one', { RANDOM_INITIALIZATION: '' }, /^RANDOM_INITIALIZATION is empty/],
  ['no value', { NODE_VALUE: undefined }, /^NODE_VALUE is missing: it must be an integer from -2/],
  ['an empty value', { NODE_VALUE: '' }, /^NODE_VALUE is empty: it must be an integer/],
  ['a word', { NODE_VALUE: 'x' }, /^NODE_VALUE is "x": it must be an integer/],
  ['a fraction', { NODE_VALUE: '1.5' }, /^NODE_VALUE is "1.5"/],
  ['beyond int32', { NODE_VALUE: '2147483648' }, /^NODE_VALUE is "2147483648".* to 2147483647/],
  [
    'no community',
    { ...FACTOR, COMMUNITY_NEIGHBORS: undefined },
    /^COMMUNITY_NEIGHBORS is missing/,
  ],
  [
    'a stranger',
    { ...FACTOR, COMMUNITY_NEIGHBORS: 'z' },
    /^COMMUNITY_NEIGHBORS names z: .*NEIGHBORS/,
  ],
  ['no factor', { ...FACTOR, FACTOR: undefined }, /^FACTOR is missing or empty: .*weighted_factor/],
  ['an empty factor', { ...FACTOR, FACTOR: '' }, /^FACTOR is missing or empty/],
  ['a word for it', { ...FACTOR, FACTOR: '1,x' }, /^FACTOR has "x" at place 2: it must be numbers/],
  ['hexadecimal', { ...FACTOR, FACTOR: '0x10' }, /^FACTOR has "0x10" at place 1/],
  ['infinity', { ...FACTOR, FACTOR: 'Infinity' }, /^FACTOR has "Infinity" at place 1/],
  ['factor 0', { ...FACTOR, FACTOR: '0' }, /^FACTOR is 0: it must be greater than 0/],
  ['no such side', { ...FACTOR, FAVOR: 'both' }, /^FAVOR is "both": it must be inside or outside/],
  ['an empty side', { ...FACTOR, FAVOR: '' }, /^FAVOR is empty: it must be inside or outside/],
  [
    'no prior factor',
    { ...MEMORY, PRIOR_PARTNER_FACTOR: undefined },
    /^PRIOR_PARTNER_FACTOR is missing or empty/,
  ],
  ['above 1', { ...MEMORY, PRIOR_PARTNER_FACTOR: '2' }, /^PRIOR_PARTNER_FACTOR is 2: .* at most 1/],
  [
    'no weighting',
    { ...BETWEENNESS, WEIGHTING_PARAM_A: undefined },
    /^WEIGHTING_PARAM_A is missing or empty/,
  ],
  [
    'a weighting below 0',
    { ...BETWEENNESS, WEIGHTING_PARAM_A: '-0.5' },
    /^WEIGHTING_PARAM_A is -0.5: it must be at least 0/,
  ],
  [
    'no probabilities',
    { ...PROBABILITIES, SAME_COMMUNITY_PROBABILITIES_NEIGHBORS: undefined },
    /^SAME_COMMUNITY_PROBABILITIES_NEIGHBORS is missing or empty: .* 2 neighbors/,
  ],
  [
    'probability 0',
    { ...PROBABILITIES, SAME_COMMUNITY_PROBABILITIES_NEIGHBORS: '0.0,1.0' },
    /^SAME_COMMUNITY_PROBABILITIES_NEIGHBORS has "0.0" at place 1: it must be numbers above 0/,
  ],
  [
    'too few',
    { ...PROBABILITIES, SAME_COMMUNITY_PROBABILITIES_NEIGHBORS: '1.0' },
    /^SAME_COMMUNITY_PROBABILITIES_NEIGHBORS has 1 numbers, but NEIGHBORS has 2 names/,
  ],
  [
    'no communities',
    { ...COMMUNITY, NEIGHBORING_COMMUNITIES: '' },
    /^NEIGHBORING_COMMUNITIES is missing or empty/,
  ],
  [
    'half a community',
    { ...COMMUNITY, NEIGHBORING_COMMUNITIES: '0,0.5' },
    /^NEIGHBORING_COMMUNITIES has "0.5" at place 2/,
  ],
  [
    'too many communities',
    { ...COMMUNITY, NEIGHBORING_COMMUNITIES: '0,1,2' },
    /^NEIGHBORING_COMMUNITIES has 3 numbers, but NEIGHBORS has 2 names/,
  ],
  ['a seed below 0', { SEED: '-1' }, /^SEED is "-1": it must be an integer from 0/],
  ['an empty seed', { SEED: '' }, /^SEED is empty: it must be an integer/],
  ['half a hash', { GRAPH_HASH: 'abc' }, /^GRAPH_HASH is "abc": it must be 64 hexadecimal digits/],
  ['an empty hash', { GRAPH_HASH: '' }, /^GRAPH_HASH is empty/],
  ['an empty index', { NODE_INDEX: '' }, /^NODE_INDEX is empty/],
  [
    'a seed without a place',
    { HOSTNAME: 'a', SEED: '1' },
    /^NODE_INDEX is missing, and HOSTNAME, a/,
  ],
  ['a port of words', { PEER_PORT: 'ninety' }, /^PEER_PORT is "ninety": it must be an integer/],
  ['a port too large', { GRPC_PORT: '65536' }, /^GRPC_PORT is "65536".* to 65535/],
  ['no such folder', { STRATEGY_DIR: '/no/such' }, /^ALGORITHM: the strategy directory \/no\/such/],
];

for (const kind of ['BETWEENNESS_CENTRALITIES', 'EIGENVECTOR_CENTRALITIES', 'HUB_SCORES']) {
  const variable = `${kind}_NEIGHBORS`;
  const algorithm = {
    BETWEENNESS_CENTRALITIES: 'betweenness_weighted',
    EIGENVECTOR_CENTRALITIES: 'eigenvector_weighted',
    HUB_SCORES: 'hub_score_weighted',
  }[kind];
  const given = { ...BETWEENNESS, ALGORITHM: algorithm };
  for (const [what, list, said] of [
    ['is missing', undefined, 'is missing or empty'],
    ['is empty', '', 'is missing or empty'],
    ['is too short', '0.5', 'has 1 numbers, but NEIGHBORS has 2 names'],
    ['has a word', '0.5,x', 'has "x" at place 2: it must be numbers from 0 to 1'],
    ['is above 1', '0.5,2', 'has "2" at place 2'],
  ] as const) {
    test(`environment: ${variable} ${what}`, async () => {
      assert.match(
        await complaint({ ...given, [variable]: list }),
        new RegExp(`^${variable} ${said}`),
      );
    });
  }
}

for (const [what, variables, said] of WRONG) {
  test(`environment: ${what}`, async () => {
    const told = await complaint(variables);
    assert.match(told, said);
    assert.not.match(told, '\n', 'one complaint for one mistake');
  });
}

test('environment: all that is wrong is told at once', () => {
  assert.throws(() => readNodeEnvironment({}), /HOSTNAME.*\n.*NEIGHBORS.*\n.*ALGORITHM.*\n.*REP/);
});

test('environment: what each algorithm needs is enough, and what it does not need may be empty', async () => {
  for (const variables of [{}, FACTOR, MEMORY, BETWEENNESS, PROBABILITIES, COMMUNITY]) {
    assert.is(await complaint(variables), '', JSON.stringify(variables));
  }
  const unused = { FACTOR: '', NEIGHBORING_COMMUNITIES: '', STRATEGY_DIR: '' };
  assert.is(await complaint({ ...unused, COMMUNITY_NEIGHBORS: '', HUB_SCORES_NEIGHBORS: '' }), '');
});

test('environment: only false, in any case, means no random start', async () => {
  for (const [text, random] of [
    ['False', false],
    ['false', false],
    ['FALSE', false],
    ['True', true],
    ['no', true],
    ['0', true],
  ] as const) {
    const { start } = readNodeEnvironment({ ...NODE, RANDOM_INITIALIZATION: text });
    assert.is(start === 'random', random, text);
  }
  const random = { ...NODE, RANDOM_INITIALIZATION: 'True', NODE_VALUE: undefined };
  assert.is(readNodeEnvironment(random).start, 'random');
});

test('environment: numbers as Python writes them', () => {
  const FACTOR = '1.5,3.0, 0.25,1e-05,2';
  assert.equal(
    [...(readNodeEnvironment({ ...NODE, FACTOR }).sweeps.factor ?? [])],
    [1.5, 3, 0.25, 0.00001, 2],
  );
  assert.is(readNodeEnvironment({ ...NODE, NODE_VALUE: '-2147483648' }).start, -(2 ** 31));
});

test.run();
