import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { positionChanges, runParamsOf } from './run-params.ts';

const of = (query: string) => runParamsOf(new URLSearchParams(query));

test('a URL names a run, a moment of it and a node', () => {
  assert.equal(of('simulation=a-1&graph=g&execution=2&run=3&round=4&exchange=5&node=0'), {
    folder: 'a-1',
    graph: 'g',
    execution: 2,
    run: 3,
    position: { round: 4, exchange: 5 },
    node: 0,
  });
});

test('what is absent or cannot be read has its usual value', () => {
  const usual = {
    graph: '',
    execution: 1,
    run: 1,
    position: { round: 0, exchange: null },
    node: null,
  };
  assert.equal(of('simulation=a'), { folder: 'a', ...usual });
  const broken = 'simulation=a&execution=0&run=-1&round=1e3&node=2.5';
  assert.equal(of(broken), { folder: 'a', ...usual });
  assert.equal(of('simulation=a&run=99999999999&round=4294967296'), { folder: 'a', ...usual });
});

test('no exchange is before the first round, nor before the first', () => {
  assert.equal(of('exchange=3').position, { round: 0, exchange: null });
  assert.equal(of('round=2&exchange=0').position, { round: 2, exchange: null });
});

test('moments are written as they are read', () => {
  assert.equal(positionChanges({ round: 2, exchange: 7 }), { round: '2', exchange: '7' });
  assert.equal(positionChanges({ round: 0, exchange: null }), { round: null, exchange: null });
});

test.run();
