import { create } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GetNodeResponseSchema } from '../../../gen/gossip/v1/simulation_pb.ts';
import { neighborRows } from './neighbors.ts';

const story = (weights: number[]) =>
  create(GetNodeResponseSchema, {
    neighbors: weights.map((weight, node) => ({ node, name: `n${node}`, weight })),
    meetings: [{ node: 1, name: 'n1', initiated: 2, answered: 1, lastRound: 4 }],
  });

test('the likeliest neighbor comes first, with what it and the node had to do with each other', () => {
  const rows = neighborRows(story([1, 3, 0]));
  assert.equal(
    rows.map(({ name }) => name),
    ['n1', 'n0', 'n2'],
  );
  assert.equal(
    rows.map(({ chance }) => chance),
    [0.75, 0.25, 0],
  );
  const { asked, answered, lastRound } = rows[0];
  assert.equal([asked, answered, lastRound], [2, 1, 4]);
  assert.is(rows[1].lastRound, null);
});

test('all are alike where no weight is left', () => {
  assert.equal(
    neighborRows(story([0, 0])).map(({ chance }) => chance),
    [0.5, 0.5],
  );
});

test('the largest weights have a sum', () => {
  const { MAX_VALUE } = Number;
  assert.equal(
    neighborRows(story([MAX_VALUE, MAX_VALUE])).map(({ chance }) => chance),
    [0.5, 0.5],
  );
});

test.run();
