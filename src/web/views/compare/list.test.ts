import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listOf, MOST_CONTESTANTS, withAlso, withFirst, without } from './list.ts';

function params(...list: string[]): URLSearchParams {
  return new URLSearchParams(list.map((one) => ['with', one]));
}

test('a URL names each once, the execution being the first where it is left out', () => {
  assert.equal(listOf(params('a-1/karate/2', 'b-2/karate', 'b-2/karate/1', 'a-1/karate/2')), [
    'a-1/karate/2',
    'b-2/karate/1',
  ]);
  assert.equal(listOf(params()), []);
});

test('what a stranger writes into a URL is a list still, of no more than can be compared', () => {
  assert.equal(listOf(params('a/b/-3', 'a/c/1e9999', 'a/d/x')), ['a/b/1', 'a/c/1', 'a/d/1']);
  const many = Array.from({ length: 40 }, (_, index) => `a/g${index}/1`);
  assert.is(listOf(params(...many)).length, MOST_CONTESTANTS);
});

test('one comes to the front, is added once, and goes', () => {
  const list = ['a', 'b', 'c'];
  assert.equal(withFirst(list, 'c'), ['c', 'a', 'b']);
  assert.equal(without(list, 'a'), ['b', 'c']);
  assert.equal(withAlso(list, 'd'), ['a', 'b', 'c', 'd']);
  assert.equal(withAlso(list, 'b'), list);
  const full = Array.from({ length: MOST_CONTESTANTS }, (_, index) => `${index}`);
  assert.equal(withAlso(full, 'more'), full);
  assert.equal(list, ['a', 'b', 'c']);
});

test.run();
