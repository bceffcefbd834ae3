import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inputError } from '../../errors.ts';
import { problemsOf, refusal } from './problems.ts';

const FILES = ['a.yaml', 'a.yaml, line 3', 'b.txt'];

test('a message is taken apart into file, line, field and text', () => {
  const cases: [message: string, field: string | undefined, expected: unknown[]][] = [
    ['b.txt, line 12: one label only', undefined, ['b.txt', 12, '', 'one label only']],
    ['b.txt, near line 2: not XML', undefined, ['b.txt', 2, '', 'not XML']],
    ['a.yaml, line 2, column 5: not YAML: x', undefined, ['a.yaml', 2, '', 'not YAML: x']],
    ['b.txt: empty', undefined, ['b.txt', 0, '', 'empty']],
    ['a.yaml, line 7: spec.seed: too big', 'spec.seed', ['a.yaml', 7, 'spec.seed', 'too big']],
    [
      'a.yaml, line 7: spec.valueList of the graph g: bad',
      undefined,
      ['a.yaml', 7, 'spec.valueList', 'of the graph g: bad'],
    ],
    ['a.yaml, line 3: empty', undefined, ['a.yaml, line 3', 0, '', 'empty']],
    ['c.txt, line 1: what', undefined, ['', 0, '', 'c.txt, line 1: what']],
    ['a.yaml is wrong', undefined, ['', 0, '', 'a.yaml is wrong']],
  ];
  for (const [message, field, expected] of cases) {
    const [problem] = problemsOf(inputError(message, { field }), FILES);
    assert.equal([problem.file, problem.line, problem.field, problem.text], expected);
  }
});

test('a field of a Simulation belongs to its file, whatever the message begins with', () => {
  const error = inputError('b.txt: source 9 is no node', {
    field: 'spec.source',
    others: [inputError('a.yaml, line 4: spec.start: wrong', { field: 'spec.start' })],
  });
  assert.equal(problemsOf(error, FILES, 'a.yaml, line 5'), [
    { file: 'a.yaml', line: 5, field: 'spec.source', text: 'b.txt: source 9 is no node' },
    { file: 'a.yaml', line: 4, field: 'spec.start', text: 'wrong' },
  ]);
});

test('a refusal says all of them in words too', () => {
  const problems = problemsOf(inputError('b.txt, line 2: x', { others: [inputError('y')] }), FILES);
  assert.is(refusal(problems).rawMessage, 'b.txt, line 2: x\ny');
});

test.run();
