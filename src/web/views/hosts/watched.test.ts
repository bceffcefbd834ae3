import { create } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GraphPictureSchema } from '../../../gen/gossip/v1/simulation_pb.ts';
import { createHistoryEncoder } from '../../../replay/index.ts';
import { byRound, nothingWatched, roundText, withMessage } from './watched.ts';

const encoder = (start: number[]) =>
  createHistoryEncoder({ aggregate: 'minimum', tolerance: 0, start: Float64Array.from(start) });
const graph = (...names: string[]) => create(GraphPictureSchema, { names });

test('a graph, rounds, problems; the next graph begins anew', () => {
  let watched = withMessage(nothingWatched(), { problems: ['b does not answer'] });
  assert.equal(watched.problems, ['b does not answer']);
  watched = withMessage(watched, { graph: graph('a', 'b', 'c'), problems: [] });
  const rounds = encoder([1, 2, 3]);
  for (const [round, values] of [
    [3, [1, 2, 3]],
    [5, [1, 1, 3]],
  ] as const) {
    rounds.add(round, Float64Array.from(values));
    watched = withMessage(watched, { part: rounds.flush()!, problems: [] });
  }
  assert.equal(watched.picture?.names, ['a', 'b', 'c']);
  assert.equal(byRound(watched.decoder.rounds, 'distinct'), [null, null, null, 3, null, 2]);
  assert.equal(byRound(watched.decoder.rounds, 'spread'), [null, null, null, 2, null, 2]);
  assert.is(
    roundText(2, watched.decoder.rounds.at(-1)!, 3),
    'Run 2, round 5: 2 values among 3 nodes, 2 hold the final one',
  );
  watched = withMessage(watched, { graph: graph('x'), problems: [] });
  assert.equal(watched.decoder.rounds, []);
  assert.equal(byRound([], 'spread'), []);
});

test.run();
