import { create } from '@bufbuild/protobuf';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ComparedSchema } from '../../../gen/gossip/v1/simulation_pb.ts';
import { shownOf, standingsText } from './contestant.ts';

const ALL = ['default', 'default_memory'].map((algorithm, index) =>
  create(ComparedSchema, {
    algorithm,
    contestant: { folder: `${algorithm}-1`, graph: 'karate', execution: 1 },
    runs: [1, 2],
    rounds: [5 - 2 * index, 4],
    converged: [true, false],
  }),
);

test('each shows the same run, and a link leads to it at the round that it shows', () => {
  const shown = shownOf(ALL, 1);
  assert.is(standingsText(shown, 4), 'default: round 4; default_memory: done in 3 rounds');
  assert.is(standingsText(shownOf(ALL, 2), 9).match(/not done after 4 rounds/g)!.length, 2);
  assert.is(
    shown[1].runLink(4),
    '#/run?simulation=default_memory-1&graph=karate&execution=1&run=1&round=3',
  );
  assert.is(new Set(shown.map(({ color }) => color)).size, 2);
});

test('of a run that is not finished nothing is claimed', () => {
  const [first] = shownOf(ALL, 7);
  assert.is(first.last, null);
  assert.is(standingsText([first], 3), 'default: round 3');
});

test.run();
