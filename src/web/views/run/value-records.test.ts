import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { csv } from '../../charts/csv.ts';
import { valueRecords } from './value-records.ts';

test('values as CSV, a line a node', () => {
  const text = csv(valueRecords(['a', 'b, "c"'], Float64Array.of(0.1, 1e21)));
  assert.is(text, 'node,value\na,0.1\n"b, ""c""",1e+21\n');
});

test.run();
