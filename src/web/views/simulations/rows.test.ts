import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filtered, parseSort, sortBy, sorted, sortParam } from './rows.ts';

function row(name: string, fields: Partial<ReturnType<typeof plain>> = {}) {
  return { ...plain(name), ...fields };
}

function plain(name: string) {
  return {
    folder: `${name}-00000001`,
    name,
    algorithm: 'default',
    graphs: ['karate'],
    seed: 7n as bigint | undefined,
    finished: 30,
    timestamp: '2026-01-01-00-00-00',
  };
}

const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

test('a filter finds all its words, in whichever field, in upper or lower case', () => {
  const rows = [
    row('club', { algorithm: 'weighted_factor' }),
    row('net', { graphs: ['Gnutella', 'ring'], seed: 1234n }),
    row('old', { seed: undefined }),
  ];
  for (const [filter, expected] of [
    ['', ['club', 'net', 'old']],
    ['  ', ['club', 'net', 'old']],
    ['CLUB', ['club']],
    ['factor karate', ['club']],
    ['karate factor', ['club']],
    ['gnutella 234', ['net']],
    ['undefined', []],
    ['karate gnutella', []],
    ['00000001 old', ['old']],
  ] as const) {
    assert.equal(names(filtered(rows, filter)), expected, filter);
  }
});

test('sorts by each column, numbers as numbers, in both directions', () => {
  const rows = [
    row('b', { seed: 10n, finished: 9, graphs: ['z'], timestamp: '2026-02-01-00-00-00' }),
    row('a', { seed: 9n, finished: 100, graphs: ['y'], algorithm: 'x' }),
    row('c', { seed: undefined, finished: 10, graphs: ['a', 'b'], algorithm: 'e' }),
  ];
  for (const [sort, expected] of [
    ['name', 'abc'],
    ['-name', 'cba'],
    ['seed', 'cab'],
    ['-seed', 'bac'],
    ['runs', 'bca'],
    ['graphs', 'cab'],
    ['algorithm', 'bca'],
    ['began', 'acb'],
    ['-began', 'bac'],
  ] as const) {
    assert.is(names(sorted(rows, parseSort(sort))).join(''), expected, sort);
  }
  assert.equal(names(rows), ['b', 'a', 'c'], 'the rows given stay as they are');
});

test('an order stands in the URL, unless it is the usual one', () => {
  for (const text of ['name', '-name', 'began', 'runs', '-seed']) {
    assert.is(sortParam(parseSort(text)), text);
  }
  for (const text of [null, '', '-began', 'color', '__proto__', '-', '--name', 'name\n']) {
    assert.is(sortParam(parseSort(text)), '', String(text));
  }
});

test('a click on a column turns the order around', () => {
  const usual = parseSort(null);
  assert.is(sortParam(sortBy('began', usual)), 'began');
  assert.is(sortParam(sortBy('name', usual)), 'name');
  assert.is(sortParam(sortBy('name', parseSort('name'))), '-name');
  assert.is(sortParam(sortBy('runs', usual)), '-runs');
});

test.run();
