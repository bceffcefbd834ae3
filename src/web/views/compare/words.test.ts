import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import type { Interval, SpeedUp } from '../../../gen/gossip/v1/simulation_pb.ts';
import { holdingText, labelsOf, pairingText, runOf, runsText, speedUpText } from './words.ts';

interface Given {
  algorithm?: string;
  parameters?: string;
  name?: string;
  seed?: bigint;
  folder?: string;
  graph?: string;
  execution?: number;
  unpaired?: string;
}

function contestant({ folder = 'a-1', graph = 'karate', execution = 1, ...given }: Given) {
  return {
    algorithm: 'default',
    parameters: '',
    name: 'a',
    unpaired: '',
    ...given,
    contestant: { $typeName: 'gossip.v1.Contestant' as const, folder, graph, execution },
  };
}

function speedUp(ratio: number, interval?: [low: number, high: number]): SpeedUp {
  const between: Interval | undefined = interval && {
    $typeName: 'gossip.v1.Interval',
    low: interval[0],
    high: interval[1],
  };
  return { $typeName: 'gossip.v1.SpeedUp', ratio, interval: between };
}

test('a label says no more than it takes to tell one from the others', () => {
  const sweep = { algorithm: 'weighted_factor' };
  const all = [
    contestant({ seed: 1n }),
    contestant({ ...sweep, parameters: 'factor=1', seed: 1n }),
    contestant({ ...sweep, parameters: 'factor=2', execution: 2, seed: 1n }),
    contestant({ algorithm: 'default_memory', parameters: 'priorPartnerFactor=0.5', seed: 1n }),
    contestant({ seed: 2n, folder: 'b-1' }),
  ];
  assert.equal(labelsOf(all), [
    'default seed 1',
    'weighted_factor factor=1',
    'weighted_factor factor=2',
    'default_memory',
    'default seed 2',
  ]);
  assert.equal(labelsOf([contestant({}), contestant({ graph: 'ring' })]), [
    'default on karate',
    'default on ring',
  ]);
  assert.equal(labelsOf([contestant({}), contestant({ name: 'b', folder: 'b-1' })]), [
    'default (a)',
    'default (b)',
  ]);
  assert.equal(labelsOf([contestant({}), contestant({ folder: 'a-2' })]), [
    'default a-1',
    'default a-2',
  ]);
  assert.equal(labelsOf([contestant({}), contestant({ execution: 2 })]), [
    'default execution 1',
    'default execution 2',
  ]);
});

test('a speed-up has its interval, or there is a reason why not', () => {
  assert.is(speedUpText({ unpaired: '' }, true), '1');
  assert.is(
    speedUpText({ unpaired: '', speedUp: speedUp(1.369, [1.3, 1.43]) }, false),
    '1.37 (1.30 to 1.43)',
  );
  assert.is(speedUpText({ unpaired: '', speedUp: speedUp(0.5) }, false), '0.50');
  assert.is(speedUpText({ unpaired: 'its seed is 2' }, false), 'not paired: its seed is 2');
});

test('it is said that several graphs are not paired', () => {
  assert.is(pairingText([contestant({}), contestant({ folder: 'b-1' })]), null);
  assert.match(
    pairingText([contestant({}), contestant({ graph: 'ring' })])!,
    /2 graphs.* not paired/,
  );
  assert.match(
    pairingText([contestant({}), contestant({ unpaired: 'seed' })])!,
    /^1 contestant of 2/,
  );
});

test('a run is found by its number, also where others are missing', () => {
  const compared = { runs: [1, 4, 7], rounds: [5, 6, 9], converged: [true, true, false] };
  assert.equal(runOf(compared, 4), { last: 6, converged: true });
  assert.equal(runOf(compared, 7), { last: 9, converged: false });
  assert.is(runOf(compared, 2), null);
});

test('what nodes hold is said of a minimum and of a mean', () => {
  const figures = { holding: 12, distinct: 3, spread: 1.5 };
  assert.is(
    holdingText(figures, { nodes: 34, final: 2, aggregate: Aggregate.MINIMUM }),
    '12 of 34 nodes with the final value 2, 3 distinct values',
  );
  assert.is(
    holdingText(figures, { nodes: 1000, final: 50.25, aggregate: Aggregate.MEAN }),
    '12 of 1,000 nodes within the tolerance of 50.25, spread 1.5',
  );
});

test('runs that did not converge are counted', () => {
  assert.is(runsText(2000, 2000), '2,000');
  assert.is(runsText(30, 21), '30, 9 not converged');
});

test.run();
