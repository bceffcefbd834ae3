import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { pythonJson } from '../storage/index.ts';
import { readSeedEnvironment } from './seed-environment.ts';

/** As the seed's operator sets it. */
const RUNNER = {
  SIMULATION: 'sim-wf',
  SIMULATION_ID: '18946627-0e7d-45dd-8abb-66cb11d4e211',
  SERIES_SIMULATION: 'False',
  GRAPH_NAME: 'holme-n4',
  ALGORITHM: 'weighted_factor_memory',
  REPETITIONS: '2',
  ADJ_LIST: '0 2 6,2 6,6 10,10,',
  NODES: 'sim-wf-g0-n0,sim-wf-g0-n2,sim-wf-g0-n6,sim-wf-g0-n10',
  NODE_COMMUNITIES: '{"0": 1, "10": 0, "2": 1, "6": 0}',
  FACTOR: '1.5,3.0',
  PRIOR_PARTNER_FACTOR: '0.5,0.25',
  VISUALIZE: 'True',
  SIMULATION_PROPERTIES: '{"test": "42"}',
  GRAPH_PROPERTIES: '{"m": 2, "p": 1.0, "graphType": "holme-kim"}',
};

type Changes = Readonly<Record<string, string | undefined>>;

function complaint(changes: Changes): string {
  try {
    readSeedEnvironment({ ...RUNNER, ...changes });
    return '';
  } catch (error) {
    assert.instance(error, GossipError);
    assert.is((error as GossipError).code, 'input');
    return (error as GossipError).message;
  }
}

test('the environment by example', () => {
  const read = readSeedEnvironment(RUNNER);
  const { variables } = read;
  assert.is(read.folder, 'sim-wf-18946627-0e7d-45dd-8abb-66cb11d4e211');
  assert.is(read.adjacencyText, '0 2 6,2 6,6 10,10');
  assert.equal([read.graph.nodeCount, read.graph.edgeCount], [4, 4]);
  assert.equal(
    read.nodes.map(({ number }) => number),
    [0, 2, 6, 10],
  );
  assert.equal(
    read.executions.map(({ factor, priorPartnerFactor }) => [factor, priorPartnerFactor]),
    [
      [1.5, 0.5],
      [1.5, 0.25],
      [3, 0.5],
      [3, 0.25],
    ],
  );
  assert.equal(
    [variables.REPETITIONS, variables.SERIES_SIMULATION, variables.VISUALIZE, variables.SEED],
    [2, false, true, undefined],
  );
  // In the order of the text, and floats as floats.
  assert.equal(variables.NODE_COMMUNITIES, [
    [0, 1],
    [10, 0],
    [2, 1],
    [6, 0],
  ]);
  assert.is(
    pythonJson(variables.GRAPH_PROPERTIES),
    '{\n  "m": 2,\n  "p": 1.0,\n  "graphType": "holme-kim"\n}',
  );
});

test('nodes may say where they listen', () => {
  const NODES = 'a-n0,b-n2:50061, c-n6=10.0.0.7:50052 ,d-n10=[::1]:5';
  assert.equal(readSeedEnvironment({ ...RUNNER, NODES }).nodes, [
    { name: 'a-n0', number: 0, address: null },
    { name: 'b-n2', number: 2, address: 'b-n2:50061' },
    { name: 'c-n6', number: 6, address: '10.0.0.7:50052' },
    { name: 'd-n10', number: 10, address: '[::1]:5' },
  ]);
});

test('what may be left out or empty', () => {
  const optional = [
    ...['NODE_COMMUNITIES', 'FACTOR', 'PRIOR_PARTNER_FACTOR', 'WEIGHTING_PARAM_A', 'VISUALIZE'],
    ...['SIMULATION_PROPERTIES', 'GRAPH_PROPERTIES'],
  ];
  for (const name of optional) {
    for (const value of [undefined, '']) assert.is(complaint({ [name]: value }), '', name);
  }
  const without = Object.fromEntries(optional.map((name) => [name, undefined]));
  const { executions, variables } = readSeedEnvironment({ ...RUNNER, ...without, SEED: '7' });
  assert.equal(executions, [{}]);
  assert.equal([variables.NODE_COMMUNITIES, variables.GRAPH_PROPERTIES], [null, {}]);
  assert.is(variables.SEED, 7);
});

