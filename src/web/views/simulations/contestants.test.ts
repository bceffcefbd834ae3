import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { choiceParam, contestants, parseChoice } from './contestants.ts';

const simulations = [
  { folder: 'a-1', graphs: ['karate', 'ring'] },
  { folder: 'b-2', graphs: ['ring', 'star'] },
  { folder: 'c-3', graphs: ['star'] },
];

function compared(...texts: string[]) {
  return contestants(texts.map(parseChoice), simulations);
}

test('a choice is a simulation, or an execution of it on a graph', () => {
  for (const text of ['a-1', 'a-1/karate/3', 'Ünd/x y/1']) {
    assert.is(choiceParam(parseChoice(text)), text);
  }
  assert.equal(parseChoice('a/g/x'), { folder: 'a', graph: 'g', execution: 1 });
  assert.equal(parseChoice('a/g/-4'), { folder: 'a', graph: 'g', execution: 1 });
});

test('simulations meet on the first graph that all have', () => {
  assert.equal(compared('a-1', 'b-2'), { with: ['a-1/ring/1', 'b-2/ring/1'] });
  assert.equal(compared('a-1'), { with: ['a-1/karate/1'] });
  assert.equal(compared('b-2/star/2', 'c-3'), { with: ['b-2/star/2', 'c-3/star/1'] });
});

test('those that share none cannot be compared', () => {
  for (const texts of [
    ['a-1', 'c-3'],
    ['a-1/karate/1', 'b-2'],
  ]) {
    assert.equal(compared(...texts), { problem: 'They have no graph in common.' });
  }
});

test('what is not stored cannot be compared', () => {
  assert.equal(compared('a-1', 'gone-4/karate/1'), { problem: 'There is no gone-4 here.' });
});

test.run();
