import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { csvRecords } from '../../storage/csv-records.ts';
import { csv } from './csv.ts';

test('fields are quoted where they must be', () => {
  const text = csv([
    ['round', 'a "b", c', 'x\ny'],
    [0, 1.5, null],
    [1, true, ''],
  ]);
  assert.is(text, 'round,"a ""b"", c","x\ny"\n0,1.5,\n1,true,\n');
});

test('what a spreadsheet would take for a formula is text, numbers are not', () => {
  assert.is(
    csv([['=HYPERLINK("x")', '@a', '+1', '-b', -1]]),
    `"'=HYPERLINK(""x"")",'@a,'+1,'-b,-1\n`,
  );
});

test('a reader of CSV finds the same fields', () => {
  const field = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 4 })), (records) => {
      assert.equal([...csvRecords(csv(records))], records);
    }),
  );
});

test.run();
