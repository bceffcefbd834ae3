import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { commandOf, type Moment, momentText } from './words.ts';

const MOMENT: Moment = {
  position: { round: 3, exchange: null },
  last: 4,
  isWhole: true,
  exchanges: null,
  nodes: 34,
  holding: 30,
  final: 2,
  isMean: false,
  spread: 5,
};

test('a moment in words', () => {
  assert.is(momentText(MOMENT), 'round 3 of 4: 30 of 34 nodes hold 2');
  assert.is(momentText({ ...MOMENT, isWhole: false }), 'round 3: 30 of 34 nodes hold 2');
});

test('a moment within a round', () => {
  const within = { ...MOMENT, position: { round: 3, exchange: 5 } };
  assert.is(
    momentText({ ...within, exchanges: 34 }),
    'round 3 of 4, exchange 5 of 34: 30 of 34 nodes hold 2',
  );
  assert.is(momentText(within), 'round 3 of 4, exchange 5: 30 of 34 nodes hold 2');
});

test('mean is come close to, which is counted after rounds', () => {
  const mean = { ...MOMENT, isMean: true, final: 50.123456789, spread: 0.25 };
  assert.is(
    momentText(mean),
    'round 3 of 4: 30 of 34 nodes are within the tolerance of 50.1235, spread 0.25',
  );
  const within = { ...mean, position: { round: 3, exchange: 5 } };
  assert.is(momentText(within), 'round 3 of 4, exchange 5: the mean is 50.1235');
});

test('the command that plays a simulation again', () => {
  assert.is(
    commandOf('./results', 'karate-default-1a2b3c4d'),
    'gossip run --from ./results/karate-default-1a2b3c4d/manifest.json',
  );
  assert.is(commandOf('s3://bucket/', 'a-1'), 'gossip verify s3://bucket/a-1');
  assert.is(commandOf("it's $HOME", 'a'), "gossip run --from 'it'\\''s $HOME/a/manifest.json'");
});

test.run();
