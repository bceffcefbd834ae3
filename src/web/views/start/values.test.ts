import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseList, parseValue } from './values.ts';

const share = { type: 'number', minimum: 0, maximum: 1 };
const factor = { type: 'number', exclusiveMinimum: 0 };
const count = { type: 'integer', minimum: 1, maximum: 100 };

test('a list to sweep is numbers between commas or spaces', () => {
  for (const [text, value] of [
    ['0.25, 0.5', [0.25, 0.5]],
    ['1', [1]],
    [' .5;1e-3 ,0 ', [0.5, 0.001, 0]],
    ['0,,1', [0, 1]],
  ] as const) {
    assert.equal(parseList(share, text), { value }, text);
  }
});

test('what is wrong with a list is said of its item', () => {
  for (const [text, problem] of [
    ['2', 'It must be a number, at least 0 and at most 1.'],
    ['0.5, 2', '2: It must be a number, at least 0 and at most 1.'],
    ['0.5 half', 'half: It must be a number, at least 0 and at most 1.'],
    ['0.5, 0.50', '0.5 stands there twice.'],
    [
      Array.from({ length: 1001 }, (_, i) => i / 2000).join(),
      'These are 1001 values: at most 1000.',
    ],
  ] as const) {
    assert.equal(parseList(share, text), { problem }, text.slice(0, 20));
  }
  assert.equal(parseList(factor, '0'), { problem: 'It must be a number, greater than 0.' });
  assert.equal(parseList(factor, 'Infinity'), { problem: 'It must be a number, greater than 0.' });
  assert.equal(parseList(factor, '0x10'), { value: [16] });
});

test('whole numbers are digits, and as large as JavaScript can hold', () => {
  assert.equal(parseValue(count, ' 7 '), { value: 7 });
  for (const text of ['0', '101', '1.0', '1e1', '0x1', '', '1 2', '9007199254740993']) {
    assert.ok('problem' in parseValue(count, text), text);
  }
  const seed = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  assert.equal(parseValue(seed, '9007199254740991'), { value: Number.MAX_SAFE_INTEGER });
  assert.ok('problem' in parseValue(seed, '9007199254740992'));
});

test('words, yes and no, and ids of nodes', () => {
  const side = { type: 'string', enum: ['inside', 'outside'] };
  assert.equal(parseValue(side, 'inside'), { value: 'inside' });
  assert.equal(parseValue(side, 'in'), { problem: 'It must be inside or outside.' });
  assert.equal(parseList(side, 'inside, outside'), { value: ['inside', 'outside'] });
  assert.equal(parseValue({ type: 'boolean' }, 'false'), { value: false });
  assert.equal(parseValue({}, '12'), { value: 12 });
  assert.equal(parseValue({}, 'max-degree'), { value: 'max-degree' });
  assert.equal(parseValue({}, '12345678901234567890'), { value: '12345678901234567890' });
});

test.run();
