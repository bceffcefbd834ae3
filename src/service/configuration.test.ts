import { create } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { Aggregate, ConfigureRequestSchema, Memory, Schedule } from '../gen/gossip/v1/host_pb.ts';
import { parseConfiguration } from './configuration.ts';
import { type Configuration, configureRequest, KARATE, settings } from './host.fixture.ts';

const ADDRESS = '127.0.0.1:5';
const peer = (first: number, end: number, address = ADDRESS) => ({
  nodes: { first, end },
  address,
});
const GOOD = {
  ...configureRequest(settings()),
  nodes: [
    { first: 17, end: 34 },
    { first: 0, end: 9 },
  ],
  peers: [peer(17, 34), peer(9, 17, '[::1]:6'), peer(0, 9)],
};
/** A path of three nodes; what is wrong with it is told from the rest being right. */
const PATH = {
  graph: { degrees: [1, 2, 1], neighbors: [1, 0, 2, 1] },
  nodes: [],
  peers: [peer(0, 3)],
};

const parse = (given: Configuration) =>
  parseConfiguration(create(ConfigureRequestSchema, { ...GOOD, ...given }));

test('what fits together', () => {
  const parsed = parse({ names: Array.from({ length: 34 }, (_, node) => `n${node}`) });
  assert.equal(parsed.graph.offsets, KARATE.offsets);
  assert.equal(parsed.graph.neighbors, KARATE.neighbors);
  assert.is(parsed.graph.edgeCount, 78);
  assert.is(parsed.seed, 7);
  assert.is(parsed.weights, null);
  assert.is(parsed.schedule, 'ascending');
  assert.is(parsed.memory, 'none');
  assert.is(parsed.runsAtOnce, 1);
  assert.is(parse({ runsAtOnce: 64 }).runsAtOnce, 64);
  assert.is(parsed.names?.[33], 'n33');
  assert.is(parse({}).names, null);
  assert.equal(parsed.ranges, [
    { first: 17, end: 34 },
    { first: 0, end: 9 },
  ]);
  assert.is(parsed.peers.length, 3);
  assert.equal(parse(PATH).graph.offsets, Uint32Array.of(0, 1, 3, 4));
  assert.equal(parse({ ...PATH, weights: [1, 0, 2, 0.5] }).weights, Float64Array.of(1, 0, 2, 0.5));
});

