/** Rebuilds objects that the published system left (fixtures/), byte for byte, from data. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { averageObject, historyWriter, type Summary, summaryObject } from './index.ts';

// Named .txt, as a formatter of JSON would end them with a newline.
const published = (name: string) =>
  readFileSync(new URL(`./fixtures/sim-wf_${name}.json.txt`, import.meta.url), 'utf8');

const summary: Summary = {
  timestamp: '2026-11-22-21-34-58',
  rounds: 2,
  algorithm: 'weighted_factor',
  adjacencyText: '0 2 6 7 8,1 2 3 4 5 7,2 3 6,3 4 5,4 9,5,6 8,7,8 9,9',
  factor: 3,
  graphMetadata: {
    properties: { numberOfNodes: 10, m: 2, p: 0.3 },
    graphType: 'holme-kim',
    nodeCommunities: [
      [0, 1],
      [2, 1],
      [6, 1],
      [7, 0],
      [8, 1],
      [1, 0],
      [3, 0],
      [4, 2],
      [5, 0],
      [9, 2],
    ],
  },
  algorithmMetadata: {},
};

const textOf = (pieces: Uint8Array[]) => Buffer.concat(pieces).toString();

test('a published summary', () => {
  assert.is(summaryObject(summary), published('summary'));
});

test('a published average: the rounds are a float', () => {
  assert.is(averageObject({ ...summary, rounds: 2.5 }), published('averaged_result'));
  assert.match(averageObject(summary), /"num_rounds": 2\.0,/);
});

test('all keys in order, the parameters as text, text and number', () => {
  const text = summaryObject({
    ...summary,
    priorPartnerFactor: 0.00001,
    weightingParamA: 0,
    algorithmMetadata: { test: '42' },
  });
  const object = JSON.parse(text);
  assert.equal(Object.keys(object), [
    'timestamp',
    'num_rounds',
    'algorithm',
    'adj_list',
    'factor',
    'prior_partner_factor',
    'weighting_param_a',
    'graph_metadata',
    'algorithm_metadata',
  ]);
  assert.is(object.factor, '3.0');
  assert.is(object.prior_partner_factor, '1e-05');
  assert.match(text, /\n {2}"weighting_param_a": 0\.0,\n/);
});

test('what is absent, null or empty is left out', () => {
  const text = summaryObject({
    timestamp: 't',
    rounds: 1,
    algorithm: 'default',
    adjacencyText: null,
    factor: null,
    graphMetadata: { properties: {}, graphType: null, nodeCommunities: null },
    algorithmMetadata: {},
  });
  assert.is(text, '{\n  "timestamp": "t",\n  "num_rounds": 1,\n  "algorithm": "default"\n}');
});

test('a published history', () => {
  const history = historyWriter([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  history.add([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  history.add(Float64Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0, 0));
  history.add(new Float64Array(10));
  assert.is(textOf(history.pieces()), published('node_value_history'));
});

test('a history keeps the order of the nodes and values with a fraction', () => {
  const history = historyWriter([7, 3, 1000000]);
  history.add([0.5, -2, 1e-7]);
  const text = textOf(history.pieces());
  assert.match(text, /"7": 0\.5,\n {6}"3": -2,\n {6}"1000000": 1e-7\n/);
});

test('a long history comes in pieces that together are one JSON', () => {
  const numbers = Array.from({ length: 2000 }, (_, i) => i);
  const history = historyWriter(numbers);
  for (let round = 0; round < 50; round++) history.add(numbers.map((number) => number * round));
  const pieces = history.pieces();
  assert.ok(pieces.length > 1);
  const rounds = JSON.parse(textOf(pieces));
  assert.is(rounds.length, 50);
  rounds.forEach((entry: { round_num: number; nodes: Record<string, number> }, round: number) => {
    assert.is(entry.round_num, round);
    assert.is(entry.nodes['1999'], 1999 * round);
  });
  assert.is(textOf(history.pieces()), textOf(pieces));
});

test('a history without rounds or nodes is JSON too; one of Infinity is refused', () => {
  assert.is(textOf(historyWriter([1]).pieces()), '[]');
  const empty = historyWriter([]);
  empty.add([]);
  assert.equal(JSON.parse(textOf(empty.pieces())), [{ round_num: 0, nodes: {} }]);
  assert.throws(() => historyWriter([5]).add([Infinity]), /node 5 holds Infinity after round 0/);
});

test.run();
