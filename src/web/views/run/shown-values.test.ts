import { create } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import { HistoryPartSchema } from '../../../gen/gossip/v1/simulation_pb.ts';
import { createHistoryDecoder } from '../../../replay/history-decoder.ts';
import type { Exchanges } from './exchanges.ts';
import { valuesAt, valuesOfNode } from './shown-values.ts';

/** Three nodes hold 9, 2 and 5; in round 1 the first two exchange, in round 2 the last two. */
function threeNodes() {
  const decoder = createHistoryDecoder();
  const figures = { holding: 1, distinct: 3, spread: 7 };
  decoder.add(
    create(HistoryPartSchema, {
      beginning: {
        nodes: 3,
        aggregate: Aggregate.MINIMUM,
        levels: [2, 5, 9],
        least: 2,
        greatest: 9,
        final: 2,
      },
      rounds: [
        { round: 0, changed: [0, 1, 1], levels: [2, 0, 1], ...figures },
        { round: 1, changed: [0], levels: [0], ...figures },
        { round: 2, changed: [2], levels: [0], ...figures },
      ],
    }),
  );
  return decoder;
}

const SECOND: Exchanges = {
  initiators: [0, 1],
  partners: [1, 2],
  initiatorsBefore: [2, 2],
  partnersBefore: [2, 5],
  initiatorsAfter: [2, 2],
  partnersAfter: [2, 2],
};

function at(
  round: number,
  exchange: number | null,
  exchanges?: Exchanges,
  atOnce = false,
): number[] {
  const out = new Float64Array(3);
  valuesAt(threeNodes(), { round, exchange }, exchanges, atOnce, out);
  return [...out];
}

test('values after rounds', () => {
  assert.equal(at(0, null), [9, 2, 5]);
  assert.equal(at(1, null), [2, 2, 5]);
  assert.equal(at(2, null), [2, 2, 2]);
});

test('values within a round are those before it, and what its exchanges made of them', () => {
  assert.equal(at(2, 1, SECOND), [2, 2, 5]);
  assert.equal(at(2, 2, SECOND), [2, 2, 2]);
  assert.equal(at(2, 99, SECOND), [2, 2, 2]);
});

test('without exchanges, or where all happen at once, they are those before it', () => {
  assert.equal(at(2, 2), [2, 2, 5]);
  assert.equal(at(2, 2, SECOND, true), [2, 2, 5]);
});

test('what a node held by round', () => {
  assert.equal(valuesOfNode(threeNodes(), 0), [9, 2, 2]);
  assert.equal(valuesOfNode(createHistoryDecoder(), 0), []);
});

test.run();