const BAD: readonly (readonly [what: string, given: Configuration, says: string])[] = [
  ['epoch 0', { epoch: 0n }, 'epoch must be 1..'],
  ['epoch 2^53', { epoch: 2n ** 53n }, 'epoch must be 1..'],
  ['65 runs at once', { runsAtOnce: 65 }, 'runs_at_once must be 0..64'],
  ['seed 2^53', { seed: 2n ** 53n }, 'seed must be 0..'],
  ['three words', { graphWords: [1, 2, 3] }, 'graph_words must be four'],
  ['no graph', { graph: undefined }, 'graph has no nodes'],
  [
    'degrees that are too few',
    { ...PATH, graph: { degrees: [1, 2], neighbors: [1, 0, 2, 1] } },
    'the sum of graph.degrees',
  ],
  [
    'degrees that are too large by 2^32',
    { ...PATH, graph: { degrees: [1, 2 ** 32 - 1], neighbors: [] } },
    'the sum of graph.degrees',
  ],
  [
    'a neighbor beyond the nodes',
    { ...PATH, graph: { degrees: [1, 2, 1], neighbors: [1, 0, 3, 1] } },
    'graph.neighbors of node 1 are not',
  ],
  [
    'a neighbor of itself',
    { ...PATH, graph: { degrees: [1, 2, 1], neighbors: [0, 0, 2, 1] } },
    'graph.neighbors of node 0 are not',
  ],
  [
    'neighbors descending',
    { ...PATH, graph: { degrees: [1, 2, 1], neighbors: [1, 2, 0, 1] } },
    'graph.neighbors of node 1 are not',
  ],
  [
    'a neighbor twice',
    { ...PATH, graph: { degrees: [2, 1, 1], neighbors: [1, 1, 0, 1] } },
    'graph.neighbors of node 0 are not',
  ],
  [
    'an edge at one end only',
    { ...PATH, graph: { degrees: [1, 2, 1], neighbors: [2, 0, 2, 1] } },
    'at one end only',
  ],
  [
    'an edge at the last end only',
    { ...PATH, graph: { degrees: [1, 1, 1], neighbors: [1, 0, 0] } },
    'at one end only',
  ],
  ['too few weights', { weights: [1, 2] }, 'weights has 2 numbers, but graph.neighbors 156'],
  ['a weight that is NaN', { ...PATH, weights: [1, Number.NaN, 1, 1] }, 'weights must be finite'],
  [
    'an infinite weight',
    { ...PATH, weights: [1, Number.POSITIVE_INFINITY, 1, 1] },
    'weights must be finite',
  ],
  ['a negative weight', { ...PATH, weights: [1, -1, 1, 1] }, 'weights must be finite'],
  ['a factor beyond 1', { priorPartnerFactor: 1.5 }, 'prior_partner_factor must be 0..1'],
  ['a factor that is NaN', { priorPartnerFactor: Number.NaN }, 'prior_partner_factor must be 0..1'],
  ['no memory said', { memory: Memory.UNSPECIFIED }, 'memory is not given'],
  ['no schedule said', { schedule: Schedule.UNSPECIFIED }, 'schedule is not given'],
  ['an aggregate of the future', { aggregate: 9 as Aggregate }, 'aggregate is not given'],
  [
    'memory in synchronous rounds of a mean',
    { schedule: Schedule.SYNCHRONOUS, memory: Memory.PLAIN, aggregate: Aggregate.MEAN },
    'memory: a synchronous mean',
  ],
  ['too few names', { names: ['a'] }, 'names has 1 of them, but the graph 34 nodes'],
  [
    'an empty range',
    { nodes: [{ first: 3, end: 3 }] },
    "nodes: 3..3 is no range of the graph's 34 nodes",
  ],
  ['a range beyond the nodes', { nodes: [{ first: 30, end: 35 }] }, 'nodes: 30..35 is no range'],
  [
    'a range that no peer has',
    { nodes: [{ first: 0, end: 8 }] },
    'nodes 0..7 are not those of a peer',
  ],
  [
    'a range twice',
    {
      nodes: [
        { first: 0, end: 9 },
        { first: 0, end: 9 },
      ],
    },
    'nodes: 0..8 stands twice',
  ],
  ['a peer without nodes', { peers: [{ address: ADDRESS }] }, 'peers.nodes: 0..0 is no range'],
  [
    'a neighbor nobody holds, in the middle',
    { peers: [peer(17, 34), peer(0, 9)] },
    'peers: nobody holds node 9',
  ],
  [
    'a neighbor nobody holds, at the beginning',
    { peers: [peer(17, 34), peer(9, 17)] },
    'peers: nobody holds node 0',
  ],
  [
    'a neighbor nobody holds, at the end',
    { ...PATH, peers: [peer(0, 2)] },
    'peers: nobody holds node 2',
  ],
  ['no peers', { peers: [] }, 'peers: nobody holds node 0'],
  [
    'two holders of a node',
    { ...PATH, peers: [peer(0, 2), peer(1, 3)] },
    'peers: two hosts hold node 1',
  ],
  ['a peer without an address', { ...PATH, peers: [peer(0, 3, '')] }, 'is no address'],
  ['a peer whose port is none', { ...PATH, peers: [peer(0, 3, 'a:70000')] }, 'is no address'],
];

for (const [what, given, says] of BAD) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => parse(given),
      (error: unknown) => {
        assert.instance(error, GossipError);
        assert.is((error as GossipError).code, 'input');
        assert.match((error as GossipError).message, says);
        return true;
      },
    );
  });
}

test.run();
