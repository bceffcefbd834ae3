import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ProblemSchema } from '../../../gen/gossip/v1/simulation_pb.ts';
import { type Found, fieldOf, placed, problemsOf } from './problems.ts';

const problem = (changes: Partial<Found>): Found => ({
  file: 'form.yaml',
  line: 1,
  field: '',
  text: 'wrong',
  ...changes,
});

test('a field of the file is one of the form', () => {
  for (const [field, expected] of [
    ['spec.repetitions', 'repetitions'],
    ['spec.graphSelector.matchLabels.name', 'graph'],
    ['spec.factor[1]', 'parameter.factor'],
    ['spec.parameters.levels[0]', 'parameter.levels'],
    ['spec.parameters', null],
    ['metadata.name', 'name'],
    ['kind', null],
    ['', null],
  ] as const) {
    assert.is(fieldOf(problem({ field })), expected, field);
  }
  assert.is(fieldOf(problem({ field: 'spec.repetitions', file: 'mine.yaml' })), null);
});

test('what stands beside no field is said apart', () => {
  const problems = [
    problem({ field: 'spec.seed', text: 'first' }),
    problem({ field: 'spec.seed', text: 'the same of the next Simulation' }),
    problem({ field: 'spec.unknown' }),
    problem({ file: 'g.txt', line: 3 }),
  ];
  const { beside, others } = placed(problems, ['seed', 'graph']);
  assert.equal(beside, [{ field: 'seed', text: 'first' }]);
  assert.equal(others, problems.slice(2));
});

test('an error has its details, or says itself what is wrong', () => {
  const value = create(ProblemSchema, { file: 'a.yaml', line: 2, field: 'spec', text: 'no' });
  const details = [{ desc: ProblemSchema, value }];
  const [found] = problemsOf(new ConnectError('all', Code.InvalidArgument, {}, details));
  assert.equal([found.file, found.line, found.field, found.text], ['a.yaml', 2, 'spec', 'no']);
  const [plain] = problemsOf(new ConnectError('too many wait', Code.ResourceExhausted));
  assert.equal([plain.file, plain.text], ['', 'too many wait']);
});

test.run();