const REQUIRED = [
  ...['SIMULATION', 'SIMULATION_ID', 'SERIES_SIMULATION', 'GRAPH_NAME', 'ALGORITHM'],
  ...['REPETITIONS', 'ADJ_LIST', 'NODES'],
];
for (const name of REQUIRED) {
  test(`${name} missing, empty`, () => {
    assert.match(complaint({ [name]: undefined }), new RegExp(`^${name} is missing: it must be `));
    assert.match(complaint({ [name]: '' }), new RegExp(`^${name} is empty: it must be `));
  });
}

/** [variable, malformed value, what is said] */
const MALFORMED: [string, string, RegExp][] = [
  ['SIMULATION', '../up', /is "\.\.\/up", which contains "\.\."/],
  ['SIMULATION', 'Sim', /is not a valid name/],
  ['SIMULATION', 'a'.repeat(231), /at most/],
  ['SIMULATION_ID', 'a/b', /is "a\/b": it must be at most 100 letters/],
  ['SIMULATION_ID', '..', /it must be/],
  ['SERIES_SIMULATION', 'maybe', /is "maybe": it must be True or False/],
  ['GRAPH_NAME', 'a b', /is not a valid name/],
  ['GRAPH_NAME', 'runs.csv', /a graph cannot be named "runs.csv"/],
  ['ALGORITHM', 'a,b', /is "a,b": it must be an algorithm's name/],
  ['REPETITIONS', '0', /is "0": it must be an integer from 1 to 1000000/],
  ['REPETITIONS', '1.5', /it must be an integer/],
  ['ADJ_LIST', '0 2 6,2 x,6 10,10,', /ADJ_LIST: spec.adjacencyList\[1\].*"x" is not a node/],
  ['ADJ_LIST', ',', /ADJ_LIST/],
  ['NODES', 'a-n0,b,c-n6,d-n10', /has "b" at place 2: it must be names that end in -n/],
  ['NODES', 'a-n0,b-n2:x,c-n6,d-n10', /has "b-n2:x" at place 2/],
  ['NODES', 'a-n0,b-n2=:5,c-n6,d-n10', /has "b-n2=:5" at place 2/],
  ['NODES', 'a-n0,b-n2,c-n6,d-n6', /has two nodes of the number 6/],
  ['NODES', 'a-n0,b-n2,c-n6', /has no name that ends in -n10, but ADJ_LIST has the node 10/],
  ['NODES', 'a-n0,b-n2,c-n6,d-n10,e-n3', /names e-n3, but ADJ_LIST has no node 3/],
  ['NODE_COMMUNITIES', '[1]', /is "\[1\]": it must be a JSON object of nodes/],
  ['NODE_COMMUNITIES', '{"0": 1.5}', /it must be a JSON object of nodes/],
  ['NODE_COMMUNITIES', '{"0": 1,}', /it must be a JSON object of nodes/],
  ['NODE_COMMUNITIES', '{"0": 1 "2": 1}', /it must be a JSON object of nodes/],
  ['NODE_COMMUNITIES', '{"0": 1}', /has no node 2: it must have each node/],
  ['NODE_COMMUNITIES', '{"0": 1, "2": 1, "6": 1, "10": 1, "3": 1}', /not in ADJ_LIST/],
  ['NODE_COMMUNITIES', '{"0": 1, "2": 1, "6": 1, "10": 1, "0": 1}', /nodes twice/],
  ['FACTOR', '1.5,x', /has "x" at place 2: it must be numbers/],
  ['PRIOR_PARTNER_FACTOR', '1,,2', /has "" at place 2/],
  ['WEIGHTING_PARAM_A', 'nan', /has "nan" at place 1/],
  ['SIMULATION_PROPERTIES', '{', /is "{": it must be a JSON object/],
  ['GRAPH_PROPERTIES', '[]', /is "\[\]": it must be a JSON object/],
  ['GRAPH_PROPERTIES', 'null', /it must be a JSON object/],
  ['SEED', '-1', /is "-1": it must be an integer from 0/],
];
for (const [name, value, said] of MALFORMED) {
  test(`${name} malformed: ${value.slice(0, 40)}`, () => {
    const message = complaint({ [name]: value });
    assert.match(message, said);
    assert.ok(
      message.includes(name === 'GRAPH_NAME' && value === 'runs.csv' ? value : name),
      message,
    );
  });
}

test('several are named at once', () => {
  const lines = complaint({ SIMULATION: '', REPETITIONS: 'x', NODES: undefined }).split('\n');
  assert.equal(
    lines.map((line) => line.trim().split(' ')[0]),
    ['SIMULATION', 'REPETITIONS', 'NODES'],
  );
});

test.run();
